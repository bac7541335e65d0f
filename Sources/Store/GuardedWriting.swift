public import Moderation

/// What a store keeps beside people's words, so that the ledger's digests of them can be told again.
public protocol GuardedWriting {
    /// Keeps a decision with what was known of its post when it was made, and the salt of its note's digest if it has
    /// a note; the ledger's next entry tells of it.
    ///
    /// - Parameters:
    ///   - hazard: how harmful looking was expected to be.
    ///   - language: the post's; `nil` when nobody said.
    func insert(_ decision: Decision, hazard: Hazard, language: String?, noteSalt: [UInt8]?) throws
    /// Keeps a leave for a rule to decide by itself, and the salt of its reason's digest; fails when the rule has one
    /// under that bundle.
    func insert(_ automation: Automation, salt: [UInt8]) throws
    /// Keeps the salt of the digest that stands in the ledger for the person's user and name.
    func setSalt(_ salt: [UInt8], of person: PersonID) throws
    /// Says that from now on the site's entries tell all that this form of the ledger asks for.
    func setForm(_ form: Int) throws
}

extension StoreTransaction {
    /// Keeps a decision on a post as it is now, whose note, if it has one, can't be held against the ledger.
    public func insert(_ decision: Decision) throws {
        let post = try post(decision.post)
        try insert(
            decision, hazard: post?.evaluation.hazard ?? .none, language: post?.content?.language,
            noteSalt: nil)
    }
}
