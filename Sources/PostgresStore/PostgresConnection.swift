#if Postgres
import CLibpq
import Foundation
import Glibc
import Moderation
import Store

/// One connection to a server; used by one thread at a time.
final class PostgresConnection: @unchecked Sendable {
    let handle: OpaquePointer
    let place: PostgresPlace
    private var texts: [String: PostgresText] = [:]
    var prepared: [PreparedKey: String] = [:]
    /// How many statements were ever prepared, so that no name comes twice.
    var preparedCount = 0
    private var cursors = 0
    /// What was sent and not answered yet, and where in it a failure ends.
    var sent: [Sent] = []
    /// Whether anything was answered since somebody took it from the pool.
    var hasHeard = false
    var marks: [Int] = []
    /// What the transaction that is open has asked beforehand.
    let foresight = PostgresForesight()
    /// More different statements than that are not kept on the server; filters of audits make some.
    static let mostPrepared = 1000

    /// What every session is told first: nothing is acknowledged before it is on disk, and a lock is waited for 15
    /// seconds at most.
    private static let settings = """
        SET search_path = releve; SET synchronous_commit = on; SET lock_timeout = '15s'; SET jit = off;
        SET client_min_messages = warning; SET bytea_output = hex; SET standard_conforming_strings = on
        """

    /// Connects; blocks for ten seconds at most where the address names no other time.
    init(_ place: PostgresPlace) throws(StoreError) {
        self.place = place
        // The address comes last, so that what it says itself holds.
        // A line on which nothing comes any more is found dead in a minute and not in hours.
        let names = [
            "connect_timeout", "application_name", "client_encoding", "keepalives_idle",
            "keepalives_interval",
            "keepalives_count", "dbname",
        ]
        let values = ["10", "releve", "UTF8", "30", "10", "3", place.connection]
        guard let handle = Self.connect(names, values) else {
            throw .unusable(place.description, reason: "no memory for a connection")
        }
        self.handle = handle
        _ = PQsetNoticeProcessor(handle, { _, _ in }, nil)
        guard PQstatus(handle) == CONNECTION_OK else {
            throw .unreachable(place.description, reason: Self.told(PQerrorMessage(handle), of: place))
        }
        guard PQserverVersion(handle) >= 150_000 else {
            throw .unusable(place.description, reason: "the server is older than PostgreSQL 15")
        }
        try tell(Self.settings)
    }

    deinit { PQfinish(handle) }

    private static func connect(_ names: [String], _ values: [String]) -> OpaquePointer? {
        func withStrings<Result>(_ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result?)
            -> Result?
        {
            let copies = texts.map { strdup($0) }
            defer { for copy in copies { free(copy) } }
            let pointers = copies.map { UnsafePointer($0) } + [nil]
            return pointers.withUnsafeBufferPointer { $0.baseAddress.flatMap(body) }
        }
        return withStrings(names) { names in withStrings(values) { PQconnectdbParams(names, $0, 1) } }
    }

    /// Whether the connection is gone.
    var isBroken: Bool { PQstatus(handle) != CONNECTION_OK }

    /// Whether a transaction is open.
    var isInTransaction: Bool { PQtransactionStatus(handle) != PQTRANS_IDLE }

    // MARK: Running

    /// Runs SQL of our own without values; several statements at once are possible.
    func tell(_ sql: String) throws(StoreError) {
        try settle()
        _ = try checked(PQexec(handle, sql))
    }

    /// Drops the transaction that is open, if there is one.
    func rollBack() {
        foresight.dropAll()
        try? settle()
        try? tell("ROLLBACK")
    }

    /// Begins a transaction beside those of others that waits for the disk at its end, apart (``commit(isFlushedApart:)``),
    /// and holds a lock until then; the answer comes with a later one.
    ///
    /// Statements of such work find rows by their keys, whatever the values: they are planned once a session, and never
    /// to read a whole table, which may be small then and full of rows that were removed later.
    ///
    /// - Parameters:
    ///   - lock: the lock's number or numbers in SQL.
    ///   - name: the value in that SQL, where there is one.
    func queueBegin(_ lock: String, _ name: String? = nil) throws(StoreError) {
        var none = PostgresValues()
        try queue(text("BEGIN"), &none)
        var values = PostgresValues()
        if var name { name.withUTF8 { values.set(1, PostgresType.text, UnsafeRawBufferPointer($0)) } }
        try queue(
            text(
                """
                SELECT set_config('synchronous_commit', 'off', true),
                  set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true),
                  pg_advisory_xact_lock_shared(\(PostgresLock.site)), pg_advisory_xact_lock(\(lock))
                """), &values)
    }

    /// The words of a statement.
    func text(_ sql: String) -> PostgresText {
        if let known = texts[sql] { return known }
        if texts.count >= Self.mostPrepared { texts.removeAll() }
        let made = PostgresText(sql)
        texts[sql] = made
        return made
    }

    /// Runs a statement that is not worth preparing.
    func runOnce(_ sql: String, _ values: inout PostgresValues) throws(StoreError) -> PostgresResult {
        try settle()
        let handle = handle
        let types = values.types
        return try checked(
            values.withPointers { starts, lengths, formats in
                PQexecParams(handle, sql, Int32(types.count), types, starts, lengths, formats, 1)
            })
    }

    /// Sends rows in one piece, after a `COPY … FROM STDIN`.
    func copy(_ sql: String, _ bytes: [UInt8]) throws(StoreError) {
        try settle()
        let begun = PQexec(handle, sql)
        guard PQresultStatus(begun) == PGRES_COPY_IN else {
            _ = try checked(begun)
            throw .unusable(place.description, reason: "the server takes no rows")
        }
        PQclear(begun)
        var isSent = true
        for start in stride(from: 0, to: bytes.count, by: Self.mostAtOnce) where isSent {
            isSent = bytes[start..<min(bytes.count, start + Self.mostAtOnce)].withUnsafeBytes { piece in
                PQputCopyData(
                    handle, piece.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(piece.count)) == 1
            }
        }
        guard isSent, PQputCopyEnd(handle, nil) == 1 else { throw lost() }
        let answer = PQgetResult(handle)
        while let next = PQgetResult(handle) { PQclear(next) }
        _ = try checked(answer)
    }

    /// The bytes of a copy are sent in pieces of a mebibyte.
    private static let mostAtOnce = 1 << 20

    // MARK: Cursors

    /// Opens a cursor in the transaction that is open; gives its name.
    func openCursor(_ text: PostgresText, _ values: inout PostgresValues) throws(StoreError) -> String {
        values.extend(to: text.places)
        cursors += 1
        let name = "c\(cursors)"
        _ = try runOnce("DECLARE \(name) NO SCROLL CURSOR FOR \(text.sql)", &values)
        return name
    }

    func closeCursor(_ name: String) {
        // In a transaction that failed it is gone already.
        guard PQtransactionStatus(handle) == PQTRANS_INTRANS else { return }
        try? tell("CLOSE \(name)")
    }

    // MARK: Notices

    /// Waits for a notice on a channel that this session listens to; `nil` when the connection is gone.
    func awaitNotice(upTo time: Duration) -> Bool? {
        let end = ContinuousClock.now + time
        while true {
            var isNew = false
            while let notice = PQnotifies(handle) {
                PQfreemem(notice)
                isNew = true
            }
            if isNew { return true }
            let left = end - ContinuousClock.now
            guard left > .zero else { return false }
            var source = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
            guard source.fd >= 0 else { return nil }
            if poll(&source, 1, Int32(clamping: left.wholeMilliseconds + 1)) > 0, PQconsumeInput(handle) == 0
            {
                return nil
            }
            if isBroken { return nil }
        }
    }

    // MARK: Errors

    func checked(_ result: OpaquePointer?) throws(StoreError) -> PostgresResult {
        guard let result else { throw lost() }
        let status = PQresultStatus(result)
        if status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK {
            hasHeard = true
            return PostgresResult(result)
        }
        defer { PQclear(result) }
        if isBroken { throw lost() }
        throw error(
            state: Self.field(result, PostgresField.state) ?? "",
            message: Self.field(result, PostgresField.message) ?? "the server gave no reason")
    }

    func lost() -> StoreError {
        .unreachable(place.description, reason: "the connection was lost")
    }

    private func error(state: String, message: String) -> StoreError {
        let place = place.description
        return switch state {
        // Somebody held a lock for too long, or two waited for each other.
        case "55P03", "40P01", "40001", "57014": .busy(place)
        case "53100": .full(place)
        case "XX001", "XX002": .damaged(place)
        case "57P01", "57P02", "57P03": .unreachable(place, reason: "the server is going down or starting up")
        case "25006":
            .unreachable(
                place,
                reason: "the server is a standby and only reads; name all servers in the address, with"
                    + " target_session_attrs=read-write")
        // A statement of another client is there, or ours is gone: something gives us other sessions than our own.
        case "42P05", "26000":
            .unusable(
                place,
                reason: "PgBouncer in front of the server shares sessions between transactions;"
                    + " it must say pool_mode = session")
        case "42501":
            .unusable(
                place,
                reason:
                    "\(message) (your login may not do this; releve roster logins, run by the database's owner, "
                    + "gives every login what its roles allow)")
        default: .unusable(place, reason: "\(message) (SQLSTATE \(state))")
        }
    }

    private static func field(_ result: OpaquePointer, _ code: Int32) -> String? {
        PQresultErrorField(result, code).map { String(cString: $0) }
    }

    /// libpq says why it could not connect in several lines, one for each address that it tried: of one host the first
    /// is enough.
    private static func told(_ message: UnsafePointer<CChar>?, of place: PostgresPlace) -> String {
        let text = message.map { String(cString: $0) } ?? ""
        let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.hasPrefix("Is the server running") }
        let those = place.hasSeveralHosts ? lines[...] : lines.prefix(1)
        return those.isEmpty ? "the server can't be reached" : those.joined(separator: "; ")
    }
}

/// Parts of an error, by the letters that PostgreSQL's protocol gives them.
enum PostgresField {
    static let state = Int32(UInt8(ascii: "C"))
    static let message = Int32(UInt8(ascii: "M"))
}
#endif
