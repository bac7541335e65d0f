import Moderation

/// Plays a list of moments at several times their speed: a value, to which the time comes as an argument.
struct Player: Hashable, Sendable {
    static let speeds = [1, 2, 5, 10, 30, 60]

    /// When each event comes, never going back.
    let offsets: [Duration]
    /// How far it has come.
    private(set) var position: Duration = .zero
    /// The last event that has come.
    private(set) var index = 0
    private(set) var speed: Int
    /// Since when, on the clock that never jumps, it plays on from ``position``; `nil` while it stands.
    private var playingSince: Duration?

    init(offsets: [Duration], speed: Int = 1) {
        self.offsets = offsets
        self.speed = Self.speeds.last { $0 <= speed } ?? 1
    }

    var length: Duration { offsets.last ?? .zero }
    var isPlaying: Bool { playingSince != nil }
    private var isAtEnd: Bool { index >= offsets.count - 1 }

    /// Goes on to where it is by now, and stands at the end.
    mutating func advance(to now: Duration) {
        guard let since = playingSince, now > since else { return }
        position = min(length, position + (now - since) * speed)
        playingSince = now
        while index + 1 < offsets.count, offsets[index + 1] <= position { index += 1 }
        if isAtEnd { playingSince = nil }
    }

    mutating func play(at now: Duration) { playingSince = isAtEnd ? nil : now }

    mutating func pause() { playingSince = nil }

    /// Goes to an event; plays on from there if it played.
    mutating func jump(to place: Int, at now: Duration) {
        guard !offsets.isEmpty else { return }
        index = min(max(0, place), offsets.count - 1)
        position = offsets[index]
        if isPlaying { play(at: now) }
    }

    /// One speed up or down.
    mutating func change(by step: Int, at now: Duration) {
        advance(to: now)
        let place = (Self.speeds.firstIndex(of: speed) ?? 0) + step
        speed = Self.speeds[min(max(0, place), Self.speeds.count - 1)]
    }

    /// How long until the picture changes; `nil` while it stands.
    ///
    /// A second passes at once at each speed, but no more than ten pictures are drawn in a second.
    func timeToNext(at now: Duration) -> Duration? {
        guard let since = playingSince else { return nil }
        let here = position + max(.zero, now - since) * speed
        let second = Duration.milliseconds(1000 - here.wholeMilliseconds % 1000)
        var next = second
        if index + 1 < offsets.count { next = min(next, max(.zero, offsets[index + 1] - here)) }
        return max(.milliseconds(100), next / speed + .milliseconds(1))
    }
}
