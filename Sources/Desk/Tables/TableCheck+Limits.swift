import Ledger
import Moderation
import Store

extension TableCheck {
    // MARK: Proposals

    func checkLimitProposals() throws {
        let told = fold.proposals
        var next = 0
        try eachNumbered(.limitProposals, told: told.compactMap(\.first)) { check, row, entry, _ in
            let entries = try check.entries(told[next]).compactMap(\.self)
            next += 1
            row.expect("id", entry.text("proposal"))
            let card = row.text("card").flatMap { Self.card(LimitsProposal.self, $0) }
            row.expect("card", that: card != nil && card == card.flatMap { Self.proposal($0, told: entries) })
            let digest = card.flatMap { RowCheck.digest(of: $0.reason, salt: $0.salt) }
            row.expect("card", that: digest != nil && digest == entry.text("reason_digest"))
        }
    }

    /// A proposal as its entries tell it, but for its reason, to which they only commit.
    private static func proposal(_ kept: LimitsProposal, told entries: [LedgerEntry]) -> LimitsProposal? {
        guard let first = entries.first else { return nil }
        var proposal = LimitsProposal(
            id: ProposalID(first.text("proposal") ?? ""), base: first.number("base").map { Int($0) } ?? 0,
            figures: first.figures, reason: kept.reason, salt: kept.salt, by: first.person ?? PersonID(""),
            at: first.at)
        for entry in entries.dropFirst() {
            proposal.answer =
                switch entry.kind {
                case .limitsApproved: .approved
                case .limitsRefused: .refused
                default: .withdrawn
                }
            proposal.answeredBy = entry.person
            proposal.answeredAt = entry.at
            proposal.version = entry.number("version").map { Int($0) }
        }
        return proposal
    }

    // MARK: Notices

    /// Who is shown which version: as the approvals say, in their order, and acknowledged as entries say.
    func checkLimitNotices() throws {
        var seen: [String: Timestamp] = [:]
        for entry in try entries(fold.acknowledgements).compactMap(\.self) {
            seen["\(entry.number("version") ?? 0) \(entry.person?.rawValue ?? "")"] = entry.at
        }
        var wanted: [(entry: Int64, version: Int64, person: String)] = []
        for number in fold.proposals.flatMap({ $0.dropFirst() }).sorted() {
            let entry = try entry(number)
            guard case .array(let people)? = entry.fields["shown_to"] else { continue }
            for case .string(let person) in people {
                wanted.append((number, entry.number("version") ?? 0, person))
            }
        }
        var next = 0
        try each(.limitNotices) { check, row in
            let name = row.integer("number").map { "\($0)" } ?? "?"
            guard next < wanted.count else { return check.note(.limitNotices, name, .untold) }
            let told = wanted[next]
            next += 1
            row.expect("number", Int64(next))
            row.expect("version", told.version)
            row.expect("person", told.person)
            row.expect("acknowledged_at", seen["\(told.version) \(told.person)"]?.milliseconds)
            check.finish(row, name, entry: told.entry)
        }
        if next < wanted.count { note(.limitNotices, "\(next + 1)", .missing, entry: wanted[next].entry) }
    }

    // MARK: Overrides

    func checkOverrides() throws {
        let told = fold.overrides
        var next = 0
        try eachNumbered(.overrides, told: told.compactMap(\.first)) { check, row, entry, _ in
            let entries = try check.entries(told[next]).compactMap(\.self)
            next += 1
            row.expect("id", entry.text("override"))
            row.expect("person", entry.text("who"))
            row.expect("shift", entries.first { $0.kind == .override }?.text("shift"))
            let card = row.text("card").flatMap { Self.card(Override.self, $0) }
            row.expect("card", that: card != nil && card == card.flatMap { Self.override($0, told: entries) })
            let digest = card.flatMap { RowCheck.digest(of: $0.reason, salt: $0.salt) }
            row.expect("card", that: digest != nil && digest == entry.text("reason_digest"))
        }
    }

    /// A leave as its entries tell it, but for its reason, to which they only commit.
    private static func override(_ kept: Override, told entries: [LedgerEntry]) -> Override? {
        guard let first = entries.first else { return nil }
        var leave = Override(
            id: OverrideID(first.text("override") ?? ""), person: PersonID(first.text("who") ?? ""),
            figures: first.figures, reason: kept.reason, salt: kept.salt,
            requester: first.person ?? PersonID(""), requestedAt: first.at)
        for entry in entries.dropFirst() {
            switch entry.kind {
            case .overrideCountersigned, .overrideRefused:
                leave.countersigner = entry.person
                leave.countersignedAt = entry.at
                leave.isCountersigned = entry.kind == .overrideCountersigned
            case .override:
                leave.consentedAt = entry.at
                leave.shift = entry.text("shift").map { ShiftID($0) }
                leave.limitsVersion = entry.number("limits_version").map { Int($0) }
            case .overrideDeclined: leave.declinedAt = entry.at
            default: break
            }
        }
        return leave
    }
}

extension LedgerEntry {
    /// The figures that a proposal or a leave changes.
    fileprivate var figures: [String: Int64] {
        fields["figures"]?.members?.compactMapValues(\.number) ?? [:]
    }
}
