import Dispatch
import Ledger
import Moderation
import Store
import StoreTesting
import Testing

/// The contract of `write(as:)`.
@Suite("Work beside others is as good as work alone", .eachStore)
struct BesideOthersTests {
    private let bundle = StoredBundle(
        digest: BundleDigest(hex: String(repeating: "ab", count: 32)), canonical: "[]",
        since: Timestamp(milliseconds: 1))
    private let now = Timestamp(milliseconds: 1_000_000)

    private func prepared(_ id: String) -> PreparedContent {
        let content = FlaggedPost(source: "s", externalID: id, body: "text of \(id)", language: "en")
        let bytes = ContentCommitment.bytes(of: content)
        let salt = [UInt8](repeating: 7, count: 16)
        return PreparedContent(
            id: PostID(id), content: content, bytes: bytes, salt: salt,
            digest: ContentCommitment.digest(salt: salt, bytes: bytes),
            evaluation: Evaluation(findings: [], recommendation: nil, hazard: .mild, bundle: bundle.digest),
            priority: 0)
    }

    private func entry(_ kind: EntryKind, _ post: PostID, by person: PersonID) -> LedgerEntry {
        LedgerEntry(kind: kind, at: now, person: person, post: post)
    }

    private func decision(on post: PostID, by person: PersonID) -> Decision {
        Decision(
            id: DecisionID("d-\(post)"), post: post, postVersion: 1, maker: .person(person), action: .keep,
            policy: nil, rule: nil, note: nil, recommendation: nil, bundle: bundle.digest, decidedAt: now)
    }

    private func filled(_ count: Int) throws -> TemporaryStore {
        let made = try TemporaryStore()
        try made.store.write { tx throws in try tx.putInForce(bundle) }
        try made.store.write(as: .intake) { tx throws in
            for number in 0..<count { _ = try tx.takeIn(prepared("p\(number)"), at: now) { _ in nil } }
        }
        return made
    }

    private func claimAndDecide(_ person: PersonID, in tx: any StoreTransaction) throws -> PostID? {
        let request = ClaimRequest(
            person: person, hazards: Set(Hazard.allCases), languages: [], excludedPolicies: [], now: now,
            expiresAt: now + .seconds(60))
        guard let head = try tx.heads(request).min(by: { $0.place < $1.place }) else { return nil }
        guard let claim = try tx.claim(head.post, for: request) else {
            return try claimAndDecide(person, in: tx)
        }
        try tx.append(entry(.claimed, claim.post, by: person))
        try tx.insert(decision(on: claim.post, by: person), hazard: .mild, language: "en", noteSalt: nil)
        try tx.setState(.decided, of: claim.post)
        try tx.enqueue(
            OutboxItem(decision: DecisionID("d-\(claim.post)"), post: claim.post, action: .keep, dueAt: now))
        try tx.append(entry(.decided, claim.post, by: person))
        return claim.post
    }

    @Test func rowsNameTheEntriesThatTellOfThemWhoeverElseWrites() throws {
        let made = try filled(120)
        DispatchQueue.concurrentPerform(iterations: 4) { worker in
            do {
                let store = try made.again()
                let person = PersonID("w\(worker)")
                while try store.write(as: .own(person), { try claimAndDecide(person, in: $0) }) != nil {}
            } catch { Issue.record(error) }
        }
        try made.store.read { tx throws in
            #expect(try tx.statistics().total(.decided) == 120)
            #expect(try tx.outbox(dueBy: now, limit: 999).count == 120)
            let entries = try tx.ledgerEntries(from: 0, limit: 999)
            let hashes = try tx.ledgerLeafHashes(from: 0, limit: 999)
            #expect(entries.count == 240 && hashes == entries.map { MerkleTree.leafHash($0) })
            #expect(try tx.ledgerTree().root == MerkleTree.root(hashes[...]))
            let told = try entries.map { try LedgerEntry(canonicalBytes: $0) }
            let columns = KeptTable.decisions.columns
            let place = try #require(columns.firstIndex(of: "entry"))
            let post = try #require(columns.firstIndex(of: "post"))
            let number = try #require(columns.firstIndex(of: "number"))
            var rows: [KeptRow] = []
            try tx.rows(of: .decisions, in: .init()) { rows += $0 }
            // Numbered from 1 without gaps, in the order in which entries tell of them.
            #expect(rows.map { $0.values[number] } == (1...120).map { .integer($0) })
            let decided = told.indices.filter { told[$0].kind == .decided }
            #expect(rows.map { $0.values[place] } == decided.map { .integer(Int64($0)) })
            #expect(rows.map { $0.values[post] } == decided.map { .text(told[$0].post?.rawValue ?? "") })
        }
    }

    @Test func whatABodyDidIsSeenByItselfAndDroppedWhenItThrows() throws {
        struct Enough: Error {}
        let made = try filled(2)
        let person = PersonID("ada")
        #expect(throws: Enough.self) {
            try made.store.write(as: .own(person)) { tx throws in
                let post = try #require(try claimAndDecide(person, in: tx))
                #expect(try tx.decision(DecisionID("d-\(post)"))?.post == post)
                #expect(try tx.isWaitingToLeave(DecisionID("d-\(post)")))
                #expect(try tx.ledgerTree().size == 2)
                #expect(try tx.appendNumbered(entry(.claimed, post, by: person)) == 2)
                throw Enough()
            }
        }
        try made.store.read { tx throws in
            #expect(try tx.ledgerTree().size == 0 && tx.statistics().total(.waiting) == 2)
            #expect(try tx.outbox(dueBy: now, limit: 9).isEmpty)
        }
    }

    @Test func anExpiredClaimIsGivenToWhoeverAsksNextInTheSameTransaction() throws {
        let made = try filled(1)
        let (ada, bob) = (PersonID("ada"), PersonID("bob"))
        func request(_ person: PersonID, at time: Timestamp) -> ClaimRequest {
            ClaimRequest(
                person: person, hazards: Set(Hazard.allCases), languages: [], excludedPolicies: [], now: time,
                expiresAt: time + .seconds(60))
        }
        let first = try made.store.write(as: .own(ada)) {
            try $0.claim(PostID("p0"), for: request(ada, at: now))
        }
        let later = now + .seconds(61)
        let second = try made.store.write(as: .own(bob)) { tx throws in
            #expect(try tx.releaseExpiredClaims(at: later, limit: 9).map(\.person) == [ada])
            #expect(try tx.heads(request(bob, at: later)).map(\.post) == [PostID("p0")])
            return try tx.claim(PostID("p0"), for: request(bob, at: later))
        }
        #expect(try #require(first).fence < #require(second).fence)
    }
}
