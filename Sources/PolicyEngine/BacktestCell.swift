public import Moderation

/// One cell of a backtest's tables, whose posts somebody wants to see.
public struct BacktestCell: Hashable, Sendable, CustomStringConvertible {
    /// How a line of the first table and the truth stand to each other.
    public enum Outcome: String, CaseIterable, Hashable, Sendable {
        /// Found, and rightly.
        case tp
        /// Found, and wrongly.
        case fp
        /// Missed.
        case fn
        /// Rightly not found.
        case tn

        init(isFound: Bool, isTrue: Bool) {
            self = isFound ? (isTrue ? .tp : .fp) : (isTrue ? .fn : .tn)
        }
    }

    /// Which table it is in.
    public enum Place: Hashable, Sendable {
        /// A policy's or rule's outcome.
        case outcome(subject: String, Outcome)
        /// What the rules of a policy recommend beside what people decided under it.
        case confusion(PolicyID, recommended: Recommended, decided: Decided)
    }

    /// What the rules of a policy together recommend for a post.
    public enum Recommended: Hashable, Comparable, Sendable, CustomStringConvertible {
        /// No rule of the policy recommends anything.
        case nothing
        /// The strongest that one recommends.
        case action(Action)

        /// Its name in tables and on the command line.
        public var description: String {
            if case .action(let action) = self { action.rawValue } else { "nothing" }
        }

        /// Every one, in the order of tables.
        public static let all: [Self] = [.nothing] + Action.allCases.map { .action($0) }

        /// The order of tables.
        public static func < (left: Self, right: Self) -> Bool { left.place < right.place }

        private var place: Int { if case .action(let action) = self { action.severity + 1 } else { 0 } }
    }

    /// What people decided on a post, as a policy sees it.
    public enum Decided: Hashable, Comparable, Sendable, CustomStringConvertible {
        /// They kept it, or acted on it under this policy.
        case action(Action)
        /// They acted on it under another policy.
        case other

        /// Its name in tables and on the command line.
        public var description: String {
            if case .action(let action) = self { action.rawValue } else { "other" }
        }

        /// Every one, in the order of tables.
        public static let all: [Self] = Action.allCases.map { .action($0) } + [.other]

        /// The order of tables.
        public static func < (left: Self, right: Self) -> Bool { left.place < right.place }

        private var place: Int { if case .action(let action) = self { action.severity } else { 5 } }
    }

    /// Where it is.
    public var place: Place

    /// Makes a cell.
    public init(_ place: Place) { self.place = place }

    /// Reads `hate:fp`, `hate/slur:fn`, `hate+:tp` (with rules on trial), or `hate:remove:keep` (recommended, then
    /// decided); `nil` when it is none of these.
    public init?(parsing text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard let name = parts.first, !name.isEmpty else { return nil }
        switch parts.count {
        case 2:
            guard let outcome = Outcome(rawValue: parts[1]) else { return nil }
            place = .outcome(subject: name, outcome)
        case 3:
            guard let recommended = Recommended.all.first(where: { $0.description == parts[1] }),
                let decided = Decided.all.first(where: { $0.description == parts[2] })
            else { return nil }
            place = .confusion(PolicyID(name), recommended: recommended, decided: decided)
        default: return nil
        }
    }

    /// As it is read.
    public var description: String {
        switch place {
        case .outcome(let subject, let outcome): "\(subject):\(outcome.rawValue)"
        case .confusion(let policy, let recommended, let decided): "\(policy):\(recommended):\(decided)"
        }
    }
}

/// Names of posts, the first of them, and how many there are.
public struct PostNames: Hashable, Sendable {
    /// How many there are.
    public private(set) var count = 0
    /// The first.
    public private(set) var first: [String] = []
    /// How many are kept.
    public let most: Int

    /// Keeps none yet.
    public init(most: Int) { self.most = most }

    mutating func add(_ name: String) {
        count += 1
        if first.count < most { first.append(name) }
    }

    mutating func add(_ other: PostNames) {
        count += other.count
        first += other.first.prefix(most - first.count)
    }
}
