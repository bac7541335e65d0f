public import Moderation

/// Somebody whom people of a site may turn to, as the site names them.
public struct SupportContact: Hashable, Sendable, Codable {
    /// Who it is, such as `occupational physician`.
    public var name: String
    /// How to reach them: a telephone number, an address, a room.
    public var reach: String
    /// When they can be reached; `nil` when nobody said.
    public var hours: String?
    /// The languages they speak; empty when nobody said.
    public var languages: [String]

    /// Makes a contact.
    public init(name: String, reach: String, hours: String? = nil, languages: [String] = []) {
        self.name = name
        self.reach = reach
        self.hours = hours
        self.languages = languages
    }
}

/// The contacts that a site names, as a store keeps them: the whole list, each time it changes.
public struct StoredSupport: Hashable, Sendable {
    /// The contacts, in the order to be shown.
    public var contacts: [SupportContact]
    /// The bytes that the ledger commits to: the list as JSON.
    public var card: String
    /// The salt of that digest.
    public var salt: [UInt8]
    /// Who set it.
    public var setBy: PersonID
    /// Since when.
    public var since: Timestamp

    /// Makes a stored list.
    public init(
        contacts: [SupportContact], card: String, salt: [UInt8], setBy: PersonID, since: Timestamp
    ) {
        self.contacts = contacts
        self.card = card
        self.salt = salt
        self.setBy = setBy
        self.since = since
    }
}

/// That an auditor watched somebody's shift.
public struct Watching: Hashable, Sendable {
    /// Which shift.
    public var shift: ShiftID
    /// Whose it was.
    public var concerned: PersonID
    /// Who watched.
    public var watcher: PersonID
    /// When.
    public var at: Timestamp

    /// Makes one.
    public init(shift: ShiftID, concerned: PersonID, watcher: PersonID, at: Timestamp) {
        self.shift = shift
        self.concerned = concerned
        self.watcher = watcher
        self.at = at
    }
}

/// A decision, and one thing an auditor held of it.
public struct MarkedDecision: Hashable, Sendable {
    /// The decision.
    public var decision: Decision
    /// What was held of it; its verdict is never `nil` here.
    public var mark: AuditMark

    /// Makes one.
    public init(decision: Decision, mark: AuditMark) {
        self.decision = decision
        self.mark = mark
    }
}

/// What a person may ask of what concerns themselves.
public protocol OwnReading {
    /// The contacts that the site names now; `nil` before it has named any.
    func support() throws -> StoredSupport?
    /// Who watched the person's shifts, newest first, at most `limit`.
    func watchings(of concerned: PersonID, limit: Int) throws -> [Watching]
    /// The verdicts on the person's decisions, newest first, at most `limit`; of one rater's several on a decision each.
    func marksOnDecisions(by person: PersonID, limit: Int) throws -> [MarkedDecision]
}

/// What is kept for that.
public protocol OwnWriting: OwnReading {
    /// Names the site's contacts from now on; former lists stay.
    func insert(_ support: StoredSupport) throws
    /// Keeps that a shift was watched.
    func insert(_ watching: Watching) throws
}
