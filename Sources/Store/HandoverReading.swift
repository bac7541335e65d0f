public import Moderation

/// Says what a `HandoverID` names.
public enum HandoverSubject {}
/// A record that somebody handed over.
public typealias HandoverID = Identifier<HandoverSubject>

/// That a person handed their record over to one physician; the record itself is not in it.
public struct Handover: Hashable, Sendable {
    /// Which.
    public var id: HandoverID
    /// Whose record.
    public var person: PersonID
    /// To whom.
    public var physician: PersonID
    /// When.
    public var at: Timestamp
    /// When the person took it back; the record is gone then.
    public var revokedAt: Timestamp?

    /// Makes a handover.
    public init(
        id: HandoverID, person: PersonID, physician: PersonID, at: Timestamp, revokedAt: Timestamp? = nil
    ) {
        self.id = id
        self.person = person
        self.physician = physician
        self.at = at
        self.revokedAt = revokedAt
    }
}

/// What can be asked of records that were handed over: each question says who asks, and gets nothing of others.
public protocol HandoverReading {
    /// What the person handed over, newest first, taken back or not.
    func handovers(of person: PersonID) throws -> [Handover]
    /// What was handed over to the physician and not taken back, newest first.
    func handovers(to physician: PersonID) throws -> [Handover]
    /// The record, for the physician to whom it was handed over; `nil` for anybody else, and once it was taken back.
    func handedRecord(_ id: HandoverID, for physician: PersonID) throws -> [UInt8]?
    /// When the physician opened the person's handovers, newest first, at most `limit`.
    func handoverReadings(of person: PersonID, limit: Int) throws -> [HandoverLook]
}

/// That a physician opened a record.
public struct HandoverLook: Hashable, Sendable {
    /// Which.
    public var handover: HandoverID
    /// Who.
    public var physician: PersonID
    /// When.
    public var at: Timestamp

    /// Makes a look.
    public init(handover: HandoverID, physician: PersonID, at: Timestamp) {
        self.handover = handover
        self.physician = physician
        self.at = at
    }
}

/// What is changed by it.
public protocol HandoverWriting: HandoverReading {
    /// Keeps a record that is handed over, and the salt of its digest in the ledger.
    func insert(_ handover: Handover, record: [UInt8], salt: [UInt8]) throws
    /// Takes it back: the record and its salt are dropped; `false` when it is not the person's, or was taken back before.
    func revoke(_ id: HandoverID, of person: PersonID, at now: Timestamp) throws -> Bool
    /// Remembers that the physician opened it.
    func insert(_ look: HandoverLook) throws
}
