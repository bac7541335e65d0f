import Moderation
import Synchronization

/// The latest moment that a desk knows to have come, however its clock is set while the process lives.
final class SteadyTime: Sendable {
    private let last = Mutex<Moment?>(nil)

    /// Takes a reading of both clocks, and says how late it is at least.
    func latest(at moment: Moment) -> Timestamp {
        last.withLock { last in
            let passed = last.map { max(.zero, moment.monotonic - $0.monotonic) } ?? .zero
            let latest = max(moment.wall, (last?.wall ?? moment.wall) + passed)
            last = Moment(wall: latest, monotonic: moment.monotonic)
            return latest
        }
    }
}
