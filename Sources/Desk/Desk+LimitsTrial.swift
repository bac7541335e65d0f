public import Exposure
import Forecast
public import Moderation
public import Store

extension Desk {
    /// Days that a dry run foresees.
    public static let trialDays = 14
    /// So many posts at most are played in a dry run; a busier site is foreseen for fewer days.
    private static let trialPosts = 40_000.0

    /// Tries limits out: whom they would touch, in counts, and how backlog and waiting would change.
    ///
    /// Nothing of it is kept. For leads.
    public func tryOut(_ wanted: Limits, by lead: Person) throws(DeskError) -> LimitsTrial {
        let basis = try forecastBasis(for: lead)
        let now = clock.now().wall
        let (old, changes, people, inShift) = try read { tx in
            let old = try limits(in: tx)
            let people = try tx.people().filter(\.isActive)
            let inShift = try people.count { person in
                try tx.shifts(of: person.id, since: now - Dosimeter.week).contains(where: \.isOpen)
            }
            return (old, try Self.checked(wanted, from: old), people.count, inShift)
        }
        let least = max(SmallGroup.least, old.smallestGroup, wanted.smallestGroup)
        return LimitsTrial(
            changes: changes, people: people, inShift: inShift, atCap: try atCap(wanted, least, for: lead),
            before: Self.foresight(old, basis), after: Self.foresight(wanted, basis))
    }

    /// What waits, and what is foreseen of it under the limits in force with the people there are; for leads.
    public func backlog(for lead: Person) throws(DeskError) -> (counts: [BacklogCount], ahead: Foresight) {
        let basis = try forecastBasis(for: lead)
        let now = clock.now().wall
        let (counts, inForce) = try read { tx in (try tx.backlog(at: now), try limits(in: tx)) }
        return (counts, Self.foresight(inForce, basis))
    }

    private func atCap(_ wanted: Limits, _ least: Int, for lead: Person) throws(DeskError)
        -> LimitsTrial.Counts?
    {
        let (before, after, all) = try touched(by: wanted, for: lead)
        guard all >= least else { return nil }
        return LimitsTrial.Counts(before: before, after: after, least: least)
    }

    private static func foresight(_ limits: Limits, _ basis: ForecastBasis) -> Foresight {
        let perDay = basis.scenario.work.values.reduce(0) { $0 + $1.perDay }
        let days = min(Double(trialDays), max(2, (trialPosts / max(1, perDay)).rounded(.down)))
        let simulation = Simulation(
            basis.scenario, limits: limits, staff: max(1, basis.moderators), order: .levelled,
            days: Int(days))
        return Foresight(simulation.run(seed: 1), learnedDays: basis.days)
    }
}
