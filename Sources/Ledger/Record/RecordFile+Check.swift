import Foundation
public import Moderation

extension RecordFile {
    /// Everything that is wrong with the file; nothing when all of it holds.
    ///
    /// Needs neither the site nor its store: the signature, the receipts against the checkpoint, that the receipts speak for
    /// every day and shift and for the record as a whole, and all sums. Whether the key is the site's own, only somebody who
    /// knows that key can tell.
    ///
    /// - Parameter publicKey: the site's key in hexadecimal, as known from elsewhere; `nil` trusts the one in the file.
    public func check(publicKey: String? = nil) -> [RecordProblem] {
        var problems: [RecordProblem] = []
        if let publicKey, publicKey.lowercased() != record.key {
            problems.append(RecordProblem("record.site.key", .otherKey))
        }
        if !isSigned { problems.append(RecordProblem("signature", .badSignature)) }
        problems += sumProblems
        problems += orderProblems
        guard let note = try? Checkpoint(note: checkpoint, publicKeyHex: record.key),
            note.origin == record.site
        else { return problems + [RecordProblem("checkpoint", .badCheckpoint)] }
        var grounds = Grounds()
        for (place, receipt) in receipts.enumerated() {
            let path = "receipts[\(place)]"
            guard let entry = receipt.entry(under: note) else {
                problems.append(RecordProblem("\(path).proof", .notInLedger))
                continue
            }
            if place > 0, receipts[place - 1].index >= receipt.index {
                problems.append(RecordProblem("\(path).index", .disordered))
            }
            guard entry.person?.rawValue == record.person else {
                problems.append(RecordProblem("\(path).entry", .foreignReceipt))
                continue
            }
            grounds.take(entry, path: path)
        }
        return problems + grounds.problems(of: record)
    }

    private var orderProblems: [RecordProblem] {
        var problems: [RecordProblem] = []
        for (place, day) in record.days.enumerated() {
            let path = "record.exposure.days[\(place)]"
            if place > 0, record.days[place - 1].day >= day.day {
                problems.append(RecordProblem("\(path).day", .disordered))
            }
            if day.endsAt < day.day.start { problems.append(RecordProblem("\(path).ends_at", .disordered)) }
            // What is paid ahead may end some seconds later.
            if day.endsAt > record.madeAt + .seconds(3600) {
                problems.append(RecordProblem("\(path).ends_at", .tooLate))
            }
        }
        for (place, shift) in record.shifts.enumerated() {
            let path = "record.work.shifts[\(place)]"
            if place > 0, record.shifts[place - 1].startedAt > shift.startedAt {
                problems.append(RecordProblem("\(path).started_at", .disordered))
            }
            if shift.endedAt < shift.startedAt {
                problems.append(RecordProblem("\(path).ended_at", .disordered))
            }
            if shift.breaks > max(0, (shift.endedAt - shift.startedAt).wholeMilliseconds) {
                problems.append(RecordProblem("\(path).breaks_ms", .tooLate))
            }
        }
        for place in record.policies.indices.dropFirst()
        where !PortableRecord.precedes(record.policies[place - 1].policy, record.policies[place].policy) {
            problems.append(RecordProblem("record.skills.policies[\(place)].policy", .disordered))
        }
        for place in record.languages.indices.dropFirst()
        where !PortableRecord.precedes(record.languages[place - 1].language, record.languages[place].language)
        {
            problems.append(RecordProblem("record.skills.languages[\(place)].language", .disordered))
        }
        return problems
    }
}

extension RecordFile.Proved {
    /// The entry, if the proof leads to the checkpoint's root.
    fileprivate func entry(under note: Checkpoint) -> LedgerEntry? {
        let bytes = Array(entry.utf8)
        let isIn = MerkleTree.isIncluded(
            leaf: MerkleTree.leafHash(bytes), index: index, size: note.size, proof: proof, root: note.root)
        return isIn ? try? LedgerEntry(canonicalBytes: bytes) : nil
    }
}

/// What the receipts of a record say, gathered so that the record can be held against it.
private struct Grounds {
    private struct Work {
        var startedAt: Timestamp?
        var endedAt: Timestamp?
        var endedBy: String?
    }

    private var days: [UTCDay: PortableRecord.Day] = [:]
    private var shifts: [String: Work] = [:]
    private var digests: Set<String> = []
    private var idle: [String] = []

    mutating func take(_ entry: LedgerEntry, path: String) {
        switch entry.kind {
        case .exposureSettled: if !add(entry.fields) { idle.append(path) }
        case .recordExported:
            guard digests.isEmpty, let digest = entry.text("digest") else { return idle.append(path) }
            digests.insert(digest)
            for day in entry.fields["days"]?.list ?? [] where !add(day.members ?? [:]) { idle.append(path) }
        case .shiftStarted:
            shifts[entry.text("shift") ?? "", default: Work()].startedAt = entry.at
        case .shiftEnded:
            let shift = entry.text("shift") ?? ""
            shifts[shift, default: Work()].endedAt = entry.text("ended").flatMap { Timestamp(rfc3339: $0) }
            shifts[shift]?.endedBy = entry.text("reason")
        default: idle.append(path)
        }
    }

    private mutating func add(_ members: [String: LedgerValue]) -> Bool {
        guard let day = members["day"]?.text.flatMap({ UTCDay($0) }),
            let hazards = members["hazards"]?.members
        else { return false }
        var told = days[day] ?? PortableRecord.Day(day: day, hazards: [:], endsAt: day.start)
        for (name, part) in hazards {
            guard let hazard = Hazard(rawValue: name), let parts = part.members,
                let dose = parts["dose"]?.number, let visible = parts["visible_ms"]?.number,
                let end = parts["ends_at"]?.text.flatMap({ Timestamp(rfc3339: $0) })
            else { return false }
            let before = told.hazards[hazard] ?? PortableRecord.Part(visible: 0, dose: 0)
            told.hazards[hazard] = PortableRecord.Part(
                visible: before.visible.addingClamped(visible), dose: before.dose.addingClamped(dose))
            told.endsAt = max(told.endsAt, end)
        }
        days[day] = told
        return true
    }

    func problems(of record: PortableRecord) -> [RecordProblem] {
        var problems = idle.map { RecordProblem("\($0).entry", .idleReceipt) }
        if digests.isEmpty {
            problems.append(RecordProblem("record", .unproved))
        } else if !digests.contains(record.digest) {
            problems.append(
                RecordProblem(
                    "record", .contradicted(ledger: digests.first ?? "", record: record.digest)))
        }
        return problems + dayProblems(record) + shiftProblems(record)
    }

    private func dayProblems(_ record: PortableRecord) -> [RecordProblem] {
        var problems: [RecordProblem] = []
        var left = days
        for (place, day) in record.days.enumerated() {
            let path = "record.exposure.days[\(place)]"
            guard let told = left.removeValue(forKey: day.day) else {
                problems.append(RecordProblem(path, .unproved))
                continue
            }
            if told.dose != day.dose {
                problems.append(
                    RecordProblem(
                        "\(path).dose", .contradicted(ledger: "\(told.dose)", record: "\(day.dose)")))
            } else if told.hazards != day.hazards {
                problems.append(
                    RecordProblem(
                        "\(path).hazards",
                        .contradicted(ledger: Self.text(told.hazards), record: Self.text(day.hazards))))
            }
            if told.endsAt != day.endsAt {
                problems.append(
                    RecordProblem(
                        "\(path).ends_at",
                        .contradicted(ledger: told.endsAt.rfc3339, record: day.endsAt.rfc3339)))
            }
        }
        for day in left.keys.sorted() {
            problems.append(
                RecordProblem("record.exposure.days", .contradicted(ledger: day.text, record: "-")))
        }
        return problems
    }

    private static func text(_ hazards: [Hazard: PortableRecord.Part]) -> String {
        hazards.sorted { $0.key < $1.key }.map { "\($0.key.rawValue) \($0.value.visible) ms" }
            .joined(separator: ", ")
    }

    private func shiftProblems(_ record: PortableRecord) -> [RecordProblem] {
        var problems: [RecordProblem] = []
        var left = shifts
        for (place, shift) in record.shifts.enumerated() {
            let path = "record.work.shifts[\(place)]"
            guard let told = left.removeValue(forKey: shift.id), let started = told.startedAt,
                let ended = told.endedAt
            else {
                problems.append(RecordProblem(path, .unproved))
                continue
            }
            func compare(_ name: String, _ ledger: String, _ record: String) {
                guard ledger != record else { return }
                problems.append(
                    RecordProblem("\(path).\(name)", .contradicted(ledger: ledger, record: record)))
            }
            compare("started_at", started.rfc3339, shift.startedAt.rfc3339)
            compare("ended_at", ended.rfc3339, shift.endedAt.rfc3339)
            compare("ended_by", told.endedBy ?? "", shift.endedBy)
            let lasted = max(0, (ended - started).wholeMilliseconds)
            // Only a dose limit adds to it, and never more than a day.
            let isRight =
                shift.endedBy == "dose"
                ? shift.worked >= lasted && shift.worked <= max(lasted, 86_400_000) : shift.worked == lasted
            if !isRight {
                problems.append(
                    RecordProblem(
                        "\(path).worked_ms", .contradicted(ledger: "\(lasted)", record: "\(shift.worked)")))
            }
        }
        for shift in left.keys.sorted() {
            problems.append(
                RecordProblem("record.work.shifts", .contradicted(ledger: shift, record: "-")))
        }
        return problems
    }
}
