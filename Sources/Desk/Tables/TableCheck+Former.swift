import Ledger
import Moderation
import Store

extension TableCheck {
    func checkFormerContents() throws {
        var left = fold.formerVersions
        try each(.formerContents) { check, row in
            let id = row.text("post") ?? ""
            let name = LedgerFold.Name(id)
            guard check.fold.share.holds(name) else { return }
            let version = row.integer("version") ?? 0
            let place = "\(id) version \(version)"
            guard let number = left.removeValue(forKey: .init(post: name, version: version)) else {
                return check.note(.formerContents, place, .untold)
            }
            let told = try check.entry(number)
            row.expect("digest", .bytes(told.text("content").flatMap { Hexadecimal.bytes($0) } ?? []))
            let erased = check.fold.posts[name]?.erased
            if erased != nil {
                row.expect("salt", .null)
                row.expect("bytes", .null)
            } else {
                let digest = ContentCommitment.digest(
                    salt: row.bytes("salt") ?? [], bytes: row.bytes("bytes") ?? [])
                row.expect("bytes", that: row["digest"] == .bytes(digest) && row.bytes("salt")?.count == 16)
            }
            check.finish(row, place, entry: erased ?? number)
        }
        if let number = left.values.min() {
            note(.formerContents, try entry(number).post?.rawValue ?? "?", .missing, entry: number)
        }
    }

    func checkFormerEvaluations() throws {
        let replaced = fold.replaced
        var next = 0
        try each(.formerEvaluations) { check, row in
            let place = row.integer("number").map { "\($0)" } ?? "?"
            guard next < replaced.count else { return check.note(.formerEvaluations, place, .untold) }
            let number = replaced[next]
            next += 1
            guard let number else { return }
            let told = try check.entry(number)
            row.expect("number", Int64(next))
            row.expect("post", told.post?.rawValue)
            row.expect("version", told.number("version"))
            row.expect("at", told.at.milliseconds)
            row.expect("bundle", told.text("bundle"))
            row.expect("hazard", Self.level(told.text("hazard")))
            row.expect("action", told.text("recommended"))
            if check.isFull(number) { row.expect("rule", told.text("recommended_rule")) }
            let name = LedgerFold.Name(told.post?.rawValue ?? "")
            let erased = check.fold.posts[name]?.erased
            if let erased {
                let kept = try check.entry(erased).fields["kept"]?.list ?? []
                let place = check.erasedSeen[name, default: 0]
                check.erasedSeen[name] = place + 1
                row.expect("aside", .null)
                row.expect("findings", that: place < kept.count && Self.keptDigest(row) == kept[place].text)
            } else {
                Self.expectEvaluation(&row, salt: row.bytes("salt") ?? [], told)
            }
            let findings = row.bytes("findings").flatMap { try? FindingsForm.findings(from: $0) } ?? []
            row.expect("policy", findings.first { $0.rule.rawValue == row.text("rule") }?.policy.rawValue)
            check.finish(row, place, entry: erased ?? number)
        }
        let rest = replaced.dropFirst(next)
        if found[.formerEvaluations] == nil, let number = rest.first(where: { $0 != nil }) ?? nil {
            note(.formerEvaluations, "\(next + 1)", .missing, entry: number)
        }
    }

    func checkErasures() throws {
        var left: [LedgerFold.Name: Int64] = fold.posts.compactMapValues(\.erased)
        try each(.erasures) { check, row in
            let id = row.text("post") ?? ""
            let name = LedgerFold.Name(id)
            guard check.fold.share.holds(name) else { return }
            guard let number = left.removeValue(forKey: name) else {
                return check.note(.erasures, id, .untold)
            }
            let told = try check.entry(number)
            row.expect("at", told.at.milliseconds)
            row.expect("person", told.person?.rawValue)
            row.expect("reason", told.text("reason"))
            row.expect("authority", salt: "salt", committedAs: told.text("authority_digest"))
            row.expect("note", salt: "salt", committedAs: told.text("note_digest"))
            check.finish(row, id, entry: number)
        }
        if let number = left.values.min() {
            note(.erasures, try entry(number).post?.rawValue ?? "?", .missing, entry: number)
        }
    }
}
