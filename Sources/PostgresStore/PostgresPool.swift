#if Postgres
import Foundation
import Store

/// The connections of one process; whoever needs one waits until one is free.
final class PostgresPool: @unchecked Sendable {
    private let place: PostgresPlace
    private let limit: Int
    private let condition = NSCondition()
    private var idle: [PostgresConnection] = []
    private var open = 0

    init(_ place: PostgresPlace, limit: Int) {
        self.place = place
        self.limit = max(1, limit)
    }

    /// A connection that is free, or a new one; one that broke while nobody used it is left out.
    func take() throws(StoreError) -> PostgresConnection { try takeEither().connection }

    /// The same, with a word on which it is: one that lay idle may have broken meanwhile.
    func takeEither() throws(StoreError) -> (connection: PostgresConnection, isNew: Bool) {
        condition.lock()
        while idle.isEmpty, open >= limit { condition.wait() }
        if let last = idle.popLast() {
            condition.unlock()
            return (last, false)
        }
        open += 1
        condition.unlock()
        do { return (try PostgresConnection(place), true) } catch {
            leave(nil)
            throw error
        }
    }

    /// Puts a connection back; one that broke, or whose transaction did not end, is closed.
    func giveBack(_ connection: PostgresConnection) {
        leave(connection.isBroken || connection.isInTransaction ? nil : connection)
    }

    private func leave(_ connection: PostgresConnection?) {
        condition.lock()
        if let connection { idle.append(connection) } else { open -= 1 }
        condition.signal()
        condition.unlock()
    }
}
#endif
