import ArgumentParser
import Desk
import Moderation
import Store

/// Which decisions: the same options for listing and for drawing.
struct AuditFilterOptions: ParsableArguments {
    @Option(help: "The policies cited, by commas.") var policy: String?
    @Option(help: "The rules cited, by commas.") var rule: String?
    @Option(help: "keep, label, restrict, remove, suspend; several by commas.") var action: String?
    @Option(help: "none, mild, moderate, severe, extreme; several by commas.") var hazard: String?
    @Option(help: "The posts' languages, by commas; und where nobody said.") var language: String?
    @Option(help: "Moderators, by pseudonym; several by commas.") var who: String?
    @Option(help: "person or rule: who decided.") var by: String?
    @Option(help: "From this day or moment on, such as 2026-03-01.") var since: String?
    @Option(help: "Before this day or moment.") var until: String?
    @Option(help: "The post, by its id or its beginning.") var post: String?
    @Flag(help: "Only what differs from the recommendation, or only what agrees with it.")
    var recommendation: Recommended?
    @Flag(help: "Only what was undone, or only what stands.") var state: Standing?
    @Flag(help: "Only posts that were ever handed to a lead, or only others.") var route: Route?
    @Option(help: "All that in one line, such as 'policy:spam differs' (see Documentation/audit.md).")
    var query: String?

    enum Recommended: String, EnumerableFlag { case differs, agrees }
    enum Standing: String, EnumerableFlag { case undone, standing }
    enum Route: String, EnumerableFlag { case escalated, notEscalated = "not-escalated" }

    func filter(at desk: Desk) throws -> DecisionFilter {
        var filter = try AuditQuery.filter(query ?? "")
        filter.policies.formUnion(Choices.words(policy).map { PolicyID($0) })
        filter.rules.formUnion(Choices.words(rule).map { RuleID($0) })
        filter.actions.formUnion(try Choices.set(action, Action.self, option: "--action"))
        filter.hazards.formUnion(try Choices.set(hazard, Hazard.self, option: "--hazard"))
        filter.languages.formUnion(Choices.words(language))
        filter.people.formUnion(Choices.words(who).map { PersonID($0) })
        if let by {
            guard let maker = DecisionFilter.Maker(rawValue: by) else {
                throw Complaint("--by: unknown \(by.debugDescription) (person or rule)")
            }
            filter.maker = maker
        }
        filter.since = try moment(since, option: "--since") ?? filter.since
        filter.until = try moment(until, option: "--until") ?? filter.until
        filter.differs = recommendation.map { $0 == .differs } ?? filter.differs
        filter.undone = state.map { $0 == .undone } ?? filter.undone
        filter.escalated = route.map { $0 == .escalated } ?? filter.escalated
        if let wanted = post ?? filter.post?.rawValue { filter.post = try desk.resolve(prefix: wanted) }
        return filter
    }

    private func moment(_ text: String?, option: String) throws -> Timestamp? {
        guard let text else { return nil }
        guard let moment = AuditQuery.moment(text) else {
            throw Complaint(
                "\(option): \(text.debugDescription) is no day such as 2026-03-01, and no RFC 3339 time")
        }
        return moment
    }
}
