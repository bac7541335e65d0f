import Foundation
import Moderation
import Testing

@testable import PolicyEngine

@Suite("The engine agrees with a slow and obvious one")
struct ReferenceTests {
    private static let now = Timestamp(milliseconds: 1_772_357_400_000)

    /// Fifty bundles of eight random rules, two hundred random posts under each.
    @Test(arguments: 0..<50)
    func tenThousandRandomPostsFireTheSameRulesWithTheSameEvidence(seed: Int) throws {
        var generator = ReferenceGenerator(seed: seed)
        let rules = (0..<8).map { generator.rule($0) }
        let yaml = ReferenceRule.policy(rules)
        let load = PolicyLoader.load(files: [(name: "p.yaml", text: yaml)])
        try #require(load.diagnostics.map(\.description) == [], "seed \(seed):\n\(yaml)")
        let evaluator = try Evaluator(bundle: #require(load.bundle), cacheDirectory: nil)
        let reference = ReferenceEvaluator()
        for number in 0..<200 {
            let post = generator.post(number, now: Self.now)
            let found = evaluator.evaluate(post, now: Self.now, state: generator.state())
            let subject = ReferenceSubject(
                post: post, texts: reference.texts(of: post), now: Self.now, state: found.state)
            let fired = rules.filter { reference.fires($0, on: subject) }
            let names = fired.map { "p/" + $0.id }.sorted()
            try #require(
                found.findings.map(\.rule.rawValue).sorted() == names,
                "seed \(seed), post \(number): \(Self.shown(post))\n\(yaml)")
            #expect(found.overBudget.isEmpty)
            for finding in found.findings {
                let rule = try #require(rules.first { "p/" + $0.id == finding.rule.rawValue })
                let wrong = Self.wrongEvidence(finding, rule, subject, reference)
                try #require(
                    wrong == nil,
                    "seed \(seed), post \(number), \(finding.rule): \(wrong ?? "")\n\(Self.shown(post))\n\(yaml)"
                )
            }
        }
    }

    // MARK: Evidence

    /// What is wrong with the evidence of a finding: it must name the selections that hold, and the very places.
    private static func wrongEvidence(
        _ finding: Finding, _ rule: ReferenceRule, _ subject: ReferenceSubject,
        _ reference: ReferenceEvaluator
    ) -> String? {
        let mentioned = rule.when.mentioned
        for (index, alternatives) in rule.selections.enumerated() {
            let holding = alternatives.filter { tests in tests.allSatisfy { reference.holds($0, subject) } }
            let shown = finding.evidence.filter { $0.selection == "s\(index)" }
            guard mentioned.contains(index), !holding.isEmpty else {
                if !shown.isEmpty { return "s\(index) is shown although it does not hold" }
                continue
            }
            let isNear = holding.joined().contains { if case .near = $0.kind { true } else { false } }
            let isFlood = finding.evidence.count >= 200
            var expected: [ReferencePlace] = []
            for test in holding.joined() {
                switch test.kind {
                case .words(let words, _, _):
                    expected += distinct(reference.places(ofAny: words, test, subject))
                case .regex(let regex): expected += distinct(reference.places(of: regex, test, subject))
                default: break
                }
            }
            let places = shown.compactMap { piece in
                piece.range.map { ReferencePlace(field: piece.field, element: piece.element, range: $0) }
            }
            if isNear || isFlood {
                for place in places where !isInside(place, subject.post) {
                    return "\(place) is outside its text"
                }
                if !isFlood, !Set(expected).isSubset(of: places) { return "s\(index) misses a place" }
            } else if places.sorted(by: precedes) != expected.sorted(by: precedes) {
                return "s\(index) shows \(places), not \(expected)"
            }
        }
        return nil
    }

    /// Those that lie in no other that begins before or with them.
    private static func distinct(_ places: Set<ReferencePlace>) -> [ReferencePlace] {
        places.filter { place in
            !places.contains { other in
                other != place && other.field == place.field && other.element == place.element
                    && other.range.lowerBound <= place.range.lowerBound
                    && other.range.upperBound >= place.range.upperBound
            }
        }
    }

    private static func precedes(_ left: ReferencePlace, _ right: ReferencePlace) -> Bool {
        if left.field != right.field { return left.field < right.field }
        if left.element != right.element { return left.element < right.element }
        if left.range.lowerBound != right.range.lowerBound {
            return left.range.lowerBound < right.range.lowerBound
        }
        return left.range.upperBound < right.range.upperBound
    }

    private static func isInside(_ place: ReferencePlace, _ post: FlaggedPost) -> Bool {
        let text =
            switch place.field {
            case "title": post.title ?? ""
            case "body": post.body
            case "author.handle": post.author.handle ?? ""
            case "author.display_name": post.author.displayName ?? ""
            case "links": post.links[place.element].url
            case "media.alt_text": post.media[place.element].altText ?? ""
            default: post.flags[place.element].reason
            }
        return !place.range.isEmpty && place.range.upperBound <= text.unicodeScalars.count
    }

    private static func shown(_ post: FlaggedPost) -> String {
        func escaped(_ text: String?) -> String {
            (text ?? "-").unicodeScalars.map { $0.escaped(asASCII: true) }.joined()
        }
        return
            "title \(escaped(post.title)) body \(escaped(post.body)) handle \(escaped(post.author.handle)) name "
            + "\(escaped(post.author.displayName)) alt \(post.media.map { escaped($0.altText) }) reasons "
            + "\(post.flags.map { escaped($0.reason) }) links \(post.links.map { escaped($0.url) }) lang \(post.language ?? "-")"
    }
}

extension ReferenceRule.When {
    var mentioned: Set<Int> {
        switch self {
        case .selection(let index): [index]
        case .of(_, let indices): Set(indices)
        case .not(let inner): inner.mentioned
        case .and(let left, let right), .or(let left, let right): left.mentioned.union(right.mentioned)
        }
    }
}

extension ReferenceEvaluator {
    func places(
        ofAny words: [String], _ test: ReferenceRule.Test, _ subject: ReferenceSubject
    ) -> Set<ReferencePlace> {
        words.reduce(into: []) { $0.formUnion(places(of: pattern($1, test), test, subject)) }
    }
}
