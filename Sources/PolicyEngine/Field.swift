import Moderation

/// What a selection can look at.
enum Field: String, CaseIterable, Hashable {
    case title, body, text, links, language, community, source, kind, age
    case bodyLength = "body.length"
    case linksHost = "links.host"
    case linksDomain = "links.domain"
    case linksPath = "links.path"
    case linksCount = "links.count"
    case authorHandle = "author.handle"
    case authorDisplayName = "author.display_name"
    case authorAccountAge = "author.account_age"
    case authorEarlierRemovals = "author.earlier_removals"
    case authorEarlierFlags = "author.earlier_flags"
    case media = "media.kind"
    case mediaHash = "media.hash"
    case mediaAltText = "media.alt_text"
    case mediaCount = "media.count"
    case flagsCount = "flags.count"
    case flagsReasons = "flags.reasons"
    case flagsReporters = "flags.reporters"
    case flagsTrusted = "flags.trusted"
    case threadDepth = "thread.depth"
    case threadParentAuthor = "thread.parent_author"
    case historyPosts = "history.posts"
    case historyFlags = "history.flags"
    case historyRemovals = "history.removals"

    enum Sort { case text, code, links, number, age, flag, history }

    var sort: Sort {
        switch self {
        case .title, .body, .text, .authorHandle, .authorDisplayName, .mediaAltText, .flagsReasons: .text
        case .links: .links
        case .language, .community, .source, .kind, .media, .mediaHash, .linksHost, .linksDomain, .linksPath,
            .threadParentAuthor:
            .code
        case .age, .authorAccountAge: .age
        case .flagsTrusted: .flag
        case .bodyLength, .authorEarlierRemovals, .authorEarlierFlags, .linksCount, .mediaCount, .flagsCount,
            .flagsReporters, .threadDepth:
            .number
        case .historyPosts, .historyFlags, .historyRemovals: .history
        }
    }

    /// What of the author's history it counts.
    var metric: HistoryQuery.Metric? {
        switch self {
        case .historyPosts: .posts
        case .historyFlags: .flags
        case .historyRemovals: .removals
        default: nil
        }
    }

    /// Where it stands among the fields that people read: the title before the text, and so on.
    var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// The fields whose text is scanned for this one.
    var scanned: [Field] { self == .text ? [.title, .body] : [self] }

    /// Whether a text of that field is scanned for this one.
    func scans(_ field: Field) -> Bool {
        self == field || (self == .text && (field == .title || field == .body))
    }
}

/// What can be asked of a field.
enum Operator: String, CaseIterable, Hashable {
    case anyWord = "any_word"
    case phrase, contains
    case startsWith = "starts_with"
    case endsWith = "ends_with"
    case regex, equals
    case anyOf = "any_of"
    case inList = "in_list"
    case near
    case domainIn = "domain_in"
    case hashIn = "hash_in"
    case languageIn = "language_in"
    case exists
    case gt, ge, lt, le

    static func known(for sort: Field.Sort, _ field: Field?) -> [Operator] {
        switch sort {
        case .text:
            [
                .anyWord, .phrase, .contains, .startsWith, .endsWith, .regex, .equals, .anyOf, .inList, .near,
                .exists,
            ]
        case .links: [.domainIn, .contains, .regex, .startsWith, .endsWith, .inList, .exists]
        case .code:
            [.equals, .anyOf, .inList, .startsWith, .endsWith, .contains, .exists]
                + (field == .mediaHash ? [.hashIn] : []) + (field == .language ? [.languageIn] : [])
        case .number, .age: [.equals, .gt, .ge, .lt, .le, .exists]
        case .flag: [.equals]
        case .history: [.equals, .gt, .ge, .lt, .le]
        }
    }
}

/// What changes how the operators beside it are read.
enum Modifier: String, CaseIterable, Hashable {
    /// How many different entries of a list must be found.
    case atLeast = "at_least"
    /// `full`, `plain`, `case` or `none`.
    case fold
    /// The time before the post that history is counted in.
    case within
}

/// One operator on one field.
struct FieldTest: Hashable, Sendable {
    enum Test: Hashable, Sendable {
        /// Patterns for the scanner, and where in the text they must stand.
        case patterns([String], Anchor, isRegex: Bool)
        /// Words of every group with at most so many words from the first to the last.
        case near([[String]], within: Int)
        /// Whole values in lower case.
        case values(Set<String>, Anchor)
        case domains(Set<String>)
        case exists(Bool)
        case flag(Bool)
        /// A comparison in thousandths, or in milliseconds for ages.
        case number(Comparison, Int64)
    }

    enum Anchor: Hashable, Sendable { case word, anywhere, start, end, whole }
    enum Comparison: String, Hashable, Sendable { case equals = "=", gt = ">", ge = "≥", lt = "<", le = "≤" }

    /// How much of what people write is looked through.
    enum Fold: String, CaseIterable, Hashable, Sendable {
        /// Every reading: disguised and stretched words too.
        case full
        /// Case, width, accents and look-alikes only.
        case plain
        /// As written but for small and capital letters; `_` belongs to a word, as in `\w`.
        case caseOnly = "case"
        /// Letter by letter as written.
        case none

        /// Whether it looks at the text as written.
        var isExact: Bool { self == .none || self == .caseOnly }
    }

    enum Subject: Hashable, Sendable {
        case field(Field)
        case score(String)
        case history(HistoryQuery)

        var field: Field? { if case .field(let field) = self { field } else { nil } }
    }

    var subject: Subject
    var test: Test
    /// How many different patterns must be found.
    var least = 1
    var fold = Fold.full
    /// The test in plain words; holds the rule's own words, never the post's.
    var words: String
    /// Where its operator stands in the file.
    var position: FilePosition
    /// What its author listed, in the order of the patterns where it has any.
    var entries: [Entry] = []

    /// One entry of a list.
    struct Entry: Hashable, Sendable {
        /// As written.
        let text: String
        /// The list file that it stands in; `nil` when it stands in the policy.
        var file: String?
        let position: FilePosition
    }

    /// The patterns that the scanner looks for.
    var patterns: [Pattern] {
        switch test {
        case .patterns(let texts, _, let isRegex):
            texts.map { pattern($0, isRegex: isRegex) }
        case .near(let groups, _):
            groups.joined().map { pattern($0, isRegex: false) }
        default: []
        }
    }

    private func pattern(_ text: String, isRegex: Bool) -> Pattern {
        Pattern(text: text, isRegex: isRegex, isExact: fold.isExact, ignoresCase: fold == .caseOnly)
    }

    /// Where a pattern of it must stand.
    var anchor: Anchor { if case .patterns(_, let anchor, _) = test { anchor } else { .word } }

    /// Whether only the scanner can tell.
    var isScanned: Bool {
        switch test {
        case .patterns, .near: true
        default: false
        }
    }
}
