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
    /// The dose that showing them would have charged, to all people together; where ``parts`` is `nil`, at least, and in
    /// whole percent.
    public var dose: Dose
    /// By hazard; for auditors only.
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
    /// Auditors, who see each span, are told by hazard, by the median time that the site's work tells. Leads are told a
    /// whole that nobody's looking enters: as if each post had been seen for the shortest time that is charged, so that
    /// what they are told this hour and the next differs by posts alone.
    public func exposureSaved(for person: Person) throws(DeskError) -> ExposureSaved {
        guard !person.roles.isDisjoint(with: [.lead, .auditor]) else { throw .needsRole(.lead) }
        let now = clock.now().wall
        let days = 28
        return try read { tx in
            let limits = try limits(in: tx)
            let counts = try tx.appliedCounts(
                from: now - .seconds(Int64(days) * 86_400), to: now + .seconds(1))
            let posts = counts.reduce(0) { $0 + $1.decisions }
            guard person.roles.contains(.auditor) else {
                let least = counts.reduce(Dose.zero) {
                    $0 + Dose.charge(hazard: $1.hazard, visible: .zero, limits: limits).times($1.decisions)
                }
                return ExposureSaved(days: days, posts: posts, dose: Dose(least.percent), parts: nil)
            }
            let figures = try tx.dispatchFigures()
            let dispatcher = dispatcher(limits, figures)
            let parts = counts.map { count in
                ExposureSaved.Part(
                    hazard: count.hazard, posts: count.decisions,
                    median: dispatcher.expected[count.hazard] ?? Self.assumedMedian,
                    isLearned: figures.medians[count.hazard] != nil,
                    dose: dispatcher.expectedDose(of: count.hazard).times(count.decisions))
            }
            return ExposureSaved(
                days: days, posts: posts, dose: parts.reduce(Dose.zero) { $0 + $1.dose }, parts: parts)
        }
    }
}
