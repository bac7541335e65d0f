import ArgumentParser
import Desk
import Exposure
import Moderation

/// `releve decide`: claims, decides, records.
struct DecideCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide", abstract: "Decide one post, with the same limits as in the console.")

    @OptionGroup var site: SiteOptions
    @Argument(help: "The post's id, or its beginning.") var id: String
    @Option(help: "keep, label, restrict, remove or suspend.") var action: String
    @Option(help: "The policy cited; needed for anything but keep.") var policy: String?
    @Option(help: "The rule cited.") var rule: String?
    @Option(help: "Why.") var note: String?
    @Option(
        help: """
            Applies the decision to the N waiting posts that say the same, as releve queue alike counts them; another
            count changes nothing.
            """)
    var alike: Int?
    @Flag(help: "One JSON object.") var json = false

    func run() throws {
        guard let action = Action(rawValue: action) else {
            let known = Action.allCases.map(\.rawValue).joined(separator: ", ")
            throw Complaint("--action: unknown \(action.debugDescription) (one of \(known))")
        }
        let (desk, person) = try site.signIn()
        let post = try desk.resolve(prefix: id)
        guard person.roles.contains(.moderator) else { throw DeskError.needsRole(.moderator) }
        try desk.startShift(person)
        switch try desk.claim(post, for: person) {
        case .refused(let standing): throw DeskError.limited(standing.whyNot)
        case .nothing: throw DeskError.noSuchPost(id)
        case .claimed(let file):
            let choice = Choice(
                action: action, policy: policy.map { PolicyID($0) }, rule: rule.map { RuleID($0) }, note: note
            )
            let (decision, applied) = try decide(file, choice, by: person, at: desk)
            try report(decision, applied)
        }
    }

    /// A choice that can't be recorded leaves the post in the queue as it was.
    private func decide(_ file: CaseFile, _ choice: Choice, by person: Person, at desk: Desk) throws
        -> (Decision, applied: [DecisionID])
    {
        do {
            guard let alike else { return (try desk.decide(file, choice, by: person, open: nil), []) }
            let group = try desk.alike(file, by: person)
            guard group.count == alike else {
                throw DeskError.invalid(.groupChanged(confirmed: alike, now: group.count))
            }
            let made = try desk.decide(
                file, choice, appliedTo: group.posts.map(\.post), by: person, open: nil)
            return (made.decision, made.applied)
        } catch {
            try? desk.release(file, by: person, open: nil)
            throw error
        }
    }

    private func report(_ decision: Decision, _ applied: [DecisionID]) throws {
        if json {
            guard alike != nil else { return try Output.json(decision) }
            return try Output.json(Applied(decision: decision, applied: applied))
        }
        let policy = decision.policy.map { " under \($0)" } ?? ""
        Output.line("\(decision.post): \(decision.action.rawValue)\(policy), decision \(decision.id)")
        if alike != nil { Output.line("applied to \(applied.count) more, without showing them") }
    }

    private struct Applied: Encodable {
        let decision: Decision
        let applied: [DecisionID]
    }
}

extension Standing {
    /// The refusal that a closed door means, as precisely as the standing tells.
    var whyNot: Refusal {
        switch availability {
        case .notOnShift(let moment): .notOnShift(mayStartAt: moment)
        case .resting(let moment): .resting(until: moment)
        case .onBreak(let moment): .onBreak(until: moment)
        case .mustBreak(let moment): .breakDue(breakDue?.reason ?? .continuous, until: moment)
        case .capped(let reason, let moment): .capped(reason, resumeAt: moment)
        case .shiftOver(let reason, let moment): .shiftOver(reason, resumeAt: moment)
        case .available:
            if let cap {
                .capped(cap.reason, resumeAt: cap.resumeAt)
            } else {
                if lighterOwed > 0 {
                    .runOfSevere(lighterOwed: lighterOwed)
                } else {
                    .lastHour(resumeAt: now + limits.rest)
                }
            }
        }
    }
}
