public import Moderation

extension Shift {
    /// How long it counts as worked: from its beginning to its end or to `now`, breaks included.
    ///
    /// Where a dose limit ended it, the rest of the shift's length counts too, as far as it has gone by: nobody loses pay
    /// because they are not to be shown any more.
    public func worked(until now: Timestamp, limits: Limits) -> Duration {
        let planned = startedAt.later(by: limits.shiftLength)
        let end: Timestamp =
            switch (endedAt, endedBy) {
            case (nil, _): min(now, max(startedAt.later(by: limits.shiftHard), startedAt))
            case (.some(let ended), .dose): max(ended, min(now, planned))
            case (.some(let ended), _): ended
            }
        return .milliseconds(max(0, end.millisecondsSince(startedAt)))
    }

    /// How much of what counts as worked comes after its end, because a dose limit ended it.
    public func lostToCap(until now: Timestamp, limits: Limits) -> Duration {
        guard let endedAt, endedBy == .dose else { return .zero }
        return max(.zero, worked(until: now, limits: limits) - (endedAt - startedAt))
    }
}

/// What work came to, for the person alone who did it.
///
///     PayFigure(pay: pay, worked: .seconds(8 * 3600), items: 320).hourly
///
/// Whole smallest units of the currency; divisions round down, so that it never looks like more than it is.
public struct PayFigure: Hashable, Sendable {
    /// What the site pays.
    public let pay: Pay
    /// What counts as worked, breaks and time lost to a dose limit included.
    public let worked: Duration
    /// Decisions that stand.
    public let items: Int

    /// Makes a figure.
    public init(pay: Pay, worked: Duration, items: Int) {
        self.pay = pay
        self.worked = max(.zero, worked)
        self.items = max(0, items)
    }

    private static let hour: Int64 = 3_600_000

    /// What it comes to.
    public var total: Money {
        switch pay.basis {
        case .hour: Money(minor: pay.rate.minor.scaled(by: worked.wholeMilliseconds, over: Self.hour))
        case .item: Money(minor: pay.rate.minor.saturatingMultiply(Int64(clamping: items)))
        }
    }

    /// What that is for an hour worked; `nil` while nothing has been worked.
    public var hourly: Money? {
        let time = worked.wholeMilliseconds
        guard time > 0 else { return nil }
        switch pay.basis {
        case .hour: return pay.rate
        case .item: return Money(minor: total.minor.scaled(by: Self.hour, over: time))
        }
    }

    /// Whether an hour comes to less than the floor; `nil` without a floor, or before anything was worked.
    public var isBelowFloor: Bool? {
        guard let floor = pay.floor, let hourly else { return nil }
        return hourly < floor.hourly
    }
}
