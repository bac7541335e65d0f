import ArgumentParser
import Foundation
import Ledger
import Moderation
import SQLiteStore
import Store

extension Bench {
    /// Appends entries to a ledger through the store, so many in each transaction.
    struct Append: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Append entries to a store's ledger, and print how long that took.")
        @Argument(help: "The store's file.") var path: String
        @Option(help: "How many entries.") var count = 1000
        @Option(help: "How many in one transaction; 1 makes each durable before the next.") var batch = 1

        func validate() throws {
            guard count > 0, batch > 0 else {
                throw ValidationError("--count and --batch must be at least 1")
            }
        }

        func run() throws {
            let store = try SQLiteStore(path: path, creating: false)
            let before = try store.read { try $0.ledgerTree().size }
            let start = ContinuousClock.now
            for first in stride(from: 0, to: count, by: batch) {
                try store.write { tx in
                    for number in first..<min(first + batch, count) { try tx.append(Self.entry(number)) }
                }
            }
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            print("appended \(count) to \(before) in \(seconds) s")
        }

        /// As long as what tells of a decision.
        private static func entry(_ number: Int) -> LedgerEntry {
            LedgerEntry(
                kind: .claimed, at: Timestamp(milliseconds: 1_795_485_659_439 + Int64(number)),
                person: PersonID("k3v7qjz4m2x6p5w1"), post: PostID("a7c2m4x6q8k1v3z5"),
                fields: [
                    "fence": .integer(Int64(number)), "version": 1, "hazard": "moderate", "language": "en",
                    "bundle": "c1f0b7b0a5ab2c3d4e5f60718293a4b5c6d7e8f9000102030405060708090a0b",
                    "content": "0f1e2d3c4b5a69788796a5b4c3d2e1f0000102030405060708090a0b0c0d0e0f",
                ])
        }
    }

    /// Checks a receipt over and over in this process.
    struct Receipts: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "receipt",
            abstract: "Check a receipt, and print its size and how long a check takes.")
        @Argument(help: "The receipt's file.") var path: String
        @Option(help: "The site's public key, in hexadecimal.") var key: String
        @Option(help: "How often.") var rounds = 1000

        func run() throws {
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            let start = ContinuousClock.now
            for _ in 0..<rounds { _ = try Receipt(json: bytes).check(publicKeys: [key]) }
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            print("\(bytes.count) bytes, \(seconds / Double(rounds) * 1000) ms")
        }
    }
}
