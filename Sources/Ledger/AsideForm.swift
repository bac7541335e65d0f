import Foundation
public import Moderation

/// What an evaluation recorded that is not shown: rules on trial, the state they read, and rules over budget.
public enum AsideForm {
    /// What stands aside of the findings.
    public struct Aside: Sendable {
        /// What rules on trial matched.
        public let shadow: [Finding]
        /// What was known beyond the post.
        public let state: StateSnapshot
        /// Rules that could not look everywhere.
        public let overBudget: [RuleID]
    }

    /// Canonical JSON; `nil` when there is nothing, as for most posts.
    public static func bytes(of evaluation: Evaluation) -> [UInt8]? {
        let state = evaluation.state
        guard !evaluation.shadow.isEmpty || !state.isEmpty || !evaluation.overBudget.isEmpty else {
            return nil
        }
        var json = CanonicalJSON(reserving: 256)
        json.raw("{\"b\":[")
        for (index, rule) in evaluation.overBudget.enumerated() {
            if index > 0 { json.raw(",") }
            json.write(rule.rawValue)
        }
        json.raw("],\"c\":")
        write(state.counts, to: &json) { $0.write(Int64($1)) }
        json.raw(",\"d\":")
        write(state.domains, to: &json) { $0.write($1) }
        json.raw(",\"s\":")
        FindingsForm.write(evaluation.shadow, to: &json)
        json.raw("}")
        return json.bytes
    }

    private static func write<Value>(
        _ members: [String: Value], to json: inout CanonicalJSON, _ body: (inout CanonicalJSON, Value) -> Void
    ) {
        json.raw("{")
        for (index, member) in members.sorted(by: { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) })
            .enumerated()
        {
            if index > 0 { json.raw(",") }
            json.write(member.key)
            json.raw(":")
            body(&json, member.value)
        }
        json.raw("}")
    }

    /// Reads it.
    public static func aside(from bytes: [UInt8]) throws(LedgerError) -> Aside {
        guard let form = try? JSONDecoder().decode(Form.self, from: Data(bytes)) else {
            throw .notAnEvaluation
        }
        return Aside(
            shadow: form.s.map(\.finding), state: StateSnapshot(counts: form.c, domains: form.d),
            overBudget: form.b.map { RuleID($0) })
    }

    /// Reads what was known beyond the post, and nothing else.
    public static func state(from bytes: [UInt8]) throws(LedgerError) -> StateSnapshot {
        var state = StateSnapshot()
        do {
            try CanonicalReader.read(bytes) { reader in
                try reader.object { reader, name in
                    switch name {
                    case "c": try reader.object { state.counts[$1] = Int(try $0.integer()) }
                    case "d": try reader.object { state.domains[$1] = try $0.string() }
                    default: try reader.skipValue()
                    }
                }
            }
        } catch { throw .notAnEvaluation }
        return state
    }

    private struct Form: Decodable {
        let b: [String]
        let c: [String: Int]
        let d: [String: String]
        let s: [FindingsForm.FindingForm]
    }
}
