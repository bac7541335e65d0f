import Foundation
import Ledger
import Testing

@Suite("One signature over several logs")
struct LogIndexTests {
    private let north = SiteKey(), south = SiteKey(), own = SiteKey()

    private func log(_ origin: String, _ size: Int64, _ key: SiteKey, root: UInt8 = 7) throws -> LogIndex.Log
    {
        let checkpoint = try Checkpoint(origin: origin, size: size, root: Array(repeating: root, count: 32))
        return .init(key: key.publicKeyHex, note: try checkpoint.note(signedBy: key))
    }

    private func index(_ logs: [LogIndex.Log]) throws -> LogIndex {
        try LogIndex(origin: "all", logs: logs, signedBy: own)
    }

    @Test func whatIsSignedIsReadBackAndTellsOfEveryLog() throws {
        let made = try index([log("south", 5, south), log("north", 9, north)])
        let read = try LogIndex(json: made.json)
        #expect(read == made)
        let (checkpoint, logs) = try read.check(publicKeys: [own.publicKeyHex])
        #expect(checkpoint.origin == "all")
        #expect(checkpoint.size == 2)
        #expect(logs.map(\.origin) == ["north", "south"])
        #expect(logs.map(\.size) == [9, 5])
    }

    @Test func anyChangeIsFound() throws {
        let made = try index([log("north", 9, north), log("south", 5, south)])
        let text = String(decoding: made.json, as: UTF8.self)
        func isRefused(_ index: LogIndex) -> Bool {
            (try? index.check(publicKeys: [own.publicKeyHex])) == nil
        }
        #expect(throws: LedgerError.badSignature) { try made.check(publicKeys: [north.publicKeyHex]) }
        // Another note of the same log by its own key, one log less, and another key under a log's name.
        let longer = try log("south", 6, south)
        let others: [[LogIndex.Log]] = [
            [made.logs[0], longer], [made.logs[0]], [made.logs[1], made.logs[0]], [],
            [made.logs[0], try log("south", 5, own)],
        ]
        for logs in others {
            let list = logs.map { #"{"key":\#(quoted($0.key)),"note":\#(quoted($0.note))}"# }
            let start = try #require(text.range(of: "\"logs\":["))
            let end = try #require(text.range(of: "],\"type\""))
            let forged = text[..<start.upperBound] + list.joined(separator: ",") + text[end.lowerBound...]
            #expect(isRefused(try LogIndex(json: Array(forged.utf8))))
        }
        // The way in which they are put together here is a right one.
        let same = made.logs.map { #"{"key":\#(quoted($0.key)),"note":\#(quoted($0.note))}"# }
        #expect(text.contains(same.joined(separator: ",")))
    }

    private func quoted(_ text: String) -> String {
        let parts = text.split(separator: "\n", omittingEmptySubsequences: false)
        return "\"" + parts.joined(separator: "\\n") + "\""
    }

    @Test func noLogGetsLostOrShorterFromOneToTheNext() throws {
        let old = try index([log("north", 9, north), log("south", 5, south)])
        func follows(_ logs: [LogIndex.Log]) throws -> Bool {
            (try? index(logs).check(publicKeys: [own.publicKeyHex], after: old)) != nil
        }
        #expect(try follows([log("north", 10, north), log("south", 5, south), log("west", 1, own)]))
        #expect(try !follows([log("north", 10, north)]))
        #expect(try !follows([log("north", 8, north), log("south", 5, south)]))
        #expect(try !follows([log("north", 9, north, root: 8), log("south", 5, south)]))
    }

    @Test func twoNotesOfOneLogAndNoneAreNoIndex() throws {
        #expect(throws: LedgerError.notAProof) {
            try index([log("north", 9, north), log("north", 8, north)])
        }
        #expect(throws: LedgerError.notAProof) { try index([]) }
        #expect(throws: LedgerError.badSignature) {
            let other = try log("north", 9, south)
            _ = try index([.init(key: north.publicKeyHex, note: other.note)])
        }
    }
}
