import Foundation
import Moderation
import Testing

@testable import PolicyEngine

@Suite("The schema for editors says what the reader takes")
struct PolicySchemaTests {
    private typealias Object = [String: Any]

    private func schema() throws -> [String: Any] {
        let path = Repository.root + "/Documentation/schemas/policy.schema.json"
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        return try #require(JSONSerialization.jsonObject(with: data) as? Object)
    }

    private func definition(_ name: String, in schema: [String: Any]) throws -> [String: Any] {
        try #require((schema["$defs"] as? Object)?[name] as? Object, "\(name)")
    }

    /// The names that an object may have; of alternatives, those of the object among them.
    private func names(_ schema: [String: Any]) -> Set<String> {
        if let properties = schema["properties"] as? Object { return Set(properties.keys) }
        let parts = schema["anyOf"] as? [Object] ?? []
        return parts.reduce(into: []) { $0.formUnion(names($1)) }
    }

    @Test func itHasEveryKeyAndNoOther() throws {
        let schema = try schema()
        let known = KnownKeys.all()
        #expect(names(schema) == known["policy"])
        for (what, definition) in [
            ("dsa", "dsa"), ("rule", "rule"), ("examples", "examples"), ("near", "near"),
            ("example", "post"), ("author", "author"), ("link", "link"), ("media", "media"),
            ("thread", "threadPost"), ("flag", "flag"),
        ] {
            #expect(try names(self.definition(definition, in: schema)) == known[what], "\(what)")
        }
    }

    @Test func itHasEveryFieldWithItsOperatorsAndModifiers() throws {
        let schema = try schema()
        let tests = try definition("tests", in: schema)
        let fields = try #require(tests["properties"] as? [String: Object])
        #expect(Set(fields.keys) == Set(Field.allCases.map(\.rawValue)))
        for field in Field.allCases {
            let reference = try #require(fields[field.rawValue]?["$ref"] as? String, "\(field)")
            let name = String(reference.dropFirst("#/$defs/".count))
            let modifiers: [Modifier] =
                switch field.sort {
                case .text, .links: [.atLeast, .fold]
                case .history: [.within]
                case .code, .number, .age, .flag: []
                }
            let wanted =
                Operator.known(for: field.sort, field).map(\.rawValue) + modifiers.map(\.rawValue)
            #expect(try names(definition(name, in: schema)) == Set(wanted), "\(field.rawValue)")
        }
        let patterns = try #require(tests["patternProperties"] as? Object)
        #expect(patterns.keys.contains { $0.hasPrefix("^scores") })
    }

    @Test func itHasEveryValueOfAChoice() throws {
        let schema = try schema()
        func choice(_ value: Any?) -> Set<String> { Set((value as? Object)?["enum"] as? [String] ?? []) }
        let rule = try definition("rule", in: schema)["properties"] as? Object
        let dsa = try definition("dsa", in: schema)["properties"] as? Object
        let texts = try definition("textTests", in: schema)["properties"] as? Object
        #expect(
            choice((schema["properties"] as? Object)?["hazard"]) == Set(Hazard.allCases.map(\.rawValue)))
        #expect(try choice(definition("action", in: schema)) == Set(Action.allCases.map(\.rawValue)))
        #expect(choice(rule?["status"]) == Set(Rule.Status.allCases.map(\.rawValue)))
        #expect(choice(texts?["fold"]) == Set(FieldTest.Fold.allCases.map(\.rawValue)))
        #expect(choice(dsa?["category"]) == Set(DSA.categories))
    }
}
