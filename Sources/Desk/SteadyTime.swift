import Moderation
import Store
import Synchronization

/// The latest moment that a desk knows to have come for each person, however clocks are set while the process lives.
///
/// By person, so that one whose records are dated ahead of time holds up nobody else.
final class SteadyTime: Sendable {
    private let last = Mutex<[PersonID: Moment]>([:])

    /// Takes a reading of both clocks, and says how late it is at least.
    func latest(for person: PersonID, at moment: Moment) -> Timestamp {
        last.withLock { last in
            let before = last[person]
            let passed = before.map { max(.zero, moment.monotonic - $0.monotonic) } ?? .zero
            let latest = max(moment.wall, before.map { $0.wall + passed } ?? moment.wall)
            last[person] = Moment(wall: latest, monotonic: moment.monotonic)
            return latest
        }
    }

    /// Learns from the person's records that it is later.
    func advance(for person: PersonID, to latest: Timestamp) {
        last.withLock { last in
            guard let before = last[person], latest > before.wall else { return }
            last[person] = Moment(wall: latest, monotonic: before.monotonic)
        }
    }
}

extension KnownMoment {
    /// For how long it is gone by: after days off a clock that had run ahead holds nobody up any more.
    private static let lasts: Duration = .seconds(2 * 24 * 3600)

    /// How late it is at least, by the time that has passed since; `nil` on another machine, after another start, or
    /// long afterwards.
    func reached(at moment: Moment) -> Timestamp? {
        let passed = moment.monotonic - uptime
        guard moment.machine == machine, passed >= .zero, passed <= Self.lasts else { return nil }
        return at + passed
    }
}
