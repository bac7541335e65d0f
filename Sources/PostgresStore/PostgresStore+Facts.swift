#if Postgres
import Moderation
public import Store
import StoreSQL

extension PostgresStore {
    /// What the server says of itself and of this connection.
    public func facts() throws -> StoreFacts {
        let connection = try pool.take()
        defer { pool.giveBack(connection) }
        let row = PostgresStatement(
            connection,
            connection.text(
                """
                SELECT current_setting('server_version'), current_setting('fsync'),
                  current_setting('full_page_writes'), current_setting('synchronous_commit'),
                  CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint),
                  (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
                  CAST(current_setting('max_connections') AS bigint), inet_client_addr() IS NOT NULL,
                  (SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid())
                """))
        defer { row.reset() }
        guard try row.step() else { throw StoreError.damaged(place.description) }
        let settings = ["fsync", "full_page_writes", "synchronous_commit"].enumerated().map { index, name in
            let value = row.text(Int32(index + 1))
            return StoreFacts.Setting(name, value, isSafe: value != "off")
        }
        return StoreFacts(
            engine: "PostgreSQL \(row.text(0))", schema: PostgresSchema.stepCount, settings: settings,
            file: nil,
            server: .init(
                now: Timestamp(milliseconds: row.integer(4)), connections: Int(row.integer(5)),
                mostConnections: Int(row.integer(6)), isRemote: row.integer(7) != 0,
                isEncrypted: row.integer(8) != 0))
    }
}
#endif
