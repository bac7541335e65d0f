import Ledger
import Moderation
import Store

extension TableCheck {
    // MARK: Samples

    func checkSamples() throws {
        let courses = fold.samples
        try eachNumbered(.samples, told: courses.map(\.began)) { check, row, entry, number in
            row.expect("id", entry.text("sample"))
            row.expect("blind", entry.fields["blind"] == .bool(true) ? 1 : 0)
            let sample = row.text("card").flatMap { Self.card(Sample.self, $0) }
            row.expect("card", that: sample?.terms == entry.fields && sample?.ledgerSize == number)
            row.expect("card", that: sample?.by == entry.person && sample?.at == entry.at)
            let drawn = courses.first { $0.began == number }?.last
            row.expect("card", that: sample?.draw?.entry == drawn)
            guard let drawn, let draw = sample?.draw else { return }
            let id = SampleID(entry.text("sample") ?? "")
            row.expect("card", that: draw.fields(id) == (try check.entry(drawn)).fields)
        }
    }

    /// The decisions of each sample, by the digest that the entry tells of all of them.
    func checkSampleItems() throws {
        var left: [String: (entry: Int64, digest: String)] = [:]
        for number in fold.samples.compactMap(\.last) {
            let told = try entry(number)
            left[told.text("sample") ?? ""] = (number, told.text("digest") ?? "")
        }
        var present: (sample: String, drawn: DrawnDigest)?
        func finish() {
            guard let (sample, drawn) = present else { return }
            let told = left.removeValue(forKey: sample)
            guard let told else { return note(.sampleItems, sample, .untold) }
            guard drawn.hex == told.digest else {
                return note(.sampleItems, sample, .differs(column: "decision"), entry: told.entry)
            }
        }
        try each(.sampleItems) { check, row in
            let sample = row.text("sample") ?? ""
            if present?.sample != sample {
                finish()
                present = (sample, DrawnDigest())
            }
            present?.drawn.take(row.text("decision") ?? "")
            row.expect("position", present?.drawn.count)
            let name = "\(sample) \(row.integer("position") ?? 0)"
            check.finish(row, name, entry: left[sample]?.entry)
        }
        if found[.sampleItems] == nil { finish() }
        let missing = left.filter { $0.value.digest != DrawnDigest().hex }
        if let (sample, told) = missing.min(by: { $0.value.entry < $1.value.entry }) {
            note(.sampleItems, sample, .missing, entry: told.entry)
        }
    }

    // MARK: Marks

    func checkMarks() throws {
        let erased = try erasures()
        try eachNumbered(.marks, told: fold.marks) { _, row, entry, number in
            for column in ["decision", "sample", "verdict", "action", "policy"] {
                row.expect(column, entry.text(column))
            }
            row.expect("rater", entry.person?.rawValue)
            row.expect("at", entry.at.milliseconds)
            let post = LedgerFold.Name(entry.post?.rawValue ?? "")
            let digest = entry.text("reason_digest")
            if digest == nil || erased[post].map({ $0 > number }) ?? false {
                row.expect("reason", .null)
                return row.expect("salt", .null)
            }
            row.expect("reason", salt: "salt", committedAs: digest)
        }
    }

    // MARK: Openings

    func checkOpenings() throws {
        let told = fold.openings
        var next = 0
        try eachNumbered(.openings, told: told.compactMap(\.first)) { check, row, entry, _ in
            let entries = try check.entries(told[next]).compactMap(\.self)
            next += 1
            row.expect("id", entry.text("request"))
            row.expect("concerned", entry.text("who"))
            row.expect("opened_at", entries.first { $0.kind == .pseudonymOpened }?.at.milliseconds)
            let card = row.text("card").flatMap { Self.card(Opening.self, $0) }
            row.expect("card", that: card != nil && card == card.flatMap { Self.opening($0, told: entries) })
            let digest = card.flatMap { RowCheck.digest(of: $0.reason, salt: $0.salt) }
            row.expect("card", that: digest != nil && digest == entry.text("reason_digest"))
        }
    }

    /// A request as its entries tell it, but for its reason, to which they only commit.
    private static func opening(_ kept: Opening, told entries: [LedgerEntry]) -> Opening? {
        guard let first = entries.first else { return nil }
        var opening = Opening(
            id: OpeningID(first.text("request") ?? ""), concerned: PersonID(first.text("who") ?? ""),
            requester: first.person ?? PersonID(""), reason: kept.reason, salt: kept.salt,
            requestedAt: first.at)
        for entry in entries.dropFirst() {
            switch entry.kind {
            case .openingApproved, .openingRefused:
                opening.answeredBy = entry.person
                opening.answeredAt = entry.at
                opening.isApproved = entry.kind == .openingApproved
            case .pseudonymOpened: opening.openedAt = entry.at
            default: break
            }
        }
        return opening
    }

    // MARK: Statements

    /// Which decisions were stated, by the digest of all that one entry tells of.
    func checkStatements() throws {
        var digests: [Int64: (digest: StatedDigest, last: String)] = [:]
        let told = try Dictionary(uniqueKeysWithValues: fold.statements.map { ($0, try entry($0)) })
        try each(.statements) { check, row in
            let name = "\(row.integer("decision") ?? 0)"
            guard let number = row.integer("entry"), let entry = told[number] else {
                return check.note(.statements, name, .untold)
            }
            row.expect("at", entry.at.milliseconds)
            check.finish(row, name, entry: number)
            digests[number, default: (StatedDigest(), name)].digest.take(row.integer("decision") ?? 0)
            digests[number]?.last = name
        }
        for number in fold.statements where found[.statements] == nil {
            guard let seen = digests[number] else { note(.statements, "?", .missing, entry: number); break }
            let isRight =
                told[number]?.number("count") == seen.digest.count
                && told[number]?.text("digest") == seen.digest.hex
            if !isRight { note(.statements, "…\(seen.last)", .differs(column: "decision"), entry: number) }
        }
    }
}
