#if Postgres
import Glibc
import Store

/// A random name that a transaction leaves behind when it commits.
///
/// When the connection is lost while the server commits, this tells whether it did.
struct PostgresCommitKey {
    private let bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
    /// How long the server is looked for again.
    private static let patience: Duration = .seconds(20)

    /// Leaves the name behind, in the transaction that is open.
    func keep(on connection: PostgresConnection) throws(StoreError) {
        var values = PostgresValues()
        bytes.withUnsafeBytes { values.set(1, PostgresType.bytes, $0) }
        try connection.queue(connection.text("INSERT INTO commits (key) VALUES (?)"), &values)
        // Nobody asks after a day; whoever comes by sweeps now and then.
        if bytes[0] == 0, bytes[1] < 16 {
            try connection.tell("DELETE FROM commits WHERE at < now() - interval '1 day'")
        }
    }

    /// Whether the transaction committed, asked on another connection as soon as there is one.
    ///
    /// The name is written here: where it is already, that fails; where the server still works on the transaction, it
    /// waits for its end; and where it succeeds, the transaction can't commit any more. The answer to that may be lost as
    /// well, so what is written here is dated a day ahead: it must not be taken for the transaction's own.
    func wasKept(at place: PostgresPlace) throws(StoreError) -> Bool {
        let end = ContinuousClock.now + Self.patience
        while true {
            do throws(StoreError) {
                let connection = try PostgresConnection(place)
                var values = PostgresValues()
                bytes.withUnsafeBytes { values.set(1, PostgresType.bytes, $0) }
                let made = try connection.runOnce(
                    """
                    INSERT INTO commits (key, at) VALUES ($1, now() + interval '1 day') ON CONFLICT DO NOTHING
                    """, &values)
                guard made.changed == 0 else { return false }
                let known = try connection.runOnce(
                    "SELECT at > now() + interval '12 hours' FROM commits WHERE key = $1", &values)
                guard known.rows > 0, known.integer(0, 0) == 0 else { return false }
                // It is there, but perhaps not on disk yet: nothing was written here that would have waited.
                try connection.flushLog()
                return true
            } catch {
                guard case .unreachable(let name, _) = error else { throw error }
                guard ContinuousClock.now < end else {
                    throw .unreachable(
                        name,
                        reason:
                            "the connection was lost while the server was committing, and it can't be asked"
                            + " whether it did; look before you do this again")
                }
                usleep(200_000)
            }
        }
    }
}
#endif
