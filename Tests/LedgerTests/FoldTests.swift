import Ledger
import Moderation
import Testing

@Suite("A fold tells what entries say of each post")
struct FoldTests {
    private let now = Timestamp(milliseconds: 1_772_357_400_000)

    private func entry(_ kind: EntryKind, _ post: String?, _ fields: [String: LedgerValue] = [:]) -> [UInt8] {
        LedgerEntry(
            kind: kind, at: now, person: kind == .takenIn ? nil : PersonID("p"),
            post: post.map { PostID($0) },
            fields: fields
        ).canonicalBytes()
    }

    @Test func postsAreTakenInWhateverTheirNamesAndNoWordsPassForOne() throws {
        let taken = "a\",\"kind\":\"taken_in\",\"post\":\"abc"
        var fold = LedgerFold()
        for bytes in [
            entry(.siteMade, nil, ["name": .string(taken)]), entry(.takenIn, "short", ["version": 1]),
            entry(.takenIn, "A name \"of\" another form", ["version": 1]), entry(.released, taken),
            entry(.skipped, "short", ["reason": .string(taken)]), entry(.takenIn, "short", ["version": 1]),
        ] {
            fold.take(bytes)
        }
        #expect(fold.size == 6 && fold.postCount == 3 && fold.posts.count == 2)
        let short = try #require(fold.posts[LedgerFold.Name("short")])
        #expect(short.takenIn == 1 && short.ordinal == 1 && short.moved == 4 && short.state == .waiting)
        #expect(fold.posts[LedgerFold.Name("A name \"of\" another form")]?.ordinal == 2)
        #expect(fold.posts[LedgerFold.Name("abc")] == nil)
    }

    @Test func sharesHoldEachPostOnceAndCountAll() {
        let names = (0..<500).map { "post\($0)" }
        var seen: [String] = []
        for number in 0..<3 {
            var fold = LedgerFold(share: .init(number: number, of: 3))
            for name in names { fold.take(entry(.takenIn, name)) }
            #expect(fold.postCount == 500 && (100...250).contains(fold.posts.count))
            seen += names.filter { fold.posts[LedgerFold.Name($0)] != nil }
        }
        #expect(seen.sorted() == names.sorted())
    }

    @Test func numbersOfEntriesTakeFourBytes() {
        #expect(MemoryLayout<LedgerFold.Post>.stride == 24 && MemoryLayout<LedgerFold.Course>.stride == 8)
        let numbers: [Int64] = [0, 7, 1 << 31, 1 << 32, .max]
        #expect(
            numbers.map { Narrow(wrappedValue: $0).wrappedValue } == [
                0, 7, 1 << 31, (1 << 32) - 3, (1 << 32) - 3,
            ])
        #expect(
            [nil, 0, .max].map { NarrowIfAny(wrappedValue: $0).wrappedValue } == [nil, 0, (1 << 32) - 3])
    }
}
