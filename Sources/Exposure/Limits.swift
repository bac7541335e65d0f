public import Moderation

/// The exposure limits of a site, versioned.
///
/// Form and figures are precaution, not prediction: no source validates a dose number for content. Sources
/// and choices are in `Documentation/exposure.md`.
public struct Limits: Hashable, Sendable {
    /// Grows by one with every change.
    public var version: Int = 1

    /// Weight of a minute of mild content.
    public var mildWeight: Int64 = 17
    /// Weight of a minute of moderate content.
    public var moderateWeight: Int64 = 24
    /// Weight of a minute of severe content.
    public var severeWeight: Int64 = 34
    /// Weight of a minute of extreme content.
    public var extremeWeight: Int64 = 68
    /// The least time that an uncovering is charged, so that hurrying doesn't look safer.
    public var floor: Duration = .seconds(10)

    /// Dose in a rolling 24 hours at which nothing more is uncovered.
    public var daily: Percent = 100
    /// Dose in a rolling 24 hours that nothing passes: no override, no finishing.
    public var ceiling: Percent = 125
    /// Dose in rolling 7 days at which nothing more is uncovered.
    public var weekly: Percent = 400
    /// First quiet notice, in percent of the person's daily limit.
    public var firstNotice: Percent = 50
    /// Second quiet notice, in percent of the person's daily limit.
    public var secondNotice: Percent = 80

    /// Continuous exposure after which a break is due.
    public var continuous: Duration = .seconds(50 * 60)
    /// The least length of that break.
    public var breakLength: Duration = .seconds(10 * 60)
    /// Time between the end of a shift and the next.
    public var rest: Duration = .seconds(11 * 3600)
    /// Length of a shift.
    public var shiftLength: Duration = .seconds(8 * 3600)
    /// Length at which a shift ends whatever is in hand.
    public var shiftHard: Duration = .seconds(10 * 3600)
    /// The least length of the long break.
    public var longBreak: Duration = .seconds(20 * 60)
    /// Working time at which the long break must have begun.
    public var longBreakBefore: Duration = .seconds(6 * 3600)
    /// The end of a shift in which nothing severe or extreme is shown.
    public var lastHour: Duration = .seconds(3600)
    /// Severe or extreme posts in a row, at most.
    public var runOfSevere: Int = 3
    /// Lighter posts after such a run, at least.
    public var lighterAfterRun: Int = 2

    /// Time without a key after which content is covered.
    public var autoCover: Duration = .seconds(120)
    /// Time in which the post in hand may be finished once a limit is reached.
    public var finishInHand: Duration = .seconds(120)
    /// How often an open span is written down; time is charged one beat ahead.
    public var beat: Duration = .seconds(5)
    /// The fewest people any team figure may be about.
    public var smallestGroup: Int = 10

    /// The defaults; change what differs.
    public init() {}

    /// The defaults, version 1.
    public static let standard = Limits()

    /// Time without a key that counts as idle: the same as `autoCover`.
    public var idle: Duration { autoCover }

    /// The percentages of the quiet notices, rising.
    public var notices: [Percent] { [firstNotice, secondNotice] }

    /// Weight of a minute at a hazard; `none` weighs nothing.
    public func weight(of hazard: Hazard) -> Int64 {
        switch hazard {
        case .none: 0
        case .mild: max(0, mildWeight)
        case .moderate: max(0, moderateWeight)
        case .severe: max(0, severeWeight)
        case .extreme: max(0, extremeWeight)
        }
    }

    /// Time allowed in a day at that hazard alone, rounded down to the millisecond; `nil` for `none`.
    public func allowance(at hazard: Hazard) -> Duration? {
        let weight = weight(of: hazard)
        return weight > 0 ? .milliseconds(Dose(daily).units / weight) : nil
    }
}
