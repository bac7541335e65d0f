import Exposure
import Ledger
import Moderation
import Store

extension TableCheck {
    // MARK: Dose from other sites

    func checkTakenDays() throws {
        struct Key: Hashable { var person, source, day: String }
        var left: [Key: (dose: Int64, endsAt: Int64, entry: Int64)] = [:]
        // The commitment to a site's key stands in the first entry about it.
        var origins: [Key: String] = [:]
        for number in fold.takings {
            let entry = try entry(number)
            guard let person = entry.person?.rawValue, let source = entry.text("source") else { continue }
            let origin = Key(person: person, source: source, day: "")
            origins[origin] = origins[origin] ?? entry.text("origin_digest")
            for day in entry.fields["days"]?.list ?? [] {
                guard let members = day.members, let name = members["day"]?.text,
                    let dose = members["dose"]?.number,
                    let end = members["ends_at"]?.text.flatMap({ Timestamp(rfc3339: $0) })
                else { continue }
                let key = Key(person: person, source: source, day: name)
                let before = left[key]
                left[key] = (
                    max(dose, before?.dose ?? 0), max(end.milliseconds, before?.endsAt ?? .min), number
                )
            }
        }
        try each(.takenDays) { check, row in
            let person = row.text("person") ?? ""
            let source = row.text("source") ?? ""
            let day = row.integer("day").map { UTCDay(number: $0).text } ?? ""
            let name = "\(person) \(day)"
            guard let told = left.removeValue(forKey: Key(person: person, source: source, day: day)) else {
                return check.note(.takenDays, name, .untold)
            }
            row.expect("dose", told.dose)
            row.expect("ends_at", told.endsAt)
            row.expect(
                "site_key", salt: "salt",
                committedAs: origins[Key(person: person, source: source, day: "")])
            check.finish(row, name, entry: told.entry)
        }
        if let (key, told) = left.min(by: { $0.value.entry < $1.value.entry }) {
            note(.takenDays, "\(key.person) \(key.day)", .missing, entry: told.entry)
        }
    }

    // MARK: Conditions

    func checkConditions() throws {
        try eachNumbered(.conditions, told: fold.conditions) { _, row, entry, _ in
            let conditions = row.text("card").flatMap { Self.card(Conditions.self, $0) }
            row.expect("card", that: conditions.map(\.told) == entry.fields)
            row.expect("set_by", entry.person?.rawValue)
            row.expect("since", entry.at.milliseconds)
        }
    }

    // MARK: Handovers

    func checkHandovers() throws {
        let courses = fold.handovers
        try eachNumbered(.handovers, told: courses.map(\.began)) { check, row, entry, number in
            row.expect("id", entry.text("handover"))
            row.expect("person", entry.person?.rawValue)
            row.expect("physician", entry.text("physician"))
            row.expect("at", entry.at.milliseconds)
            let revoked = courses.first { $0.began == number }?.last
            row.expect("revoked_at", try revoked.map { try check.entry($0).at.milliseconds })
            guard revoked == nil else {
                row.expect("salt", .null)
                return row.expect("record", .null)
            }
            let words = row.bytes("record").map {
                ContentCommitment.digest(salt: row.bytes("salt") ?? [], bytes: $0)
            }
            row.expect("record", that: row.bytes("salt")?.count == 16)
            row.expect("record", that: words.map { Hexadecimal.string($0) } == entry.text("record_digest"))
        }
        try eachNumbered(.handoverLooks, told: fold.handoverLooks) { _, row, entry, _ in
            row.expect("handover", entry.text("handover"))
            row.expect("physician", entry.person?.rawValue)
            row.expect("at", entry.at.milliseconds)
        }
    }
}
