import Foundation
import Moderation
import Testing

@testable import PolicyEngine

@Suite("The schema of policies says what the engine reads")
struct PolicySchemaTests {
    private static let file = Repository.root + "/Documentation/schemas/policy.schema.json"

    /// A policy whose only rule has these selections; `…` stands where a test puts something in.
    private func policy(
        rule: String = "{id: p/r, selections: {a: {body: {any_word: [cat]}}}}", extra: String = ""
    )
        -> String
    {
        """
        id: p
        title: P
        guidance: {en: G, fr: G}
        neutral: N
        dsa: {category: STATEMENT_CATEGORY_VIOLENCE}
        hazard: mild
        actions: [remove, keep]
        rules:
          - \(rule)
        \(extra)
        """
    }

    private func load(_ text: String) -> PolicyLoad {
        PolicyLoader.load(files: [(name: "p.yaml", text: text), (name: "words.txt", text: "cat\n")])
    }

    private func keys(_ value: JSONValue?) -> Set<String> {
        if case .object(let fields)? = value { Set(fields.keys) } else { [] }
    }

    /// The values that a choice in the schema allows, each of which must be explained.
    private func choices(_ value: JSONValue?) -> Set<String> {
        guard case .object(let fields)? = value, case .array(let all)? = fields["oneOf"] else { return [] }
        return Set(
            all.compactMap { choice in
                guard case .object(let fields) = choice, case .string(let name)? = fields["const"],
                    case .string(let words)? = fields["description"], !words.isEmpty
                else { return nil }
                return name
            })
    }

    /// The names that the reader says it knows when it meets one that it doesn't.
    private func known(_ text: String) throws -> Set<String> {
        let message = try #require(load(text).diagnostics.first).message
        let names = try #require(message.split(separator: "(one of ").last)
        return Set(names.dropLast().split(separator: ", ").map(String.init))
    }

    private static let unknown = String(repeating: "z", count: 64)

    @Test func ofPolicyRuleAndExampleItKnowsTheSameKeys() throws {
        let schema = try JSONSchema(file: Self.file)
        #expect(try keys(schema["properties"]) == known(policy(extra: "\(Self.unknown): 1")))
        #expect(
            try keys(schema["$defs", "rule", "properties"]) == known(policy(rule: "{\(Self.unknown): 1}")))
        for (part, example) in [
            (schema["$defs", "examplePost"], "{\(Self.unknown): 1}"),
            (schema["$defs", "examplePost", "properties", "author"], "{author: {\(Self.unknown): 1}}"),
            (schema["$defs", "examplePost", "properties", "links"], "{links: {\(Self.unknown): 1}}"),
            (schema["$defs", "examplePost", "properties", "media"], "{media: {\(Self.unknown): 1}}"),
            (schema["$defs", "examplePost", "properties", "thread"], "{thread: {\(Self.unknown): 1}}"),
            (schema["$defs", "examplePost", "properties", "flags"], "{flags: {\(Self.unknown): 1}}"),
        ] {
            let rule =
                "{id: p/r, selections: {a: {body: {any_word: [cat]}}}, examples: {match: [\(example)]}}"
            #expect(try memberKeys(part) == known(policy(rule: rule)), "\(example)")
        }
    }

    /// The keys of an object, or of the one among several forms of a value.
    private func memberKeys(_ value: JSONValue?) -> Set<String> {
        guard case .object(let fields)? = value else { return [] }
        if let properties = fields["properties"] { return keys(properties) }
        guard case .array(let forms)? = fields["anyOf"] else { return [] }
        return forms.reduce(into: []) { $0.formUnion(memberKeys($1)) }
    }

    @Test func everyChoiceIsThereAndExplained() throws {
        let schema = try JSONSchema(file: Self.file)
        #expect(choices(schema["$defs", "action"]) == Set(Action.allCases.map(\.rawValue)))
        #expect(choices(schema["properties", "hazard"]) == Set(Hazard.allCases.map(\.rawValue)))
        #expect(choices(schema["properties", "dsa", "properties", "category"]) == Set(DSA.categories))
        #expect(
            choices(schema["$defs", "rule", "properties", "status"])
                == Set(Rule.Status.allCases.map(\.rawValue)))
        #expect(choices(schema["$defs", "fold"]) == Set(FieldTest.Fold.allCases.map(\.rawValue)))
    }

    @Test func everyFieldHasItsOperatorsAndModifiers() throws {
        let schema = try JSONSchema(file: Self.file)
        #expect(keys(schema["$defs", "tests", "properties"]) == Set(Field.allCases.map(\.rawValue)))
        for field in Field.allCases {
            guard case .object(var fields)? = schema["$defs", "tests", "properties", field.rawValue] else {
                Issue.record("\(field) is missing")
                continue
            }
            if case .array(let forms)? = fields["anyOf"], case .object(let long)? = forms.last {
                fields = long
            }
            let names = keys(fields["properties"])
            let modifiers = names.filter { Modifier(rawValue: $0) != nil }
            #expect(
                names.subtracting(modifiers)
                    == Set(Operator.known(for: field.sort, field).map(\.rawValue)), "\(field)")
            let expected: Set<String> =
                switch field.sort {
                case .text, .links: ["at_least", "fold"]
                case .history: ["within"]
                default: []
                }
            #expect(modifiers == expected, "\(field)")
        }
    }

    @Test func theShippedPoliciesFit() throws {
        let schema = try JSONSchema(file: Self.file)
        let folder = Repository.root + "/Policies/"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
            $0.hasSuffix(".yaml")
        }
        #expect(!files.isEmpty)
        for file in files {
            let text = try String(contentsOfFile: folder + file, encoding: .utf8)
            #expect(try schema.problems(with: JSONValue(yaml: text)) == [], "\(file)")
        }
    }

    private static let page = Repository.root + "/Documentation/policy-language.md"

    /// Editors must not mark as wrong what the page teaches.
    @Test(.enabled(if: FileManager.default.fileExists(atPath: page)))
    func theExamplesOfTheLanguagePageFit() throws {
        let schema = try JSONSchema(file: Self.file)
        let text = try String(contentsOfFile: Self.page, encoding: .utf8)
        let blocks = text.split(separator: "```yaml\n", omittingEmptySubsequences: false).dropFirst()
            .map { $0.components(separatedBy: "```")[0] }
        #expect(!blocks.isEmpty)
        for block in blocks {
            let value = try JSONValue(yaml: block)
            #expect(try schema.problems(with: whole(value)) == [], "\(block)")
        }
    }

    /// A policy of what a block of the page holds: itself, a rule, or a list of rules.
    private func whole(_ block: JSONValue) throws -> JSONValue {
        let rules: [JSONValue]
        switch block {
        case .object(let fields) where fields["rules"] != nil: return block
        case .array(let all): rules = all
        default: rules = [block]
        }
        guard case .object(var whole) = try JSONValue(yaml: policy()) else { return block }
        whole["rules"] = .array(
            rules.map { rule in
                guard case .object(let fields) = rule else { return rule }
                return .object(fields.merging(["id": .string("page/rule")]) { own, _ in own })
            })
        return .object(whole)
    }

    /// What is refused, put into the place of a selection's tests.
    @Test(arguments: [
        "{}", "{bodi: {any_word: [cat]}}", "{body: {any_words: [cat]}}", "{body: {any_word: []}}",
        "{body: {at_least: 2}}", "{body: {any_word: [cat, dog], at_least: 0}}",
        "{body: {regex: cat, at_least: 2}}", "{body: {any_word: [cat], fold: some}}",
        "{body: {any_word: [cat], within: 3 days}}", "{body: {near: {words: [cat], within: 5}}}",
        "{body: {near: {words: [cat, dog]}}}",
        "{body: {near: {words: [cat, dog], within: 5}, at_least: 2}}",
        "{body: {near: {words: [cat, dog], within: 101}}}",
        "{language: {fold: none, equals: fr}}", "{language: {regex: fr}}", "{media.kind: {hash_in: [ab]}}",
        "{age: {lt: 3}}", "{age: < 3 moons}", "{flags.count: '>= many'}", "{flags.count: {ge: x}}",
        "{flags.trusted: {equals: perhaps}}", "{flags.trusted: {exists: true}}", "{title: {exists: maybe}}",
        "{history.posts: {ge: 3}}", "{history.posts: {within: 1 hours}}",
        "{history.posts: {exists: true, within: 1 hours}}",
        "{scores.: {gt: 0.5}}", "{scores.a: {gt: 0.855z}}", "{scores.a: '> 0.+5'}", "{scores.a: {gt: '1.'}}",
        "[]", "cat",
    ])
    func whatTheReaderRefusesTheSchemaRefuses(_ tests: String) throws {
        let schema = try JSONSchema(file: Self.file)
        let text = policy(rule: "{id: p/r, selections: {a: \(tests)}}")
        #expect(load(text).diagnostics != [])
        #expect(try schema.problems(with: JSONValue(yaml: text)) != [])
    }

    @Test(arguments: [
        "{body: {any_word: cat}}", "{body: {in_list: words.txt}}",
        "{body: {any_word: [cat, 1984, yes], at_least: 2}}",
        "{body: {near: {words: [[cat, dog], bird], within: 5}, fold: plain}}",
        "[{title: {exists: true}}, {body: {exists: false}}]", "{age: < 3 days}",
        "{age: {ge: 1 week, lt: 1 year}}",
        "{flags.count: 3}", "{flags.count: '≥ 3'}", "{scores.toxicity: {gt: 0.85}}",
        "{scores.toxicity: '> 0.85'}",
        "{scores.a b: {exists: true}}", "{links: {domain_in: words.txt}}",
        "{links: {domain_in: [a.example]}}",
        "{media.hash: {hash_in: [ab12]}}", "{language: {language_in: [fr, es]}}",
        "{flags.trusted: {equals: true}}",
        "{history.removals: {ge: 3, within: 7 days}}", "{body.length: < 3}",
    ])
    func whatTheReaderTakesTheSchemaTakes(_ tests: String) throws {
        let schema = try JSONSchema(file: Self.file)
        let text = policy(rule: "{id: p/r, selections: {é-1_x: \(tests)}}")
        #expect(load(text).diagnostics.map(\.description) == [])
        #expect(try schema.problems(with: JSONValue(yaml: text)) == [])
    }

    @Test(arguments: [
        "{id: p/R, selections: {a: {body: {exists: true}}}}", "{id: p/r}", "{id: p/r, selections: {}}",
        "{id: p/r, selections: {and: {body: {exists: true}}}}",
        "{id: p/r, selections: {'2': {body: {exists: true}}}}",
        "{id: p/r, selections: {'a b': {body: {exists: true}}}}",
        "{id: p/r, selections: {a: {body: {exists: true}}}, status: asleep}",
        "{id: p/r, selections: {a: {body: {exists: true}}}, languages: [french]}",
        "{id: p/r, selections: {a: {body: {exists: true}}}, recommend: delete}",
        "{id: p/r, selections: {a: {body: {exists: true}}}, recommend: remove, automatic: suspend}",
        "{id: p/r, selections: {a: {body: {exists: true}}}, title: {french: x}}",
        "{id: p/r, selections: {a: {body: {exists: true}}}, examples: {find: [x]}}",
        "{id: p/r, selections: {a: {body: {exists: true}}}, examples: {match: [{text: x, body: x}]}}",
        "{id: p/r, selections: {a: {body: {exists: true}}}, examples: {match: [{text: x, scores: {t: 2}}]}}",
        "{id: p/r, selections: {a: {body: {exists: true}}}, examples: {match: [{text: x, history: {removals: 2}}]}}",
        "{id: p/r, selections: {a: {body: {exists: true}}}, examples: {match: [{text: x, age: soon}]}}",
    ])
    func rulesThatAreRefusedAreRefusedByBoth(_ rule: String) throws {
        let schema = try JSONSchema(file: Self.file)
        #expect(load(policy(rule: rule)).diagnostics != [])
        #expect(try schema.problems(with: JSONValue(yaml: policy(rule: rule))) != [])
    }
}
