import Ledger
public import Moderation
public import Store

/// Where a request to open a pseudonym stands.
public enum OpeningState: String, Hashable, Sendable {
    /// Nobody has answered.
    case asked
    /// Who asked may see the name.
    case approved
    /// A second person said no.
    case refused
    /// The name was shown.
    case opened
    /// The time to see it is over.
    case expired
}

/// A name that was seen, as the person whose name it is comes to know of it.
public struct OpenedName: Hashable, Sendable {
    /// When.
    public var at: Timestamp
    /// Who saw it, by pseudonym.
    public var requester: PersonID
    /// Who approved it, by pseudonym.
    public var approver: PersonID?

    /// Makes one.
    public init(at: Timestamp, requester: PersonID, approver: PersonID?) {
        self.at = at
        self.requester = requester
        self.approver = approver
    }
}

/// A pseudonym opens only by two people and a logged reason.
extension Desk {
    /// How long after the approval the name can be seen.
    public static let openingTime: Duration = .seconds(86_400)

    /// Asks to see whose pseudonym it is.
    public func askToOpen(_ concerned: PersonID, reason: String, by auditor: Person) throws(DeskError)
        -> Opening
    {
        try demand(.auditor, of: auditor)
        guard reason.contains(where: { !$0.isWhitespace }) else { throw .invalid(.audit(.needsReason)) }
        guard concerned != auditor.id else { throw .invalid(.audit(.ownPseudonym)) }
        let now = clock.now().wall
        let salt = entropy.bytes(16)
        return try write { tx in
            guard try tx.person(concerned) != nil else {
                throw DeskError.invalid(.audit(.noPseudonym(concerned.rawValue)))
            }
            let opening = Opening(
                id: newID(), concerned: concerned, requester: auditor.id, reason: reason, salt: salt,
                requestedAt: now)
            try tx.save(opening)
            var fields = fields(of: opening)
            fields.merge(Commitment.fields(of: reason, name: "reason", salt: salt)) { $1 }
            try tx.append(
                LedgerEntry(
                    kind: .openingRequested, at: now, person: auditor.id, post: nil, fields: fields))
            return opening
        }
    }

    /// Answers a request, as a second person: an auditor or a lead, neither who asked nor whom it is about.
    @discardableResult
    public func answer(_ id: OpeningID, approving: Bool, by person: Person) throws(DeskError) -> Opening {
        let now = clock.now().wall
        return try write { tx in
            try demandAnswerer(person)
            var opening = try known(id, in: tx)
            guard opening.requester != person.id else { throw DeskError.invalid(.audit(.ownRequest(id))) }
            guard opening.concerned != person.id else { throw DeskError.invalid(.audit(.concerned(id))) }
            guard opening.answeredAt == nil else { throw DeskError.invalid(.audit(.answeredBefore(id))) }
            opening.answeredBy = person.id
            opening.answeredAt = now
            opening.isApproved = approving
            try tx.save(opening)
            try tx.append(
                LedgerEntry(
                    kind: approving ? .openingApproved : .openingRefused, at: now, person: person.id,
                    post: nil, fields: fields(of: opening)))
            return opening
        }
    }

    /// Shows the name, once, to who asked, within ``openingTime`` of the approval.
    public func name(of id: OpeningID, for auditor: Person) throws(DeskError) -> String {
        try demand(.auditor, of: auditor)
        let now = clock.now().wall
        return try write { tx in
            var opening = try known(id, in: tx)
            guard opening.requester == auditor.id else { throw DeskError.invalid(.audit(.notYours(id))) }
            switch Self.state(of: opening, at: now) {
            case .asked, .refused: throw DeskError.invalid(.audit(.notApproved(id)))
            case .expired: throw DeskError.invalid(.audit(.expired(id)))
            case .opened: throw DeskError.invalid(.audit(.seenBefore(id)))
            case .approved: break
            }
            guard let person = try tx.person(opening.concerned) else {
                throw DeskError.invalid(.audit(.noPseudonym(opening.concerned.rawValue)))
            }
            opening.openedAt = now
            try tx.save(opening)
            try tx.append(
                LedgerEntry(
                    kind: .pseudonymOpened, at: now, person: auditor.id, post: nil,
                    fields: fields(of: opening)))
            return person.name
        }
    }

    /// Requests to open pseudonyms, newest first; for auditors and leads, without those about themselves.
    public func openings(limit: Int, for person: Person) throws(DeskError) -> [(
        opening: Opening, state: OpeningState
    )] {
        let now = clock.now().wall
        return try read { tx in
            try demandAnswerer(person)
            return try tx.openings(limit: limit).filter { $0.concerned != person.id }
                .map { ($0, Self.state(of: $0, at: now)) }
        }
    }

    /// The request whose id begins so, if there is just one.
    public func resolveOpening(prefix: String, for person: Person) throws(DeskError) -> OpeningID {
        let found = try openings(limit: 10_000, for: person).map(\.opening.id)
            .filter { $0.rawValue.hasPrefix(prefix) }
        guard let first = found.first, found.count == 1 else { throw .invalid(.audit(.noRequest(prefix))) }
        return first
    }

    /// Who saw the person's name, and when.
    func openedNames(of person: PersonID, in tx: any StoreReading) throws -> [OpenedName] {
        try tx.openings(of: person).compactMap { opening in
            opening.openedAt.map {
                OpenedName(at: $0, requester: opening.requester, approver: opening.answeredBy)
            }
        }
    }

    static func state(of opening: Opening, at now: Timestamp) -> OpeningState {
        if opening.openedAt != nil { return .opened }
        guard let answered = opening.answeredAt else { return .asked }
        guard opening.isApproved else { return .refused }
        return now <= answered + openingTime ? .approved : .expired
    }

    private func demandAnswerer(_ person: Person) throws {
        guard !person.roles.isDisjoint(with: [.auditor, .lead]) else { throw DeskError.needsRole(.auditor) }
    }

    private func known(_ id: OpeningID, in tx: any StoreReading) throws -> Opening {
        guard let opening = try tx.opening(id) else {
            throw DeskError.invalid(.audit(.noRequest(id.rawValue)))
        }
        return opening
    }

    private func fields(of opening: Opening) -> [String: LedgerValue] {
        ["request": .string(opening.id.rawValue), "who": .string(opening.concerned.rawValue)]
    }
}
