import Exposure
import Ledger
public import Moderation
import PolicyEngine
import Store

/// An urgent post that nobody present can take, as a lead is told of it.
public struct UnservedUrgent: Hashable, Sendable {
    /// The post.
    public var post: PostID
    /// Its hazard.
    public var hazard: Hazard
    /// Its language; `nil` when nobody said.
    public var language: String?
    /// By when it must be decided.
    public var deadline: Timestamp?
    /// Since when nobody could take it.
    public var since: Timestamp

    /// Makes one.
    public init(post: PostID, hazard: Hazard, language: String?, deadline: Timestamp?, since: Timestamp) {
        self.post = post
        self.hazard = hazard
        self.language = language
        self.deadline = deadline
        self.since = since
    }
}

/// Urgent posts reach somebody who can take them; where nobody can, leads are told, and nobody is overrun.
extension Desk {
    /// The first urgent post of each kind that nobody present can take, for leads.
    ///
    /// Where that begins, an entry tells it; the limits of nobody give way.
    public func unserved(for lead: Person) throws(DeskError) -> [UnservedUrgent] {
        try demand(.lead, of: lead)
        let now = clock.now().wall
        let (found, known) = try read { (try unservedNow(at: now, in: $0), try $0.unserved()) }
        guard Set(known.map(\.post)) != Set(found.map(\.post)) else { return Self.told(found, known) }
        return try write { try noteUnserved(at: now, in: $0) }
    }

    /// Looks, when that is due, whether urgent posts wait that nobody present can take.
    func lookForUnserved() throws(DeskError) {
        let now = clock.now().wall
        let last = try read { try $0.dispatchFigures().lookedAt }
        guard last.map({ now >= $0 + Self.lookEvery || now < $0 }) ?? true else { return }
        try write { tx in
            var figures = try tx.dispatchFigures()
            figures.lookedAt = now
            try tx.save(figures)
            _ = try noteUnserved(at: now, in: tx)
        }
    }

    // MARK: Inside a transaction

    /// Looks again, keeps what is found, and tells what begins.
    @discardableResult
    func noteUnserved(at now: Timestamp, in tx: any StoreTransaction) throws -> [UnservedUrgent] {
        let known = try tx.unserved()
        let found = Self.told(try unservedNow(at: now, in: tx), known)
        guard Set(known.map(\.post)) != Set(found.map(\.post)) else { return found }
        try tx.save(unserved: found.map { UnservedPost(post: $0.post, since: $0.since) })
        for post in found where !known.contains(where: { $0.post == post.post }) {
            var fields: [String: LedgerValue] = ["hazard": .string(post.hazard.rawValue)]
            if let language = post.language { fields["language"] = .string(language) }
            if let deadline = post.deadline { fields["deadline"] = .integer(deadline.milliseconds) }
            try tx.append(
                LedgerEntry(kind: .urgentUnserved, at: now, person: nil, post: post.post, fields: fields))
        }
        return found
    }

    /// What was known before keeps its beginning.
    private static func told(_ found: [UnservedUrgent], _ known: [UnservedPost]) -> [UnservedUrgent] {
        found.map { post in
            var post = post
            if let before = known.first(where: { $0.post == post.post }) { post.since = before.since }
            return post
        }
    }

    private func unservedNow(at now: Timestamp, in tx: any StoreReading) throws -> [UnservedUrgent] {
        let figures = try tx.dispatchFigures()
        let dispatcher = dispatcher(try limits(in: tx), figures)
        let urgent = bundles.urgentPolicies(of: try bundleInForce(in: tx))
        let everything = ClaimRequest(
            person: PersonID(""), hazards: Set(Hazard.allCases), languages: [], excludedPolicies: [],
            now: now,
            expiresAt: now)
        var heads = try tx.heads(everything).filter {
            dispatcher.mustBeTaken($0.waiting(urgent: urgent), at: now)
        }
        for person in try tx.people() where person.works(as: .moderator) {
            guard !heads.isEmpty else { return [] }
            let offered = try hazardsToTake(person, dispatcher, at: now, in: tx)
            guard !offered.isEmpty else { continue }
            let taken = Set(try tx.heads(request(for: person, hazards: offered, at: now)).map(\.post))
            heads.removeAll { taken.contains($0.post) }
        }
        return heads.map { head in
            UnservedUrgent(
                post: head.post, hazard: head.hazard, language: head.language, deadline: head.deadline,
                since: now)
        }
    }

    /// The hazards that somebody on shift can take now, or after a post or two that is lighter.
    private func hazardsToTake(
        _ person: Person, _ dispatcher: Dispatcher, at now: Timestamp, in tx: any StoreReading
    ) throws -> Set<Hazard> {
        guard try tx.shifts(of: person.id, since: now - Dosimeter.week).contains(where: \.isOpen) else {
            return []
        }
        let standing = try standing(of: person.id, at: now, in: tx)
        let candidate = Candidate(standing)
        return Set(
            Hazard.allCases.filter { hazard in
                guard dispatcher.fits(hazard, candidate) else { return false }
                switch standing.mayUncover(hazard) {
                case .allowed, .refused(.runOfSevere): return true
                case .refused: return false
                }
            })
    }
}
