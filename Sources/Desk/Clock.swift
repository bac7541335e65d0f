public import Moderation
import Synchronization

/// A moment on both clocks: the wall's, for the record, and one that never jumps, for measuring.
public struct Moment: Hashable, Sendable {
    /// The time of day.
    public var wall: Timestamp
    /// Time since an unknown start that counts sleep of the machine too; only differences mean anything.
    public var monotonic: Duration
    /// Which start that is, so that processes can compare what they read; `nil` where they can't.
    public var machine: String?

    /// Makes a moment.
    public init(wall: Timestamp, monotonic: Duration, machine: String? = nil) {
        self.wall = wall
        self.monotonic = monotonic
        self.machine = machine
    }
}

/// Where a desk reads the time.
public protocol Clock: Sendable {
    /// The moment it is.
    func now() -> Moment
}

/// The machine's clocks.
public struct SystemClock: Clock {
    /// The kernel's name of this start of the machine; `nil` where it gives none.
    private static let start = MachineClock.start

    /// Makes a clock.
    public init() {}

    /// The moment it is, by the machine.
    public func now() -> Moment {
        Moment(wall: WallClock.now(), monotonic: MachineClock.uptime(), machine: Self.start)
    }
}

/// A clock that stands until it is moved, for tests and what-if questions.
public final class ManualClock: Clock {
    private let moment: Mutex<Moment>

    /// Makes a clock that stands at this time of day.
    public init(at wall: Timestamp) {
        // No two such clocks run together.
        let machine = "made \(UInt64.random(in: 0...UInt64.max))"
        moment = Mutex(Moment(wall: wall, monotonic: .zero, machine: machine))
    }

    /// The moment it was moved to.
    public func now() -> Moment { moment.withLock { $0 } }

    /// Moves both clocks on.
    public func advance(by time: Duration) {
        moment.withLock {
            $0.wall = $0.wall + time
            $0.monotonic += time
        }
    }

    /// Sets the wall clock alone, as a person or a time server might.
    public func jump(to wall: Timestamp) { moment.withLock { $0.wall = wall } }
}
