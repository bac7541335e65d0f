import Foundation
public import Ledger
public import Moderation
public import Store

/// A handover, with the names that whoever looks may know.
public struct NamedHandover: Hashable, Sendable {
    /// The handover.
    public var handover: Handover
    /// Whose record, by name.
    public var person: String
    /// The physician's name.
    public var physician: String
    /// When the physician opened it, newest first; for the person whose record it is.
    public var openedAt: [Timestamp]

    /// Makes a named handover.
    public init(handover: Handover, person: String, physician: String, openedAt: [Timestamp]) {
        self.handover = handover
        self.person = person
        self.physician = physician
        self.openedAt = openedAt
    }
}

extension Desk {
    /// Hands the person's record over to one physician; it can be taken back at any time.
    ///
    /// What is handed over is the record as it is now. Only that physician can open it, and each time they do is told
    /// to the person.
    public func handOver(to user: String, by person: Person, since: UTCDay? = nil) throws(DeskError)
        -> Handover
    {
        let physician = try read { try $0.person(user: user) }
        guard let physician else { throw .notOnRoster(user: user) }
        guard physician.roles.contains(.physician) else {
            throw .invalid(.other("\(user) is not a physician here; a record is handed to nobody else"))
        }
        guard physician.id != person.id else {
            throw .invalid(.other("the record is yours already (see: releve exposure export)"))
        }
        let file = try ownRecord(of: person, since: since)
        let bytes = file.bytes
        let salt = entropy.bytes(16)
        let now = clock.now().wall
        let handover = Handover(id: newID(), person: person.id, physician: physician.id, at: now)
        let digest = Hexadecimal.string(ContentCommitment.digest(salt: salt, bytes: bytes))
        return try write { tx in
            try tx.insert(handover, record: bytes, salt: salt)
            try tx.append(
                LedgerEntry(
                    kind: .handedOver, at: now, person: person.id, post: nil,
                    fields: [
                        "handover": .string(handover.id.rawValue),
                        "physician": .string(physician.id.rawValue), "record_digest": .string(digest),
                    ]))
            return handover
        }
    }

    /// The physicians of the site, to whom a record can be handed, by name.
    public func physicians() throws(DeskError) -> [Person] {
        try read { tx in
            try tx.people().filter { $0.works(as: .physician) }
                .sorted { ($0.name, $0.user) < ($1.name, $1.user) }
        }
    }

    /// Takes a record back: it is gone from the site, and can't be opened any more.
    public func takeBack(_ id: HandoverID, by person: Person) throws(DeskError) {
        let now = clock.now().wall
        try write { tx in
            guard try tx.revoke(id, of: person.id, at: now) else { throw Self.noHandover(id) }
            try tx.append(
                LedgerEntry(
                    kind: .handoverRevoked, at: now, person: person.id, post: nil,
                    fields: ["handover": .string(id.rawValue)]))
        }
    }

    /// What the person handed over, and when it was opened.
    public func handovers(by person: Person) throws(DeskError) -> [NamedHandover] {
        try read { try handovers(by: person, in: $0) }
    }

    func handovers(by person: Person, in tx: any StoreReading) throws -> [NamedHandover] {
        let looks = try tx.handoverReadings(of: person.id, limit: 1000)
        return try tx.handovers(of: person.id).map { handover in
            NamedHandover(
                handover: handover, person: person.name,
                physician: try tx.person(handover.physician)?.name ?? handover.physician.rawValue,
                openedAt: looks.filter { $0.handover == handover.id }.map(\.at))
        }
    }

    /// What was handed over to a physician and not taken back.
    public func handovers(to physician: Person) throws(DeskError) -> [NamedHandover] {
        try demand(.physician, of: physician)
        return try read { tx in
            try tx.handovers(to: physician.id).map { handover in
                NamedHandover(
                    handover: handover,
                    person: try tx.person(handover.person)?.name ?? handover.person.rawValue,
                    physician: physician.name, openedAt: [])
            }
        }
    }

    /// Opens a record that was handed over to this physician; the person is told.
    public func open(_ id: HandoverID, for physician: Person) throws(DeskError) -> RecordFile {
        try demand(.physician, of: physician)
        let now = clock.now().wall
        let bytes = try write { tx in
            guard let bytes = try tx.handedRecord(id, for: physician.id) else { throw Self.noHandover(id) }
            try tx.insert(HandoverLook(handover: id, physician: physician.id, at: now))
            try tx.append(
                LedgerEntry(
                    kind: .handoverOpened, at: now, person: physician.id, post: nil,
                    fields: ["handover": .string(id.rawValue)]))
            return bytes
        }
        do throws(RecordProblem) { return try RecordFile(bytes: bytes) } catch {
            throw DeskError(StoreError.damaged("the record \(id) (\(error.message(in: "en")))"))
        }
    }

    /// The same answer whether there never was one, it is somebody else's, or it was taken back.
    private static func noHandover(_ id: HandoverID) -> DeskError {
        .invalid(.other("there is no record \(id) for you (see: releve exposure handovers)"))
    }
}
