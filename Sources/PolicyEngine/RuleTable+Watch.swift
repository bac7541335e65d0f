import Moderation

/// What must be there before a rule can match, so that most rules need no look at most posts.
///
/// Sound and not complete: a rule whose watch says no doesn't match, one whose watch says yes may.
struct Watch {
    /// The rule may match when one of these tests found something.
    private(set) var tests: [Int] = []
    /// It may match without any pattern when the post has all that one of these says.
    private(set) var without: [Facts.Kinds] = []
    /// What the post must have in any case, all of it.
    private(set) var needs: Facts.Kinds = []
    /// How often some of the tests will find something, as far as one can tell from what they look for.
    private var cost = 0.0

    /// - Parameters:
    ///   - condition: a rule's condition over its selections.
    ///   - selections: the tests of each, by alternatives.
    init(_ condition: Condition, _ selections: [String: [Range<Int>]], _ tests: [FieldTest]) {
        self = Self.of(condition, holding: true) { name in
            Self.any((selections[name] ?? []).map { Self.all($0.map { Watch(tests[$0], number: $0) }) })
        }
    }

    private init() {}

    private init(_ test: FieldTest, number: Int) {
        needs = test.needs
        guard test.isScanned else {
            without = [needs]
            return
        }
        tests = [number]
        cost = test.patterns.reduce(0) { $0 + Self.cost(of: $1) }
    }

    /// What may hold at any time.
    private static var always: Watch {
        var result = Watch()
        result.without = [[]]
        return result
    }

    /// Long words are rare, and phrases more so; expressions are mostly about phrases.
    private static func cost(of pattern: Pattern) -> Double {
        pattern.isRegex ? 1e-4 : 1 / Double(1 << (2 * min(pattern.text.utf8.count, 12)))
    }

    private static func of(
        _ condition: Condition, holding: Bool, _ selection: (String) -> Watch
    ) -> Watch {
        switch condition {
        case .selection(let name): return holding ? selection(name) : always
        case .not(let inner): return of(inner, holding: !holding, selection)
        case .and(let left, let right):
            let parts = [of(left, holding: holding, selection), of(right, holding: holding, selection)]
            return holding ? all(parts) : any(parts)
        case .or(let left, let right):
            let parts = [of(left, holding: holding, selection), of(right, holding: holding, selection)]
            return holding ? any(parts) : all(parts)
        case .atLeast(let count, let names):
            guard holding, count > 0 else { return always }
            // All but count - 1 can't fail together, whichever those are.
            let parts = names.map(selection).sorted { $0.rank < $1.rank }
            var result = any(Array(parts.prefix(max(1, parts.count - count + 1))))
            // What the others need may be what makes the condition hold.
            result.needs = any(parts).needs
            return result
        }
    }

    private var rank: Double { cost + Double(without.count) * 10 + (without.contains([]) ? 1000 : 0) }

    /// Where all must hold, one is watched: that which holds most rarely.
    private static func all(_ parts: [Watch]) -> Watch {
        var result = parts.min { $0.rank < $1.rank } ?? always
        result.needs = parts.reduce([]) { $0.union($1.needs) }
        result.without = result.without.map { $0.union(result.needs) }
        return result
    }

    /// Where one is enough, all are watched.
    private static func any(_ parts: [Watch]) -> Watch {
        var result = Watch()
        result.needs = parts.dropFirst().reduce(parts.first?.needs ?? []) { $0.intersection($1.needs) }
        result.tests = parts.flatMap(\.tests)
        result.without = parts.flatMap(\.without)
        result.cost = parts.reduce(0) { $0 + $1.cost }
        return result
    }
}

extension Facts {
    /// Kinds of things that a post may have or not.
    struct Kinds: OptionSet {
        let rawValue: UInt8
        static let links = Kinds(rawValue: 1)
        static let media = Kinds(rawValue: 2)
        static let scores = Kinds(rawValue: 4)
        static let history = Kinds(rawValue: 8)

        init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Those that a post has.
        init(of post: FlaggedPost, _ state: StateSnapshot) {
            var kinds: Kinds = []
            if !post.links.isEmpty { kinds.insert(.links) }
            if !post.media.isEmpty { kinds.insert(.media) }
            if !post.scores.isEmpty { kinds.insert(.scores) }
            if !state.counts.isEmpty { kinds.insert(.history) }
            self = kinds
        }
    }
}

extension FieldTest {
    /// What a post must have for the test to hold.
    fileprivate var needs: Facts.Kinds {
        switch test {
        case .exists(false), .flag: return []
        case .number:
            // A count of nothing is a number too.
            if case .score = subject { return .scores }
            guard let span = TestLogic.span(of: self), span.lower > 0 || span.isEmpty else { return [] }
        case .patterns, .near, .values, .domains, .exists(true): break
        }
        switch subject {
        case .score: return .scores
        case .history: return .history
        case .field(let field):
            switch field {
            case .links, .linksHost, .linksDomain, .linksPath, .linksCount: return .links
            case .media, .mediaHash, .mediaAltText, .mediaCount: return .media
            default: return []
            }
        }
    }
}
