import Ledger
import Moderation
import Store

extension SQLTransaction {
    private static let erasureColumns = "posts.id, person, e.at, reason, authority, note"

    func erasure(of post: PostID) throws -> Erasure? {
        let row = try prepare(
            """
            SELECT \(Self.erasureColumns) FROM erasures AS e JOIN posts ON posts.number = e.post
              WHERE e.post = (SELECT number FROM post_ids WHERE id = ?)
            """)
        row.bind(1, post.rawValue)
        return try erasures(row).first
    }

    func erasures(limit: Int) throws -> [Erasure] {
        let row = try prepare(
            """
            SELECT \(Self.erasureColumns) FROM erasures AS e JOIN posts ON posts.number = e.post
              ORDER BY e.at DESC, e.post DESC LIMIT ?
            """)
        row.bind(1, limit)
        return try erasures(row)
    }

    private func erasures(_ row: any SQLStatement) throws -> [Erasure] {
        defer { row.reset() }
        var result: [Erasure] = []
        while try row.step() {
            guard let reason = ErasureReason(rawValue: row.text(3)) else {
                throw StoreError.damaged("the erasure of post \(row.text(0))")
            }
            result.append(
                Erasure(
                    post: PostID(row.text(0)), person: PersonID(row.text(1)),
                    at: Timestamp(milliseconds: row.integer(2)), reason: reason, authority: row.text(4),
                    note: row.optionalText(5)))
        }
        return result
    }

    // MARK: Erasing

    func erase(_ erasure: Erasure, salt: [UInt8]) throws -> ErasedRemains {
        guard let place = try place(of: erasure.post) else {
            throw StoreError.damaged("post \(erasure.post), which is missing")
        }
        let kept = try stripEvidence(ofPost: place.number)
        for sql in [
            "UPDATE contents SET salt = NULL, bytes = NULL WHERE post = ?",
            "UPDATE former_contents SET salt = NULL, bytes = NULL WHERE post = ?",
            "UPDATE posts SET aside = NULL, author = NULL WHERE number = ?",
            "UPDATE former_evaluations SET aside = NULL WHERE post = ?",
            "DELETE FROM likenesses WHERE post = ?",
        ] {
            let row = try prepare(sql)
            row.bind(1, place.number)
            try row.run()
        }
        for sql in [
            "DELETE FROM drafts WHERE post = ?",
            "UPDATE decisions SET note = NULL, note_salt = NULL, author = NULL WHERE number IN (\(Self.decisionsOnPost))",
            """
            UPDATE marks SET reason = NULL, salt = NULL
              WHERE decision IN (SELECT id FROM decisions WHERE number IN (\(Self.decisionsOnPost)))
            """,
        ] {
            let row = try prepare(sql)
            row.bind(1, erasure.post.rawValue)
            try row.run()
        }
        try keep(erasure, ofPost: place.number, salt: salt)
        return try remains(ofPost: place.number, kept: kept)
    }

    private func keep(_ erasure: Erasure, ofPost number: Int64, salt: [UInt8]) throws {
        let row = try prepare("INSERT INTO erasures VALUES (?, ?, ?, ?, ?, ?, ?)")
        row.bind(1, number)
        row.bind(2, erasure.at.milliseconds)
        row.bind(3, erasure.person.rawValue)
        row.bind(4, erasure.reason.rawValue)
        row.bind(5, erasure.authority)
        row.bind(6, erasure.note)
        row.bind(7, salt)
        try row.run()
    }

    private func remains(ofPost number: Int64, kept: [String]) throws -> ErasedRemains {
        let row = try prepare(
            """
            SELECT name, language, flags, deadline, -rank FROM posts JOIN sources ON sources.number = source
              JOIN shelves ON shelves.number = shelf WHERE posts.number = ?
            """)
        defer { row.reset() }
        row.bind(1, number)
        guard try row.step() else { throw StoreError.damaged("a post's source or shelf") }
        let language = row.text(1)
        return ErasedRemains(
            source: row.text(0), language: language.isEmpty ? nil : language, flagCount: row.int(2),
            deadline: row.optionalInteger(3).map { Timestamp(milliseconds: $0) }, priority: row.int(4),
            kept: kept)
    }

    /// Leaves of findings which rules they were; gives the digests of what is left, oldest evaluation first.
    private func stripEvidence(ofPost number: Int64) throws -> [String] {
        try stripEvidence(in: "former_evaluations", where: "post", is: number, key: "number")
            + stripEvidence(in: "posts", where: "number", is: number, key: "number")
    }

    private func stripEvidence(
        in table: StaticString, where column: StaticString, is number: Int64, key: StaticString
    ) throws -> [String] {
        let row = try prepare("SELECT \(key), findings FROM \(table) WHERE \(column) = ? ORDER BY \(key)")
        row.bind(1, number)
        var found: [(key: Int64, bytes: [UInt8])] = []
        while try row.step() { found.append((row.integer(0), row.isNull(1) ? [] : row.blob(1))) }
        return try found.map { key, bytes in
            guard !bytes.isEmpty else { return ContentCommitment.sha256([]) }
            guard let findings = try? FindingsForm.findings(from: bytes) else {
                throw StoreError.damaged("what the rules said of a post")
            }
            let bare = findings.map { finding in
                var finding = finding
                finding.evidence = []
                return finding
            }
            let left = FindingsForm.bytes(of: bare)
            let update = try prepare("UPDATE \(table) SET findings = ? WHERE number = ?")
            update.bind(1, left)
            update.bind(2, key)
            try update.run()
            return ContentCommitment.sha256(left)
        }
    }

    func emptyRejected(holding texts: [[UInt8]]) throws -> Int {
        var count = 0
        for text in texts {
            let row = try prepare("UPDATE rejected SET bytes = ?1 WHERE instr(bytes, ?2) > 0")
            row.bind(1, [])
            row.bind(2, text)
            count += try row.run()
        }
        return count
    }
}
