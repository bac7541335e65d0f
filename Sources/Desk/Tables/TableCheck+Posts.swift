import Ledger
import Moderation
import Store

extension TableCheck {
    func checkPosts() throws {
        try pieces(.posts) { check, rows in
            var checked: [(row: RowCheck, id: String, post: LedgerFold.Post)] = []
            for row in rows {
                let row = RowCheck(.posts, row)
                check.counts.take(row)
                let id = row.text("id") ?? ""
                guard check.found[.posts] == nil else { continue }
                if let post = check.fold.crossOffPost(LedgerFold.Name(id)) {
                    checked.append((row, id, post))
                } else {
                    check.note(.posts, id, .untold)
                }
            }
            let told = try check.entries(checked.map(\.post.evaluated))
            for (index, (row, id, post)) in checked.enumerated() where check.found[.posts] == nil {
                guard let entry = told[index] else {
                    throw StoreError.damaged("entry \(post.evaluated) of the ledger")
                }
                var row = row
                let takenIn = post.takenIn == post.evaluated ? entry : try check.entry(post.takenIn)
                check.expectPlace(&row, post, entry, takenIn: takenIn)
                if let erased = post.erased {
                    Self.expectErased(&row, try check.entry(erased))
                } else {
                    check.expectContent(&row, entry, full: check.isFull(post.evaluated))
                }
                let said = row.wrong == "state" ? post.moved : post.erased ?? post.evaluated
                check.finish(row, id, entry: said)
            }
        }
        if let post = fold.posts.values.min(by: { $0.takenIn < $1.takenIn }) {
            note(.posts, try entry(post.takenIn).post?.rawValue ?? "?", .missing, entry: post.takenIn)
        }
    }

    // MARK: What entries say themselves

    private func expectPlace(
        _ row: inout RowCheck, _ post: LedgerFold.Post, _ entry: LedgerEntry, takenIn: LedgerEntry
    ) {
        row.expect("number", post.ordinal)
        row.expect("named", post.ordinal)
        row.expect("taken_in_at", takenIn.at.milliseconds)
        row.expect("version", entry.number("version"))
        row.expect("state", post.state.rawValue)
        row.expect("hazard", Self.level(entry.text("hazard")))
        row.expect("bundle", entry.text("bundle"))
        row.expect("content_version", entry.number("version"))
        row.expect("digest", .bytes(entry.text("content").flatMap { Hexadecimal.bytes($0) } ?? []))
        if post.takenIn == post.evaluated {
            row.expect("evaluated_at", .null)
        } else if isFull(post.evaluated) || row["evaluated_at"] != .null {
            row.expect("evaluated_at", entry.at.milliseconds)
        }
        expectRecommendation(&row, entry, full: isFull(post.evaluated))
    }

    private func expectRecommendation(_ row: inout RowCheck, _ entry: LedgerEntry, full: Bool) {
        row.expect("action", entry.text("recommended"))
        if full { row.expect("rule", entry.text("recommended_rule")) }
        guard let rule = row.text("rule") else {
            row.expect("rule", .null)
            return row.expect("policy", .null)
        }
        let findings = row.bytes("findings").flatMap { try? FindingsForm.findings(from: $0) } ?? []
        let finding = findings.first { $0.rule.rawValue == rule }
        row.expect("policy", finding?.policy.rawValue)
    }

    // MARK: What follows from the content

    /// Salt and bytes must give the digest that the entry commits to; everything else follows from them.
    private func expectContent(_ row: inout RowCheck, _ entry: LedgerEntry, full: Bool) {
        guard row.wrong == nil else { return }
        let salt = row.bytes("salt") ?? []
        guard let bytes = row.bytes("bytes") else { return row.expect("bytes", that: false) }
        row.expect("bytes", .bytes(bytes))
        let digest = ContentCommitment.digest(salt: salt, bytes: bytes)
        row.expect("bytes", that: row["digest"] == .bytes(digest) && salt.count == 16)
        Self.expectEvaluation(&row, salt: salt, entry)
        guard row.wrong == nil, let content = ContentFacts(bytes) else { return }
        row.expect("source", content.source)
        row.expect("language", content.language ?? "")
        row.expect("flags", Int64(content.flags))
        row.expect("deadline", content.deadline?.milliseconds)
        row.expect("policies", Self.policies(row))
        let hazard = entry.text("hazard").flatMap { Hazard(rawValue: $0) } ?? .none
        let priority = Priority.of(
            flags: content.flags, isTrusted: content.isTrusted, deadline: content.deadline, hazard: hazard,
            at: entry.at)
        row.expect("rank", -Int64(priority))
        expectAuthor(&row, content.author, full: full)
    }

    /// Posts from before authors were numbered have no number; they are the first ones.
    private func expectAuthor(_ row: inout RowCheck, _ author: Int64?, full: Bool) {
        if row["author"] == .null, !full, !sawAuthor { return }
        row.expect("author", author)
        if author != nil { sawAuthor = true }
    }

    private static func policies(_ row: RowCheck) -> String {
        let findings = row.bytes("findings").flatMap { try? FindingsForm.findings(from: $0) } ?? []
        return Set(findings.map(\.policy.rawValue)).sorted().joined(separator: "\n")
    }

    static func expectEvaluation(_ row: inout RowCheck, salt: [UInt8], _ entry: LedgerEntry) {
        let findings = row.bytes("findings")
        let aside = row.bytes("aside")
        guard findings != nil || aside != nil else {
            row.expect("findings", that: entry.text("evaluation") == nil && row["findings"] == .null)
            return row.expect("aside", .null)
        }
        let digest = EvaluationCommitment.digest(findings: findings, aside: aside, salt: salt)
        row.expect("findings", that: digest == entry.text("evaluation"))
    }

    // MARK: What stays of an erased post

    /// What an erasure leaves is told by its entry.
    private static func expectErased(_ row: inout RowCheck, _ erased: LedgerEntry) {
        for column in ["salt", "bytes", "aside", "author"] { row.expect(column, .null) }
        row.expect("source", erased.text("source"))
        row.expect("language", erased.text("language") ?? "")
        row.expect("flags", erased.number("flags"))
        row.expect("deadline", erased.number("deadline"))
        row.expect("rank", erased.number("priority").map { -$0 })
        row.expect("policies", policies(row))
        row.expect("findings", that: keptDigest(row) == erased.fields["kept"]?.list?.last?.text)
    }

    static func keptDigest(_ row: RowCheck) -> String {
        ContentCommitment.sha256(row.bytes("findings") ?? [])
    }

    // MARK: Counts

    /// Names beyond those of posts, and fences that would be given a second time.
    func checkNames() throws {
        let names = try tx.nameCount()
        if names != fold.postCount { note(.posts, "ids", .differs(column: "named")) }
        if try tx.lastFence() < fold.lastFence { note(.claims, "fence", .differs(column: "fence")) }
    }

    func checkCounts() throws {
        var left = counts.shelves
        try each(.shelfCounts) { check, row in
            let name = "\(row.text("state") ?? "?") on \(row.integer("shelf") ?? -1)"
            row.expect("posts", left.removeValue(forKey: [row["state"], row["shelf"]]) ?? 0)
            check.finish(row, name, entry: nil)
        }
        if let (place, _) = left.first { note(.shelfCounts, "\(place)", .missing) }
        var sources = counts.sources
        try each(.sources) { check, row in
            let name = row.text("name") ?? ""
            row.expect("posts", sources.removeValue(forKey: name) ?? 0)
            check.finish(row, name, entry: nil)
        }
        if let name = sources.keys.min() { note(.sources, name, .missing) }
    }
}

/// How many posts stand where, counted on the way over all of them.
struct PostCounts {
    private(set) var shelves: [[KeptValue]: Int64] = [:]
    private(set) var sources: [String: Int64] = [:]

    mutating func take(_ row: RowCheck) {
        shelves[[row["state"], row["shelf"]], default: 0] += 1
        if let source = row.text("source") { sources[source, default: 0] += 1 }
    }
}

/// What of a post's canonical content has a column of its own.
struct ContentFacts {
    let source: String
    let language: String?
    let flags: Int
    let isTrusted: Bool
    let deadline: Timestamp?
    let author: Int64?

    /// Reads them; `nil` for bytes that hold no post.
    init?(_ bytes: [UInt8]) {
        if let members = CanonicalReader.members(of: bytes) {
            let flags = members["flags"]?.list ?? []
            source = members["source"]?.text ?? ""
            language = members["language"]?.text
            self.flags = flags.count
            isTrusted = flags.contains { $0.members?["trusted"] == .bool(true) }
            deadline = members["deadline"]?.number.map { Timestamp(milliseconds: $0) }
            author = Desk.authorNumber(source: source, handle: members["author"]?.members?["handle"]?.text)
        } else {
            // Fractions and nulls can stand in what a platform sent beside.
            guard let post = try? ContentCommitment.post(from: bytes) else { return nil }
            source = post.source
            language = post.language
            flags = post.flags.count
            isTrusted = post.flags.contains(where: \.isTrusted)
            deadline = post.deadline
            author = Desk.authorNumber(of: post)
        }
    }
}
