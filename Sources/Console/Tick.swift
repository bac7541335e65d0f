public import Moderation

/// A moment on both clocks, as it reaches the functional core.
public struct Tick: Hashable, Sendable {
    /// The time of day.
    public var wall: Timestamp
    /// Time that never jumps; only differences mean anything.
    public var monotonic: Duration

    /// Makes a moment.
    public init(wall: Timestamp, monotonic: Duration) {
        self.wall = wall
        self.monotonic = monotonic
    }
}
