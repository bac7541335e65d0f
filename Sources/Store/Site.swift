public import Exposure
public import Moderation

/// What a site is.
public struct Site: Hashable, Sendable {
    /// Its name, also the origin of its ledger's checkpoints, such as `forum.example/releve`.
    public var name: String
    /// Whether it is for trying out: people may then act under another name.
    public var isDemo: Bool
    /// The Ed25519 public key that signs the ledger now, in hexadecimal.
    public var publicKey: String
    /// When it was made.
    public var createdAt: Timestamp
    /// The form of its ledger: what entries tell of each fact.
    ///
    /// Since 2 they tell enough to hold every row that matters against them.
    public var form: Int

    /// Today's form.
    public static let currentForm = 2

    /// Makes a site.
    public init(
        name: String, isDemo: Bool, publicKey: String, createdAt: Timestamp, form: Int = currentForm
    ) {
        self.form = form
        self.name = name
        self.isDemo = isDemo
        self.publicKey = publicKey
        self.createdAt = createdAt
    }
}

/// A policy bundle as a store keeps it, so that old decisions can be replayed.
public struct StoredBundle: Hashable, Sendable {
    /// Its name.
    public var digest: BundleDigest
    /// Its canonical form, from which it can be made again.
    public var canonical: String
    /// Since when it is in force.
    public var since: Timestamp

    /// Makes a stored bundle.
    public init(digest: BundleDigest, canonical: String, since: Timestamp) {
        self.digest = digest
        self.canonical = canonical
        self.since = since
    }
}

/// An entry's canonical bytes and the leaf hash that is stored beside them.
public struct LedgerRow: Hashable, Sendable {
    /// The bytes.
    public var bytes: [UInt8]
    /// The hash.
    public var leaf: [UInt8]
    /// Whether the bytes are not the entry's own, since it tells of somebody else's exposure or work: they say its kind and
    /// time alone.
    public var isWithheld: Bool

    /// Makes a row.
    public init(bytes: [UInt8], leaf: [UInt8], isWithheld: Bool = false) {
        self.bytes = bytes
        self.leaf = leaf
        self.isWithheld = isWithheld
    }
}

/// A signed statement of the ledger's size and root, as a store keeps it.
public struct StoredCheckpoint: Hashable, Sendable {
    /// How many entries it speaks of.
    public var size: Int64
    /// The note.
    public var note: String
    /// When it was signed.
    public var at: Timestamp

    /// Makes a stored checkpoint.
    public init(size: Int64, note: String, at: Timestamp) {
        self.size = size
        self.note = note
        self.at = at
    }
}

/// Limits as a store keeps them: who set them, and since when.
public struct StoredLimits: Hashable, Sendable {
    /// The limits.
    public var limits: Limits
    /// Who set them; `nil` for the defaults a site begins with.
    public var setBy: PersonID?
    /// Since when they are in force.
    public var since: Timestamp

    /// Makes stored limits.
    public init(limits: Limits, setBy: PersonID?, since: Timestamp) {
        self.limits = limits
        self.setBy = setBy
        self.since = since
    }
}

/// What a next claim may be.
public struct ClaimRequest: Hashable, Sendable {
    /// Who claims.
    public var person: PersonID
    /// Hazards that may be shown to them now.
    public var hazards: Set<Hazard>
    /// Languages they review in; empty means any, and a post without a language fits everybody.
    public var languages: Set<String>
    /// Policies they asked never to be shown.
    public var excludedPolicies: Set<PolicyID>
    /// From when.
    public var now: Timestamp
    /// Until when, unless renewed.
    public var expiresAt: Timestamp

    /// Makes a request.
    public init(
        person: PersonID, hazards: Set<Hazard>, languages: Set<String>, excludedPolicies: Set<PolicyID>,
        now: Timestamp, expiresAt: Timestamp
    ) {
        self.person = person
        self.hazards = hazards
        self.languages = languages
        self.excludedPolicies = excludedPolicies
        self.now = now
        self.expiresAt = expiresAt
    }
}

/// An effect that has to leave the site: kept in the same transaction as its cause, sent later.
public struct OutboxItem: Hashable, Sendable {
    /// The decision it enforces.
    public var decision: DecisionID
    /// The post.
    public var post: PostID
    /// What is to be done.
    public var action: Action
    /// Not before then: the undo window.
    public var dueAt: Timestamp

    /// Makes an item.
    public init(decision: DecisionID, post: PostID, action: Action, dueAt: Timestamp) {
        self.decision = decision
        self.post = post
        self.action = action
        self.dueAt = dueAt
    }
}
