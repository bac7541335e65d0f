import Moderation

extension PortableRecord {
    // MARK: Writing

    /// The record as JSON of the ledger's kinds.
    public var value: LedgerValue {
        var members: [String: LedgerValue] = [
            "exposure": [
                "days": .array(days.map(\.value)), "dose": .integer(dose),
                "full_dose": .integer(Self.fullDose),
            ],
            "made_at": .string(madeAt.rfc3339), "paid": .array(paid.map(\.value)), "person": .string(person),
            "salt": .string(salt), "site": ["key": .string(key), "name": .string(site)],
            "skills": [
                "audits": audits.value, "languages": .array(languages.map(\.value)),
                "policies": .array(policies.map(\.value)),
            ],
            "work": [
                "days": .integer(workDays), "decisions": .integer(decisions),
                "shifts": .array(shifts.map(\.value)), "worked_ms": .integer(worked),
            ],
        ]
        if let since { members["since"] = .string(since.text) }
        return .object(members)
    }

    /// What stands in the ledger for the record: SHA-256 over its salt and its canonical JSON, in hexadecimal.
    public var digest: String {
        let salt = Hexadecimal.bytes(salt) ?? []
        return Hexadecimal.string(ContentCommitment.digest(salt: salt, bytes: CanonicalJSON.bytes(of: value)))
    }

    // MARK: Reading

    /// Reads a record, and notes sums that are not those of their parts.
    init(_ shape: RecordShape, problems: inout [RecordProblem]) throws(RecordProblem) {
        let members = try shape.object(
            ["exposure", "made_at", "paid", "person", "salt", "site", "skills", "work"], optional: ["since"])
        let siteMembers = try members.object("site", ["key", "name"])
        key = try siteMembers.hexadecimal("key", bytes: 32)
        site = try siteMembers.text("name")
        person = try members.text("person")
        madeAt = try members.moment("made_at")
        since = members.has("since") ? try members.day("since") : nil
        salt = try members.hexadecimal("salt", bytes: 16)
        let exposure = try members.object("exposure", ["days", "dose", "full_dose"])
        days = []
        for shape in try exposure.list("days") { days.append(try Day(shape, problems: &problems)) }
        let skills = try members.object("skills", ["audits", "languages", "policies"])
        policies = []
        for shape in try skills.list("policies") { policies.append(try Policy(shape)) }
        languages = []
        for shape in try skills.list("languages") { languages.append(try Language(shape)) }
        let work = try members.object("work", ["days", "decisions", "shifts", "worked_ms"])
        shifts = []
        for shape in try work.list("shifts") { shifts.append(try Shift(shape)) }
        paid = []
        for shape in try members.list("paid") { paid.append(try Paid(shape, problems: &problems)) }

        func compare(_ members: RecordShape.Members, _ name: String, _ sum: Int64) throws(RecordProblem) {
            let told = try members.amount(name)
            if told != sum {
                problems.append(RecordProblem(members.path(name), .wrongSum(parts: sum, told: told)))
            }
        }
        try compare(exposure, "dose", dose)
        try compare(exposure, "full_dose", Self.fullDose)
        try compare(work, "days", workDays)
        try compare(work, "worked_ms", worked)
        try compare(work, "decisions", decisions)
        try compare(work, "decisions", languages.reduce(0) { $0.addingClamped($1.decisions) })
        let audits = try Audits(skills.shape("audits"))
        if audits != self.audits {
            let (own, told) = (self.audits, audits)
            for (name, sum, told) in [
                ("agree", own.agree, told.agree), ("disagree", own.disagree, told.disagree),
                ("unclear", own.unclear, told.unclear),
            ] where sum != told {
                problems.append(
                    RecordProblem("\(skills.path("audits")).\(name)", .wrongSum(parts: sum, told: told)))
            }
        }
    }
}

extension PortableRecord.Day {
    var value: LedgerValue {
        [
            "day": .string(day.text), "dose": .integer(dose), "ends_at": .string(endsAt.rfc3339),
            "hazards": .object(
                Dictionary(
                    uniqueKeysWithValues: hazards.map { hazard, part in
                        (
                            hazard.rawValue,
                            ["dose": .integer(part.dose), "visible_ms": .integer(part.visible)]
                        )
                    })),
        ]
    }

    fileprivate init(_ shape: RecordShape, problems: inout [RecordProblem]) throws(RecordProblem) {
        let members = try shape.object(["day", "dose", "ends_at", "hazards"])
        day = try members.day("day")
        endsAt = try members.moment("ends_at")
        hazards = [:]
        let parts = try members.shape("hazards").object([], optional: Set(Hazard.allCases.map(\.rawValue)))
        for hazard in Hazard.allCases where parts.has(hazard.rawValue) {
            let part = try parts.object(hazard.rawValue, ["dose", "visible_ms"])
            hazards[hazard] = PortableRecord.Part(
                visible: try part.amount("visible_ms"), dose: try part.amount("dose"))
        }
        let told = try members.amount("dose")
        if told != dose {
            problems.append(RecordProblem(members.path("dose"), .wrongSum(parts: dose, told: told)))
        }
    }
}

extension PortableRecord.Shift {
    var value: LedgerValue {
        [
            "breaks_ms": .integer(breaks), "ended_at": .string(endedAt.rfc3339), "ended_by": .string(endedBy),
            "shift": .string(id), "started_at": .string(startedAt.rfc3339), "worked_ms": .integer(worked),
        ]
    }

    fileprivate init(_ shape: RecordShape) throws(RecordProblem) {
        let members = try shape.object(
            ["breaks_ms", "ended_at", "ended_by", "shift", "started_at", "worked_ms"])
        self.init(
            id: try members.text("shift"), startedAt: try members.moment("started_at"),
            endedAt: try members.moment("ended_at"), endedBy: try members.text("ended_by"),
            breaks: try members.amount("breaks_ms"), worked: try members.amount("worked_ms"))
    }
}

extension PortableRecord.Paid {
    var value: LedgerValue {
        [
            "basis": .string(basis), "currency": .string(currency), "digits": .integer(digits),
            "items": .integer(items), "rate": .integer(rate), "total": .integer(total),
            "worked_ms": .integer(worked),
        ]
    }

    fileprivate init(_ shape: RecordShape, problems: inout [RecordProblem]) throws(RecordProblem) {
        let members = try shape.object(
            ["basis", "currency", "digits", "items", "rate", "total", "worked_ms"])
        self.init(
            basis: try members.text("basis", oneOf: ["hour", "item"]), rate: try members.amount("rate"),
            currency: try members.text("currency"), digits: try members.amount("digits"),
            worked: try members.amount("worked_ms"), items: try members.amount("items"),
            total: try members.amount("total"))
        if total != sum {
            problems.append(RecordProblem(members.path("total"), .wrongSum(parts: sum, told: total)))
        }
    }

    /// What the rate makes of it, rounded down.
    var sum: Int64 {
        let (count, unit) = basis == "hour" ? (worked, Int64(3_600_000)) : (items, 1)
        let product = UInt64(max(0, rate)).multipliedFullWidth(by: UInt64(max(0, count)))
        guard product.high < UInt64(unit) else { return .max }
        return Int64(clamping: UInt64(unit).dividingFullWidth(product).quotient)
    }
}

extension PortableRecord.Audits {
    var value: LedgerValue {
        ["agree": .integer(agree), "disagree": .integer(disagree), "unclear": .integer(unclear)]
    }

    fileprivate init(_ shape: RecordShape) throws(RecordProblem) {
        let members = try shape.object(["agree", "disagree", "unclear"])
        self.init(
            agree: try members.amount("agree"), disagree: try members.amount("disagree"),
            unclear: try members.amount("unclear"))
    }
}

extension PortableRecord.Policy {
    var value: LedgerValue {
        ["audits": audits.value, "decisions": .integer(decisions), "policy": .string(policy)]
    }

    fileprivate init(_ shape: RecordShape) throws(RecordProblem) {
        let members = try shape.object(["audits", "decisions", "policy"])
        self.init(
            policy: try members.text("policy"), decisions: try members.amount("decisions"),
            audits: try PortableRecord.Audits(members.shape("audits")))
    }
}

extension PortableRecord.Language {
    var value: LedgerValue { ["decisions": .integer(decisions), "language": .string(language)] }

    fileprivate init(_ shape: RecordShape) throws(RecordProblem) {
        let members = try shape.object(["decisions", "language"])
        self.init(language: try members.text("language"), decisions: try members.amount("decisions"))
    }
}
