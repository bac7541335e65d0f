import ArgumentParser
import Desk
import Foundation
import Moderation
import PolicyEngine

extension PolicyCommand {
    struct Explain: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say of every rule why it matches a post or a text, or doesn't.",
            discussion: """
                A post of the queue is explained as it was evaluated, covered: places are named, its words are not. A \
                text is whatever is no post's id. Rules that match, or nearly do, are shown.
                """)
        @OptionGroup var site: SiteOptions
        @Argument(
            help: ArgumentHelp("A post's id, or a text; - reads standard input.", valueName: "post|text"))
        var subject: String
        @Option(help: "Use the policies of this folder, not those of the site.") var folder: String?
        @Option(help: "Only this rule, such as threats/direct.") var rule: String?
        @Option(help: "The language of the text, such as fr.") var language: String?
        @Flag(help: "Take it as a text, even if it is a post's id.") var text = false
        @Flag(help: "Show all rules.") var all = false
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            var (explanation, text) = try explain()
            if let rule {
                explanation.rules = explanation.rules.filter { $0.rule.rawValue == rule }
                guard !explanation.rules.isEmpty else {
                    throw Complaint("there is no rule \(rule) (see: releve policy explain --all TEXT)")
                }
            } else if !all {
                explanation.rules = explanation.rules.filter {
                    $0.outcome == .matched || $0.outcome == .nearly
                }
            }
            if json { return try Output.json(explanation) }
            let tree = ExplanationTree(text: text)
            for rule in explanation.rules { for line in tree.lines(of: rule) { Output.line(line) } }
            if explanation.rules.isEmpty { Output.line("no rule matches, or nearly (--all shows all rules)") }
        }

        /// The explanation, and the text if it was given here and may be quoted.
        private func explain() throws -> (Explanation, String?) {
            let bundle = try folder.map { try PolicyTexts.bundle(in: $0) }
            if !text, Self.mayBeID(subject), let (desk, post) = try post() {
                return (try desk.explain(post, with: bundle), nil)
            }
            let text = try PolicyTexts.text(subject)
            let evaluator =
                try bundle.map { try Evaluator(withDrafts: $0, cacheDirectory: Settings.cacheFolder) }
                ?? PolicyTexts.evaluator(folder: nil, site: site)
            let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
            return (evaluator.explain(PolicyTexts.post(text, language: language), now: now), text)
        }

        /// `nil` when no post is meant, or when there is no site to ask.
        private func post() throws -> (Desk, PostID)? {
            guard let (desk, _) = try? site.signIn() else { return nil }
            do { return (desk, try desk.resolve(prefix: subject)) } catch DeskError.noSuchPost { return nil }
        }

        /// Ids are letters and digits; no word of fewer than four is taken for the beginning of one.
        private static func mayBeID(_ text: String) -> Bool {
            text.utf8.count >= 4
                && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
        }
    }
}

/// An explanation as lines, indented by what belongs to what.
struct ExplanationTree {
    /// More places of one test are only counted.
    private static let mostPlaces = 8

    private let scalars: [Unicode.Scalar]?

    /// - Parameter text: what may be quoted; `nil` for a post that stays covered.
    init(text: String?) { scalars = text.map { Array($0.unicodeScalars) } }

    func lines(of rule: RuleExplanation) -> [String] {
        let outcome =
            switch rule.outcome {
            case .matched: "matches"
            case .nearly: "nearly matches"
            case .unmatched: "does not match"
            case .heldBack: "stands back for a rule above it"
            case .otherLanguage: "is for other languages"
            }
        var lines = [
            "\(rule.rule) (\(rule.status)) \(outcome)",
            "  when \(rule.when.text): \(Self.word(rule.when.holds))",
        ]
        lines += rule.when.parts.flatMap { Self.lines(of: $0, indent: "    ") }
        for selection in rule.selections {
            lines.append("  \(selection.name): \(Self.word(selection.holds))")
            for (index, alternative) in selection.alternatives.enumerated() {
                let isOne = selection.alternatives.count == 1
                if !isOne {
                    lines.append("    \(index == 0 ? "either" : "or"): \(Self.word(alternative.holds))")
                }
                lines += alternative.tests.map { (isOne ? "    " : "      ") + line(of: $0) }
            }
        }
        return lines
    }

    private static func lines(of part: ConditionExplanation, indent: String) -> [String] {
        ["\(indent)\(part.text): \(word(part.holds))"]
            + part.parts.flatMap { lines(of: $0, indent: indent + "  ") }
    }

    private func line(of test: TestExplanation) -> String {
        var line = "\(test.test): \(Self.word(test.holds))"
        if let found = test.found { line += ", it is \(found)" }
        let places = test.places.prefix(Self.mostPlaces).map { place in
            guard let range = place.range else { return place.field }
            let element = place.element > 0 ? " \(place.element + 1)" : ""
            return
                "\(place.field)\(element) \(range.lowerBound)–\(range.upperBound)\(quote(range, in: place))"
        }
        if !places.isEmpty { line += ", at " + places.joined(separator: ", ") }
        let more = test.places.count - places.count
        return more > 0 ? line + " and \(more) more" : line
    }

    private func quote(_ range: Range<Int>, in place: Evidence) -> String {
        guard let scalars, place.field == "body", range.upperBound <= scalars.count else { return "" }
        let excerpt = String(String.UnicodeScalarView(scalars[range].prefix(60)))
        return " “\(excerpt)\(range.count > 60 ? "…" : "")”"
    }

    private static func word(_ holds: Bool) -> String { holds ? "yes" : "no" }
}
