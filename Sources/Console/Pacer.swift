import Moderation

/// A slow breath to follow: in for four seconds, out for six.
///
/// About six breaths a minute; the figures are a choice, nothing is measured, and following it is nobody's duty.
struct Pacer: Hashable, Sendable {
    static let breathIn: Duration = .seconds(4)
    static let breathOut: Duration = .seconds(6)
    /// In how many steps the bar grows, and shrinks.
    static let steps = 20

    /// When the first breath began, by the clock that never jumps.
    var start: Duration

    struct Moment: Hashable, Sendable {
        var isIn: Bool
        /// How full the bar is, of ``Pacer/steps``.
        var fill: Int
    }

    func moment(at now: Duration) -> Moment {
        let place = Self.place(now - start)
        let inward = Self.breathIn.wholeMilliseconds
        if place < inward {
            return Moment(isIn: true, fill: Int(place * Int64(Self.steps) / inward) + 1)
        }
        let outward = Self.breathOut.wholeMilliseconds
        let gone = (place - inward) * Int64(Self.steps) / outward
        return Moment(isIn: false, fill: Self.steps - Int(gone))
    }

    /// Until the picture changes: a step of the bar, or where only the word is told, the turn of the breath.
    func timeToNext(at now: Duration, wordsOnly: Bool) -> Duration {
        let place = Self.place(now - start)
        let inward = Self.breathIn.wholeMilliseconds
        let isIn = place < inward
        let length = isIn ? inward : Self.breathOut.wholeMilliseconds
        let gone = isIn ? place : place - inward
        guard !wordsOnly else { return .milliseconds(length - gone) }
        let steps = Int64(Self.steps)
        let next = gone * steps / length + 1
        return .milliseconds((next * length + steps - 1) / steps - gone)
    }

    private static func place(_ since: Duration) -> Int64 {
        let length = breathIn.wholeMilliseconds + breathOut.wholeMilliseconds
        let place = since.wholeMilliseconds % length
        return place < 0 ? place + length : place
    }
}
