import Moderation
import PolicyEngine

/// Which outcomes of recorded posts change, as text and as JSON; ids only, never content.
struct OutcomeReport: Encodable {
    struct Cell: Encodable {
        let before, after: String
        let posts: Int
        let ids: [String]?
    }

    struct RuleShift: Encodable {
        let rule: String
        let onTrial: Bool
        let gained, lost: Int
        let gainedIDs, lostIDs: [String]?

        enum CodingKeys: String, CodingKey {
            case rule, gained, lost
            case onTrial = "on_trial"
            case gainedIDs = "gained_ids"
            case lostIDs = "lost_ids"
        }
    }

    let compared, changed, erased: Int
    /// Changes only, the largest first.
    let recommendations: [Cell]
    let hazards: [Cell]
    let rules: [RuleShift]

    init(_ diff: OutcomeDiff, erased: Int, isListed: Bool) {
        compared = diff.posts
        changed = diff.changed
        self.erased = erased
        func ids(_ names: PostNames) -> [String]? { isListed ? names.first : nil }
        func cells<Value>(_ changes: [OutcomeDiff.Change<Value>: PostNames], _ word: (Value) -> String)
            -> [Cell]
        {
            changes.filter { $0.key.before != $0.key.after }
                .map { change, names in
                    Cell(
                        before: word(change.before), after: word(change.after), posts: names.count,
                        ids: ids(names))
                }
                .sorted { ($1.posts, $0.before, $0.after) < ($0.posts, $1.before, $1.after) }
        }
        recommendations = cells(diff.recommendations) { $0?.rawValue ?? "nothing" }
        hazards = cells(diff.hazards, \.rawValue)
        func shifts(_ shifts: [RuleID: OutcomeDiff.RuleShift], onTrial: Bool) -> [RuleShift] {
            shifts.sorted { $0.key < $1.key }.map { rule, shift in
                RuleShift(
                    rule: rule.rawValue, onTrial: onTrial, gained: shift.gained.count, lost: shift.lost.count,
                    gainedIDs: ids(shift.gained), lostIDs: ids(shift.lost))
            }
        }
        rules = shifts(diff.live, onTrial: false) + shifts(diff.onTrial, onTrial: true)
    }

    func show() {
        let left = erased > 0 ? " (\(erased) left out, whose content is erased)" : ""
        Output.line("\(compared) posts compared\(left): \(changed) change for moderators")
        show("recommendation", recommendations)
        show("hazard", hazards)
        guard !rules.isEmpty else { return }
        Output.line("findings")
        for shift in rules {
            Output.line(
                "  \(shift.rule)\(shift.onTrial ? " (on trial)" : ""): +\(shift.gained) −\(shift.lost)")
            Self.show(shift.gainedIDs, of: shift.gained, sign: "+ ")
            Self.show(shift.lostIDs, of: shift.lost, sign: "− ")
        }
    }

    private func show(_ title: String, _ cells: [Cell]) {
        guard !cells.isEmpty else { return Output.line("\(title): no change") }
        Output.line(title)
        for cell in cells {
            Output.line("  \(cell.before) → \(cell.after): \(cell.posts)")
            Self.show(cell.ids, of: cell.posts, sign: "")
        }
    }

    private static func show(_ ids: [String]?, of count: Int, sign: String) {
        guard let ids else { return }
        for id in ids { Output.line("    \(sign)\(id)") }
        if count > ids.count { Output.line("    \(sign)and \(count - ids.count) more (see --most)") }
    }

    enum CodingKeys: String, CodingKey {
        case compared, changed, erased, recommendations, hazards, rules
    }
}

/// What `diff --json` prints.
struct DiffReport: Encodable {
    let diff: BundleDiff
    let outcomes: OutcomeReport?

    func encode(to encoder: any Encoder) throws {
        try diff.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(diff.weight, forKey: .weight)
        try container.encodeIfPresent(outcomes, forKey: .outcomes)
    }

    enum CodingKeys: String, CodingKey { case weight, outcomes }
}
