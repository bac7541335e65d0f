public import Moderation

/// The limit that speaks; its raw value is the stable code for scripts, ledger and catalogue.
public enum LimitReason: String, CaseIterable, Hashable, Sendable, Codable {
    /// The dose of a rolling 24 hours.
    case daily
    /// The person's own lower limit; nobody else's business.
    case personal
    /// The dose of rolling 7 days.
    case weekly
    /// The ceiling that nothing passes.
    case ceiling
    /// Continuous exposure.
    case continuous
    /// The long break before six hours.
    case longBreak = "long_break"
    /// No severe or extreme post near the end of a shift.
    case lastHour = "last_hour"
    /// Too many severe or extreme posts in a row.
    case runOfSevere = "run_of_severe"
    /// The length of a shift.
    case shiftLength = "shift_length"
    /// The length of a shift that nothing passes.
    case shiftHard = "shift_hard"
    /// No key came for a while.
    case idle
}

/// Why content may not be uncovered now.
///
/// No prose: a screen translates the code and the data.
public enum Refusal: Error, Hashable, Sendable {
    /// No shift is open; when one may begin.
    case notOnShift(mayStartAt: Timestamp)
    /// The rest between shifts lasts.
    case resting(until: Timestamp)
    /// A break lasts; its earliest end.
    case onBreak(until: Timestamp)
    /// A break is due; its earliest end.
    case breakDue(LimitReason, until: Timestamp)
    /// A dose limit is reached.
    case capped(LimitReason, resumeAt: Timestamp)
    /// Nothing severe or extreme before the next shift.
    case lastHour(resumeAt: Timestamp)
    /// So many lighter posts come first.
    case runOfSevere(lighterOwed: Int)
    /// The shift is over.
    case shiftOver(LimitReason, resumeAt: Timestamp)

    /// A stable code, such as `capped.daily`.
    public var code: String {
        switch self {
        case .notOnShift: "not_on_shift"
        case .resting: "resting"
        case .onBreak: "on_break"
        case .breakDue(let reason, _): "break_due.\(reason.rawValue)"
        case .capped(let reason, _): "capped.\(reason.rawValue)"
        case .lastHour: "last_hour"
        case .runOfSevere: "run_of_severe"
        case .shiftOver(let reason, _): "shift_over.\(reason.rawValue)"
        }
    }

    /// When to ask again; `nil` when it depends on what is looked at, not on time.
    public var until: Timestamp? {
        switch self {
        case .notOnShift(let moment), .resting(let moment), .onBreak(let moment), .breakDue(_, let moment),
            .capped(_, let moment), .lastHour(let moment), .shiftOver(_, let moment):
            moment
        case .runOfSevere: nil
        }
    }
}

/// Whether content may be uncovered.
public enum Permission: Hashable, Sendable {
    /// It may.
    case allowed
    /// It may not.
    case refused(Refusal)

    /// Whether it may.
    public var isAllowed: Bool { self == .allowed }
}
