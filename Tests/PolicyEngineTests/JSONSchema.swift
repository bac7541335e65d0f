import Foundation
import Moderation
import Yams

/// As much of JSON Schema (2020-12) as the project's own schemas use; an unknown keyword is a failure, not a pass.
struct JSONSchema {
    private let root: [String: JSONValue]

    init(file: String) throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: file))
        root = try JSONDecoder().decode([String: JSONValue].self, from: data)
    }

    /// The schema at a path of keys, with what it refers to in its place.
    subscript(path: String...) -> JSONValue? {
        path.reduce(JSONValue.object(root)) { value, key in
            value.flatMap { followed($0)[key] }.map { found in
                if case .object = found { .object(followed(found)) } else { found }
            }
        }
    }

    /// What is wrong with a value; empty when it fits.
    func problems(with value: JSONValue) -> [String] { problems(value, .object(root), "") }

    private func followed(_ schema: JSONValue) -> [String: JSONValue] {
        guard case .object(var fields) = schema else { return [:] }
        guard case .string(let name)? = fields["$ref"], case .object(let all)? = root["$defs"],
            let target = all[name.replacing("#/$defs/", with: "")]
        else { return fields }
        fields["$ref"] = nil
        return followed(target).merging(fields) { $1 }
    }

    private func problems(_ value: JSONValue, _ schema: JSONValue, _ path: String) -> [String] {
        guard case .object(let fields) = schema else {
            return schema == .bool(true) ? [] : ["\(path): false"]
        }
        return fields.sorted { $0.key < $1.key }.flatMap { key, rule in
            problems(value, keyword: key, rule, beside: fields, path)
        }
    }

    private func problems(
        _ value: JSONValue, keyword: String, _ rule: JSONValue, beside: [String: JSONValue], _ path: String
    ) -> [String] {
        func wrong(_ isWrong: Bool) -> [String] { isWrong ? ["\(path): \(keyword)"] : [] }
        func fits(_ schema: JSONValue) -> Bool { problems(value, schema, path).isEmpty }
        switch (keyword, rule, value) {
        case ("$schema", _, _), ("$id", _, _), ("title", _, _), ("description", _, _), ("$defs", _, _),
            ("examples", _, _), ("patternProperties", _, _):
            return []
        case ("$ref", .string(let name), _):
            guard let target = self["$defs", name.replacing("#/$defs/", with: "")] else {
                return ["\(path): no \(name)"]
            }
            return problems(value, target, path)
        case ("const", let wanted, _): return wrong(value != wanted)
        case ("enum", .array(let all), _): return wrong(!all.contains(value))
        case ("type", let wanted, _):
            let names: [JSONValue] = if case .array(let all) = wanted { all } else { [wanted] }
            return wrong(!names.contains { value.types.contains($0) })
        case ("anyOf", .array(let all), _): return wrong(!all.contains(where: fits))
        case ("oneOf", .array(let all), _): return wrong(all.count(where: fits) != 1)
        case ("not", let schema, _): return wrong(fits(schema))
        case ("minimum", let limit, _): return wrong((value.double ?? 0) < (limit.double ?? 0))
        case ("maximum", let limit, _): return wrong((value.double ?? 0) > (limit.double ?? 0))
        case ("minLength", .integer(let least), .string(let text)):
            return wrong(text.unicodeScalars.count < least)
        case ("pattern", .string(let pattern), .string(let text)):
            return wrong(text.range(of: pattern, options: .regularExpression) == nil)
        case ("minItems", .integer(let least), .array(let items)): return wrong(items.count < least)
        case ("items", let schema, .array(let items)):
            return items.enumerated().flatMap { problems($1, schema, "\(path)/\($0)") }
        case (_, _, .object(let members)):
            return problems(members, keyword: keyword, rule, beside: beside, path)
        case ("minLength", _, _), ("pattern", _, _), ("minItems", _, _), ("items", _, _),
            ("properties", _, _), ("required", _, _), ("additionalProperties", _, _),
            ("propertyNames", _, _), ("minProperties", _, _), ("dependentSchemas", _, _):
            return []
        default: return ["\(path): the keyword \(keyword) is not known here"]
        }
    }

    private func problems(
        _ members: [String: JSONValue], keyword: String, _ rule: JSONValue, beside: [String: JSONValue],
        _ path: String
    ) -> [String] {
        switch (keyword, rule) {
        case ("properties", .object(let known)):
            return members.flatMap { name, member in
                known[name].map { problems(member, $0, "\(path)/\(name)") } ?? []
            }
        case ("required", .array(let names)):
            return names.compactMap { name in
                guard case .string(let name) = name, members[name] == nil else { return nil }
                return "\(path): \(name) is missing"
            }
        case ("additionalProperties", let schema):
            var known: [String: JSONValue] = [:]
            var patterns: [String: JSONValue] = [:]
            if case .object(let fields)? = beside["properties"] { known = fields }
            if case .object(let fields)? = beside["patternProperties"] { patterns = fields }
            return members.filter { known[$0.key] == nil }.flatMap { name, member in
                let special = patterns.first { name.range(of: $0.key, options: .regularExpression) != nil }
                return problems(member, special?.value ?? schema, "\(path)/\(name)")
            }
        case ("propertyNames", let schema):
            return members.keys.flatMap { problems(.string($0), schema, "\(path)/\($0)") }
        case ("minProperties", .integer(let least)):
            return members.count < least ? ["\(path): minProperties"] : []
        case ("dependentSchemas", .object(let schemas)):
            return schemas.filter { members[$0.key] != nil }
                .flatMap { problems(.object(members), $0.value, path) }
        case ("minLength", _), ("pattern", _), ("minItems", _), ("items", _): return []
        default: return ["\(path): the keyword \(keyword) is not known here"]
        }
    }
}

extension JSONValue {
    /// What a YAML text holds, as editors see it.
    init(yaml text: String) throws {
        self = try Yams.compose(yaml: text).map(Self.init(node:)) ?? .null
    }

    private init(node: Node) {
        switch node {
        case .scalar(let scalar) where scalar.style != .plain: self = .string(scalar.string)
        case .scalar(let scalar):
            self =
                node.bool.map(Self.bool) ?? node.int.map { .integer(Int64($0)) }
                ?? node.float.map(Self.number) ?? .string(scalar.string)
        case .sequence(let items): self = .array(items.map(Self.init(node:)))
        case .mapping(let mapping):
            self = .object(
                Dictionary(mapping.map { ($0.string ?? "", Self(node: $1)) }, uniquingKeysWith: { $1 }))
        case .alias: self = .null
        }
    }

    fileprivate var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// What JSON Schema calls it.
    fileprivate var types: [JSONValue] {
        switch self {
        case .null: [.string("null")]
        case .bool: [.string("boolean")]
        case .integer: [.string("integer"), .string("number")]
        case .number: [.string("number")]
        case .string: [.string("string")]
        case .array: [.string("array")]
        case .object: [.string("object")]
        }
    }
}
