import Moderation
import PolicyEngine
import Testing

/// A post, what AutoModerator does with it by its documentation, and the rules of ours that must say so.
struct AutoModeratorRow: Sendable, CustomTestStringConvertible {
    let post: FlaggedPost
    /// What happens: `remove` (also for spam), `restrict` for filter, `keep` for approve, `report`, or nothing.
    let outcome: String
    /// Exactly these rules find it.
    let rules: Set<String>

    init(_ post: FlaggedPost, _ outcome: String, _ rules: String...) {
        self.post = post
        self.outcome = outcome
        self.rules = Set(rules)
    }

    var testDescription: String {
        "\(post.kind) \(post.title ?? "") \(post.body) \(post.links.map(\.url)) → \(outcome)"
    }
}

/// An imported configuration, ready to be asked.
struct ImportedConfiguration {
    let policy: AutoModeratorPolicy
    let bundle: PolicyBundle
    let evaluator: Evaluator

    /// When posts are evaluated.
    static let now = Timestamp(milliseconds: 1000 * 86_400_000)

    init(_ text: String, file: String, options: AutoModeratorOptions = AutoModeratorOptions()) throws {
        policy = AutoModeratorImport.policy(from: text, file: file, options: options)
        #expect(policy.problems.map(\.description) == [])
        let load = PolicyLoader.load(files: [(name: "p.yaml", text: try #require(policy.yaml))])
        #expect(load.diagnostics.map(\.description) == [])
        bundle = try #require(load.bundle)
        evaluator = try Evaluator(bundle: bundle, cacheDirectory: nil)
    }

    func check(_ row: AutoModeratorRow) {
        let evaluation = evaluator.evaluate(row.post, now: Self.now)
        let outcome =
            evaluation.recommendation?.action.rawValue ?? (evaluation.findings.isEmpty ? "" : "report")
        let rules = evaluation.findings.map {
            $0.rule.rawValue.split(separator: "/").last.map(String.init) ?? ""
        }
        #expect(outcome == row.outcome, "\(row.testDescription): found by \(rules)")
        #expect(Set(rules) == row.rules, "\(row.testDescription)")
    }

    /// What lint says.
    var lint: [String] { PolicyLint.lint(bundle).map(\.message) }
}

extension FlaggedPost {
    static func comment(_ body: String, by author: String = "ann", depth: Int = 1) -> FlaggedPost {
        var post = FlaggedPost(source: "s", externalID: "1", body: body, kind: "comment")
        post.author.handle = author
        post.thread = Array(repeating: ThreadPost(body: "above"), count: depth)
        return post
    }

    static func text(_ title: String, _ body: String = "", by author: String = "ann") -> FlaggedPost {
        var post = FlaggedPost(source: "s", externalID: "1", title: title, body: body, kind: "text")
        post.author.handle = author
        return post
    }

    static func link(_ title: String, _ url: String, _ body: String = "", by author: String = "ann")
        -> FlaggedPost
    {
        var post = FlaggedPost(source: "s", externalID: "1", title: title, body: body, kind: "link")
        post.author.handle = author
        post.links = [Link(url: url)]
        return post
    }

    func aged(_ days: Int) -> FlaggedPost {
        var post = self
        post.author.accountCreatedAt = Timestamp(
            milliseconds: ImportedConfiguration.now.milliseconds - Int64(days) * 86_400_000)
        return post
    }

    func flagged(_ count: Int) -> FlaggedPost {
        var post = self
        post.flags = (0..<count).map { Flag(reason: "r", reporter: "\($0)") }
        return post
    }

    func within(_ community: String) -> FlaggedPost {
        var post = self
        post.community = community
        return post
    }

    func ofKind(_ kind: String) -> FlaggedPost {
        var post = self
        post.kind = kind
        return post
    }
}
