import Ledger
public import Moderation
import PolicyEngine
import Store

/// Never showing it: posts that say the same are decided once, and the decision is applied to each of them.
///
/// A person says so for a list whose length they were shown. Each post gets a decision and an entry of its own, made by
/// that person and marked as applied from the one they made on the post in hand.
extension Desk {
    /// No more posts are decided with one.
    public static let mostAlike = 1000

    /// The waiting posts that say the same as the one in hand and that this person may decide with it.
    ///
    /// Only posts whose likeness is made already (``tend()``), that wait, that the rules in force see alike, and that
    /// the person could be given. Nothing of them is shown, so that no exposure arises.
    public func alike(_ file: CaseFile, by person: Person) throws(DeskError) -> AlikeGroup {
        let now = clock.now().wall
        let (group, stale) = try read { tx in try alike(file, by: person, among: nil, at: now, in: tx) }
        // Many that wait no longer stand before those that do.
        if stale >= Self.staleKept, let keys = try read({ try keys(of: file.post, in: $0) }) {
            try write { try $0.forgetStale(alike: keys, looking: Self.mostAlike) }
        }
        return group
    }

    /// The same of a waiting post that nobody holds, for a look from the command line.
    public func alike(_ id: PostID, by person: Person) throws(DeskError) -> AlikeGroup {
        try demand(.moderator, of: person)
        let now = clock.now().wall
        return try read { tx in
            guard let post = try tx.post(id) else { throw DeskError.noSuchPost(id.rawValue) }
            return try alike(post, by: person, among: nil, at: now, in: tx).group
        }
    }

    /// Records a decision, and applies it to posts that say the same, all in one transaction.
    ///
    /// - Parameters:
    ///   - members: posts of ``alike(_:by:)-(CaseFile,_)``, as the person confirmed them; what has changed since is
    ///     left out, and nothing is added.
    ///   - thenClaim: whether the next post is taken with it.
    public func decide(
        _ file: CaseFile, _ choice: Choice, appliedTo members: [PostID], by person: Person, open: OpenSpan?,
        thenClaim: Bool = false
    ) throws(DeskError) -> GroupDecision {
        guard choice.action != .suspend || members.isEmpty else { throw .invalid(.suspendsOne) }
        guard members.count <= Self.mostAlike else {
            throw .invalid(.tooMany(members.count, most: Self.mostAlike))
        }
        let moment = clock.now()
        return try write { tx in
            let current = try tx.person(person.id) ?? person
            let group = try alike(file, by: current, among: Set(members), at: moment.wall, in: tx)
                .group
            let decision = try decide(file, choice, by: person, open: open, at: moment, in: tx).decision
            var applied: [DecisionID] = []
            for member in group.posts {
                guard let post = try tx.post(member.post) else { continue }
                applied.append(try apply(decision, to: post, in: tx))
            }
            let next = thenClaim ? try claimNext(for: person.id, at: moment.wall, in: tx) : nil
            return GroupDecision(decision: decision, applied: applied, claim: next)
        }
    }

    // MARK: Inside a transaction

    private static let staleKept = 50

    private func keys(of id: PostID, in tx: any StoreReading) throws -> LikenessKeys? {
        guard let secret = try tx.likenessSecret(), let content = try tx.post(id)?.content else { return nil }
        return PostLikeness(content)?.keys(secret: secret)
    }

    private func alike(
        _ file: CaseFile, by person: Person, among members: Set<PostID>?, at now: Timestamp,
        in tx: any StoreReading
    ) throws -> (group: AlikeGroup, stale: Int) {
        guard members?.isEmpty != true, let post = try tx.post(file.post) else { return (.none, 0) }
        return try alike(post, by: person, among: members, at: now, in: tx)
    }

    private func alike(
        _ post: StoredPost, by person: Person, among members: Set<PostID>?, at now: Timestamp,
        in tx: any StoreReading
    ) throws -> (group: AlikeGroup, stale: Int) {
        guard let content = post.content, let form = PostLikeness(content),
            let secret = try tx.likenessSecret()
        else { return (.none, 0) }
        let found = try tx.candidates(alike: form.keys(secret: secret), looking: Self.mostAlike + 1)
        var group = AlikeGroup.none
        for id in found.waiting where id != post.id && group.count < Self.mostAlike {
            if let members, !members.contains(id) { continue }
            guard let other = try tx.post(id), let said = other.content,
                let likeness = PostLikeness(said).flatMap({ form.likeness(to: $0) })
            else { continue }
            guard try mayDecide(other, with: post, person, at: now, in: tx) else {
                group.leftOut += 1
                continue
            }
            group.posts.append(
                AlikePost(
                    post: id, likeness: likeness, language: said.language, community: said.community,
                    author: Self.authorNumber(of: said)))
        }
        return (group, found.stale)
    }

    /// Whether the rules see a post as they see the one in hand, and the person could be given it.
    private func mayDecide(
        _ other: StoredPost, with post: StoredPost, _ person: Person, at now: Timestamp,
        in tx: any StoreReading
    ) throws -> Bool {
        let (own, its) = (post.evaluation, other.evaluation)
        guard own.bundle == its.bundle, try tx.digestInForce() == its.bundle, own.hazard == its.hazard,
            own.recommendation == its.recommendation,
            Set(own.findings.map(\.policy)) == Set(its.findings.map(\.policy))
        else { return false }
        if let language = other.content?.language, !person.languages.isEmpty,
            !person.languages.contains(language)
        {
            return false
        }
        return !person.optOuts.cover(hazard: its.hazard, policies: its.findings.map(\.policy), at: now)
    }

    private func apply(_ origin: Decision, to post: StoredPost, in tx: any StoreTransaction) throws
        -> DecisionID
    {
        let decision = Decision(
            id: newID(), post: post.id, postVersion: post.version, maker: origin.maker,
            action: origin.action, policy: origin.policy, rule: origin.rule, note: origin.note,
            recommendation: post.evaluation.recommendation, bundle: origin.bundle,
            decidedAt: origin.decidedAt, appliedFrom: origin.id)
        try keep(
            decision, hazard: post.evaluation.hazard, language: post.content?.language, in: tx)
        return decision.id
    }

    /// Takes back what was applied from a decision; a post that somebody holds by now is left to them.
    func undoApplied(
        from origin: DecisionID, by person: PersonID, at now: Timestamp, in tx: any StoreTransaction
    )
        throws
    {
        for decision in try tx.decisions(appliedFrom: origin) where decision.undoneAt == nil {
            guard let post = try tx.post(decision.post), post.content != nil,
                post.state == .decided || post.state == .waiting, try tx.undo(decision.id, at: now)
            else { continue }
            try tx.setState(.waiting, of: post.id)
            try tx.append(
                LedgerEntry(
                    kind: .undone, at: now, person: person, post: post.id,
                    fields: ["decision": .string(decision.id.rawValue)]))
        }
    }
}
