import Moderation

/// What a selection can look at.
enum Field: String, CaseIterable, Hashable {
    case title, body, text, links, language, community, source, kind, age
    case authorHandle = "author.handle"
    case authorDisplayName = "author.display_name"
    case authorAccountAge = "author.account_age"
    case authorEarlierRemovals = "author.earlier_removals"
    case authorEarlierFlags = "author.earlier_flags"
    case linksCount = "links.count"
    case media = "media.kind"
    case mediaHash = "media.hash"
    case mediaAltText = "media.alt_text"
    case mediaCount = "media.count"
    case flagsCount = "flags.count"
    case flagsReasons = "flags.reasons"
    case flagsReporters = "flags.reporters"
    case flagsTrusted = "flags.trusted"
    case threadDepth = "thread.depth"

    enum Sort { case text, code, links, number, age, flag }

    var sort: Sort {
        switch self {
        case .title, .body, .text, .authorHandle, .authorDisplayName, .mediaAltText, .flagsReasons: .text
        case .links: .links
        case .language, .community, .source, .kind, .media, .mediaHash: .code
        case .age, .authorAccountAge: .age
        case .flagsTrusted: .flag
        case .authorEarlierRemovals, .authorEarlierFlags, .linksCount, .mediaCount, .flagsCount,
            .flagsReporters, .threadDepth:
            .number
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
    case domainIn = "domain_in"
    case exists
    case gt, ge, lt, le

    static func known(for sort: Field.Sort) -> [Operator] {
        switch sort {
        case .text:
            [.anyWord, .phrase, .contains, .startsWith, .endsWith, .regex, .equals, .anyOf, .inList, .exists]
        case .links: [.domainIn, .contains, .regex, .startsWith, .endsWith, .inList, .exists]
        case .code: [.equals, .anyOf, .inList, .startsWith, .endsWith, .contains, .exists]
        case .number, .age: [.equals, .gt, .ge, .lt, .le, .exists]
        case .flag: [.equals]
        }
    }
}

/// One operator on one field.
struct FieldTest: Hashable, Sendable {
    enum Test: Hashable, Sendable {
        /// Patterns for the scanner, and where in the text they must stand.
        case patterns([String], Anchor, isRegex: Bool)
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

    enum Subject: Hashable, Sendable {
        case field(Field)
        case score(String)
    }

    var subject: Subject
    var test: Test
    /// The test in plain words; holds the rule's own words, never the post's.
    var words: String
    /// Where it stands in the file.
    var line: Int
}
