import ArgumentParser
import Desk
import Exposure
import Moderation

/// `releve shift`: start, look, pause, end.
struct ShiftCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shift", abstract: "Start, pause and end your shift, and see where you stand.",
        subcommands: [Start.self, Status.self, Break.self, Resume.self, End.self],
        defaultSubcommand: Status.self)

    struct Start: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Start a shift.")
        @OptionGroup var site: SiteOptions

        func run() throws {
            let (desk, person) = try site.signIn()
            let shift = try desk.startShift(person)
            Output.line("on shift since \(shift.startedAt)")
        }
    }

    struct Status: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Say where you stand; for your eyes only.")
        @OptionGroup var site: SiteOptions
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            let (desk, person) = try site.signIn()
            let standing = try desk.standing(of: person)
            if json { return try Output.json(StandingCard(standing)) }
            StandingCard(standing).print()
        }
    }

    struct Break: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take a break, at any time.")
        @OptionGroup var site: SiteOptions

        func run() throws {
            let (desk, person) = try site.signIn()
            try desk.startBreak(person)
            Output.line("on a break; go on with: releve shift resume")
        }
    }

    struct Resume: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "End a break.")
        @OptionGroup var site: SiteOptions

        func run() throws {
            let (desk, person) = try site.signIn()
            try desk.endBreak(person)
            Output.line("the break is over")
        }
    }

    struct End: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End your shift; posts in hand go back with their drafts.")
        @OptionGroup var site: SiteOptions

        func run() throws {
            let (desk, person) = try site.signIn()
            try desk.endShift(person)
            Output.line("the shift is over; thank you")
        }
    }
}

/// Where somebody stands, as data and as lines.
struct StandingCard: Encodable {
    let availability: String
    let until: String?
    let dosePercent, limitPercent, weekPercent: Int
    let doseUnits, continuousSeconds: Int64
    let shiftStarted: String?
    let claimable: [String]

    init(_ standing: Standing) {
        let word = Self.word(standing.availability)
        availability = word.0
        until = word.1?.rfc3339
        dosePercent = standing.dayPercent.value
        limitPercent = standing.dayLimitPercent.value
        weekPercent = standing.weekPercent.value
        doseUnits = standing.dayDose.units
        continuousSeconds = standing.continuous.wholeMilliseconds / 1000
        shiftStarted = standing.shift?.startedAt.rfc3339
        claimable = Hazard.allCases.filter(standing.claimable.contains).map(\.rawValue)
    }

    private static func word(_ availability: Availability) -> (String, Timestamp?) {
        switch availability {
        case .available: ("available", nil)
        case .mustBreak(let until): ("break_due", until)
        case .onBreak(let until): ("on_break", until)
        case .capped(_, let resumeAt): ("capped", resumeAt)
        case .resting(let until): ("resting", until)
        case .shiftOver(_, let resumeAt): ("shift_over", resumeAt)
        case .notOnShift(let mayStartAt): ("not_on_shift", mayStartAt)
        }
    }

    func print() {
        let when = until.map { " until \($0)" } ?? ""
        Output.line("\(availability.replacing("_", with: " "))\(when)")
        Output.line(
            "dose in 24 h: \(dosePercent) % used, limit \(limitPercent) %; in 7 days: \(weekPercent) %")
        if let shiftStarted { Output.line("shift since \(shiftStarted)") }
        Output.line("next post may be: \(claimable.isEmpty ? "none now" : claimable.joined(separator: ", "))")
        Output.line("These figures are precaution, not prediction; no source validates a dose for content.")
    }

    enum CodingKeys: String, CodingKey {
        case availability, until, claimable
        case dosePercent = "dose_percent"
        case limitPercent = "limit_percent"
        case weekPercent = "week_percent"
        case doseUnits = "dose_units"
        case continuousSeconds = "continuous_seconds"
        case shiftStarted = "shift_started"
    }
}
