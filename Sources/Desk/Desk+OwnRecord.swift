public import Exposure
import Foundation
public import Ledger
public import Moderation
import Store

extension Desk {
    /// The person's own record with receipts, signed, to be taken along; nobody else can have it made.
    ///
    /// An entry commits to it, so that the site can't say otherwise later; the entry quotes nothing of it but the daily
    /// totals that no other entry tells yet.
    ///
    /// - Parameter since: leaves out what was before that day.
    public func ownRecord(of person: Person, since: UTCDay? = nil) throws(DeskError) -> RecordFile {
        guard let key = clerk?.key else { throw .invalid(.noKey) }
        let now = clock.now().wall
        let made = try write { tx in
            guard let site = try tx.site() else { throw DeskError.noSite }
            guard site.publicKey == key.publicKeyHex else { throw DeskError.invalid(.noKey) }
            let open = try openTotals(of: person.id, since: since, in: tx)
            let settled = try tx.dayTotals(of: person.id, since: Timestamp(milliseconds: .min))
                .filter { total in since.map { total.day >= $0 } ?? true }
            let record = try record(
                of: person.id, site: site, since: since, totals: DayTotal.sums(settled + open), at: now,
                in: tx)
            let entry = try tx.appendNumbered(
                LedgerEntry(
                    kind: .recordExported, at: now, person: person.id, post: nil,
                    fields: ["digest": .string(record.digest), "days": Self.days(of: open)]))
            guard let checkpoint = try clerk?.sign(at: now, in: tx) else { throw DeskError.invalid(.noKey) }
            return (record: record, checkpoint: checkpoint, entry: entry)
        }
        let receipts = try read { tx in
            let wanted = try grounds(
                of: made.record, person: person.id, exported: made.entry, size: made.checkpoint.size, in: tx)
            return try proofs(of: wanted, size: made.checkpoint.size, in: tx)
        }
        do throws(LedgerError) {
            return try RecordFile(
                record: made.record, receipts: receipts, checkpoint: made.checkpoint.note, signedBy: key)
        } catch { throw .invalid(.noKey) }
    }

    // MARK: What it says

    /// The totals of spans that no total stands for yet.
    private func openTotals(of person: PersonID, since: UTCDay?, in tx: any StoreReading) throws -> [DayTotal]
    {
        let from = since?.start ?? Timestamp(milliseconds: .min)
        return DayTotal.of(try tx.spans(of: person, from: from, to: Timestamp(milliseconds: .max)))
    }

    private static func days(of totals: [DayTotal]) -> LedgerValue {
        .array(
            Dictionary(grouping: totals, by: \.day).sorted { $0.key < $1.key }.map { day, totals in
                ["day": .string(day.text), "hazards": SettledDay.value(of: totals)]
            })
    }

    private func record(
        of person: PersonID, site: Site, since: UTCDay?, totals: [DayTotal], at now: Timestamp,
        in tx: any StoreReading
    ) throws -> PortableRecord {
        let from = since?.start ?? Timestamp(milliseconds: 0)
        let limits = try limits(in: tx)
        let shifts = try tx.shifts(of: person, since: from).filter {
            !$0.isOpen && $0.startedAt >= from
        }.sorted { $0.startedAt < $1.startedAt }
        let counts = try tx.workCounts(of: person, since: from)
        return PortableRecord(
            site: site.name, key: site.publicKey, person: person.rawValue, madeAt: now, since: since,
            salt: Hexadecimal.string(entropy.bytes(16)),
            days: Dictionary(grouping: totals, by: \.day).sorted { $0.key < $1.key }.map { day, totals in
                PortableRecord.Day(
                    day: day,
                    hazards: Dictionary(
                        uniqueKeysWithValues: totals.map {
                            ($0.hazard, PortableRecord.Part(visible: $0.visible, dose: $0.dose.units))
                        }),
                    endsAt: totals.map(\.endsAt).max() ?? day.start)
            },
            shifts: shifts.map { PortableRecord.Shift($0, limits: limits, now: now) },
            paid: try paid(to: person, for: shifts, since: from, limits: limits, at: now, in: tx),
            policies: Self.policies(counts, try tx.verdictCounts(of: person, since: from)),
            languages: Dictionary(grouping: counts) { $0.language ?? "und" }.map { language, counts in
                PortableRecord.Language(
                    language: language, decisions: counts.reduce(0) { $0 + Int64($1.decisions) })
            }.sorted { PortableRecord.precedes($0.language, $1.language) })
    }

    private static func policies(_ counts: [WorkCount], _ verdicts: [VerdictCount]) -> [PortableRecord.Policy]
    {
        Dictionary(grouping: counts) { $0.policy?.rawValue ?? "-" }.map { name, counts in
            var audits = PortableRecord.Audits()
            for verdict in verdicts where (verdict.policy?.rawValue ?? "-") == name {
                switch verdict.verdict {
                case .agree: audits.agree += Int64(verdict.count)
                case .disagree: audits.disagree += Int64(verdict.count)
                case .unclear: audits.unclear += Int64(verdict.count)
                }
            }
            return PortableRecord.Policy(
                policy: name, decisions: counts.reduce(0) { $0 + Int64($1.decisions) }, audits: audits)
        }.sorted { PortableRecord.precedes($0.policy, $1.policy) }
    }

    /// What was paid under each rate, by the shifts that began and the decisions made while it was in force.
    private func paid(
        to person: PersonID, for shifts: [Shift], since: Timestamp, limits: Limits, at now: Timestamp,
        in tx: any StoreReading
    ) throws -> [PortableRecord.Paid] {
        let history = try tx.conditionsHistory()
        func items(_ moment: Timestamp) throws -> Int {
            try tx.workCounts(of: person, since: max(since, moment)).reduce(0) { $0 + $1.decisions }
        }
        return try history.enumerated().compactMap { place, stored in
            guard let pay = stored.conditions.pay else { return nil }
            let end = place + 1 < history.count ? history[place + 1].since : Timestamp(milliseconds: .max)
            let worked = shifts.filter { $0.startedAt >= stored.since && $0.startedAt < end }
                .reduce(Duration.zero) { $0 + $1.worked(until: now, limits: limits) }
            let made = try items(stored.since) - items(end)
            guard worked > .zero || made > 0 else { return nil }
            let figure = PayFigure(pay: pay, worked: worked, items: made)
            return PortableRecord.Paid(
                basis: pay.basis.rawValue, rate: pay.rate.minor, currency: pay.currency.code,
                digits: Int64(pay.currency.digits), worked: worked.wholeMilliseconds, items: Int64(made),
                total: figure.total.minor)
        }
    }

    // MARK: What it rests on

    /// The numbers of the entries that a record rests on, with their bytes, in order.
    private func grounds(
        of record: PortableRecord, person: PersonID, exported: Int64, size: Int64, in tx: any StoreReading
    ) throws -> [(index: Int64, bytes: [UInt8])] {
        let mark = Data("\"person\":\"\(person.rawValue)\"".utf8)
        let days = Set(record.days.map(\.day.text))
        let shifts = Set(record.shifts.map(\.id))
        var result: [(index: Int64, bytes: [UInt8])] = []
        var index: Int64 = 0
        while index < size {
            let page = try tx.ledgerEntries(from: index, limit: Int(min(2000, size - index)))
            guard !page.isEmpty else { throw StoreError.damaged("entry \(index) of the ledger") }
            for (offset, bytes) in page.enumerated() where Data(bytes).range(of: mark) != nil {
                guard let entry = LedgerEntry(verifiedBytes: bytes), entry.person == person else { continue }
                let number = index + Int64(offset)
                let isGround =
                    switch entry.kind {
                    case .exposureSettled: days.contains(entry.text("day") ?? "")
                    case .shiftStarted, .shiftEnded: shifts.contains(entry.text("shift") ?? "")
                    default: number == exported
                    }
                if isGround { result.append((number, bytes)) }
            }
            index += Int64(page.count)
        }
        return result
    }

    private func proofs(
        of entries: [(index: Int64, bytes: [UInt8])], size: Int64, in tx: any StoreReading
    ) throws -> [RecordFile.Proved] {
        let ranges = entries.map { MerkleTree.inclusionRanges(of: $0.index, size: size) }
        var roots = SharedRoots(ranges.joined())
        var index: Int64 = 0
        while index < size {
            let hashes = try tx.ledgerLeafHashes(from: index, limit: Int(min(5000, size - index)))
            guard !hashes.isEmpty else { throw StoreError.damaged("entry \(index) of the ledger") }
            for hash in hashes { roots.take(hash) }
            index += Int64(hashes.count)
        }
        let found = roots.finish()
        return zip(entries, ranges).map { entry, ranges in
            RecordFile.Proved(
                entry: String(decoding: entry.bytes, as: UTF8.self), index: entry.index,
                proof: ranges.compactMap { found[$0] })
        }
    }
}

extension PortableRecord.Shift {
    fileprivate init(_ shift: Shift, limits: Limits, now: Timestamp) {
        let end = shift.endedAt ?? now
        self.init(
            id: shift.id.rawValue, startedAt: shift.startedAt, endedAt: end,
            endedBy: shift.endedBy?.rawValue ?? "",
            breaks: shift.breaks.reduce(0) { sum, pause in
                sum + max(0, ((pause.endedAt ?? end) - pause.startedAt).wholeMilliseconds)
            }, worked: shift.worked(until: now, limits: limits).wholeMilliseconds)
    }
}
