public import Moderation

/// What a store keeps beside people's words, so that the ledger's digests of them can be told again.
public protocol GuardedWriting {
    /// Keeps a decision, and the salt of its note's digest if it has a note.
    func insert(_ decision: Decision, noteSalt: [UInt8]?) throws
    /// Keeps a leave for a rule to decide by itself, and the salt of its reason's digest; fails when the rule has one
    /// under that bundle.
    func insert(_ automation: Automation, salt: [UInt8]) throws
    /// Keeps the salt of the digest that stands in the ledger for the person's user and name.
    func setSalt(_ salt: [UInt8], of person: PersonID) throws
    /// Says that from now on the site's entries tell all that this form of the ledger asks for.
    func setForm(_ form: Int) throws
}

extension StoreTransaction {
    /// Keeps a decision whose note, if it has one, can't be held against the ledger.
    public func insert(_ decision: Decision) throws { try insert(decision, noteSalt: nil) }
}
