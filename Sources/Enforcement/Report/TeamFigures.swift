public import Moderation

/// What a report says of those who review: of everybody together, in groups of ten people and more, and of nobody alone.
public struct TeamFigures: Sendable {
    /// What everybody together looked at of one hazard.
    public struct Cell: Hashable, Sendable {
        /// The hazard.
        public var hazard: Hazard
        /// For how many whole minutes.
        public var minutes: Int64
        /// What it was charged, in whole percent of a full dose of one day.
        public var percent: Int64

        /// Makes a cell.
        public init(hazard: Hazard, minutes: Int64, percent: Int64) {
            self.hazard = hazard
            self.minutes = minutes
            self.percent = percent
        }
    }

    /// Exposure by hazard, where enough people worked at it; `nil` where the time is not one for which exposure is told.
    ///
    /// Nothing is said of all hazards together, for what is left out would follow from that.
    public var cells: [Cell]?
    /// Percent of a full dose for a thousand decisions, over the hazards told; `nil` where it can't be told.
    public var percentPerThousand: Int64?
    /// How many people at least review in each language, where that may be told.
    public private(set) var headcount: [String: Int]?
    /// How many at least review in any language; beside ``headcount``.
    public private(set) var reviewers: Int?

    /// Says nothing.
    public init() {}

    /// Counts people in steps of ten, so that no two reports differ by few of them.
    ///
    /// - Parameter people: the roster; those who review and work here now count.
    public init(people: [Person]) {
        let active = people.filter { $0.works(as: .moderator) }
        let languages = active.reduce(into: Set()) { $0.formUnion($1.languages) }
        let sizes = SmallCells.sizes(active.map { $0.languages.isEmpty ? languages : $0.languages })
        headcount = sizes?.mapValues { SmallGroup.stepped($0) }
        reviewers = headcount == nil ? nil : SmallGroup.stepped(active.count)
    }
}
