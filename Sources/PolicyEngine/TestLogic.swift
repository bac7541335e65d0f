import Moderation

/// What can be said of field tests without a post: which exclude each other, and which follow from which.
///
/// Everything here is sound and none of it complete: `true` means always, `false` means perhaps not.
enum TestLogic {
    /// Why a test can hold for no post that the rule is for.
    static func impossibility(of test: FieldTest, languages: Set<String>) -> String? {
        switch test.test {
        case .number:
            guard let span = span(of: test), span.isEmpty else { return nil }
            return "\(test.words) can't hold"
        case .exists(false) where isAlwaysThere(test.subject): return "every post has \(name(test.subject))"
        case .values where test.subject.field == .language && !languages.isEmpty:
            guard let candidates = wholeValues(of: test), candidates.isDisjoint(with: languages) else {
                return nil
            }
            return "\(test.words) can't hold in a rule for \(languages.sorted().joined(separator: ", "))"
        default: return nil
        }
    }

    /// Whether a test holds for every post.
    static func alwaysHolds(_ test: FieldTest) -> Bool {
        switch test.test {
        case .exists(true): return isAlwaysThere(test.subject)
        case .number:
            guard isCounted(test.subject), let span = span(of: test) else { return false }
            return span.lower <= 0 && span.upper == .max
        default: return false
        }
    }

    /// Whether two tests together hold for no post.
    static func exclude(_ left: FieldTest, _ right: FieldTest) -> Bool {
        if isAbsence(left), needs(right, what: left) { return true }
        if isAbsence(right), needs(left, what: right) { return true }
        guard left.subject == right.subject else { return false }
        switch (left.test, right.test) {
        case (.exists(let one), .exists(let other)), (.flag(let one), .flag(let other)): return one != other
        case (.number, .number):
            guard let one = span(of: left), let other = span(of: right) else { return false }
            return max(one.lower, other.lower) > min(one.upper, other.upper)
        case (.values, .values): return excludeValues(left, right)
        default: return false
        }
    }

    /// Whether the second holds wherever the first does.
    static func implies(_ left: FieldTest, _ right: FieldTest) -> Bool {
        guard covers(right.subject, left.subject) else { return false }
        switch (left.test, right.test) {
        case (_, .exists(true)): return left.subject == right.subject && provesPresence(left)
        case (.exists(let one), .exists(let other)), (.flag(let one), .flag(let other)):
            return left.subject == right.subject && one == other
        case (.number, .number):
            guard let one = span(of: left), let other = span(of: right) else { return false }
            return !one.isEmpty && other.lower <= one.lower && one.upper <= other.upper
        case (.values(let one, let oneAnchor), .values(let other, let otherAnchor)):
            return one.allSatisfy { value in other.contains { fits(value, oneAnchor, $0, otherAnchor) } }
        case (.domains(let one), .domains(let other)):
            return one.allSatisfy { domain in other.contains { domain == $0 || domain.hasSuffix("." + $0) } }
        case (.patterns(let one, let anchor, let isRegex), .patterns):
            return impliesPatterns(one, anchor, isRegex: isRegex, left, right)
        case (.near(let groups, _), .patterns(_, let anchor, isRegex: false)):
            return groups.contains { impliesPatterns($0, .word, isRegex: false, left, right) }
                && (anchor == .word || anchor == .anywhere)
        case (.near(let groups, let within), .near(let others, let otherWithin)):
            return left.fold == right.fold && groups == others && within <= otherWithin
        default: return false
        }
    }

    // MARK: Presence

    private static func isAbsence(_ test: FieldTest) -> Bool { test.test == .exists(false) }

    private static func isAlwaysThere(_ subject: FieldTest.Subject) -> Bool {
        subject.field == .source || subject.field == .kind
    }

    /// Whether a test holds only where there is a value.
    private static func provesPresence(_ test: FieldTest) -> Bool {
        switch test.test {
        case .patterns, .near, .values, .domains, .exists(true): true
        case .number: !isCounted(test.subject)
        case .flag, .exists: false
        }
    }

    /// Whether a test needs the value of which the other says that it is missing.
    private static func needs(_ test: FieldTest, what absence: FieldTest) -> Bool {
        guard provesPresence(test) else { return false }
        return test.subject == absence.subject
            || (absence.subject.field == .text
                && (test.subject.field == .body || test.subject.field == .title))
    }

    /// Whether what holds of one field holds of the other as well.
    private static func covers(_ wider: FieldTest.Subject, _ narrower: FieldTest.Subject) -> Bool {
        wider == narrower
            || (wider.field == .text && (narrower.field == .body || narrower.field == .title))
    }

    // MARK: Numbers

    struct Span {
        var lower = Int64.min
        var upper = Int64.max
        var isEmpty: Bool { lower > upper }
    }

    /// Counts of what is in the post or its history: there always, whole, and never below nothing.
    private static func isCounted(_ subject: FieldTest.Subject) -> Bool {
        switch subject {
        case .history: true
        case .score: false
        case .field(let field):
            [.linksCount, .mediaCount, .flagsCount, .flagsReporters, .threadDepth].contains(field)
        }
    }

    /// The values that satisfy a comparison, of those that there can be.
    static func span(of test: FieldTest) -> Span? {
        guard case .number(let comparison, let limit) = test.test else { return nil }
        let step: Int64 = isCounted(test.subject) ? 1000 : 1
        let floor =
            limit.magnitude < 1 << 60 ? Int64((Double(limit) / Double(step)).rounded(.down)) * step : limit
        let isOnStep = limit % step == 0
        var span = Span()
        switch comparison {
        case .equals: (span.lower, span.upper) = isOnStep ? (limit, limit) : (1, 0)
        case .gt: span.lower = floor &+ step
        case .ge: span.lower = isOnStep ? limit : floor &+ step
        case .lt: span.upper = isOnStep ? limit &- step : floor
        case .le: span.upper = floor
        }
        if isCounted(test.subject) { span.lower = max(span.lower, 0) }
        if case .score = test.subject {
            (span.lower, span.upper) = (max(span.lower, 0), min(span.upper, 1000))
        }
        return span
    }

    // MARK: Values

    /// The values that a field of one value must have, when they are listed.
    private static func wholeValues(of test: FieldTest) -> Set<String>? {
        guard case .values(let values, let anchor) = test.test, anchor == .whole || anchor == .word,
            let field = test.subject.field,
            [.language, .community, .source, .kind, .threadParentAuthor].contains(field)
        else { return nil }
        return values
    }

    private static func excludeValues(_ left: FieldTest, _ right: FieldTest) -> Bool {
        if let one = wholeValues(of: left), case .values(let other, let anchor) = right.test {
            return one.allSatisfy { value in !other.contains { fits(value, .whole, $0, anchor) } }
        }
        if wholeValues(of: right) != nil, wholeValues(of: left) == nil { return excludeValues(right, left) }
        return false
    }

    /// Whether whatever fits the first value and anchor fits the second.
    private static func fits(
        _ value: String, _ anchor: FieldTest.Anchor, _ other: String, _ otherAnchor: FieldTest.Anchor
    ) -> Bool {
        let isWhole = anchor == .whole || anchor == .word
        switch otherAnchor {
        case .whole, .word: return isWhole && value == other
        case .start: return (isWhole || anchor == .start) && value.hasPrefix(other)
        case .end: return (isWhole || anchor == .end) && value.hasSuffix(other)
        case .anywhere: return value.contains(other)
        }
    }

    // MARK: Patterns

    private static func impliesPatterns(
        _ patterns: [String], _ anchor: FieldTest.Anchor, isRegex: Bool, _ left: FieldTest, _ right: FieldTest
    ) -> Bool {
        guard case .patterns(let others, let otherAnchor, let otherIsRegex) = right.test,
            isRegex == otherIsRegex,
            left.fold == right.fold || (left.fold == .plain && right.fold == .full)
        else { return false }
        let known = Set(others)
        if isAtLeast(anchor, otherAnchor), left.least >= right.least, known.isSuperset(of: patterns) {
            return true
        }
        guard right.least == 1, !isRegex, patterns.count * others.count <= 10_000 else { return false }
        return patterns.allSatisfy { pattern in
            (isAtLeast(anchor, otherAnchor) && known.contains(pattern))
                || others.contains { Literal.holds(pattern, $0, as: otherAnchor, within: anchor) }
        }
    }

    /// Whether a place that satisfies the first anchor satisfies the second.
    private static func isAtLeast(_ anchor: FieldTest.Anchor, _ other: FieldTest.Anchor) -> Bool {
        anchor == other || other == .anywhere
            || (anchor == .whole && (other == .start || other == .end || other == .word))
    }

    private static func name(_ subject: FieldTest.Subject) -> String { subject.field?.rawValue ?? "a value" }
}

/// What can be said of literals.
enum Literal {
    /// Whether every text that holds the longer literal, where `anchor` wants it, holds the shorter one where `as`
    /// wants it.
    ///
    /// The shorter one must not begin or end within a run of one letter: a stretched text (`heeello`) is read as the
    /// word only with its runs whole.
    static func holds(
        _ longer: String, _ shorter: String, as shorterAnchor: FieldTest.Anchor,
        within anchor: FieldTest.Anchor
    ) -> Bool {
        guard shorterAnchor == .anywhere || shorterAnchor == .word else { return false }
        let text = Array(longer.utf8)
        let word = Array(shorter.utf8)
        guard word.count < text.count, let first = word.first, let last = word.last else { return false }
        // Beyond its ends, a literal that may stand within a word is followed by who knows what.
        let isBounded = anchor == .word || anchor == .whole
        for start in 0...text.count - word.count where text[start..<start + word.count].elementsEqual(word) {
            let end = start + word.count
            if start > 0, text[start - 1] == first { continue }
            if end < text.count, text[end] == last { continue }
            if shorterAnchor == .anywhere { return true }
            let startsWord = start == 0 ? isBounded : WordBoundary.isBoundary(start, in: text)
            let endsWord = end == text.count ? isBounded : WordBoundary.isBoundary(end, in: text)
            if startsWord, endsWord { return true }
        }
        return false
    }
}
