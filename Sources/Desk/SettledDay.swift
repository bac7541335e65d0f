import Exposure
import Ledger
import Moderation

/// A day of one person's exposure as entries tell it: totals by hazard, and what commits to the spans they stand for.
struct SettledDay: Equatable {
    var person: PersonID
    var day: UTCDay
    /// By hazard.
    var totals: [DayTotal]
    /// SHA-256 over the spans, in the order in which they were opened, each as canonical JSON with a line feed.
    var digest: String

    /// A day from all of its spans, which must be closed.
    init(_ spans: [Span], day: UTCDay, of person: PersonID) {
        self.person = person
        self.day = day
        totals = DayTotal.of(spans)
        digest = Self.digest(of: spans)
    }

    /// The day that an entry tells of; `nil` for another entry.
    init?(_ entry: LedgerEntry) {
        guard entry.kind == .exposureSettled, let person = entry.person,
            let day = entry.text("day").flatMap({ UTCDay($0) }), let digest = entry.text("digest"),
            let totals = entry.fields["hazards"].flatMap({ Self.totals(in: $0, day: day, of: person) })
        else { return nil }
        self.person = person
        self.day = day
        self.totals = totals
        self.digest = digest
    }

    /// What the entry tells.
    var fields: [String: LedgerValue] {
        ["day": .string(day.text), "hazards": Self.value(of: totals), "digest": .string(digest)]
    }

    /// Totals of one day, by hazard.
    static func value(of totals: [DayTotal]) -> LedgerValue {
        .object(
            Dictionary(
                uniqueKeysWithValues: totals.map { total in
                    (
                        total.hazard.rawValue,
                        [
                            "dose": .integer(total.dose.units), "visible_ms": .integer(total.visible),
                            "ends_at": .string(total.endsAt.rfc3339),
                        ]
                    )
                }))
    }

    private static func totals(in value: LedgerValue, day: UTCDay, of person: PersonID) -> [DayTotal]? {
        guard let members = value.members else { return nil }
        let totals = members.compactMap { name, value -> DayTotal? in
            guard let hazard = Hazard(rawValue: name), let parts = value.members,
                let dose = parts["dose"]?.number, let visible = parts["visible_ms"]?.number,
                let end = parts["ends_at"]?.text.flatMap({ Timestamp(rfc3339: $0) })
            else { return nil }
            return DayTotal(
                person: person, day: day, hazard: hazard, visible: visible, dose: Dose(units: dose),
                endsAt: end)
        }
        return totals.count == members.count ? totals.sorted { $0.hazard < $1.hazard } : nil
    }

    private static func digest(of spans: [Span]) -> String {
        var lines: [UInt8] = []
        for span in spans.sorted(by: { ($0.openedAt, $0.id.rawValue) < ($1.openedAt, $1.id.rawValue) }) {
            var members: [String: LedgerValue] = [
                "span": .string(span.id.rawValue), "hazard": .string(span.hazard.rawValue),
                "opened": .string(span.openedAt.rfc3339),
                "visible_ms": .integer(span.visible.wholeMilliseconds),
                "closed": .string(span.closedAt?.rfc3339 ?? ""),
                "because": .string(span.closedBy?.rawValue ?? ""), "dose": .integer(span.dose.units),
                "limits_version": .integer(Int64(span.limitsVersion)),
            ]
            if let post = span.post { members["post"] = .string(post.rawValue) }
            if let shift = span.shift { members["shift"] = .string(shift.rawValue) }
            lines += CanonicalJSON.bytes(of: .object(members)) + [0x0A]
        }
        return ContentCommitment.sha256(lines)
    }
}

extension Span {
    /// A span as the entry that uncovered it and the last one about it tell it; `nil` when they are of something else.
    init?(uncovered began: LedgerEntry, covered last: LedgerEntry) {
        guard let id = began.text("span"), let person = began.person,
            let hazard = last.text("hazard").flatMap({ Hazard(rawValue: $0) }),
            let visible = last.number("visible_ms"), let dose = last.number("dose")
        else { return nil }
        self.init(
            id: SpanID(id), person: person, post: began.post,
            shift: began.text("shift").map { ShiftID($0) }, hazard: hazard, openedAt: began.at,
            visible: .milliseconds(visible),
            // Told apart from the entry's own time only where it is another.
            closedAt: last.text("closed").flatMap { Timestamp(rfc3339: $0) } ?? last.at,
            limitsVersion: Int(clamping: last.number("limits_version") ?? 0), dose: Dose(units: dose),
            closedBy: last.text("because").flatMap { SpanEnd(rawValue: $0) })
    }
}
