import Exposure
import Ledger
public import Moderation
import Store

/// What became of erasing.
public struct ErasureOutcome: Hashable, Sendable {
    /// What is erased now, those that were before included.
    public var erasures: [Erasure] = []
    /// Posts whose content was erased before; nothing more was done to them.
    public var earlier: Set<PostID> = []
    /// Rejected records that held their texts and were emptied.
    public var rejected = 0
    /// Posts that somebody held, who has to take another.
    public var taken: Set<PostID> = []
}

extension Desk {
    /// Of a text shorter than this, rejected records are not searched: it would be found in others' by chance.
    private static let shortestSearch = 8

    /// Erases the content of posts, in all their versions, for good; for leads.
    ///
    /// With it go the salts that commit to it, the evidence of findings, what was known of its author, drafts, the notes
    /// on its decisions and auditors' reasons about those (nobody can tell for sure that they don't quote it), and
    /// rejected records that hold it. Decisions and verdicts stand, and so does the ledger. A post that nobody has decided leaves the queue; whoever holds it is told, and their
    /// exposure ends there. Ends with ``forget()``, which may take long.
    ///
    /// - Parameter authority: who says so, such as a court and the number of its order.
    public func erase(
        _ posts: [PostID], because reason: ErasureReason, authority: String, note: String? = nil,
        by lead: Person
    ) throws(DeskError) -> ErasureOutcome {
        try demand(.lead, of: lead)
        guard !authority.isEmpty else { throw .invalid(.other("an authority is needed (--authority)")) }
        let now = clock.now().wall
        let outcome = try write { tx in
            var outcome = ErasureOutcome()
            for id in posts {
                if let earlier = try tx.erasure(of: id) {
                    outcome.earlier.insert(id)
                    outcome.erasures.append(earlier)
                    continue
                }
                let erasure = Erasure(
                    post: id, person: lead.id, at: now, reason: reason, authority: authority,
                    note: note.flatMap { $0.isEmpty ? nil : $0 })
                try erase(erasure, outcome: &outcome, in: tx)
            }
            return outcome
        }
        try forget()
        return outcome
    }

    /// Makes sure that nothing erased can be read back from the store's files.
    public func forget() throws(DeskError) {
        do { try store.forget() } catch { throw DeskError(error) }
    }

    /// By whom, when and why a post's content was erased; `nil` when it was not.
    public func erasure(of post: PostID) throws(DeskError) -> Erasure? {
        try read { try $0.erasure(of: post) }
    }

    /// All erasures, newest first, at most `limit`.
    public func erasures(limit: Int) throws(DeskError) -> [Erasure] {
        try read { try $0.erasures(limit: limit) }
    }

    // MARK: Inside a transaction

    private func erase(_ erasure: Erasure, outcome: inout ErasureOutcome, in tx: any StoreTransaction) throws
    {
        guard let post = try tx.post(erasure.post) else { throw DeskError.noSuchPost(erasure.post.rawValue) }
        if let claim = try tx.claim(on: post.id) {
            try endLooking(at: post.id, by: claim.person, at: erasure.at, in: tx)
            outcome.taken.insert(post.id)
        }
        if let content = post.content {
            outcome.rejected += try tx.emptyRejected(holding: Self.texts(of: content))
        }
        if post.state != .decided { try tx.setState(.erased, of: post.id) }
        let salt = entropy.bytes(16)
        let remains = try tx.erase(erasure, salt: salt)
        try tx.append(entry(of: erasure, remains: remains, salt: salt))
        outcome.erasures.append(erasure)
    }

    /// Closes the span of whoever has the post before them, as it is paid; their console covers it at the next beat.
    private func endLooking(
        at post: PostID, by person: PersonID, at now: Timestamp, in tx: any StoreTransaction
    )
        throws
    {
        for span in try tx.spans(of: person, since: now - Dosimeter.week)
        where span.post == post && span.isOpen {
            var closed = span.recovered()
            closed.closedBy = .released
            try keepClosed(closed, at: now, in: tx)
        }
    }

    private static func texts(of post: FlaggedPost) -> [[UInt8]] {
        let texts = [post.body, post.title, post.externalID].compactMap(\.self)
            .filter { $0.utf8.count >= shortestSearch }
        // As it is, and as it stands in JSON.
        return Set(
            texts.flatMap { text in
                [Array(text.utf8), Array(CanonicalJSON.bytes(of: .string(text)).dropFirst().dropLast())]
            }
        ).sorted { $0.lexicographicallyPrecedes($1) }
    }

    private func entry(of erasure: Erasure, remains: ErasedRemains, salt: [UInt8]) -> LedgerEntry {
        var fields: [String: LedgerValue] = [
            "reason": .string(erasure.reason.rawValue), "source": .string(remains.source),
            "flags": .integer(Int64(remains.flagCount)), "priority": .integer(Int64(remains.priority)),
            "kept": .array(remains.kept.map { .string($0) }),
        ]
        if let language = remains.language { fields["language"] = .string(language) }
        if let deadline = remains.deadline { fields["deadline"] = .integer(deadline.milliseconds) }
        fields.merge(Commitment.fields(of: erasure.authority, name: "authority", salt: salt)) { $1 }
        fields.merge(Commitment.fields(of: erasure.note, name: "note", salt: salt)) { $1 }
        return LedgerEntry(
            kind: .erased, at: erasure.at, person: erasure.person, post: erasure.post, fields: fields)
    }
}

extension Erasure {
    /// That the content is gone, when, why and on whose authority, in `en` or `fr`.
    public func sentence(in language: String) -> String {
        let word = note.map { " (\($0))" } ?? ""
        return language == "fr"
            ? "Son contenu a été effacé le \(at) : \(reason.french), \(authority)\(word)."
            : "Its content was erased at \(at): \(reason.english), \(authority)\(word)."
    }
}

extension ErasureReason {
    fileprivate var english: String {
        switch self {
        case .order: "by order"
        case .request: "at the request of a person it concerns"
        case .illegal: "keeping it is against the law"
        case .retention: "kept as long as allowed"
        }
    }

    fileprivate var french: String {
        switch self {
        case .order: "sur ordre"
        case .request: "à la demande d'une personne concernée"
        case .illegal: "le conserver est illégal"
        case .retention: "durée de conservation atteinte"
        }
    }
}
