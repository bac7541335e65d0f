public import Enforcement
import Exposure
import Ledger
public import Moderation
import PolicyEngine
import Store

extension Desk {
    /// Counts what a transparency report tells of decisions made in a span of time; for leads and auditors.
    ///
    /// Exposure is added up by groups of at least ten people before anything leaves this function, and told for one
    /// whole month that is over: reports of times that differ by an hour would tell of that hour; see ``TeamFigures``.
    ///
    /// - Parameter progress: called now and then with how many decisions were looked at, and how many there are.
    public func reportFigures(
        from: Timestamp, to: Timestamp, for person: Person, progress: (_ done: Int, _ total: Int) -> Void
    ) throws(DeskError) -> ReportFigures {
        try demandOversight(of: person)
        guard from < to else { throw .invalid(.other("the report ends before it begins (--from, --to)")) }
        let site = try site()
        var figures = ReportFigures(site: site.name, from: from, to: to, undoWindow: Self.undoWindow)
        let total = try read { try $0.decidedPostCount(from: from, to: to) }
        var done = 0
        var place: Int64? = 0
        while let after = place {
            let page = try read {
                try $0.decidedPosts(from: from, to: to, after: after, limit: Self.recordsAtOnce)
            }
            for post in page.items where post.decision.decidedAt >= from && post.decision.decidedAt < to {
                figures.add(post, under: try recordedBundle(post.decision.bundle))
            }
            done += page.items.count
            place = page.next
            progress(done, total)
        }
        let (disputes, present) = try read { tx in
            (try tx.objectionCounts(from: from, to: to), try bundleInForce(in: tx))
        }
        figures.add(disputes: disputes, under: present)
        figures.team = try read { try team(from: from, to: to, in: $0) }
        return figures
    }

    /// Tells in the ledger that a report left the site.
    ///
    /// - Parameter digests: the SHA-256 of each file, in hexadecimal.
    public func tellReport(_ figures: ReportFigures, digests: [String], by person: Person) throws(DeskError) {
        try demandOversight(of: person)
        let now = clock.now().wall
        var fields = Self.exportFields("report", "html,markdown", from: figures.from, to: figures.to)
        fields["count"] = .integer(Int64(figures.total.all))
        fields["complete"] = .bool(true)
        fields["digests"] = .array(digests.map { .string($0) })
        let told = fields
        _ = try write { tx in
            try tx.append(LedgerEntry(kind: .exported, at: now, person: person.id, post: nil, fields: told))
        }
    }

    /// A bundle that decisions were made under, without asking the store again for each.
    func recordedBundle(_ digest: BundleDigest) throws(DeskError) -> PolicyBundle {
        if let known = bundles.known(digest) { return known }
        return try read { try bundle(digest, in: $0) }
    }

    private func team(from: Timestamp, to: Timestamp, in tx: any StoreReading) throws -> TeamFigures {
        guard let month = toldMonth(from: from, to: to) else {
            return TeamFigures(people: try tx.people(), days: nil)
        }
        var days: [PersonID: [TeamFigures.Day]] = [:]
        for exposure in try tx.dayExposures(from: month.first, to: month.next.first) {
            let thousandths = exposure.dose.units / (Dose.full.units / 1000)
            days[exposure.person, default: []].append(
                TeamFigures.Day(
                    milliseconds: exposure.visible.wholeMilliseconds, dose: Int(clamping: thousandths)))
        }
        return TeamFigures(people: try tx.people(), days: days)
    }

    /// The month that a time is, if it is a whole one in which nothing changes any more; the months for which
    /// ``teamView(of:for:)`` tells exposure.
    private func toldMonth(from: Timestamp, to: Timestamp) -> TeamMonth? {
        let month = TeamMonth(of: from)
        guard month.first.start == from, month.next.first.start == to, month <= latestTeamMonth() else {
            return nil
        }
        return month
    }
}
