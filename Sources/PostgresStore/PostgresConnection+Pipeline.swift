#if Postgres
import CLibpq
import Store

/// Statements that are sent one after another, and answered together.
extension PostgresConnection {
    /// What is done with a statement's answer.
    typealias Answering = (PostgresResult) throws(StoreError) -> Void

    /// A statement that is on its way.
    struct Sent {
        /// What is forgotten when this one, which prepares it, fails.
        var prepares: PreparedKey?
        var answering: Answering?
    }

    struct PreparedKey: Hashable {
        let sql: String
        let types: [Oid]
    }

    /// Sends a statement without waiting for its answer, which comes with ``settle()``.
    func queue(_ text: PostgresText, _ values: inout PostgresValues, _ answering: Answering? = nil)
        throws(StoreError)
    {
        values.extend(to: text.places)
        if sent.count >= Self.mostSent { try settle() }
        let name = try name(of: text, types: values.types)
        let handle = try pipe()
        let isSent = values.withPointers { starts, lengths, formats in
            PQsendQueryPrepared(handle, name, Int32(text.places), starts, lengths, formats, 1) == 1
        }
        try note(isSent, Sent(answering: answering))
    }

    /// Runs a statement that is prepared once and then known to the server by name; with it comes the answer to
    /// everything that was sent before.
    func run(_ text: PostgresText, _ values: inout PostgresValues) throws(StoreError) -> PostgresResult {
        var answer: PostgresResult?
        try queue(text, &values) { answer = $0 }
        try settle()
        guard let answer else { throw lost() }
        return answer
    }

    /// Ends the transaction that is open; with `isFlushedApart` it was told not to wait for the disk, and something
    /// that does is sent behind it.
    ///
    /// So the locks of the transaction are let go before the disk is waited for, and many wait for one write to it. What
    /// was committed in between stands earlier in the server's log, and is on disk, and where it is told to be on
    /// standbys, when this returns.
    func commit(isFlushedApart: Bool) throws(StoreError) {
        try queueCommit()
        if isFlushedApart {
            try mark()
            var none = PostgresValues()
            try queue(text(Self.flush), &none)
        }
        try settle()
    }

    /// Waits until all that was committed before is where the server keeps what is not lost.
    func flushLog() throws(StoreError) { try tell(Self.flush) }

    /// A transaction that writes into the log, so that its end is waited for, and changes nothing.
    private static let flush = "SELECT pg_logical_emit_message(true, 'releve', '')"
    /// More is not sent without hearing answers.
    private static let mostSent = 64

    private func queueCommit() throws(StoreError) {
        let isSent = PQsendQueryParams(try pipe(), "COMMIT", 0, nil, nil, nil, nil, 1) == 1
        try note(
            isSent,
            Sent { [place] answer throws(StoreError) in
                // In a transaction that failed, that is what `COMMIT` does.
                guard answer.command == "COMMIT" else {
                    throw .unusable(place.description, reason: "the server dropped the transaction")
                }
            })
    }

    private func note(_ isSent: Bool, _ one: Sent) throws(StoreError) {
        guard isSent else { throw lost() }
        sent.append(one)
    }

    private func pipe() throws(StoreError) -> OpaquePointer {
        guard PQpipelineStatus(handle) == PQ_PIPELINE_ON || PQenterPipelineMode(handle) == 1 else {
            throw lost()
        }
        return handle
    }

    private func name(of text: PostgresText, types: [Oid]) throws(StoreError) -> String {
        let key = PreparedKey(sql: text.sql, types: types)
        if let known = prepared[key] { return known }
        if prepared.count >= Self.mostPrepared {
            try tell("DEALLOCATE ALL")
            prepared.removeAll()
        }
        preparedCount += 1
        let name = "s\(preparedCount)"
        let isSent = PQsendPrepare(try pipe(), name, text.sql, Int32(types.count), types) == 1
        try note(isSent, Sent(prepares: key))
        prepared[key] = name
        return name
    }

    // MARK: Answers

    /// Marks a place up to which a failure reaches.
    private func mark() throws(StoreError) {
        guard PQpipelineSync(handle) == 1 else { throw lost() }
        sent.append(Sent())
        marks.append(sent.count - 1)
    }

    /// Hears all that was not answered yet; throws what failed first.
    ///
    /// Behind a failure the server passes over everything up to the next mark.
    func settle() throws(StoreError) {
        guard !sent.isEmpty else { return }
        try mark()
        let (asked, ends) = (sent, Set(marks))
        sent = []
        marks = []
        var failure: StoreError?
        for (index, one) in asked.enumerated() {
            do throws(StoreError) {
                if ends.contains(index) { try hearMark() } else { try hear(one) }
            } catch {
                if let key = one.prepares { prepared[key] = nil }
                failure = failure ?? error
                if isBroken { break }
            }
        }
        _ = PQexitPipelineMode(handle)
        if let failure { throw isBroken ? lost() : failure }
    }

    private func hearMark() throws(StoreError) {
        let result = PQgetResult(handle)
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_PIPELINE_SYNC else { throw lost() }
    }

    private func hear(_ one: Sent) throws(StoreError) {
        let result = PQgetResult(handle)
        // After each answer comes an empty one.
        defer { PQclear(PQgetResult(handle)) }
        if PQresultStatus(result) == PGRES_PIPELINE_ABORTED {
            PQclear(result)
            throw .unusable(place.description, reason: "a statement before this one failed")
        }
        let answer = try checked(result)
        try one.answering?(answer)
    }
}
#endif
