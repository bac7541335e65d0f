public import Moderation
import Synchronization

/// A moment on both clocks: the wall's, for the record, and one that never jumps, for measuring.
public struct Moment: Hashable, Sendable {
    /// The time of day.
    public var wall: Timestamp
    /// Time since an unknown start that counts sleep of the machine too; only differences mean anything.
    public var monotonic: Duration

    /// Makes a moment.
    public init(wall: Timestamp, monotonic: Duration) {
        self.wall = wall
        self.monotonic = monotonic
    }
}

/// Where a desk reads the time.
public protocol Clock: Sendable {
    /// The moment it is.
    func now() -> Moment
}

/// The machine's clocks.
public struct SystemClock: Clock {
    private static let origin = ContinuousClock.now

    /// Makes a clock.
    public init() {}

    /// The moment it is, by the machine.
    public func now() -> Moment {
        Moment(wall: WallClock.now(), monotonic: ContinuousClock.now - Self.origin)
    }
}

/// A clock that stands until it is moved, for tests and what-if questions.
public final class ManualClock: Clock {
    private let moment: Mutex<Moment>

    /// Makes a clock that stands at this time of day.
    public init(at wall: Timestamp) { moment = Mutex(Moment(wall: wall, monotonic: .zero)) }

    /// The moment it was moved to.
    public func now() -> Moment { moment.withLock { $0 } }

    /// Moves both clocks on.
    public func advance(by time: Duration) {
        moment.withLock { $0 = Moment(wall: $0.wall + time, monotonic: $0.monotonic + time) }
    }

    /// Sets the wall clock alone, as a person or a time server might.
    public func jump(to wall: Timestamp) { moment.withLock { $0.wall = wall } }
}
