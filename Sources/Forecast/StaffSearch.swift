/// Looks for the fewest people with whom every deadline holds within the limits.
public struct StaffSearch: Sendable {
    /// One number of people that was tried.
    public struct Trial: Hashable, Sendable {
        /// How many.
        public var staff: Int
        /// Deadlines that fell due, in all runs.
        public var due: Int
        /// Of these, kept.
        public var met: Int
        /// Whether that is enough.
        public var isEnough: Bool
    }

    /// What was tried, in the order of trying.
    public private(set) var trials: [Trial] = []
    /// The fewest people that are enough; `nil` when not even the most allowed are.
    public private(set) var staff: Int?
    /// What is foreseen with them.
    public private(set) var outlook: Outlook?

    /// Searches.
    ///
    /// The same seeds are played with each number, so that all get the same posts. More people are taken for no worse:
    /// numbers are doubled until they are enough, and then halved in between; one fewer than the answer was tried.
    ///
    /// - Parameters:
    ///   - simulation: the scenario; its `staff` is where the search begins, when it is more than the work needs.
    ///   - share: the part of the deadlines that must be kept, 1 for all.
    ///   - most: no more people are tried.
    ///   - progress: called with each trial.
    public init(
        _ simulation: Simulation, seeds: [UInt64], share: Double = 1, most: Int = 500,
        progress: (Trial) -> Void = { _ in }
    ) {
        var simulation = simulation
        func attempt(_ staff: Int) -> Bool {
            simulation.staff = staff
            let foreseen = simulation.run(seeds: seeds)
            let isEnough = foreseen.due > 0 && Double(foreseen.met) >= share * Double(foreseen.due)
            let trial = Trial(staff: staff, due: foreseen.due, met: foreseen.met, isEnough: isEnough)
            trials.append(trial)
            progress(trial)
            if isEnough, self.staff.map({ staff < $0 }) ?? true {
                self.staff = staff
                outlook = foreseen
            }
            return isEnough
        }
        // Fewer can't even handle what comes in, however it is shared out.
        let hours =
            simulation.scenario.plan.hasShifts ? Double(simulation.scenario.plan.daysPerWeek) / 7 * 8 : 24
        var low = max(0, Int(simulation.scenario.hoursPerDay / max(0.1, hours)) - 1)
        guard low < most else {
            _ = attempt(most)
            return
        }
        var high = max(1, low + 1)
        while !attempt(min(high, most)) {
            low = min(high, most)
            guard low < most else { return }
            high *= 2
        }
        high = min(high, most)
        while high - low > 1 {
            let middle = (low + high) / 2
            if attempt(middle) { high = middle } else { low = middle }
        }
    }
}
