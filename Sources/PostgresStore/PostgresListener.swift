#if Postgres
import Foundation
import Store

/// Hears from the server when posts come to wait, on a connection of its own that is opened when somebody first waits.
///
/// A line that was lost is opened again; until then waiting is no more than letting time pass.
final class PostgresListener: @unchecked Sendable {
    static let channel = "releve_work"
    /// How long a server that can't be reached is left alone.
    private static let pause: Duration = .seconds(1)

    private let place: PostgresPlace
    /// One listens at a time; others of the same process wait for their turn, which is no longer than their own time.
    private let lock = NSLock()
    private var line: PostgresConnection?

    init(_ place: PostgresPlace) { self.place = place }

    /// Waits for news; `true` also when the line is new, for nobody can tell what came before it.
    func wait(upTo time: Duration) -> Bool {
        lock.withLock {
            let end = ContinuousClock.now + time
            repeat {
                guard let line else {
                    if open() { return true }
                    Thread.sleep(forTimeInterval: min(Self.pause, max(.zero, end - .now)) / .seconds(1))
                    continue
                }
                switch line.awaitNotice(upTo: max(.zero, end - .now)) {
                case true?: return true
                case false?: return false
                case nil: self.line = nil
                }
            } while ContinuousClock.now < end
            return false
        }
    }

    private func open() -> Bool {
        guard let fresh = try? PostgresConnection(place), (try? fresh.tell("LISTEN \(Self.channel)")) != nil
        else {
            return false
        }
        line = fresh
        return true
    }
}
#endif
