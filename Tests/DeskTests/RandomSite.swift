import Desk
import Exposure
import Foundation
import Moderation
import PolicyEngine
import SQLiteStore
import Store

/// Posts of every hazard, people of every role, and limits that are soon reached, on a store that is quick to sync.
final class RandomSite {
    let folder: String
    let clock: ManualClock
    /// What the store holds, read beside the desks.
    let store: any Store
    let ada: Person
    private(set) var posts: [PostID] = []
    private var seed: UInt64

    static let start = Timestamp(milliseconds: 1_772_357_400_000)

    init(limits: Limits, seed: UInt64, posts count: Int) throws {
        let memory = "/dev/shm"
        let base = FileManager.default.isWritableFile(atPath: memory) ? memory + "/" : NSTemporaryDirectory()
        folder = base + "releve-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        clock = ManualClock(at: Self.start)
        store = try SQLiteStore(path: folder + "/site.sqlite", creating: true)
        self.seed = seed
        let desk = Desk(store: store, clock: clock, entropy: SeededEntropy(seed: seed))
        ada = try desk.makeSite(
            Founding(
                name: "test.example/releve", isDemo: true, publicKey: "00", user: "ada", personName: "Ada",
                roles: Set(Role.allCases), bundle: try Self.bundle(), limits: limits))
        let words = ["fine", "rude", "raw", "grim", "dire"]
        let texts = (0..<count).map { number in
            FlaggedPost(
                source: "s", externalID: "\(number)", body: "\(words[number % words.count]) token\(number)",
                language: "en")
        }
        _ = try desk.takeIn(texts)
        posts = try store.read { try $0.queue(QueueFilter(), offset: 0, limit: count).map(\.id) }
    }

    /// Another console: a process of its own, which knows nothing but the store and its clock.
    func console() -> Desk {
        seed += 1
        return Desk(store: store, clock: clock, entropy: SeededEntropy(seed: seed))
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private static func bundle() throws -> PolicyBundle {
        let files = [("rude", "mild"), ("raw", "moderate"), ("grim", "severe"), ("dire", "extreme")].map {
            word, hazard in
            (
                name: "\(word).yaml",
                text: """
                id: \(word)
                title: \(word)
                guidance: Look twice.
                neutral: A post.
                dsa: {category: STATEMENT_CATEGORY_VIOLENCE}
                hazard: \(hazard)
                actions: [remove, label]
                rules:
                  - id: \(word)/direct
                    selections:
                      it: {body: {any_word: [\(word)]}}
                    recommend: remove
                """
            )
        }
        guard let bundle = PolicyLoader.load(files: files).bundle else {
            throw CocoaError(.fileReadCorruptFile)
        }
        return bundle
    }
}

/// SplitMix64: the same seed, the same cases, on every machine.
struct Dice: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func one(in count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }
    mutating func below(_ count: Int) -> Int { Int.random(in: 0..<max(1, count), using: &self) }
}
