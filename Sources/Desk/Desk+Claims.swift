import Exposure
import Ledger
public import Moderation
import PolicyEngine
import Store

extension Desk {
    /// How many posts one claim looks at that turn out not to fit.
    private static let mostLooks = 100
    /// How many claims that have run out one claim puts back.
    private static let mostExpired = 100

    /// Puts the next fitting post into the person's hands.
    public func claimNext(for person: Person) throws(DeskError) -> ClaimOutcome {
        let now = clock.now().wall
        return try write(as: .own(person.id)) { try claimNext(for: person.id, at: now, in: $0) }
    }

    /// Puts this post into the person's hands, with the same limits as any other.
    public func claim(_ id: PostID, for person: Person) throws(DeskError) -> ClaimOutcome {
        let now = clock.now().wall
        return try write { tx in
            try releaseExpired(at: now, in: tx)
            if let held = try tx.claims(of: person.id).first(where: { $0.post == id }) {
                return .claimed(try caseFile(held, in: tx))
            }
            guard var post = try tx.post(id) else { throw DeskError.noSuchPost(id.rawValue) }
            if post.state == .erased { throw try gone(id, in: tx) }
            let standing = try standing(of: person.id, at: now, in: tx)
            if post.state == .waiting { post.evaluation = try upToDate(post, at: now, in: tx) }
            guard standing.claimable.contains(post.evaluation.hazard) else { return .refused(standing) }
            guard post.state == .waiting else { throw DeskError.notAvailable(id, post.state) }
            let dispatcher = dispatcher(standing.limits, try tx.dispatchFigures())
            guard dispatcher.fits(post.evaluation.hazard, Candidate(standing)) else {
                throw DeskError.invalid(.doesNotFit(post.evaluation.hazard))
            }
            let current = try tx.person(person.id) ?? person
            let request = request(for: current, hazards: [post.evaluation.hazard], at: now)
            guard let claim = try tx.claim(id, for: request) else {
                throw DeskError.notAvailable(id, try tx.post(id)?.state ?? .decided)
            }
            return .claimed(try taken(claim, at: now, in: tx))
        }
    }

    /// What the person still holds, oldest first, with drafts: after a crash or a restart.
    public func heldCases(of person: Person) throws(DeskError) -> [CaseFile] {
        let now = clock.now().wall
        return try write(as: .own(person.id)) { tx in
            let expiry = now + Self.lease
            return try tx.claims(of: person.id).compactMap { claim in
                var kept = claim
                guard try tx.renew(claim, until: expiry, at: now) else { return nil }
                kept.expiresAt = expiry
                return try caseFile(kept, in: tx)
            }
        }
    }

    /// Holds a post for another lease; fails with `claimLost` when it was taken over.
    public func renew(_ claim: Claim) throws(DeskError) -> Claim {
        let now = clock.now().wall
        let expiry = now + Self.lease
        guard try write(as: .own(claim.person), { try $0.renew(claim, until: expiry, at: now) }) else {
            throw .claimLost(claim.post)
        }
        var renewed = claim
        renewed.expiresAt = expiry
        return renewed
    }

    /// Passes over a post: it goes back, is not offered to this person again, and is never held against them.
    public func skip(_ file: CaseFile, reason: SkipReason, by person: Person, open: OpenSpan?)
        throws(DeskError)
    {
        try letGo(file, by: person, open: open) { now, tx in
            try tx.recordSkip(of: file.post, by: person.id, at: now)
            try tx.save(nil, on: file.post, by: person.id)
            try tx.setState(.waiting, of: file.post)
            try tx.append(
                LedgerEntry(
                    kind: .skipped, at: now, person: person.id, post: file.post,
                    fields: ["reason": .string(reason.rawValue)]))
        }
    }

    /// Gives a post back, with its draft kept, without penalty.
    public func release(_ file: CaseFile, by person: Person, open: OpenSpan?) throws(DeskError) {
        try letGo(file, by: person, open: open) { now, tx in try giveBack(file.claim, at: now, in: tx) }
    }

    /// Hands a post to a lead, with a word on why.
    public func escalate(_ file: CaseFile, note: String, by person: Person, open: OpenSpan?) throws(DeskError)
    {
        let salt = entropy.bytes(16)
        try letGo(file, by: person, open: open) { now, tx in
            let draft = Draft(note: note)
            try tx.setState(.escalated, of: file.post)
            try tx.save(draft, on: file.post, by: person.id)
            try tx.append(
                LedgerEntry(
                    kind: .escalated, at: now, person: person.id, post: file.post,
                    fields: Commitment.fields(of: note, name: "note", salt: salt)))
        }
    }

    /// Keeps what the person has begun to write; `nil` drops it.
    public func saveDraft(_ draft: Draft?, on file: CaseFile, by person: Person) throws(DeskError) {
        try write(as: .own(person.id)) { tx in
            try demandClaim(file.claim, in: tx)
            try tx.save(draft, on: file.post, by: person.id)
        }
    }

    // MARK: Inside a transaction

    /// - Parameter known: the person's record, where this transaction has read it and it still holds.
    func claimNext(
        for id: PersonID, at now: Timestamp, known: ExposureRecord? = nil, in tx: any StoreTransaction
    ) throws -> ClaimOutcome {
        try tx.foresee { try askCandidate(id, at: now, withRecord: known == nil, in: tx) }
        guard let person = try tx.person(id) else { throw DeskError.notOnRoster(user: id.rawValue) }
        let standing = Dosimeter.standing(of: try known ?? record(of: id, at: now, in: tx))
        let request = request(for: person, hazards: standing.claimable, at: now)
        try tx.foresee {
            _ = try tx.releaseExpiredClaims(at: now, limit: Self.mostExpired)
            _ = try tx.heads(request)
        }
        try releaseExpired(at: now, in: tx)
        guard !standing.claimable.isEmpty else { return .refused(standing) }
        // A post that the policies now in force see otherwise may not fit any more: it goes back where it belongs.
        let figures = try tx.dispatchFigures()
        let dispatcher = dispatcher(standing.limits, figures)
        for _ in 0..<Self.mostLooks {
            guard let next = try choose(for: request, standing, dispatcher, figures, in: tx) else { break }
            try tx.foresee {
                _ = try tx.draft(on: next, by: id)
                _ = try tx.digestInForce()
            }
            // Somebody else may have been faster.
            guard let claim = try tx.claim(next, for: request) else { continue }
            guard var post = try tx.post(claim.post) else { throw DeskError.noSuchPost(claim.post.rawValue) }
            post.evaluation = try upToDate(post, at: now, in: tx)
            let policies = post.evaluation.findings.map(\.policy)
            if request.hazards.contains(post.evaluation.hazard),
                dispatcher.fits(post.evaluation.hazard, Candidate(standing)),
                !person.optOuts.cover(hazard: post.evaluation.hazard, policies: policies, at: now)
            {
                return .claimed(try taken(claim, post, at: now, in: tx))
            }
            try tx.setState(.waiting, of: claim.post)
        }
        let waiting = try tx.statistics().total(.waiting)
        if waiting > 0, case .capped = standing.availability { return .refused(standing) }
        return .nothing(waitingElsewhere: waiting)
    }

    /// Asks what must be known before posts are asked for that this person can be given.
    func askCandidate(
        _ id: PersonID, at now: Timestamp, withRecord: Bool = true, in tx: any StoreReading
    ) throws {
        _ = try tx.person(id)
        if withRecord { try askRecord(of: id, since: now - Dosimeter.week, in: tx) }
        _ = try tx.dispatchFigures()
        _ = try tx.digestInForce()
        // Of no hazard: only what kinds there are.
        _ = try tx.heads(
            ClaimRequest(
                person: id, hazards: [], languages: [], excludedPolicies: [], now: now, expiresAt: now))
    }

    /// What the policies in force say of a waiting or just claimed post, evaluated again if they were others before.
    private func upToDate(_ post: StoredPost, at now: Timestamp, in tx: any StoreTransaction) throws
        -> Evaluation
    {
        let bundle = try bundleInForce(in: tx)
        guard post.evaluation.bundle != bundle.digest else { return post.evaluation }
        return try reevaluate(post, by: try bundles.evaluator(bundle), at: now, in: tx)
    }

    /// What of these hazards the person can be given: nothing that they never want to be shown, or not today.
    func request(for person: Person, hazards: Set<Hazard>, at now: Timestamp) -> ClaimRequest {
        let optOuts = person.optOuts.inForce(at: now)
        return ClaimRequest(
            person: person.id, hazards: hazards.subtracting(optOuts.hazards), languages: person.languages,
            excludedPolicies: optOuts.policies, now: now, expiresAt: now + Self.lease)
    }

    func taken(_ claim: Claim, _ post: StoredPost? = nil, at now: Timestamp, in tx: any StoreTransaction)
        throws
        -> CaseFile
    {
        let file = try caseFile(claim, post, in: tx)
        try tx.append(
            LedgerEntry(
                kind: .claimed, at: now, person: claim.person, post: claim.post,
                fields: [
                    "fence": .integer(claim.fence), "version": .integer(Int64(file.version)),
                    "bundle": .string(file.bundle.bundle.digest.hex),
                ]))
        return file
    }

    func releaseExpired(at now: Timestamp, in tx: any StoreTransaction) throws {
        for claim in try tx.releaseExpiredClaims(at: now, limit: Self.mostExpired) {
            try tx.append(
                LedgerEntry(
                    kind: .claimExpired, at: now, person: claim.person, post: claim.post,
                    fields: ["fence": .integer(claim.fence)]))
        }
    }

    /// Puts a held post back in the queue with its draft.
    func giveBack(_ claim: Claim, at now: Timestamp, in tx: any StoreTransaction) throws {
        let draft = try tx.draft(on: claim.post, by: claim.person)
        try tx.setState(.waiting, of: claim.post)
        if let draft { try tx.save(draft, on: claim.post, by: claim.person) }
        try tx.append(
            LedgerEntry(
                kind: .released, at: now, person: claim.person, post: claim.post,
                fields: ["fence": .integer(claim.fence)]))
    }

    func demandClaim(_ claim: Claim, in tx: any StoreReading) throws {
        guard let current = try tx.claim(on: claim.post), current.fence == claim.fence,
            current.person == claim.person
        else {
            if let erasure = try tx.erasure(of: claim.post) { throw DeskError.erased(erasure) }
            throw DeskError.claimLost(claim.post)
        }
    }

    func caseFile(_ claim: Claim, _ known: StoredPost? = nil, in tx: any StoreReading) throws -> CaseFile {
        guard let post = try known ?? tx.post(claim.post) else {
            throw DeskError.noSuchPost(claim.post.rawValue)
        }
        // The one it was claimed under, whatever came into force since.
        let bundle = try bundle(post.evaluation.bundle, in: tx)
        return CaseFile(
            claim: claim, stored: post, draft: try tx.draft(on: claim.post, by: claim.person), bundle: bundle,
            erasure: post.content == nil ? try tx.erasure(of: claim.post) : nil)
    }

    /// Ends a claim without a decision: the clock is closed first, then `body` says what becomes of the post.
    private func letGo(
        _ file: CaseFile, by person: Person, open: OpenSpan?,
        _ body: (Timestamp, any StoreTransaction) throws -> Void
    ) throws(DeskError) {
        let moment = clock.now()
        try write(as: .own(person.id)) { tx in
            if let open { try close(open, because: .released, at: moment, in: tx) }
            try demandClaim(file.claim, in: tx)
            try body(moment.wall, tx)
        }
    }
}

extension CaseFile {
    init(claim: Claim, stored: StoredPost, draft: Draft?, bundle: PolicyBundle, erasure: Erasure?) {
        let content = stored.content
        self.claim = claim
        version = stored.version
        source = content?.source ?? ""
        community = content?.community
        kind = content?.kind ?? "post"
        language = content?.language
        author = content?.author ?? Author()
        createdAt = content?.createdAt
        deadline = content?.deadline
        takenInAt = stored.takenInAt
        flags = content?.flags ?? []
        threadCount = content?.thread.count ?? 0
        linkCount = content?.links.count ?? 0
        mediaCount = content?.media.count ?? 0
        textLength = content.map { $0.body.unicodeScalars.count } ?? 0
        evaluation = stored.evaluation
        self.draft = draft
        isErased = content == nil
        self.erasure = erasure
        neutralLines =
            content.map { content in
                Dictionary(
                    uniqueKeysWithValues: ["en", "fr"].map { language in
                        let line = PolicyEngine.neutralLine(
                            for: stored.evaluation, post: content, bundle: bundle, language: language)
                        return (language, line)
                    })
            }
            ?? Dictionary(
                uniqueKeysWithValues: ["en", "fr"].map { ($0, erasure?.sentence(in: $0) ?? "") })
        self.bundle = CaseBundle(bundle)
    }
}
