public import Exposure
public import Moderation
public import PolicyEngine
public import Store

/// Limits in force, and who set them.
public struct LimitsInForce: Hashable, Sendable {
    /// The limits and since when.
    public var stored: StoredLimits
    /// Who set them; `nil` for the defaults a site begins with.
    public var setByName: String?
}

/// What a person sees before work begins.
public struct Overview: Sendable {
    /// The site.
    public var site: Site
    /// Who looks.
    public var person: Person
    /// Where they stand.
    public var standing: Standing
    /// The limits in force.
    public var limits: LimitsInForce
    /// How many posts stand where.
    public var statistics: QueueStatistics
    /// The policies in force.
    public var bundle: PolicyBundle
    /// How many posts the person holds.
    public var held: Int
    /// How many decisions the person made in the last 24 hours that stand.
    public var decidedToday: Int
    /// How many decisions people made in the last 24 hours that stand.
    public var decidedTodayByAll: Int
    /// How many decisions rules with leave to made by themselves, and stand.
    public var decidedByRulesToday: Int
    /// Which platforms ask, most posts first.
    public var sources: [String]
    /// What their own work of the last 24 hours came to; `nil` where the site says nothing of pay.
    public var pay: OwnPay?
}

/// What a person can know of their own work; nobody else is shown it.
public struct PersonalRecord: Sendable {
    /// Where they stand.
    public var standing: Standing
    /// Their exposure by day and hazard.
    public var summary: ExposureSummary
    /// Their latest decisions, newest first.
    public var decisions: [Decision]
    /// Their own lower limit.
    public var personalLimit: Percent?
    /// What they asked never to be shown.
    public var optOuts: OptOuts
    /// Their exposure, charge by charge, oldest first.
    public var spans: [Span]
    /// Their shifts, oldest first, with their breaks.
    public var shifts: [Shift]
    /// Who saw their name behind the pseudonym, newest first.
    public var openedNames: [OpenedName]
    /// What their work of the last 24 hours came to; `nil` where the site says nothing of pay.
    public var pay: OwnPay?
    /// Records they handed to a physician, newest first.
    public var handovers: [NamedHandover]
    /// Who watched their shifts, newest first.
    public var watchings: [Watching]
    /// What auditors held of their decisions, newest first.
    public var outcomes: [MarkedDecision]
    /// The limits that were ever in force, oldest first; the last are.
    public var limits: [LimitsVersion]
}

/// All that a lead sees of somebody's exposure.
public enum TeamAvailability: String, Hashable, Sendable {
    /// Can take a post.
    case available
    /// A break is due or lasts.
    case breakDue = "break_due"
    /// Can't take a post with exposure, for whatever reason.
    case unavailable
}

/// Somebody of the team, as a lead sees them.
public struct TeamMember: Hashable, Sendable {
    /// Who.
    public var person: Person
    /// Whether they can take a post.
    public var availability: TeamAvailability
}

extension Desk {
    /// What the person sees before work begins.
    public func overview(for person: Person) throws(DeskError) -> Overview {
        let now = clock.now().wall
        return try read { tx in
            guard let site = try tx.site() else { throw DeskError.noSite }
            let day = now - Dosimeter.day
            let decided = try tx.decisionCount(since: day)
            let own = try tx.decisions(by: person.id, since: day, limit: 10_000).count { $0.undoneAt == nil }
            return Overview(
                site: site, person: try tx.person(person.id) ?? person,
                standing: try standing(of: person.id, at: now, in: tx),
                limits: try limitsInForce(for: person, in: tx),
                statistics: try tx.statistics(), bundle: try bundleInForce(in: tx),
                held: try tx.claims(of: person.id, lastingAt: now).count, decidedToday: own,
                decidedTodayByAll: decided.people, decidedByRulesToday: decided.rules,
                sources: try tx.sources(limit: 8), pay: try ownPay(of: person.id, at: now, in: tx))
        }
    }

    /// What the person can know of their own work.
    ///
    /// - Parameter utcOffset: local time minus UTC in seconds, for where days begin.
    public func record(of person: Person, utcOffset: Int = 0) throws(DeskError) -> PersonalRecord {
        let now = clock.now().wall
        return try read { tx in
            let record = try record(of: person.id, at: now, in: tx)
            let everything = Timestamp(milliseconds: 0)
            let spans = try tx.spans(of: person.id, since: everything)
            return PersonalRecord(
                standing: Dosimeter.standing(of: record),
                summary: ExposureSummary(
                    of: spans, settled: try tx.dayTotals(of: person.id, since: everything),
                    offset: .seconds(utcOffset)),
                decisions: try tx.decisions(by: person.id, since: everything, limit: 200),
                personalLimit: record.personalLimit,
                optOuts: try tx.person(person.id)?.optOuts ?? person.optOuts, spans: spans,
                shifts: try tx.shifts(of: person.id, since: everything),
                openedNames: try openedNames(of: person.id, in: tx),
                pay: try ownPay(of: person.id, at: now, in: tx),
                handovers: try handovers(by: person, in: tx),
                watchings: try tx.watchings(of: person.id, limit: Self.ownWatchings),
                outcomes: try tx.marksOnDecisions(by: person.id, limit: Self.ownOutcomes),
                limits: try limitsVersions(for: person, in: tx))
        }
    }

    /// Who is available: all that a lead is told.
    public func team(for lead: Person) throws(DeskError) -> [TeamMember] {
        try demand(.lead, of: lead)
        let now = clock.now().wall
        return try read { tx in
            try tx.people().filter { $0.works(as: .moderator) }.map { person in
                let standing = try standing(of: person.id, at: now, in: tx)
                var shown = person
                shown.optOuts = OptOuts()
                return TeamMember(person: shown, availability: TeamAvailability(standing.availability))
            }
        }
    }

    /// How many posts stand where.
    public func statistics() throws(DeskError) -> QueueStatistics { try read { try $0.statistics() } }

    /// Posts by falling priority, then age: nothing of their content.
    public func queue(_ filter: QueueFilter, offset: Int = 0, limit: Int) throws(DeskError) -> [QueueItem] {
        try read { try $0.queue(filter, offset: offset, limit: limit) }
    }

    /// The post whose id begins so, if there is just one.
    public func resolve(prefix: String) throws(DeskError) -> PostID {
        let found = try read { try $0.postIDs(withPrefix: prefix, limit: 5) }
        guard let first = found.first else { throw .noSuchPost(prefix) }
        guard found.count == 1 || first.rawValue == prefix else { throw .ambiguous(prefix, found) }
        return first
    }

    /// A post and its decisions, with nothing of its words.
    public func describe(_ id: PostID) throws(DeskError) -> (CaseFile, PostState, [Decision]) {
        try read { tx in
            guard let post = try tx.post(id) else { throw DeskError.noSuchPost(id.rawValue) }
            let never = Timestamp(milliseconds: 0)
            let claim =
                try tx.claim(on: id)
                ?? Claim(post: id, person: PersonID(""), fence: 0, claimedAt: never, expiresAt: never)
            let file = CaseFile(
                claim: claim, stored: post, draft: nil, bundle: try bundleInForce(in: tx),
                erasure: try tx.erasure(of: id))
            return (file, post.state, try tx.decisions(on: id))
        }
    }

    /// Records that could not be taken in, newest first.
    public func rejected(limit: Int) throws(DeskError) -> [RejectedRecord] {
        try read { try $0.rejected(limit: limit) }
    }

    /// The limits in force; auditors are told a pseudonym, for names open to them in another way.
    func limitsInForce(for person: Person, in tx: any StoreReading) throws -> LimitsInForce {
        guard let stored = try tx.limitsHistory().last else { throw DeskError.noSite }
        let seesNames = person.roles != [.auditor]
        let name = try stored.setBy.flatMap { seesNames ? try tx.person($0)?.name : $0.rawValue }
        return LimitsInForce(stored: stored, setByName: name)
    }
}

extension TeamAvailability {
    init(_ availability: Availability) {
        switch availability {
        case .available: self = .available
        case .mustBreak, .onBreak: self = .breakDue
        case .capped, .resting, .shiftOver, .notOnShift: self = .unavailable
        }
    }
}
