import ArgumentParser
import Desk
import Moderation
import Store

extension PolicyCommand {
    /// `releve policy automatic`: which rules decide by themselves.
    struct Automatic: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "See, allow and end what rules decide without a person; off unless a lead allows it.",
            discussion: """
                A rule can be allowed only what its policy file says under automatic: (keep or remove), and only as \
                the bundle in force has it. Posts of extreme hazard, posts that a trusted flagger reported, and \
                posts on which rules disagree are left to people all the same. What a rule decided is marked as \
                fully automated everywhere and can be taken back with: releve queue reopen ID.
                """,
            subcommands: [List.self, Approve.self, Off.self], defaultSubcommand: List.self)

        struct List: ParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "List the rules that decide by themselves.")
            @OptionGroup var site: SiteOptions
            @Flag(help: "One JSON object.") var json = false

            func run() throws {
                let (desk, person) = try site.signIn()
                let standing = try desk.automations()
                let overview = try desk.overview(for: person)
                if json {
                    return try Output.json(
                        Report(
                            rules: standing.map(Row.init), decidedByPeople: overview.decidedTodayByAll,
                            decidedByRules: overview.decidedByRulesToday))
                }
                for leave in standing {
                    Output.line(
                        "\(leave.rule): \(leave.action.rawValue), by leave of \(leave.approvedBy) since "
                            + "\(leave.since): \(leave.reason)")
                }
                if standing.isEmpty { Output.line("no rule decides by itself") }
                Output.line(
                    "decided in the last 24 hours: people \(overview.decidedTodayByAll), rules "
                        + "\(overview.decidedByRulesToday)")
            }

            private struct Report: Encodable {
                let rules: [Row]
                let decidedByPeople, decidedByRules: Int

                enum CodingKeys: String, CodingKey {
                    case rules
                    case decidedByPeople = "decided_by_people"
                    case decidedByRules = "decided_by_rules"
                }
            }

            private struct Row: Encodable {
                let rule, action, approvedBy, reason, since: String

                init(_ leave: Automation) {
                    rule = leave.rule.rawValue
                    action = leave.action.rawValue
                    approvedBy = leave.approvedBy.rawValue
                    reason = leave.reason
                    since = leave.since.rfc3339
                }

                enum CodingKeys: String, CodingKey {
                    case rule, action, reason, since
                    case approvedBy = "approved_by"
                }
            }
        }

        struct Approve: ParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Allow a rule to decide by itself, as the bundle in force has it; for leads.")
            @OptionGroup var site: SiteOptions
            @Argument(help: "The rule, such as spam/links.") var rule: String
            @Option(help: "Why; kept, and committed to in the ledger.") var reason: String

            func run() throws {
                let (desk, person) = try site.signIn()
                let leave = try desk.approveAutomation(of: RuleID(rule), reason: reason, by: person)
                Output.line(
                    "\(leave.rule) decides \(leave.action.rawValue) without a person from now on "
                        + "(end it with: releve policy automatic off)")
            }
        }

        struct Off: ParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "End what rules may decide by themselves: all of it, or one rule's; for leads.")
            @OptionGroup var site: SiteOptions
            @Argument(help: "The rule; all when left out.") var rule: String?

            func run() throws {
                let (desk, person) = try site.signIn()
                let ended = try desk.endAutomation(of: rule.map { RuleID($0) }, by: person)
                if ended.isEmpty { return Output.line("no rule decided by itself") }
                Output.line(
                    "from now on people decide again what was decided by: "
                        + ended.map(\.rawValue).joined(separator: ", "))
            }
        }
    }
}
