public import Moderation

/// Evaluates posts under one bundle; any number of threads may use it at once.
public final class Evaluator: Sendable {
    /// The bundle.
    public let bundle: PolicyBundle
    private let table: RuleTable
    private let database: PatternDatabase?

    /// Compiles a bundle's patterns, or takes them compiled from a cache.
    ///
    /// - Parameter cacheDirectory: where compiled patterns are kept; `nil` compiles them each time.
    public init(bundle: PolicyBundle, cacheDirectory: String?) throws {
        self.bundle = bundle
        table = RuleTable(bundle)
        do {
            database =
                table.patterns.isEmpty
                ? nil
                : try .cached(table.patterns, directory: cacheDirectory, name: bundle.digest.hex)
        } catch let refusal as PatternDatabase.Refusal {
            let text = table.patterns[min(refusal.index, table.patterns.count - 1)].text
            throw Diagnostic(file: "bundle", line: 0, message: "the pattern \"\(text)\": \(refusal.reason)")
        }
    }

    /// What the rules say of a post; never fails, whatever the post.
    ///
    /// - Parameter now: for ages of posts and accounts.
    public func evaluate(_ post: FlaggedPost, now: Timestamp) -> Evaluation {
        let hits = hits(in: post)
        let facts = Facts(post: post, now: now, hits: hits, table: table)
        var findings: [Finding] = []
        let candidates =
            hits.isEmpty
            ? table.rowsWithoutPatterns
            : Set(table.rowsWithoutPatterns).union(hits.keys.map { table.rowOfTest[$0] }).sorted()
        for index in candidates {
            let row = table.rows[index]
            if let language = post.language, !row.rule.languages.isEmpty,
                !row.rule.languages.contains(language)
            {
                continue
            }
            guard row.rule.when.holds({ facts.holds(row.selections[$0] ?? []) }) else { continue }
            findings.append(
                Finding(
                    rule: row.rule.id, policy: row.policy.id, recommends: row.rule.recommend,
                    hazard: row.policy.hazard, evidence: facts.evidence(for: row)))
        }
        findings.sort(by: Self.precedes)
        let strongest = findings.compactMap { finding in finding.recommends.map { (finding, $0) } }
            .max { ($0.1.severity, $0.0.hazard, $1.0.rule) < ($1.1.severity, $1.0.hazard, $0.0.rule) }
        let hazard = findings.map(\.hazard).max()
        return Evaluation(
            findings: findings,
            recommendation: strongest.map {
                Recommendation(action: $0.1, policy: $0.0.policy, rule: $0.0.rule)
            },
            hazard: max(hazard ?? .none, FlagKind.hazard(of: post.flags, isFound: hazard != nil)),
            bundle: bundle.digest)
    }

    /// Most harmful first, then the strongest action, then by name.
    private static func precedes(_ left: Finding, _ right: Finding) -> Bool {
        if left.hazard != right.hazard { return left.hazard > right.hazard }
        let severities = (left.recommends?.severity ?? -1, right.recommends?.severity ?? -1)
        return severities.0 != severities.1 ? severities.0 > severities.1 : left.rule < right.rule
    }

    // MARK: Scanning

    private func hits(in post: FlaggedPost) -> [Int: [Hit]] {
        guard let database else { return [:] }
        var hits: [Int: [Hit]] = [:]
        func scan(_ text: String?, _ field: Field, element: Int = 0) {
            guard let text, !text.isEmpty, table.scanned.contains(field) else { return }
            let folded = Folding.fold(text)
            gather(database.scan(folded.bytes).0, in: folded, field, element, isDisguised: false, into: &hits)
            guard let plain = Folding.undisguised(folded) else { return }
            gather(database.scan(plain.bytes).0, in: plain, field, element, isDisguised: true, into: &hits)
        }
        scan(post.title, .title)
        scan(post.body, .body)
        scan(post.author.handle, .authorHandle)
        scan(post.author.displayName, .authorDisplayName)
        for (index, link) in post.links.enumerated() { scan(link.url, .links, element: index) }
        for (index, media) in post.media.enumerated() { scan(media.altText, .mediaAltText, element: index) }
        for (index, flag) in post.flags.enumerated() { scan(flag.reason, .flagsReasons, element: index) }
        return hits
    }

    private func gather(
        _ matches: [ScanMatch], in folded: FoldedText, _ field: Field, _ element: Int, isDisguised: Bool,
        into hits: inout [Int: [Hit]]
    ) {
        for match in matches {
            // A disguise is looked through for words, not for expressions, which would see too much.
            if isDisguised, table.patterns[match.pattern].isRegex { continue }
            for test in table.testsOfPattern[match.pattern] {
                guard case .field(let wanted) = table.tests[test].subject, wanted.scanned.contains(field),
                    case .patterns(_, let anchor, _) = table.tests[test].test,
                    folded.fits(match.range, anchor), hits[test, default: []].count < Hit.most
                else { continue }
                hits[test, default: []].append(
                    Hit(field: field, element: element, range: folded.original(match.range)))
            }
        }
    }
}

/// Where a test found a pattern, in the original.
struct Hit: Hashable {
    /// More than these are not shown for one test.
    static let most = 200

    let field: Field
    let element: Int
    let range: Range<Int>

    /// Each place once, in the order of the text, as long as it goes: an expression is reported at every length
    /// it takes, and a word by both readings of a disguised text.
    static func distinct(_ hits: [Hit]) -> [Hit] {
        var result: [Hit] = []
        for hit in hits.sorted(by: precedes) {
            if let last = result.last, last.field == hit.field, last.element == hit.element,
                hit.range.upperBound <= last.range.upperBound
            {
                continue
            }
            result.append(hit)
        }
        return result
    }

    private static func precedes(_ left: Hit, _ right: Hit) -> Bool {
        if left.field != right.field { return left.field.place < right.field.place }
        if left.element != right.element { return left.element < right.element }
        if left.range.lowerBound != right.range.lowerBound {
            return left.range.lowerBound < right.range.lowerBound
        }
        return left.range.upperBound > right.range.upperBound
    }
}

extension FoldedText {
    /// Whether a match stands where its test wants it.
    func fits(_ range: Range<Int>, _ anchor: FieldTest.Anchor) -> Bool {
        switch anchor {
        case .anywhere: true
        case .start: range.lowerBound == 0
        case .end: range.upperBound == bytes.count
        case .whole: range.lowerBound == 0 && range.upperBound == bytes.count
        case .word: isBoundary(range.lowerBound) && isBoundary(range.upperBound)
        }
    }

    /// Whether no word goes on across this place; scripts that write no spaces have one everywhere.
    private func isBoundary(_ index: Int) -> Bool {
        guard index > 0, index < bytes.count else { return true }
        return !(isWordScalar(endingAt: index) && isWordScalar(at: index))
    }

    private func isWordScalar(endingAt end: Int) -> Bool {
        var start = end - 1
        while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        return isWordScalar(at: start)
    }

    private func isWordScalar(at start: Int) -> Bool {
        let byte = bytes[start]
        if byte < 0x80 {
            return (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
        }
        var end = start + 1
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        guard let scalar = String(decoding: bytes[start..<end], as: UTF8.self).unicodeScalars.first else {
            return false
        }
        let isUnspaced =
            (0x3040...0x30FF).contains(scalar.value) || (0x3400...0x9FFF).contains(scalar.value)
            || (0x0E00...0x0EFF).contains(scalar.value)
        return !isUnspaced && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
    }
}
