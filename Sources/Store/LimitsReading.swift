public import Exposure
public import Moderation

/// Says what a `ProposalID` names.
public enum ProposalSubject {}
/// Says what an `OverrideID` names.
public enum OverrideSubject {}
/// A proposal to change limits.
public typealias ProposalID = Identifier<ProposalSubject>
/// A leave for one person and one shift.
public typealias OverrideID = Identifier<OverrideSubject>

/// How a proposal to change limits was answered.
public enum ProposalAnswer: String, CaseIterable, Hashable, Sendable, Codable {
    /// A second lead signed: the limits came into force.
    case approved
    /// A second lead did not agree.
    case refused
    /// Who proposed took it back.
    case withdrawn
}

/// Other limits that a lead proposes and a second one signs.
public struct LimitsProposal: Hashable, Sendable, Codable {
    /// Which proposal.
    public var id: ProposalID
    /// The version of the limits it changes.
    public var base: Int
    /// The figures it changes, by the fields' names.
    public var figures: [String: Int64]
    /// Why.
    public var reason: String
    /// The salt of the reason's digest in the ledger.
    public var salt: [UInt8]
    /// Who proposes.
    public var by: PersonID
    /// When.
    public var at: Timestamp
    /// What became of it.
    public var answer: ProposalAnswer?
    /// Who answered.
    public var answeredBy: PersonID?
    /// When.
    public var answeredAt: Timestamp?
    /// The version that came into force.
    public var version: Int?

    /// Makes a proposal.
    public init(
        id: ProposalID, base: Int, figures: [String: Int64], reason: String, salt: [UInt8], by: PersonID,
        at: Timestamp
    ) {
        self.id = id
        self.base = base
        self.figures = figures
        self.reason = reason
        self.salt = salt
        self.by = by
        self.at = at
    }
}

/// That somebody is to be shown limits which were loosened, until they say that they have seen them.
public struct LimitsNotice: Hashable, Sendable {
    /// The version.
    public var version: Int
    /// Who.
    public var person: PersonID
    /// When they said so; `nil` while it is shown.
    public var acknowledgedAt: Timestamp?

    /// Makes a notice.
    public init(version: Int, person: PersonID, acknowledgedAt: Timestamp? = nil) {
        self.version = version
        self.person = person
        self.acknowledgedAt = acknowledgedAt
    }
}

/// A leave for one person and one shift to go beyond some limits: asked, countersigned, consented to.
public struct Override: Hashable, Sendable, Codable {
    /// Which leave.
    public var id: OverrideID
    /// For whom.
    public var person: PersonID
    /// The figures that would hold, by the fields' names.
    public var figures: [String: Int64]
    /// Why.
    public var reason: String
    /// The salt of the reason's digest in the ledger.
    public var salt: [UInt8]
    /// Who asks.
    public var requester: PersonID
    /// When it was asked.
    public var requestedAt: Timestamp
    /// The second lead.
    public var countersigner: PersonID?
    /// When they answered.
    public var countersignedAt: Timestamp?
    /// Whether they signed.
    public var isCountersigned: Bool
    /// When the person consented.
    public var consentedAt: Timestamp?
    /// The shift it is for: the one in which they consented.
    public var shift: ShiftID?
    /// The version of the limits in force then.
    public var limitsVersion: Int?
    /// When the person said no, before or after they had consented.
    public var declinedAt: Timestamp?

    /// Makes a request.
    public init(
        id: OverrideID, person: PersonID, figures: [String: Int64], reason: String, salt: [UInt8],
        requester: PersonID, requestedAt: Timestamp
    ) {
        self.id = id
        self.person = person
        self.figures = figures
        self.reason = reason
        self.salt = salt
        self.requester = requester
        self.requestedAt = requestedAt
        isCountersigned = false
    }
}

/// What is asked of a store about limits that change.
public protocol LimitsReading {
    /// Proposals, newest first, at most `limit`.
    func limitsProposals(limit: Int) throws -> [LimitsProposal]
    /// One proposal.
    func limitsProposal(_ id: ProposalID) throws -> LimitsProposal?
    /// Who is to be shown which version, and who has said that they saw it; by version, then in the order they were kept.
    func limitsNotices(of version: Int) throws -> [LimitsNotice]
    /// The same for one person, oldest version first.
    func limitsNotices(for person: PersonID) throws -> [LimitsNotice]
    /// The versions whose loosening the person refused; known to nobody else.
    func refusedLimits(of person: PersonID) throws -> Set<Int>

    /// Leaves for one person and one shift, newest first, at most `limit`.
    func overrides(limit: Int) throws -> [Override]
    /// One leave.
    func override(_ id: OverrideID) throws -> Override?
    /// Those for one person, newest first, at most `limit`.
    func overrides(of person: PersonID, limit: Int) throws -> [Override]
    /// Those to which the person consented for this shift, oldest first.
    func overrides(in shift: ShiftID) throws -> [Override]
    /// The same for the oldest of the person's shifts that has not ended; asked with every look.
    func overrides(inOpenShiftOf person: PersonID) throws -> [Override]
}

/// What is changed in a store about limits that change.
public protocol LimitsWriting: LimitsReading {
    /// Keeps a proposal or what became of it.
    func save(_ proposal: LimitsProposal) throws
    /// Keeps a notice or that it was acknowledged.
    func save(_ notice: LimitsNotice) throws
    /// Keeps or forgets that a person refused what a version loosens.
    func setRefused(_ isRefused: Bool, version: Int, by person: PersonID) throws
    /// Keeps a leave or what became of it.
    func save(_ leave: Override) throws
}

/// Who a store belongs to.
public protocol OwnershipReading {
    /// Whether this process acts for whoever owns the store itself: who could do anything to it without asking us.
    ///
    /// Of a file that is the OS user who owns it; of a server's database the role that owns it.
    func isOwner() throws -> Bool
}
