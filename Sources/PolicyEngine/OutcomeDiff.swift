public import Moderation

/// Which outcomes change when posts are evaluated under another bundle; holds counts and a bounded number of names.
public struct OutcomeDiff: Sendable {
    /// One thing before and after.
    public struct Change<Value: Hashable & Sendable>: Hashable, Sendable {
        /// Under the first bundle.
        public var before: Value
        /// Under the second.
        public var after: Value

        /// Makes a change, or none.
        public init(before: Value, after: Value) {
            self.before = before
            self.after = after
        }
    }

    /// What a rule finds under one bundle and not under the other.
    public struct RuleShift: Sendable {
        /// Posts that only the second bundle's rule finds.
        public var gained: PostNames
        /// Posts that only the first bundle's rule finds.
        public var lost: PostNames
    }

    private let most: Int
    /// How many posts were compared.
    public private(set) var posts = 0
    /// How many of them anything a moderator sees of changes for: recommendation, hazard or findings.
    public private(set) var changed = 0
    /// Posts by what is recommended before and after, those without a change included; `nil` for nothing.
    public private(set) var recommendations: [Change<Action?>: PostNames] = [:]
    /// Posts by hazard before and after, those without a change included.
    public private(set) var hazards: [Change<Hazard>: PostNames] = [:]
    /// By rule, what live rules find and found.
    public private(set) var live: [RuleID: RuleShift] = [:]
    /// By rule, what rules on trial find and found.
    public private(set) var onTrial: [RuleID: RuleShift] = [:]

    /// Compares nothing yet.
    ///
    /// - Parameter most: how many posts are named of each change.
    public init(most: Int) { self.most = most }

    /// Compares what two bundles say of a post.
    public mutating func add(_ name: String, before: Evaluation, after: Evaluation) {
        posts += 1
        let recommendation = Change(
            before: before.recommendation?.action, after: after.recommendation?.action)
        let hazard = Change(before: before.hazard, after: after.hazard)
        // Posts for which nothing changes are counted, not named.
        let named = (
            recommendation.before == recommendation.after ? 0 : most, hazard.before == hazard.after ? 0 : most
        )
        recommendations[recommendation, default: PostNames(most: named.0)].add(name)
        hazards[hazard, default: PostNames(most: named.1)].add(name)
        let isShifted = Self.shift(&live, name, most, before.findings, after.findings)
        _ = Self.shift(&onTrial, name, most, before.shadow, after.shadow)
        if isShifted || recommendation.before != recommendation.after || hazard.before != hazard.after {
            changed += 1
        }
    }

    /// Adds what was compared apart.
    public mutating func add(_ other: OutcomeDiff) {
        posts += other.posts
        changed += other.changed
        let joined = { (left: PostNames, right: PostNames) in
            var sum = left
            sum.add(right)
            return sum
        }
        recommendations.merge(other.recommendations, uniquingKeysWith: joined)
        hazards.merge(other.hazards, uniquingKeysWith: joined)
        let shifts = { (left: RuleShift, right: RuleShift) in
            RuleShift(gained: joined(left.gained, right.gained), lost: joined(left.lost, right.lost))
        }
        live.merge(other.live, uniquingKeysWith: shifts)
        onTrial.merge(other.onTrial, uniquingKeysWith: shifts)
    }

    /// Says whether anything was gained or lost.
    private static func shift(
        _ shifts: inout [RuleID: RuleShift], _ name: String, _ most: Int, _ before: [Finding],
        _ after: [Finding]
    ) -> Bool {
        guard !before.isEmpty || !after.isEmpty else { return false }
        let (old, new) = (Set(before.map(\.rule)), Set(after.map(\.rule)))
        guard old != new else { return false }
        let none = RuleShift(gained: PostNames(most: most), lost: PostNames(most: most))
        for rule in new.subtracting(old) { shifts[rule, default: none].gained.add(name) }
        for rule in old.subtracting(new) { shifts[rule, default: none].lost.add(name) }
        return true
    }
}
