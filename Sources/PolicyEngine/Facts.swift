import Moderation

/// What is known of one post while its rules are evaluated.
final class Facts {
    private let post: FlaggedPost
    private let now: Timestamp
    private let state: StateSnapshot
    /// What the scanner found, by test.
    private let hits: Hits
    private let table: RuleTable
    /// The characters of the body from its first letter or digit to its last: signs and spaces around are no text.
    private lazy var bodyLength = WordBoundary.trimmed(post.body).count
    /// The links and media that are looked at.
    private let links: ArraySlice<Link>
    private let media: ArraySlice<Media>
    private lazy var hosts = links.map(\.host).filter { !$0.isEmpty }
    private lazy var reporters = Set(post.flags.compactMap(\.reporter)).count

    init(
        post: FlaggedPost, now: Timestamp, state: StateSnapshot, hits: Hits, table: RuleTable,
        budget: Budget = Budget()
    ) {
        links = post.links.prefix(budget.elements)
        media = post.media.prefix(budget.elements)
        self.post = post
        self.now = now
        self.state = state
        self.hits = hits
        self.table = table
    }

    /// Whether any alternative of a selection holds.
    func holds(_ alternatives: [Range<Int>]) -> Bool {
        alternatives.contains { tests in tests.allSatisfy(holds) }
    }

    func holds(_ test: Int) -> Bool {
        // Most tests are told by the scanner alone, and need no copy of what they ask.
        if table.isFoundOnce[test] { return hits.contains(test) }
        let row = table.tests[test]
        switch row.test {
        case .patterns:
            let hits = hits[test]
            return (row.least == 1 && !hits.isEmpty) || Set(hits.map(\.pattern)).count >= row.least
        case .near(let groups, let distance): return nearest(test, groups, within: distance) != nil
        case .values(let wanted, let anchor):
            return values(of: row.subject).contains { Self.fits($0.lowercased(), wanted, anchor) }
        case .domains(let domains):
            return hosts.contains { Self.isHost($0, in: domains) }
        case .exists(let wanted): return exists(row.subject) == wanted
        case .flag(let wanted): return post.flags.contains(where: \.isTrusted) == wanted
        case .number(let comparison, let limit):
            guard let number = number(of: row.subject) else { return false }
            switch comparison {
            case .equals: return number == limit
            case .gt: return number > limit
            case .ge: return number >= limit
            case .lt: return number < limit
            case .le: return number <= limit
            }
        }
    }

    // MARK: Evidence

    /// Why a rule matched: every test that holds of the selections that hold.
    func evidence(for row: RuleTable.Row) -> [Evidence] {
        var result: [Evidence] = []
        let mentioned = row.rule.when.mentioned
        for (name, alternatives) in zip(row.names, row.selections) where mentioned.contains(name) {
            for tests in alternatives where tests.allSatisfy(holds) {
                for test in tests { result += evidence(of: test, selection: name) }
            }
        }
        return Array(result.prefix(Hit.most))
    }

    func evidence(of test: Int, selection: String) -> [Evidence] {
        let row = table.tests[test]
        var hits = hits[test]
        if case .near(let groups, let distance) = row.test {
            hits = nearest(test, groups, within: distance) ?? []
        }
        if !hits.isEmpty {
            return Hit.distinct(hits).map {
                Evidence(
                    field: $0.field.rawValue, selection: selection, test: row.words, range: $0.range,
                    element: $0.element)
            }
        }
        let field =
            switch row.subject {
            case .field(let field): field.rawValue
            case .score(let name): "scores.\(name)"
            case .history(let query): "history.\(query.metric.rawValue)"
            }
        return [Evidence(field: field, selection: selection, test: row.words)]
    }

    /// The first words of every group that stand near enough to each other, in one text.
    private func nearest(_ test: Int, _ groups: [[String]], within distance: Int) -> [Hit]? {
        let hits = hits[test]
        guard !hits.isEmpty else { return nil }
        let members = groups.map(Set.init)
        let texts = Dictionary(grouping: hits) { [$0.field.place, $0.element, $0.isUndisguised ? 1 : 0] }
        for (_, hits) in texts.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            let row = hits.sorted { ($0.word, $0.pattern) < ($1.word, $1.pattern) }
            var last: [Hit?] = Array(repeating: nil, count: groups.count)
            for hit in row {
                let text = table.patterns[hit.pattern].text
                for (index, words) in members.enumerated() where words.contains(text) { last[index] = hit }
                let chosen = last.compactMap(\.self)
                guard chosen.count == groups.count else { continue }
                if hit.word - (chosen.map(\.word).min() ?? 0) <= distance { return chosen }
            }
        }
        return nil
    }

    // MARK: Fields

    func values(of subject: FieldTest.Subject) -> [String] {
        guard case .field(let field) = subject else { return [] }
        switch field {
        case .language: return [post.language].compactMap(\.self)
        case .community: return [post.community].compactMap(\.self)
        case .source: return [post.source]
        case .kind: return [post.kind]
        case .media: return media.map(\.kind)
        case .mediaHash: return media.compactMap(\.hash)
        case .linksHost: return hosts
        case .linksDomain: return hosts.compactMap { state.domains[$0] }
        case .linksPath: return links.map(\.path).filter { !$0.isEmpty }
        case .threadParentAuthor: return [post.thread.last?.author].compactMap(\.self)
        default: return []
        }
    }

    func number(of subject: FieldTest.Subject) -> Int64? {
        switch subject {
        case .score(let name): return post.scores[name].map { Int64($0) }
        // Of most authors nothing is known, and a key is a string to be made.
        case .history(let query):
            return Self.thousandths(state.counts.isEmpty ? 0 : state.counts[query.key] ?? 0)
        case .field(let field):
            switch field {
            case .age: return post.createdAt.map { age(since: $0) }
            case .authorAccountAge: return post.author.accountCreatedAt.map { age(since: $0) }
            case .authorEarlierRemovals: return post.author.earlierRemovals.map(Self.thousandths)
            case .authorEarlierFlags: return post.author.earlierFlags.map(Self.thousandths)
            case .bodyLength: return Self.thousandths(bodyLength)
            case .linksCount: return Self.thousandths(post.links.count)
            case .mediaCount: return Self.thousandths(post.media.count)
            case .flagsCount: return Self.thousandths(post.flags.count)
            case .flagsReporters: return Self.thousandths(reporters)
            case .threadDepth: return Self.thousandths(post.thread.count)
            default: return nil
            }
        }
    }

    private func exists(_ subject: FieldTest.Subject) -> Bool {
        guard case .field(let field) = subject else { return number(of: subject) != nil }
        switch field {
        case .title: return post.title?.isEmpty == false
        case .body, .bodyLength: return !post.body.isEmpty
        case .text: return !post.body.isEmpty || post.title?.isEmpty == false
        case .links, .linksCount: return !post.links.isEmpty
        case .mediaCount: return !post.media.isEmpty
        case .mediaAltText: return post.media.contains { $0.altText?.isEmpty == false }
        case .authorHandle: return post.author.handle != nil
        case .authorDisplayName: return post.author.displayName != nil
        case .flagsReasons, .flagsCount, .flagsReporters: return !post.flags.isEmpty
        case .threadDepth: return !post.thread.isEmpty
        default: return !values(of: subject).isEmpty || number(of: subject) != nil
        }
    }

    private func age(since moment: Timestamp) -> Int64 {
        let (age, isOverflow) = now.milliseconds.subtractingReportingOverflow(moment.milliseconds)
        return isOverflow ? .max : age
    }

    private static func thousandths(_ count: Int) -> Int64 {
        let (product, isOverflow) = Int64(count).multipliedReportingOverflow(by: 1000)
        return isOverflow ? (count < 0 ? .min : .max) : product
    }

    private static func fits(_ value: String, _ wanted: Set<String>, _ anchor: FieldTest.Anchor) -> Bool {
        switch anchor {
        case .whole, .word: wanted.contains(value)
        case .start: wanted.contains { value.hasPrefix($0) }
        case .end: wanted.contains { value.hasSuffix($0) }
        case .anywhere: wanted.contains { value.contains($0) }
        }
    }

    private static func isHost(_ host: String, in domains: Set<String>) -> Bool {
        var rest = Substring(host)
        while !rest.isEmpty {
            if domains.contains(String(rest)) { return true }
            guard let dot = rest.firstIndex(of: ".") else { return false }
            rest = rest[rest.index(after: dot)...]
        }
        return false
    }
}
