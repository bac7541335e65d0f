/// Something in an AutoModerator configuration that did not come through as it was.
public struct AutoModeratorNote: Hashable, Sendable, Encodable, CustomStringConvertible {
    /// What that means for the rule.
    public enum Sort: String, Hashable, Sendable, Encodable {
        /// A condition is missing, so that the rule would find too much: it is a draft.
        case draft
        /// A way to match is missing: the rule is live and finds less.
        case narrower
        /// Something that is done beside the decision is not done.
        case effect
        /// The rule is not there at all: AutoModerator itself would not run it.
        case left
        /// It came through, and is not quite the same.
        case difference
    }

    /// What it means for the rule.
    public var sort: Sort
    /// The file.
    public var file: String
    /// The line, from 1.
    public var line: Int
    /// The column, from 1.
    public var column: Int
    /// What is not expressed, as it is written there.
    public var construct: String
    /// Why, and what to do instead.
    public var message: String

    /// Such as `automod.yaml:12:5: author.combined_karma: posts carry no karma, so the rule is a draft`.
    public var description: String { "\(file):\(line):\(column): \(construct): \(message)" }
}

/// What importing one configuration gave.
public struct AutoModeratorPolicy: Sendable {
    /// The policy's name.
    public var id: String
    /// The policy file; `nil` when no rule came through.
    public var yaml: String?
    /// How many rules are in it.
    public var rules: Int
    /// How many of them are drafts.
    public var drafts: Int
    /// What is not as it was, in the order of the file.
    public var notes: [AutoModeratorNote]
    /// What can't be read at all.
    public var problems: [Diagnostic]
}

/// What a configuration does not say and a policy must.
public struct AutoModeratorOptions: Sendable {
    /// The policy's name; made from the file's when absent.
    public var id: String?
    /// How harmful looking at such posts may be.
    public var hazard: String
    /// The category of the EU DSA transparency database.
    public var category: String
    /// The communities the configuration is of; empty means posts of any.
    public var communities: [String]
    /// The handles of those whose posts are left alone.
    public var moderators: [String]
    /// The platform's standard conditions by name, as its own page has them; ours are used for those not in it.
    public var standards: [String: String]

    /// Options as the command has them by default.
    public init(
        id: String? = nil, hazard: String = "mild",
        category: String = "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
        communities: [String] = [], moderators: [String] = [], standards: [String: String] = [:]
    ) {
        self.id = id
        self.hazard = hazard
        self.category = category
        self.communities = communities
        self.moderators = moderators
        self.standards = standards
    }

    /// More bytes than this are no configuration.
    public static let largestFile = YAMLTree.largestFile

    /// Whether the transparency database has such a category.
    public static func isCategory(_ text: String) -> Bool { DSA.categories.contains(text) }

    /// Whether a policy can be called so.
    public static func isName(_ text: String) -> Bool { PolicyReader.isName(text) }
}
