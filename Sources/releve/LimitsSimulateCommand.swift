import ArgumentParser
import Desk
import Exposure
import Forecast
import Foundation
import Moderation
import TerminalKit

extension LimitsCommand {
    /// `releve limits simulate`: what limits and staff would do to backlog, waiting, deadlines and doses.
    struct Simulate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Foresee backlog, waiting, deadlines and doses under limits, with so many people.",
            discussion: """
                Learns from the last 28 days what comes in and how long it takes, in aggregate and never by person, or \
                reads a file (--parameters; --print-parameters writes one). Other limits: --limits with a file as \
                `releve limits show --json` prints it, or --set daily=80 and the like over the limits in force.

                --find-staff looks for the fewest people with whom every deadline holds. For leads. Nothing is \
                foreseen about a person: figures of fewer people than the smallest group are left out.
                """)
        @OptionGroup var site: SiteOptions
        @OptionGroup var other: OtherLimits
        @Option(help: "How many people; the active moderators when left out.") var staff: Int?
        @Option(help: "How many days to foresee.") var days = 14
        @Option(help: "Days to play before, of which nothing is told (7 when nothing waits at the start).")
        var warmUp: Int?
        @Option(help: "How often to play it, with one seed after another.") var runs = 3
        @Option(help: "The first seed: the same seed, the same forecast.") var seed: UInt64 = 1
        @Option(
            help: "Give posts out levelled (as claims do), by priority, or oldest first.",
            transform: LimitsCommand.Simulate.order)
        var dispatch = DispatchOrder.levelled
        @Option(help: "Work and shifts from a file of JSON instead of the site's own.") var parameters:
            String?
        @Flag(help: "Print the parameters as JSON, to be changed and read back; foresee nothing.")
        var printParameters = false
        @Flag(help: "Look for the fewest people with whom every deadline holds.") var findStaff = false
        @Option(help: "With --find-staff: a deadline for posts that have none, such as 24h.") var within:
            String?
        @Option(help: "With --find-staff: percent of the deadlines that must hold.") var met = 100.0
        @Option(help: "With --find-staff: try no more people.") var most = 500
        @Flag(help: "One JSON object.") var json = false
        @Flag(help: "Comma-separated values: series,hazard,hour,value.") var csv = false
        @Flag(help: "Draw charts in plain characters.") var ascii = false

        func validate() throws {
            func demand(_ value: Int?, _ range: ClosedRange<Int>, _ name: String) throws {
                if let value, !range.contains(value) {
                    throw ValidationError("--\(name) is from \(range.lowerBound) to \(range.upperBound)")
                }
            }
            try demand(staff, 1...2000, "staff")
            try demand(days, 1...366, "days")
            try demand(warmUp, 0...60, "warm-up")
            try demand(runs, 1...50, "runs")
            try demand(most, 1...2000, "most")
            guard (1...100).contains(met) else { throw ValidationError("--met is from 1 to 100") }
            guard !json || !csv else { throw ValidationError("--json or --csv, not both") }
            guard findStaff || within == nil else { throw ValidationError("--within goes with --find-staff") }
            guard !findStaff || staff == nil else {
                throw ValidationError("--staff or --find-staff, not both")
            }
        }

        func run() throws {
            let (desk, person) = try site.signIn()
            let inForce = try desk.limitsToForecast(for: person)
            let limits = try other.read(over: inForce)
            let basis = try parameters == nil ? desk.forecastBasis(for: person) : nil
            var scenario = try basis?.scenario ?? ParametersFile.read(parameters ?? "")
            if printParameters { return try Output.json(scenario.json) }
            if let within { scenario = scenario.within(try Self.time(within)) }
            var simulation = Simulation(
                scenario, limits: limits,
                staff: try staff ?? basis?.moderators ?? deskModerators(desk, person),
                order: dispatch, days: days, warmUp: warmUp ?? (scenario.backlog.isEmpty ? 7 : 0))
            // Asking about a smaller group tells no more of a small one.
            simulation.smallestGroup = max(inForce.smallestGroup, limits.smallestGroup)
            try refuseTooMuch(simulation)
            let seeds = (0..<UInt64(runs)).map { seed &+ $0 }
            let answer = try findStaff ? search(simulation, seeds) : foresee(simulation, seeds)
            if json {
                return try Output.json(SimulationReport(answer, simulation, seeds: seeds, basis: basis))
            }
            if csv { return SimulationTable(answer: answer).show() }
            SimulationText(
                answer: answer, simulation: simulation, seeds: seeds, basis: basis,
                lines: ascii ? .ascii : .unicode
            ).show()
        }

        private func deskModerators(_ desk: Desk, _ person: Person) throws -> Int {
            max(1, try desk.team(for: person).count)
        }

        private func refuseTooMuch(_ simulation: Simulation) throws {
            let perDay = simulation.scenario.work.values.reduce(0) { $0 + $1.perDay }
            let waiting = simulation.scenario.backlog.reduce(0) { $0 + $1.posts }
            let posts = (perDay * Double(days + simulation.warmUp) + Double(waiting)) * Double(runs)
            guard posts <= 50_000_000 else {
                throw Complaint(
                    "that would be \(Int(min(posts, 1e15))) posts in all runs; at most 50 million are played "
                        + "(fewer --days or --runs)")
            }
        }

        private func foresee(_ simulation: Simulation, _ seeds: [UInt64]) -> SimulationAnswer {
            SimulationAnswer(outlook: simulation.run(seeds: seeds), search: nil)
        }

        private func search(_ simulation: Simulation, _ seeds: [UInt64]) throws -> SimulationAnswer {
            guard simulation.scenario.hasDeadlines else {
                throw Complaint("no post has a deadline to hold (give one to all: --within 24h)")
            }
            let search = StaffSearch(simulation, seeds: seeds, share: met / 100, most: most) { trial in
                Output.status("\(trial.staff) people: \(trial.met) of \(trial.due) deadlines kept")
            }
            Output.clearStatus()
            return SimulationAnswer(outlook: search.outlook, search: search)
        }

        static func order(_ name: String) throws -> DispatchOrder {
            guard let order = DispatchOrder(rawValue: name) else {
                let names = DispatchOrder.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("\(name.debugDescription) is no order (one of \(names))")
            }
            return order
        }

        /// Reads `24h`, `90m`, `45s` or `2d`.
        static func time(_ text: String) throws -> Duration {
            let units: [(Character, Int64)] = [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)]
            guard let last = text.last, let unit = units.first(where: { $0.0 == last })?.1,
                let number = Int64(text.dropLast()), number > 0, number <= 366 * 86_400 / unit
            else { throw Complaint("\(text.debugDescription) is no time, such as 24h, 90m or 2d") }
            return .seconds(number * unit)
        }
    }
}

/// What is foreseen, and how it was found.
struct SimulationAnswer {
    let outlook: Outlook?
    let search: StaffSearch?
}

/// A file of parameters.
enum ParametersFile {
    static func read(_ path: String) throws -> Scenario {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Complaint(
                "\(path): there is no such file (make one: releve limits simulate --print-parameters)")
        }
        let value: JSONValue
        do { value = try JSONDecoder().decode(JSONValue.self, from: data) } catch DecodingError.dataCorrupted(
            let context)
        {
            let said = (context.underlyingError as NSError?)?.userInfo["NSDebugDescription"] as? String
            throw Complaint("\(path): not JSON: \(said ?? context.debugDescription)")
        } catch {
            throw Complaint("\(path): not JSON")
        }
        do throws(ScenarioProblem) { return try Scenario(value) } catch {
            throw Complaint("\(path): \(error.description)")
        }
    }
}
