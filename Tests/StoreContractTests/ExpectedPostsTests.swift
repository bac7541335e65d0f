import Ledger
import Moderation
import Store
import StoreTesting
import Testing

@Suite("What is said of posts to come changes nothing of what becomes of them", .eachStore)
struct ExpectedPostsTests {
    private let now = Timestamp(milliseconds: 1_767_225_600_000)
    private let bundle = BundleDigest(hex: String(repeating: "ab", count: 32))

    private func prepared(_ id: String) -> PreparedContent {
        let content = FlaggedPost(source: "s", externalID: id, body: id)
        return PreparedContent(
            id: PostID(id), content: content, bytes: ContentCommitment.bytes(of: content), salt: [1],
            digest: [0],
            evaluation: Evaluation(findings: [], recommendation: nil, hazard: .none, bundle: bundle),
            priority: 0)
    }

    /// Ids of which some are no letters and digits.
    private func id(_ random: inout Seeded) -> String {
        let number = Int.random(in: 0..<900, using: &random)
        return (number % 150 == 7 ? "é\"" : "p") + "\(number)"
    }

    @Test(arguments: 0..<4)
    func postsComeAsTheyWouldUnexpected(seed: Int) throws {
        var random = Seeded(state: UInt64(seed) + 99)
        let made = try TemporaryStore()
        try made.store.write { try $0.putInForce(StoredBundle(digest: bundle, canonical: "[]", since: now)) }
        var known: [String] = []
        for round in 0..<12 {
            var coming = (0..<Int.random(in: 60...140, using: &random)).map { _ in id(&random) }
            // Mostly what nobody knows, each once, as a file of new posts has it.
            if round % 3 != 0 {
                coming = Array(Set(coming).subtracting(known)).sorted().filter {
                    round % 2 == 0 || $0.first == "p"
                }
            }
            var said = coming
            if round % 4 == 1 { said.removeLast(said.count / 3) }
            if round % 4 == 2 { said.insert("stranger\(round)", at: said.count / 2) }
            if round % 5 == 4 { said.shuffle(using: &random) }
            let isUndone = round == 7
            struct Undone: Error {}
            var fresh: [String] = []
            do {
                try made.store.write { tx throws in
                    try tx.expect(said.map { PostID($0) })
                    for id in coming {
                        let isNew = !known.contains(id) && !fresh.contains(id)
                        let result = try tx.takeIn(prepared(id), at: now) { _ in nil }
                        #expect(result == (isNew ? .new : .unchanged), "\(id) in round \(round)")
                        if isNew { fresh.append(id) }
                    }
                    if isUndone { throw Undone() }
                }
            } catch is Undone { fresh = [] }
            known += fresh
            try made.store.read { tx throws in
                #expect(try tx.nameCount() == Int64(known.count))
                for id in known.suffix(20) { #expect(try tx.post(PostID(id))?.content?.body == id) }
                #expect(try tx.post(PostID("stranger\(round)")) == nil)
            }
        }
        #expect(known.count > 400)
        let queue = try made.again().read {
            try $0.queue(QueueFilter(states: [.waiting]), offset: 0, limit: 999)
        }
        #expect(queue.map(\.id.rawValue) == known, "in the order in which they came")
    }
}
