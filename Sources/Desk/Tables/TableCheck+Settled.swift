import Exposure
import Ledger
import Moderation
import Store

/// A person's day.
struct PersonDay: Hashable {
    var person: PersonID
    var day: UTCDay
}

extension TableCheck {
    /// The entries that settled each person's days, in order.
    func settlements() throws -> [PersonDay: [(number: Int64, told: SettledDay)]] {
        var result: [PersonDay: [(number: Int64, told: SettledDay)]] = [:]
        for number in fold.settlements {
            guard let told = SettledDay(try entry(number)) else { continue }
            result[PersonDay(person: told.person, day: told.day), default: []].append((number, told))
        }
        return result
    }

    /// What is left of the fold's spans has no row: each must have been settled, and the totals must be theirs.
    func checkSettledSpans(_ settlements: [PersonDay: [(number: Int64, told: SettledDay)]]) throws {
        var settled: [Int64: [Span]] = [:]
        var incomplete: Set<Int64> = []
        for course in fold.spans.values.sorted(by: { $0.began < $1.began }) {
            let began = try entry(course.began)
            let day = PersonDay(person: began.person ?? PersonID(""), day: UTCDay(of: began.at))
            let last = course.last ?? course.began
            let settlement = settlements[day]?.first { $0.number > last }
            guard let settlement, course.last != nil,
                let span = Span(uncovered: began, covered: try entry(last))
            else {
                return note(.spans, began.text("span") ?? "?", .missing, entry: last)
            }
            settled[settlement.number, default: []].append(span)
            // Before, a charge could grow without an entry; it never shrank.
            if !isFull(course.began) || !isFull(last) { incomplete.insert(settlement.number) }
        }
        for (day, entries) in settlements where fold.share.holds(LedgerFold.Name(day.person.rawValue)) {
            for (number, told) in entries {
                let spans = settled[number] ?? []
                guard let column = Self.difference(told, spans, isWhole: !incomplete.contains(number)) else {
                    continue
                }
                note(.dayTotals, "\(day.person) \(day.day)", .differs(column: column), entry: number)
            }
        }
    }

    /// In what an entry that settled a day differs from the spans that it settled.
    private static func difference(_ told: SettledDay, _ spans: [Span], isWhole: Bool) -> String? {
        let own = SettledDay(spans, day: told.day, of: told.person)
        guard !isWhole else {
            return own.totals != told.totals ? "dose" : own.digest != told.digest ? "digest" : nil
        }
        let told = told.totals.reduce(Dose.zero) { $0 + $1.dose }
        return own.totals.reduce(Dose.zero, { $0 + $1.dose }) <= told ? nil : "dose"
    }

    func checkDayTotals() throws {
        struct Key: Hashable {
            var person: String
            var day, hazard: Int64
        }
        var left: [Key: (total: DayTotal, entry: Int64)] = [:]
        for (number, told) in try settlements().values.joined().sorted(by: { $0.number < $1.number }) {
            for total in told.totals {
                let key = Key(
                    person: total.person.rawValue, day: total.day.number, hazard: Int64(total.hazard.level))
                var sum = left[key]?.total ?? total
                if left[key] != nil { sum.add(total) }
                left[key] = (sum, number)
            }
        }
        try each(.dayTotals) { check, row in
            let key = Key(
                person: row.text("person") ?? "", day: row.integer("day") ?? 0,
                hazard: row.integer("hazard") ?? -1)
            let name = "\(key.person) \(UTCDay(number: key.day))"
            guard let told = left.removeValue(forKey: key) else {
                return check.note(.dayTotals, name, .untold)
            }
            row.expect("visible", told.total.visible)
            row.expect("dose", told.total.dose.units)
            row.expect("ends_at", told.total.endsAt.milliseconds)
            check.finish(row, name, entry: told.entry)
        }
        if let first = left.values.min(by: { $0.entry < $1.entry }) {
            note(.dayTotals, "\(first.total.person) \(first.total.day)", .missing, entry: first.entry)
        }
    }
}
