/// What one rule of AutoModerator becomes.
struct AutoModeratorRule {
    /// What AutoModerator acts on.
    enum Kind: Hashable { case comment, submission }

    /// What it does with a post.
    enum Verdict: String, CaseIterable {
        case approve, remove, spam, filter, report

        /// Whether it is tried with the first group of rules, of which only one acts.
        var isRemoval: Bool { self == .remove || self == .spam || self == .filter }

        /// What we recommend for it; a report only informs.
        var recommends: String? {
            switch self {
            case .approve: "keep"
            case .remove, .spam: "remove"
            case .filter: "restrict"
            case .report: nil
            }
        }
    }

    var line: Int
    var column: Int
    /// What its author called it in a comment.
    var title: String?
    /// Its name within the policy.
    var name = ""
    var kinds: Set<Kind> = [.comment, .submission]
    var priority = 0
    var verdict: Verdict?
    /// Why it is there, as its author told the moderators.
    var why: String?
    var selections: [(name: String, value: YAMLText)] = []
    /// All of them must hold.
    var conditions: [String] = []
    /// Whether any condition says what must be there, not only what must not.
    var hasPositive = false
    /// What keeps it from being live.
    var obstacles: [String] = []
    /// Whether moderators' posts are left alone; `nil` when nothing was said.
    var exemptsModerators: Bool?
    var asksReports = false
    /// Whether it finds only posts with a text.
    var needsBody = false
    /// Whether it finds only posts that are links, texts and the like, which are submissions anyway.
    var needsShape = false
    /// The communities that it names, if it does.
    var communities: [String]?

    /// Adds a selection under a name that nothing else has.
    mutating func select(_ name: String, _ value: YAMLText) -> String {
        var unique = name
        var number = 2
        while selections.contains(where: { $0.name == unique }) {
            unique = "\(name)_\(number)"
            number += 1
        }
        selections.append((unique, value))
        return unique
    }

    /// Adds one of the selections that any number of conditions share.
    mutating func guarded(by shape: AutoModeratorShape) -> String {
        if !selections.contains(where: { $0.name == shape.rawValue }) {
            selections.append((shape.rawValue, shape.selection))
        }
        return shape.rawValue
    }

    /// Takes a condition out that the others say already.
    mutating func release(_ shape: AutoModeratorShape) {
        conditions.removeAll { $0 == shape.rawValue }
        if !conditions.contains(where: { $0.contains(shape.rawValue) }) {
            selections.removeAll { $0.name == shape.rawValue }
        }
    }

    mutating func require(_ condition: String, isPositive: Bool = true) {
        if !conditions.contains(condition) { conditions.append(condition) }
        if isPositive { hasPositive = true }
    }

    /// Adds a condition on a field of numbers or codes.
    mutating func require(_ name: String, _ field: String, _ tests: [YAMLText.Entry]) {
        require(select(name, .map([.init(field, .map(tests))])))
    }
}

/// What kind of post AutoModerator means, told from our posts' `kind`, and from text and links where the kind is
/// only `post`: then a post is a link without text, or a text without links, or neither for certain.
enum AutoModeratorShape: String {
    case isComment = "is_comment"
    case isSubmission = "is_submission"
    case isLink = "is_link"
    case isText = "is_text"
    case isCrosspost = "is_crosspost"
    case isPoll = "is_poll"
    case isGallery = "is_gallery"
    /// A comment, a text, or anything else that has a text.
    case mayHaveText = "may_have_text"

    private static let comments = ["comment", "reply"]
    private static let general = ["post", "submission"]
    private static let texts = ["text", "self"]
    private static let links = ["link", "image", "video", "gallery", "crosspost"]

    var selection: YAMLText {
        func kind(_ kinds: [String]) -> YAMLText.Entry {
            .init("kind", .map([.init("any_of", .texts(kinds))]))
        }
        func exists(_ field: String, _ wanted: Bool) -> YAMLText.Entry {
            .init(field, .map([.init("exists", .bare("\(wanted)"))]))
        }
        let bare: YAMLText = .map([kind(Self.general), exists("links", false)])
        switch self {
        case .isComment: return .map([kind(Self.comments)])
        case .isSubmission: return .map([kind(Self.general + Self.texts + Self.links + ["poll"])])
        case .isLink:
            return .list([
                .map([kind(Self.links)]),
                .map([kind(Self.general), exists("links", true), exists("body", false)]),
            ])
        case .isText: return .list([.map([kind(Self.texts)]), bare])
        case .isCrosspost: return .map([kind(["crosspost"])])
        case .isPoll: return .map([kind(["poll"])])
        case .isGallery: return .map([kind(["gallery"])])
        case .mayHaveText:
            return .list([.map([exists("body", true)]), .map([kind(Self.comments + Self.texts)]), bare])
        }
    }
}
