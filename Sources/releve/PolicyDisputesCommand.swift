import ArgumentParser
import Desk
import Moderation
import Store

extension PolicyCommand {
    /// `releve policy disputes`: what moderators hold against rules.
    struct Disputes: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the rules that moderators called wrong, most often first; for leads.")
        @OptionGroup var site: SiteOptions
        @Option(help: "In how many days up to now.") var days = 30
        @Flag(help: "One JSON object.") var json = false

        func validate() throws {
            guard (1...3650).contains(days) else { throw ValidationError("--days is from 1 to 3650") }
        }

        func run() throws {
            let (desk, person) = try site.signIn()
            let since = desk.clock.now().wall - .seconds(days * 86_400)
            let rules = try desk.disputedRules(since: since, for: person)
            if json { return try Output.json(Report(rules: rules.map(Row.init))) }
            for disputed in rules {
                let posts = Set(disputed.objections.map(\.post.rawValue)).sorted()
                Output.line(
                    "\(disputed.rule): \(disputed.objections.count), on \(posts.prefix(5).joined(separator: " "))"
                        + (posts.count > 5 ? " and \(posts.count - 5) more" : ""))
            }
            if rules.isEmpty { Output.line("nobody called a rule wrong") }
        }

        private struct Report: Encodable { let rules: [Row] }

        /// Who said so is left out: it is the rule that is in question.
        private struct Row: Encodable {
            let rule: String
            let count: Int
            let posts: [String]

            init(_ disputed: DisputedRule) {
                rule = disputed.rule.rawValue
                count = disputed.objections.count
                posts = Set(disputed.objections.map(\.post.rawValue)).sorted()
            }
        }
    }
}
