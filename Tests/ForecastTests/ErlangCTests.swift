import Exposure
import Foundation
import Moderation
import Testing

@testable import Forecast

@Suite("The simulator agrees with Erlang's formula where its assumptions hold")
struct ErlangCTests {
    @Test func theFormulaGivesWhatItsDefinitionGives() throws {
        // The sums of the definition, term by term: small enough to be exact in floating point.
        func byDefinition(_ load: Double, _ seats: Int) -> Double {
            var term = 1.0
            var sum = 0.0
            for seat in 0..<seats {
                sum += term
                term *= load / Double(seat + 1)
            }
            let last = term * Double(seats) / (Double(seats) - load)
            return last / (sum + last)
        }
        for (load, seats) in [(0.5, 1), (2.0, 3), (8.0, 10), (19.0, 20), (45.0, 50)] {
            let queue = try #require(ErlangC(arrivals: load, handling: 1, seats: seats))
            #expect(abs(queue.waits - byDefinition(load, seats)) < 1e-12)
        }
        // One seat: the wait of M/M/1 is ρ/(1 − ρ) handling times, and ρ of all wait.
        let single = try #require(ErlangC(arrivals: 0.8, handling: 1, seats: 1))
        #expect(abs(single.waits - 0.8) < 1e-12 && abs(single.meanWait - 4) < 1e-12)
        #expect(abs(single.waitsLonger(than: 5) - 0.8 * exp(-1)) < 1e-12)
        #expect(ErlangC(arrivals: 3, handling: 1, seats: 3) == nil, "it would grow for ever")
        #expect(ErlangC(arrivals: 900, handling: 1, seats: 1000)?.waits.isFinite == true)
    }

    /// So many times the posts, and fuller queues beside: `RELEVE_ERLANG`.
    private static let times = Double(ProcessInfo.processInfo.environment["RELEVE_ERLANG"] ?? "") ?? 1

    /// Posts of no hazard, at random, exponential times, seats that are never empty.
    @Test(arguments: [(2, 0.5), (5, 0.6)] + (times > 1 ? [(20, 0.8), (50, 0.9)] : []))
    func meanWaitAndShareOfWaitingAgreeWithin2Percent(
        seats: Int, use: Double
    ) throws {
        let seconds = 60.0
        let perHour = use * Double(seats) * 3600 / seconds
        let scenario = Scenario(
            work: [
                .none: HazardWork(
                    arrivals: Array(repeating: perHour, count: 24), handling: .exponential(mean: seconds))
            ], plan: .seats)
        let wanted = try #require(
            ErlangC(arrivals: perHour / 3600, handling: seconds, seats: seats))
        // So many posts that chance alone stays well below the 2 %.
        let posts = 300_000 * Self.times
        let days = Int((posts / perHour / 24).rounded(.up))
        let outlook = Simulation(
            scenario, limits: .standard, staff: seats, order: .oldest, days: days, warmUp: 1
        ).run(seed: 2026)
        let seen = try #require(outlook.kinds[.none]?.waits)
        #expect(abs(seen.waited / wanted.waits - 1) < 0.02, "\(seen.waited) beside \(wanted.waits)")
        let mean = Double(seen.mean.wholeMilliseconds) / 1000
        #expect(abs(mean / wanted.meanWait - 1) < 0.02, "\(mean) s beside \(wanted.meanWait) s")
    }
}
