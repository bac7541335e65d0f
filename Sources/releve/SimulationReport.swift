import Desk
import Exposure
import Forecast
import Moderation

/// A forecast for programs.
struct SimulationReport: Encodable {
    let staff: Int?
    let days: Int
    let warmUpDays: Int
    let seeds: [UInt64]
    let dispatch: DispatchOrder
    let limits: Limits
    let basis: BasisReport?
    let hazards: [String: KindReport]?
    let deadlinesDue: Int?
    let deadlinesMet: Int?
    let backlog: [BacklogReport]?
    let shiftDose: DoseReport?
    let weekDose: DoseReport?
    let teamWeekDose: DoseReport?
    let cappedShifts: Int?
    let search: [TrialReport]?
    let staffNeeded: Int?

    private enum CodingKeys: String, CodingKey {
        case staff, days, seeds, dispatch, limits, basis, hazards, backlog, search
        case warmUpDays = "warm_up_days"
        case deadlinesDue = "deadlines_due"
        case deadlinesMet = "deadlines_met"
        case shiftDose = "shift_dose"
        case weekDose = "week_dose"
        case teamWeekDose = "team_week_dose"
        case cappedShifts = "capped_shifts"
        case staffNeeded = "staff_needed"
    }

    struct BasisReport: Encodable {
        let days: Int
        let handlingLearned: [String]
        let shiftsLearned: Bool

        private enum CodingKeys: String, CodingKey {
            case days
            case handlingLearned = "handling_learned"
            case shiftsLearned = "shifts_learned"
        }
    }

    struct KindReport: Encodable {
        let arrived: Double
        let decided: Double
        let waitedShare: Double
        let waitMeanMilliseconds: Int64
        let waitMedianMilliseconds: Int64
        let waitP95Milliseconds: Int64
        let waitLongestMilliseconds: Int64
        let deadlinesDue: Int
        let deadlinesMet: Int

        private enum CodingKeys: String, CodingKey {
            case arrived, decided
            case waitedShare = "waited_share"
            case waitMeanMilliseconds = "wait_mean_ms"
            case waitMedianMilliseconds = "wait_median_ms"
            case waitP95Milliseconds = "wait_p95_ms"
            case waitLongestMilliseconds = "wait_longest_ms"
            case deadlinesDue = "deadlines_due"
            case deadlinesMet = "deadlines_met"
        }
    }

    struct BacklogReport: Encodable {
        let hour: Int
        let waiting: Double
        let hazards: [String: Double]
    }

    struct DoseReport: Encodable {
        let count: Int
        let meanPercent: Double
        let medianPercent: Double
        let p95Percent: Double
        let highestPercent: Double

        private enum CodingKeys: String, CodingKey {
            case count
            case meanPercent = "mean_percent"
            case medianPercent = "median_percent"
            case p95Percent = "p95_percent"
            case highestPercent = "highest_percent"
        }
    }

    struct TrialReport: Encodable {
        let staff: Int
        let deadlinesDue: Int
        let deadlinesMet: Int
        let isEnough: Bool

        private enum CodingKeys: String, CodingKey {
            case staff
            case deadlinesDue = "deadlines_due"
            case deadlinesMet = "deadlines_met"
            case isEnough = "is_enough"
        }
    }
}

extension SimulationReport {
    init(_ answer: SimulationAnswer, _ simulation: Simulation, seeds: [UInt64], basis: ForecastBasis?) {
        let outlook = answer.outlook
        self.init(
            staff: outlook?.staff, days: simulation.days, warmUpDays: simulation.warmUp, seeds: seeds,
            dispatch: simulation.order, limits: simulation.limits,
            basis: basis.map { basis in
                BasisReport(
                    days: basis.days, handlingLearned: basis.learned.sorted().map(\.rawValue),
                    shiftsLearned: basis.plansLearned)
            },
            hazards: outlook.map { outlook in
                Dictionary(
                    uniqueKeysWithValues: outlook.kinds.map { ($0.key.rawValue, KindReport($0.value)) })
            },
            deadlinesDue: outlook?.due, deadlinesMet: outlook?.met,
            backlog: outlook?.backlog.enumerated().map { hour, counts in
                BacklogReport(
                    hour: hour, waiting: counts.values.reduce(0, +),
                    hazards: Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) }))
            },
            shiftDose: outlook?.shifts.map { DoseReport($0) },
            weekDose: outlook?.weeks.map { DoseReport($0) },
            teamWeekDose: outlook?.teamWeeks.map { DoseReport($0) },
            cappedShifts: outlook?.capped,
            search: answer.search?.trials.map { trial in
                TrialReport(
                    staff: trial.staff, deadlinesDue: trial.due, deadlinesMet: trial.met,
                    isEnough: trial.isEnough)
            }, staffNeeded: answer.search?.staff)
    }
}

extension SimulationReport.KindReport {
    fileprivate init(_ kind: Outlook.Kind) {
        self.init(
            arrived: kind.arrived, decided: kind.decided, waitedShare: kind.waits.waited,
            waitMeanMilliseconds: kind.waits.mean.wholeMilliseconds,
            waitMedianMilliseconds: kind.waits.median.wholeMilliseconds,
            waitP95Milliseconds: kind.waits.most.wholeMilliseconds,
            waitLongestMilliseconds: kind.waits.longest.wholeMilliseconds, deadlinesDue: kind.due,
            deadlinesMet: kind.met)
    }
}

extension SimulationReport.DoseReport {
    fileprivate init(_ doses: Outlook.Doses) {
        func percent(_ dose: Dose) -> Double { Double(dose.units * 10_000 / Dose.full.units) / 100 }
        self.init(
            count: doses.count, meanPercent: percent(doses.mean), medianPercent: percent(doses.median),
            p95Percent: percent(doses.most), highestPercent: percent(doses.highest))
    }
}
