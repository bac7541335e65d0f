import Foundation
import Yams

@testable import PolicyEngine

/// The blocks of a page that are policies, and the lists that they name.
struct LanguagePage {
    /// One example of the page.
    struct Block {
        /// The line in the page on which it begins.
        let line: Int
        /// A policy: as it stands there, or wrapped around the rules that do.
        let policy: String
        /// The rules, read as plain values.
        let rules: [[String: Any]]
        /// The policy's own keys; empty where only rules stand there.
        let policyKeys: Set<String>
    }

    private(set) var blocks: [Block] = []
    private(set) var lists: [(name: String, text: String)] = []

    init(_ name: String) throws {
        let text = try String(contentsOfFile: Repository.root + "/" + name, encoding: .utf8)
        var fence: (info: String, line: Int, body: [Substring])?
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if let open = fence {
                fence?.body.append(line)
                guard line == "```" else { continue }
                try add(open.body.joined(separator: "\n"), info: open.info, line: open.line)
                fence = nil
            } else if line.hasPrefix("```") {
                fence = (String(line.dropFirst(3)), number + 1, [])
            }
        }
    }

    private mutating func add(_ body: String, info: String, line: Int) throws {
        if info.hasPrefix("text lists/") { return lists.append((String(info.dropFirst(5)), body)) }
        guard info == "yaml" else { return }
        let value = try Yams.load(yaml: body)
        if let whole = value as? [String: Any], let rules = whole["rules"] as? [[String: Any]] {
            blocks.append(Block(line: line, policy: body, rules: rules, policyKeys: Set(whole.keys)))
            return
        }
        let rules = value as? [[String: Any]] ?? (value as? [String: Any]).map { [$0] } ?? []
        let policy = (rules.first?["id"] as? String)?.prefix { $0 != "/" } ?? "none"
        let isList = body.drop { $0 == " " }.hasPrefix("- ")
        let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
        let listed = lines.enumerated().map { isList ? "  \($1)" : ($0 == 0 ? "  - \($1)" : "    \($1)") }
        let text = """
            id: \(policy)
            title: Page
            guidance: Look.
            neutral: A post.
            dsa: {category: STATEMENT_CATEGORY_OTHER_VIOLATION_TC}
            hazard: moderate
            actions: [keep, label, restrict, remove, suspend]
            rules:

            """
        blocks.append(
            Block(line: line, policy: text + listed.joined(separator: "\n"), rules: rules, policyKeys: []))
    }
}

enum Yaml {
    /// A mapping by its names; `nil` for anything else.
    static func mapping(_ text: String) throws -> [String: Any]? {
        try Yams.load(yaml: text) as? [String: Any]
    }
}

/// What the reader knows, as it says itself when asked for something it doesn't know.
enum KnownKeys {
    private static let unknown = "zzzzzzzzzzzzzzzz"

    /// The names that a mapping may have, by what it is.
    static func all() -> [String: Set<String>] {
        let rule = "selections: {s: {body: {equals: x}}}"
        let bad = "\(unknown): 1"
        return [
            "policy": names(in: policy("- {id: p/r, \(rule)}") + "\n\(bad)"),
            "dsa": names(in: policy("- {id: p/r, \(rule)}", dsa: ", \(bad)")),
            "rule": names(in: policy("- {id: p/r, \(rule), \(bad)}")),
            "examples": names(in: policy("- {id: p/r, \(rule), examples: {\(bad)}}")),
            "near": names(in: policy("- {id: p/r, selections: {s: {body: {near: {\(bad)}}}}}")),
            "example": example("{text: x, \(bad)}"),
            "author": example("{text: x, author: {\(bad)}}"),
            "link": example("{text: x, links: {\(bad)}}"),
            "media": example("{text: x, media: {\(bad)}}"),
            "thread": example("{text: x, thread: {\(bad)}}"),
            "flag": example("{text: x, flags: {\(bad)}}"),
        ]
    }

    private static func example(_ post: String) -> Set<String> {
        names(in: policy("- {id: p/r, selections: {s: {body: {equals: x}}}, examples: {match: [\(post)]}}"))
    }

    private static func policy(_ rule: String, dsa: String = "") -> String {
        """
        id: p
        title: P
        guidance: G
        neutral: N
        dsa: {category: STATEMENT_CATEGORY_VIOLENCE\(dsa)}
        hazard: mild
        actions: [keep]
        rules:
        \(rule)
        """
    }

    private static func names(in policy: String) -> Set<String> {
        let load = PolicyLoader.load(files: [(name: "p.yaml", text: policy)])
        let told = load.diagnostics.first { $0.message.contains(unknown) }?.message ?? ""
        guard let list = told.split(separator: "(one of ").last, told.hasSuffix(")") else { return [] }
        return Set(list.dropLast().split(separator: ", ").map(String.init))
    }
}
