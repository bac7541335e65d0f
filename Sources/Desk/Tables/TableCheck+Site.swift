import Exposure
import Foundation
import Ledger
import Moderation
import Store

extension TableCheck {
    func checkSite() throws {
        guard let made = fold.site else { return }
        let first = try entry(made)
        let key = try fold.key.map { try entry($0).text("key") } ?? first.text("public_key")
        let form: Int64 = fold.fullFrom == nil ? 1 : 2
        var count = 0
        try each(.site) { check, row in
            count += 1
            row.expect("name", first.text("name"))
            row.expect("demo", first.fields["demo"] == .bool(true) ? 1 : 0)
            row.expect("public_key", key)
            row.expect("created_at", first.at.milliseconds)
            row.expect("form", form)
            check.finish(row, "1", entry: row.wrong == "public_key" ? check.fold.key ?? made : made)
        }
        if count == 0 { note(.site, "1", .missing, entry: made) }
    }

    // MARK: Policies

    func checkBundles() throws {
        var left = fold.bundleNames
        try each(.bundles) { check, row in
            let digest = row.text("digest") ?? ""
            guard left.remove(digest) != nil else { return check.note(.bundles, digest, .untold) }
            row.expect(
                "canonical",
                that: ContentCommitment.sha256(Array((row.text("canonical") ?? "").utf8)) == digest)
            check.finish(row, digest, entry: nil)
        }
        if let digest = left.min() { note(.bundles, digest, .missing) }
        try eachNumbered(.bundlesInForce, told: fold.bundles) { _, row, entry, _ in
            row.expect("bundle", entry.text("bundle"))
            row.expect("since", entry.at.milliseconds)
        }
    }

    func checkLimits() throws {
        try eachNumbered(.limits, told: fold.limits) { _, row, entry, _ in
            let limits = row.text("card").flatMap { Self.card(Limits.self, $0) }
            let figures = limits.map { limits in
                Dictionary(uniqueKeysWithValues: limits.canonical.map { ($0.0, $0.1) })
            }
            let told = entry.fields["limits"]?.members?.compactMapValues(\.number)
            row.expect("card", that: figures != nil && figures == told)
            row.expect("set_by", entry.person?.rawValue)
            row.expect("since", entry.at.milliseconds)
        }
    }

    func checkAutomations() throws {
        let courses = fold.automations
        try eachNumbered(.automations, told: courses.map(\.began)) { check, row, entry, number in
            row.expect("bundle", entry.text("bundle"))
            row.expect("rule", entry.text("rule"))
            row.expect("action", entry.text("action"))
            row.expect("approved_by", entry.person?.rawValue)
            row.expect("since", entry.at.milliseconds)
            if check.isFull(number) || row.bytes("salt") != nil {
                row.expect("reason", salt: "salt", committedAs: entry.text("reason_digest"))
            }
            let ended = courses.first { $0.began == number }?.last
            row.expect("ended_at", try ended.map { try check.entry($0).at.milliseconds })
        }
    }

    func checkObjections() throws {
        try eachNumbered(.objections, told: fold.objections) { check, row, entry, number in
            row.expect("rule", entry.text("rule"))
            row.expect("post", entry.post?.rawValue)
            row.expect("version", entry.number("version"))
            row.expect("bundle", entry.text("bundle"))
            row.expect("person", entry.person?.rawValue)
            row.expect("at", entry.at.milliseconds)
            if check.isFull(number) { row.expect("policy", entry.text("policy")) }
        }
    }

    // MARK: Roster

    func checkPeople() throws {
        var left = fold.people
        try each(.people) { check, row in
            let id = row.text("id") ?? ""
            guard let number = left.removeValue(forKey: id) else { return check.note(.people, id, .untold) }
            let entry = try check.entry(number)
            let card = row.text("card").flatMap { Self.card(Person.self, $0) }
            row.expect("card", that: card?.id.rawValue == id)
            row.expect(
                "card", that: card.map { Self.words($0.roles.map(\.rawValue)) } == entry.fields["roles"])
            row.expect(
                "card", that: card.map { Self.words(Array($0.languages)) } == entry.fields["languages"])
            row.expect("card", that: card.map { .bool($0.isActive) } == entry.fields["active"])
            row.expect("active", entry.fields["active"] == .bool(true) ? 1 : 0)
            row.expect("user", card?.user)
            row.expect("name", card?.name)
            if let told = entry.text("identity"), let user = row.text("user"), let name = row.text("name") {
                let salt = row.bytes("salt") ?? []
                row.expect("name", that: Commitment.identity(user: user, name: name, salt: salt) == told)
            }
            check.finish(row, id, entry: number)
        }
        if let (id, number) = left.min(by: { $0.value < $1.value }) {
            note(.people, id, .missing, entry: number)
        }
    }

    private static func words(_ words: [String]) -> LedgerValue { .array(words.sorted().map { .string($0) }) }

    static func card<Value: Decodable>(_: Value.Type, _ text: String) -> Value? {
        try? JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }
}
