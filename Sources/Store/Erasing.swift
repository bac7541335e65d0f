public import Moderation

/// What stays of a post whose content is erased; its ledger entry tells it, so that it can't be changed unnoticed.
public struct ErasedRemains: Hashable, Sendable {
    /// Which platform sent it.
    public var source: String
    /// Its language; `nil` when nobody said.
    public var language: String?
    /// How many flags it had.
    public var flagCount: Int
    /// By when the platform had to be answered.
    public var deadline: Timestamp?
    /// How much sooner than others it was to be looked at.
    public var priority: Int
    /// SHA-256, in hexadecimal, of the findings left of each evaluation, oldest first: rules without evidence.
    public var kept: [String]

    /// Makes remains.
    public init(
        source: String, language: String?, flagCount: Int, deadline: Timestamp?, priority: Int, kept: [String]
    ) {
        self.source = source
        self.language = language
        self.flagCount = flagCount
        self.deadline = deadline
        self.priority = priority
        self.kept = kept
    }
}

/// What can be asked of a store about what was erased.
public protocol ErasureReading {
    /// By whom, when and why a post's content was erased; `nil` when it was not.
    func erasure(of post: PostID) throws -> Erasure?
    /// All erasures, newest first, at most `limit`.
    func erasures(limit: Int) throws -> [Erasure]
}

/// What erasing changes in a store.
public protocol ErasureWriting {
    /// Takes away what tells of a post's content: the bytes and salts of all its versions, evidence and knowledge beside
    /// its findings, its author's number, its likeness, drafts on it, the notes (with their salts) of decisions on it and the
    /// reasons (with theirs) of what auditors said of those decisions.
    ///
    /// Its state stays, and so do decisions, the names of rules that found something, and the ledger.
    ///
    /// - Parameter salt: what its authority and note are committed to with.
    func erase(_ erasure: Erasure, salt: [UInt8]) throws -> ErasedRemains
    /// Empties rejected records that hold any of these texts, each of some length; says how many.
    func emptyRejected(holding texts: [[UInt8]]) throws -> Int
}

/// A store that can make sure of what was erased.
public protocol Forgetting {
    /// Writes the store anew so that nothing erased can be read back from its files, free pages and logs included.
    ///
    /// Takes time and disk in proportion to the store. Throws ``StoreError/busy(_:)`` when somebody still reads an
    /// earlier moment, ``StoreError/full(_:)`` without room; what was erased stays erased, and asking again is safe.
    func forget() throws
}
