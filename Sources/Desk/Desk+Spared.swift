public import Exposure
public import Moderation
import Store

/// How much exposure it saved to decide once what says the same.
public struct ExposureSaved: Hashable, Sendable {
    /// One hazard's part.
    public struct Part: Hashable, Sendable {
        /// The hazard.
        public var hazard: Hazard
        /// How many posts were decided without being shown.
        public var posts: Int
        /// The median time for which such a post stays uncovered.
        public var median: Duration
        /// Whether the site's own work told that; else it is assumed.
        public var isLearned: Bool
        /// Posts × weight × median, at least the floor.
        public var dose: Dose

        /// Makes a part.
        public init(hazard: Hazard, posts: Int, median: Duration, isLearned: Bool, dose: Dose) {
            self.hazard = hazard
            self.posts = posts
            self.median = median
            self.isLearned = isLearned
            self.dose = dose
        }
    }

    /// How many days are told of, up to now.
    public var days: Int
    /// How many posts were decided without being shown.
    public var posts: Int
    /// The dose that showing them would have charged, to all people together; in whole percent where ``parts`` is
    /// withheld.
    public var dose: Dose
    /// By hazard; `nil` where fewer people made them than the smallest group.
    public var parts: [Part]?

    /// Makes figures.
    public init(days: Int, posts: Int, dose: Dose, parts: [Part]?) {
        self.days = days
        self.posts = posts
        self.dose = dose
        self.parts = parts
    }
}

extension Desk {
    /// How much exposure the last 28 days' grouping saved; for leads and auditors.
    ///
    /// Auditors, who see each decision, are always told by hazard; leads where at least ``Limits/smallestGroup`` people
    /// made the decisions of every hazard, for else it could tell whom.
    public func exposureSaved(for person: Person) throws(DeskError) -> ExposureSaved {
        guard !person.roles.isDisjoint(with: [.lead, .auditor]) else { throw .needsRole(.lead) }
        let now = clock.now().wall
        let days = 28
        return try read { tx in
            let limits = try limits(in: tx)
            let figures = try tx.dispatchFigures()
            let dispatcher = dispatcher(limits, figures)
            let counts = try tx.appliedCounts(
                from: now - .seconds(Int64(days) * 86_400), to: now + .seconds(1))
            let parts = counts.map { count in
                let each = dispatcher.expectedDose(of: count.hazard)
                return ExposureSaved.Part(
                    hazard: count.hazard, posts: count.decisions,
                    median: dispatcher.expected[count.hazard] ?? Self.assumedMedian,
                    isLearned: figures.medians[count.hazard] != nil,
                    dose: each.times(count.decisions))
            }
            let total = parts.reduce(Dose.zero) { $0 + $1.dose }
            let isTold =
                person.roles.contains(.auditor)
                || counts.allSatisfy { $0.people >= max(1, limits.smallestGroup) }
            return ExposureSaved(
                days: days, posts: parts.reduce(0) { $0 + $1.posts },
                dose: isTold ? total : Dose(total.percent), parts: isTold ? parts : nil)
        }
    }
}
