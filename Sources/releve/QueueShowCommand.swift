import ArgumentParser
import Desk
import Exposure
import Moderation
import Store
import TerminalKit

extension QueueCommand {
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one post, covered; --uncover shows its words and counts as exposure.")
        @OptionGroup var site: SiteOptions
        @Argument(help: "The post's id, or its beginning.") var id: String
        @Flag(help: "Show the words; charges the longest time content stays uncovered without a key.")
        var uncover = false
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            let (desk, person) = try site.signIn()
            let post = try desk.resolve(prefix: id)
            let (file, state, decisions) = try desk.describe(post, for: person)
            let shown = try uncover ? words(of: post, desk: desk, person: person) : nil
            if json {
                try Output.json(Card(file, state: state, decisions: decisions, shown: shown))
            } else {
                printCard(file, state: state, decisions: decisions, shown: shown)
            }
        }

        private func words(of post: PostID, desk: Desk, person: Person) throws -> FlaggedPost {
            if person.roles.contains(.moderator) { _ = try? desk.startShift(person) }
            switch try desk.look(at: post, by: person) {
            case .uncovered(let uncovered): return uncovered.content
            case .refused(let refusal, _): throw DeskError.limited(refusal)
            }
        }

        private func printCard(
            _ file: CaseFile, state: PostState, decisions: [Decision], shown: FlaggedPost?
        ) {
            Output.line(
                "\(file.post)  \(state.rawValue)  hazard \(file.hazard.rawValue)  version \(file.version)")
            Output.line(file.neutralLine(in: Settings.language))
            let place = [file.source, file.community, file.kind, file.language].compactMap(\.self)
            Output.line(place.joined(separator: " · "))
            for flag in file.flags {
                Output.line("flag: \(flag.reason)" + (flag.isTrusted ? " (trusted)" : ""))
            }
            for finding in file.evaluation.findings {
                let recommended = finding.recommends.map { ", recommends \($0.rawValue)" } ?? ""
                Output.line("finding: \(finding.rule)\(recommended)")
            }
            for decision in decisions {
                let undone = decision.undoneAt.map { ", undone \($0)" } ?? ""
                Output.line(
                    "decided \(decision.decidedAt) by \(Self.maker(of: decision)): \(decision.action.rawValue)"
                        + (decision.policy.map { " under \($0)" } ?? "") + undone)
            }
            if let erasure = file.erasure {
                return Output.line(
                    "erased by \(erasure.person) (\(erasure.reason.rawValue)): nothing can be shown")
            }
            guard let shown else {
                Output.line(
                    "[covered: \(file.textLength) characters; --uncover shows them and counts as exposure]")
                return
            }
            if let title = shown.title { Output.line("title: \(title)") }
            for line in SafeText.lines(of: shown.body) { Output.line("  \(line.plain)") }
            for link in shown.links { Output.line("link: \(link.url)") }
            for media in shown.media { Output.line("media: \(media.kind) \(media.altText ?? "")") }
        }

        private static func maker(of decision: Decision) -> String {
            switch decision.maker {
            case .person(let person): person.rawValue
            case .rule(let rule, let lead): "rule \(rule), without a person (by leave of \(lead))"
            }
        }

        private struct Card: Encodable {
            let id, state, hazard, source, line: String
            let version, flags: Int
            let language, community: String?
            let findings: [Finding]
            let recommendation: Recommendation?
            let decisions: [Decision]
            let post: FlaggedPost?
            let erasure: Erasure?

            init(_ file: CaseFile, state: PostState, decisions: [Decision], shown: FlaggedPost?) {
                id = file.post.rawValue
                self.state = state.rawValue
                hazard = file.hazard.rawValue
                source = file.source
                line = file.neutralLine(in: Settings.language)
                version = file.version
                flags = file.flags.count
                language = file.language
                community = file.community
                findings = file.evaluation.findings
                recommendation = file.evaluation.recommendation
                self.decisions = decisions
                post = shown
                erasure = file.erasure
            }
        }
    }
}
