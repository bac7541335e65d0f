public import Enforcement
import Exposure
import Ledger
public import Moderation
import PolicyEngine
import Store

extension Desk {
    /// Counts what a transparency report tells of decisions made in a span of time; for leads and auditors.
    ///
    /// Exposure is what ``teamView(of:for:)`` tells of the month, and nothing else: where the time is not one whole month
    /// that is told, it is left out, for reports of times that differ by an hour would tell of that hour.
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
        var figures = TeamFigures(people: try tx.people())
        let month = TeamMonth(of: from)
        let now = clock.now().wall
        guard month.first.start == from, month.next.first.start == to, month.toldFrom <= now else {
            return figures
        }
        let view = try team(in: month, at: now, in: tx)
        figures.cells = view.exposure.cells.map {
            TeamFigures.Cell(hazard: $0.hazard, minutes: $0.minutes, percent: $0.percent)
        }
        figures.percentPerThousand = view.percentPerThousand
        return figures
    }
}
