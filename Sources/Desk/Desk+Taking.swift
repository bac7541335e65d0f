public import Exposure
public import Ledger
public import Moderation
import Store

/// What bringing dose along came to.
public struct Taken: Hashable, Sendable {
    /// The site it is from.
    public var site: String
    /// The days that are in the windows now, oldest first; none when nothing of the record lies in the last seven days.
    public var days: [UTCDay]
    /// What they add to what was known before.
    public var added: Dose
}

extension Desk {
    /// Counts the dose of a record from another site in the person's windows of 24 hours and seven days.
    ///
    /// It is the person's own act, and can only add: a day that was brought along before stays the larger. A day counts in
    /// full until its last moment has left a window, at this site's weights where they make more of it. Whose the record
    /// is nobody here can tell; somebody else's would only make one's own dose look larger.
    public func take(_ file: RecordFile, for person: Person) throws(DeskError) -> Taken {
        if let problem = file.check().first {
            throw .invalid(.other("the record does not hold: \(problem.message(in: "en"))"))
        }
        let now = clock.now().wall
        let record = file.record
        guard record.madeAt <= now + .seconds(3600) else {
            throw .invalid(
                .other("the record was made at \(record.madeAt), which has not come yet (check the clock)"))
        }
        return try write { tx in
            guard let site = try tx.site() else { throw DeskError.noSite }
            // An earlier key of this site gives itself away by the pseudonym.
            guard site.publicKey != record.key, try tx.person(PersonID(record.person)) == nil else {
                throw DeskError.invalid(.other("this record is of this site, where its dose counts already"))
            }
            let limits = try limits(in: tx)
            let horizon = now - Dosimeter.week
            let days = record.days.filter { $0.endsAt > horizon }
            let before = try tx.takenDay(of: person.id, from: record.key)
            let source = before?.source ?? newID(PersonSource.self).rawValue
            let salt = before?.salt ?? entropy.bytes(16)
            let known = try tx.takenDays(of: person.id, since: horizon).filter { $0.source == source }
            var result = Taken(site: record.site, days: days.map(\.day), added: .zero)
            guard !days.isEmpty else { return result }
            var told: [LedgerValue] = []
            for day in days {
                let dose = Self.dose(of: day, limits: limits)
                try tx.take(
                    TakenDay(
                        person: person.id, source: source, key: record.key, salt: salt, day: day.day,
                        endsAt: day.endsAt, dose: dose))
                told.append([
                    "day": .string(day.day.text), "dose": .integer(dose.units),
                    "ends_at": .string(day.endsAt.rfc3339),
                ])
                let earlier = known.first { $0.day == day.day }?.dose ?? .zero
                result.added = result.added + (dose - earlier)
            }
            let origin = ContentCommitment.digest(salt: salt, bytes: Array(record.key.utf8))
            try tx.append(
                LedgerEntry(
                    kind: .doseTaken, at: now, person: person.id, post: nil,
                    fields: [
                        "source": .string(source), "origin_digest": .string(Hexadecimal.string(origin)),
                        "days": .array(told), "record": .string(file.digest),
                    ]))
            return result
        }
    }

    /// What a day elsewhere counts here: what was charged there, or what this site's weights make of it if that is more.
    private static func dose(of day: PortableRecord.Day, limits: Limits) -> Dose {
        day.hazards.reduce(.zero) { sum, part in
            let (hazard, part) = part
            let own =
                part.visible > 0
                ? Dose.charge(hazard: hazard, visible: .milliseconds(part.visible), limits: limits) : .zero
            return sum + max(Dose(units: part.dose), own)
        }
    }
}

/// Says what a name names that a store gives another site.
private enum PersonSource {}
