import ArgumentParser
import Desk
import Moderation
import Store

/// `releve audit`: the auditor's desk.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Look at decisions, judge samples of them, and see how far people agree.",
        discussion: """
            For auditors. Every look is an entry of the ledger, nobody audits their own act, and no decision is
            ever changed. People are shown by pseudonym.
            """,
        subcommands: [
            List.self, Show.self, Judge.self, Mark.self, SampleCommand.self, Figures.self, Checks.self,
            Open.self,
            Approve.self,
            Refuse.self, Name.self, Openings.self,
        ], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List decisions, newest first; your own are left out.")
        @OptionGroup var site: SiteOptions
        @OptionGroup var wish: AuditFilterOptions
        @OptionGroup var length: ListLength
        @Option(help: "Go on after this decision of an earlier page.") var after: String?
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            let (desk, auditor) = try site.signIn()
            let filter = try wish.filter(at: desk)
            let place = try after.map { try desk.place(of: desk.resolveDecision(prefix: $0), for: auditor) }
            let page = try desk.audit(filter, before: place, limit: length.limit, by: auditor)
            if json {
                return try Output.json(
                    Card(
                        decisions: page.lines.map(AuditLineCard.init), total: page.total,
                        next: page.next == nil ? nil : page.lines.last?.id.rawValue))
            }
            for line in page.lines { Output.line(AuditText.line(line)) }
            Output.note(
                "\(page.lines.count) of \(page.total) decisions"
                    + (page.next == nil ? "" : "; go on with --after \(page.lines.last?.id.rawValue ?? "")"))
        }

        private struct Card: Encodable {
            let decisions: [AuditLineCard]
            let total: Int
            let next: String?
        }
    }

    struct Judge: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "In a blind sample: say what you would have decided; then the decision is shown.")
        @OptionGroup var site: SiteOptions
        @Argument(help: "The decision's id, or its beginning.") var id: String
        @Option(help: "keep, label, restrict, remove or suspend.") var action: String
        @Option(help: "The policy you would cite; needed for anything but keep.") var policy: String?
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            guard let action = Action(rawValue: action) else {
                let known = Action.allCases.map(\.rawValue).joined(separator: ", ")
                throw Complaint("--action: unknown \(action.debugDescription) (one of \(known))")
            }
            let (desk, auditor) = try site.signIn()
            let found = try desk.judge(
                desk.resolveDecision(prefix: id),
                Judgement(action: action, policy: policy.map { PolicyID($0) }),
                by: auditor)
            try AuditText.print(found, shown: nil, json: json)
        }
    }

    struct Mark: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what you hold of a decision; a later mark takes the place of an earlier one.")
        @OptionGroup var site: SiteOptions
        @Argument(help: "The decision's id, or its beginning.") var id: String
        @Argument(help: "agree, disagree or unclear.") var verdict: String
        @Option(help: "Why; needed unless you agree.") var reason: String?
        @Option(help: "The sample for which you say it.") var sample: String?

        func run() throws {
            guard let verdict = AuditVerdict(rawValue: verdict) else {
                throw Complaint("unknown \(self.verdict.debugDescription) (agree, disagree or unclear)")
            }
            let (desk, auditor) = try site.signIn()
            let sample = try sample.map { try desk.resolveSample(prefix: $0, for: auditor) }
            let mark = try desk.mark(
                desk.resolveDecision(prefix: id), verdict, reason: reason, sample: sample, by: auditor)
            Output.line("\(mark.decision): \(verdict.rawValue)")
        }
    }
}
