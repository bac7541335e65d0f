import Exposure
import Ledger
import Moderation
import Store

extension TableCheck {
    func checkSpans() throws {
        let settlements = try settlements()
        try each(.spans) { check, row in
            let id = row.text("id") ?? ""
            guard let course = check.fold.crossOffSpan(LedgerFold.Name(id)) else {
                return check.note(.spans, id, .untold)
            }
            let began = try check.entry(course.began)
            if !settlements.isEmpty, let person = began.person,
                let settled = settlements[PersonDay(person: person, day: UTCDay(of: began.at))]?.last,
                settled.number > course.began
            {
                return check.note(.spans, id, .settled, entry: settled.number)
            }
            row.expect("person", began.person?.rawValue)
            row.expect("post", began.post?.rawValue)
            row.expect("opened_at", began.at.milliseconds)
            if check.isFull(course.began) { row.expect("shift", began.text("shift")) }
            if let last = course.last {
                try check.expectCharge(&row, told: last)
            } else {
                row.expect("closed_at", .null)
                row.expect("closed_by", .null)
                row.expect("hazard", Self.level(began.text("hazard")))
            }
            row.expect("ends_at", Self.end(of: row))
            check.finish(row, id, entry: course.last ?? course.began)
        }
        // Rows are read to the end only while none differs.
        if found[.spans] == nil { try checkSettledSpans(settlements) }
    }

    private func expectCharge(_ row: inout RowCheck, told number: Int64) throws {
        let told = try entry(number)
        row.expect("closed_by", told.text("because"))
        guard isFull(number) else {
            // Before, a charge could grow without an entry; it never shrank.
            row.expect("hazard", that: (row.integer("hazard") ?? 0) >= Self.level(told.text("hazard")) ?? 0)
            row.expect("dose", that: (row.integer("dose") ?? 0) >= told.number("dose") ?? 0)
            return row.expect(
                "visible", that: (row.integer("visible") ?? 0) >= told.number("visible_ms") ?? 0)
        }
        row.expect("hazard", Self.level(told.text("hazard")))
        row.expect("visible", told.number("visible_ms"))
        row.expect("dose", told.number("dose"))
        row.expect("limits_version", told.number("limits_version"))
        // Told apart from the entry's own time only where it is another.
        let closed = told.text("closed").flatMap { Timestamp(rfc3339: $0) } ?? told.at
        row.expect("closed_at", closed.milliseconds)
    }

    /// The last moment that is charged, as ``Span/end`` says.
    private static func end(of row: RowCheck) -> Int64? {
        guard let opened = row.integer("opened_at"), let visible = row.integer("visible") else { return nil }
        let (sum, overflow) = opened.addingReportingOverflow(max(0, visible))
        let paid = overflow ? Int64.max : sum
        return max(opened, max(paid, row.integer("closed_at") ?? paid))
    }

    static func level(_ hazard: String?) -> Int64? {
        hazard.flatMap { Hazard(rawValue: $0) }.map { Int64($0.level) }
    }

    // MARK: Shifts

    func checkShifts() throws {
        var left = fold.shifts
        try each(.shifts) { check, row in
            let id = row.text("id") ?? ""
            guard let numbers = left.removeValue(forKey: id) else { return check.note(.shifts, id, .untold) }
            let told = try check.shift(ShiftID(id), told: numbers)
            row.expect("person", told?.person.rawValue)
            row.expect("started_at", told?.startedAt.milliseconds)
            row.expect("ended_at", told?.endedAt?.milliseconds)
            row.expect("card", that: row.text("card").flatMap { Self.card(Shift.self, $0) } == told)
            check.finish(row, id, entry: numbers.last)
        }
        if let (id, numbers) = left.min(by: { ($0.value.first ?? 0) < ($1.value.first ?? 0) }) {
            note(.shifts, id, .missing, entry: numbers.first)
        }
    }

    /// A shift as its entries tell it.
    private func shift(_ id: ShiftID, told numbers: [Int64]) throws -> Shift? {
        var shift: Shift?
        for entry in try entries(numbers).compactMap(\.self) {
            switch entry.kind {
            case .shiftStarted: shift = entry.person.map { Shift(id: id, person: $0, startedAt: entry.at) }
            case .breakStarted:
                let isRequired = entry.fields["required"] == .bool(true)
                shift?.breaks.append(Break(startedAt: entry.at, isRequired: isRequired))
            case .breakEnded: shift?.endBreak(at: entry.at)
            case .shiftEnded:
                shift?.endBreak(at: entry.at)
                shift?.endedAt = entry.text("ended").flatMap { Timestamp(rfc3339: $0) }
                shift?.endedBy = entry.text("reason").flatMap { ShiftEnd(rawValue: $0) }
            default: break
            }
        }
        return shift
    }
}

extension Shift {
    fileprivate mutating func endBreak(at now: Timestamp) {
        guard let index = breaks.lastIndex(where: { $0.endedAt == nil }) else { return }
        breaks[index].endedAt = max(now, breaks[index].startedAt)
    }
}
