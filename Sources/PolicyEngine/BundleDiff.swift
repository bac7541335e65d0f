public import Moderation

/// What two bundles have different, by what it means and not by how it is written: comments, order of lines and places
/// in files make no difference.
public struct BundleDiff: Hashable, Sendable, Encodable {
    /// Whether something came, went or changed.
    public enum Mark: String, Hashable, Sendable, Encodable {
        /// Only the second has it.
        case added
        /// Only the first has it.
        case removed
        /// Both have it, not the same.
        case changed

        /// `+`, `-` or `~`.
        public var sign: String {
            switch self {
            case .added: "+"
            case .removed: "-"
            case .changed: "~"
            }
        }
    }

    /// One thing that is different in a policy or rule.
    public struct Change: Hashable, Sendable, Encodable {
        /// What: a field such as `hazard`, or `selection threat`, `examples match`.
        public var what: String
        /// Whether it came, went or changed.
        public var mark: Mark
        /// A short value before; `nil` where there is none or it is long.
        public var before: String?
        /// A short value after.
        public var after: String?
        /// Words, or other entries of a list, that came: the first of them.
        public var added: [String] = []
        /// Words, or other entries of a list, that went: the first of them.
        public var removed: [String] = []
        /// How many came.
        public var addedCount = 0
        /// How many went.
        public var removedCount = 0

        enum CodingKeys: String, CodingKey {
            case what, mark, before, after, added, removed
            case addedCount = "added_count"
            case removedCount = "removed_count"
        }

        /// More entries than these are counted, not listed.
        public static let mostListed = 200

        init(_ what: String, _ mark: Mark = .changed, before: String? = nil, after: String? = nil) {
            (self.what, self.mark, self.before, self.after) = (what, mark, before, after)
        }

        /// Entries that came and went; `nil` when none did.
        static func entries(_ what: String, before: Set<String>, after: Set<String>) -> Change? {
            let (came, went) = (after.subtracting(before), before.subtracting(after))
            guard !came.isEmpty || !went.isEmpty else { return nil }
            var change = Change(what, before.isEmpty ? .added : after.isEmpty ? .removed : .changed)
            (change.addedCount, change.removedCount) = (came.count, went.count)
            change.added = Array(came.sorted().prefix(mostListed))
            change.removed = Array(went.sorted().prefix(mostListed))
            return change
        }
    }

    /// How much a difference matters.
    public enum Weight: String, Hashable, Comparable, Sendable, Encodable {
        /// Examples only: neither people nor posts see a difference.
        case examples
        /// Texts that people read.
        case texts
        /// What is found or recommended.
        case outcome

        /// The heavier is the greater.
        public static func < (left: Self, right: Self) -> Bool { left.place < right.place }

        private var place: Int { self == .examples ? 0 : self == .texts ? 1 : 2 }
    }

    /// What happened to a rule.
    public struct RuleChange: Hashable, Sendable, Encodable {
        /// The rule.
        public var id: RuleID
        /// Whether it came, went or changed.
        public var mark: Mark
        /// Its status after, or before if it went.
        public var status: String
        /// What it recommends after, or before if it went.
        public var recommends: Action?
        /// What is different in it; empty when it came or went.
        public var changes: [Change]
        /// The heaviest of its changes.
        public var weight: Weight
    }

    /// What happened to a policy.
    public struct PolicyChange: Hashable, Sendable, Encodable {
        /// The policy.
        public var id: PolicyID
        /// Whether it came, went or changed.
        public var mark: Mark
        /// What is different in the policy itself; empty when it came or went.
        public var changes: [Change]
        /// What happened to its rules.
        public var rules: [RuleChange]
    }

    /// The first bundle.
    public var before: BundleDigest
    /// The second.
    public var after: BundleDigest
    /// The policies that differ, by name; empty when both mean the same.
    public var policies: [PolicyChange]

    /// Compares two bundles.
    public init(from old: PolicyBundle, to new: PolicyBundle) {
        before = old.digest
        after = new.digest
        policies = Set(old.policies.map(\.id)).union(new.policies.map(\.id)).sorted()
            .compactMap { Self.change(of: $0, from: old.policy($0), to: new.policy($0)) }
    }

    /// The heaviest difference; `nil` when both mean the same.
    public var weight: Weight? {
        policies.map { policy in
            let own =
                policy.mark == .changed
                ? policy.changes.map { Self.weight(of: $0, isPolicy: true) } : [.outcome]
            return (own + policy.rules.map(\.weight)).max() ?? .texts
        }.max()
    }

    // MARK: Policies

    private static func change(of id: PolicyID, from old: Policy?, to new: Policy?) -> PolicyChange? {
        let ids = (new?.rules ?? []).map(\.id) + (old?.rules ?? []).map(\.id)
        var seen: Set<RuleID> = []
        let rules = ids.filter { seen.insert($0).inserted }.compactMap { id in
            rule(id, from: old?.rules.first { $0.id == id }, to: new?.rules.first { $0.id == id })
        }
        guard let old else { return PolicyChange(id: id, mark: .added, changes: [], rules: rules) }
        guard let new else { return PolicyChange(id: id, mark: .removed, changes: [], rules: rules) }
        let changes = [
            texts("title", old.title, new.title), texts("guidance", old.guidance, new.guidance),
            texts("neutral", old.neutralLine, new.neutralLine),
            value("dsa category", old.dsaCategory, new.dsaCategory),
            value("dsa ground", old.ground, new.ground),
            texts("dsa basis", old.dsa.basis, new.dsa.basis),
            texts("dsa explanation", old.dsa.explanation, new.dsa.explanation),
            value("dsa url", old.dsa.url, new.dsa.url),
            Change.entries("dsa keywords", before: Set(old.dsa.keywords), after: Set(new.dsa.keywords)),
            texts("dsa keyword_other", old.dsa.otherKeyword, new.dsa.otherKeyword),
            Change.entries("dsa also", before: Set(old.dsa.also), after: Set(new.dsa.also)),
            value("dsa restrict", old.dsa.restriction.rawValue, new.dsa.restriction.rawValue),
            value("hazard", old.hazard.rawValue, new.hazard.rawValue),
            Change.entries(
                "actions", before: Set(old.actions.map(\.rawValue)), after: Set(new.actions.map(\.rawValue))),
        ].compactMap(\.self)
        guard !changes.isEmpty || !rules.isEmpty else { return nil }
        return PolicyChange(id: id, mark: .changed, changes: changes, rules: rules)
    }

    // MARK: Rules

    private static func rule(_ id: RuleID, from old: Rule?, to new: Rule?) -> RuleChange? {
        guard let old, let new else {
            guard let only = new ?? old else { return nil }
            let acts = only.status == .live || only.status == .shadow
            return RuleChange(
                id: id, mark: old == nil ? .added : .removed, status: only.status.rawValue,
                recommends: only.recommend, changes: [], weight: acts ? .outcome : .texts)
        }
        let changes = changes(from: old, to: new)
        guard let weight = changes.map({ Self.weight(of: $0, isPolicy: false) }).max() else { return nil }
        return RuleChange(
            id: id, mark: .changed, status: new.status.rawValue, recommends: new.recommend, changes: changes,
            weight: weight)
    }

    private static func changes(from old: Rule, to new: Rule) -> [Change] {
        let fields = [
            value("status", old.status.rawValue, new.status.rawValue),
            value("recommend", old.recommend?.rawValue, new.recommend?.rawValue),
            value("automatic", old.automatic?.rawValue, new.automatic?.rawValue),
            Change.entries("languages", before: old.languages, after: new.languages),
            value("when", old.when.description, new.when.description),
        ]
        let selections = Set(old.selections.keys).union(new.selections.keys).sorted().flatMap {
            SelectionDiff.changes(of: $0, from: old.selections[$0], to: new.selections[$0])
        }
        let texts = [
            texts("title", old.title, new.title), texts("why", old.why, new.why),
            texts("false_positives", old.falsePositives, new.falsePositives),
        ]
        let examples = [
            Self.examples("examples match", old.matching, new.matching),
            Self.examples("examples pass", old.passing, new.passing),
        ]
        return (fields + selections.map { $0 } + texts + examples).compactMap(\.self)
    }

    /// How much a change matters, by what it is of.
    private static func weight(of change: Change, isPolicy: Bool) -> Weight {
        switch change.what {
        case "title", "guidance", "neutral", "why", "false_positives": .texts
        case "examples match", "examples pass": .examples
        default: .outcome
        }
    }

    // MARK: Values

    private static func value(_ what: String, _ old: String?, _ new: String?) -> Change? {
        guard old != new else { return nil }
        return Change(what, old == nil ? .added : new == nil ? .removed : .changed, before: old, after: new)
    }

    /// Says in which languages a text is another.
    private static func texts(_ what: String, _ old: LocalizedText?, _ new: LocalizedText?) -> Change? {
        guard old != new else { return nil }
        let (before, after) = (old?.texts ?? [:], new?.texts ?? [:])
        var change = Change(what, old == nil ? .added : new == nil ? .removed : .changed)
        let languages = Set(before.keys).union(after.keys).sorted()
        change.added = languages.filter { after[$0] != nil && after[$0] != before[$0] }
        change.removed = languages.filter { after[$0] == nil }
        (change.addedCount, change.removedCount) = (change.added.count, change.removed.count)
        return change
    }

    /// Counts examples that came and went, and names them by their text.
    private static func examples(_ what: String, _ old: [Rule.Example], _ new: [Rule.Example]) -> Change? {
        func plain(_ examples: [Rule.Example]) -> Set<Rule.Example> {
            Set(
                examples.map { example in
                    var copy = example
                    copy.position = FilePosition()
                    return copy
                })
        }
        let (before, after) = (plain(old), plain(new))
        guard before != after else { return nil }
        let (came, went) = (after.subtracting(before), before.subtracting(after))
        var change = Change(what, before.isEmpty ? .added : after.isEmpty ? .removed : .changed)
        change.added = Array(came.map(\.text).sorted().prefix(Change.mostListed))
        change.removed = Array(went.map(\.text).sorted().prefix(Change.mostListed))
        (change.addedCount, change.removedCount) = (came.count, went.count)
        return change
    }
}
