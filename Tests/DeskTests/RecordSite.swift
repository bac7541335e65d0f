import Desk
import Exposure
import Foundation
import Ledger
import Moderation
import PolicyEngine
import SQLiteStore
import Store

/// A site with a key at hand and people of every role, on a clock that several sites can share.
final class RecordSite {
    let folder: String
    let clock: ManualClock
    let key = SiteKey()
    let store: SQLiteStore
    let desk: Desk
    /// Leads and moderates.
    let ada: Person
    /// Moderates.
    let ben: Person
    private var made = 0

    init(
        _ name: String = "test.example/releve", clock: ManualClock? = nil, seed: UInt64 = 7,
        isDemo: Bool = true, limits: Limits = .standard
    ) throws {
        folder = NSTemporaryDirectory() + "releve-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        self.clock = clock ?? ManualClock(at: Timestamp(milliseconds: 1_772_357_400_000))
        store = try SQLiteStore(path: folder + "/site.sqlite", creating: true)
        desk = Desk(store: store, clock: self.clock, entropy: SeededEntropy(seed: seed), signer: key)
        ada = try desk.makeSite(
            Founding(
                name: name, isDemo: isDemo, publicKey: key.publicKeyHex, user: "ada", personName: "Ada",
                roles: Role.founding, bundle: try TestSite.bundle(), limits: limits))
        ben = try desk.addPerson(user: "ben", name: "Ben", roles: [.moderator], by: ada)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func add(_ name: String, _ roles: Set<Role>) throws -> Person {
        try desk.addPerson(user: name, name: name.capitalized, roles: roles, by: ada)
    }

    /// A shift in which so many posts are looked at, each for so long, with lighter ones in between.
    func shift(of person: Person, looks: Int, seconds: Int, keepingOpen: Bool = false) throws {
        try desk.startShift(person)
        for number in 0..<looks {
            made += 1
            let word = number % 4 == 3 ? "hello" : "kill"
            _ = try desk.takeIn([
                FlaggedPost(
                    source: "s", externalID: "\(made)", body: "\(word) \(made)",
                    language: made % 2 == 0 ? "en" : "fr")
            ])
            guard case .claimed(let file) = try desk.claimNext(for: person),
                case .uncovered(let post) = try desk.uncover(file, by: person)
            else { throw NothingToDo() }
            clock.advance(by: .seconds(seconds))
            let choice =
                number % 2 == 0
                ? Choice(action: .remove, policy: PolicyID("threats")) : Choice(action: .keep)
            try desk.decide(file, choice, by: person, open: post.open)
        }
        if !keepingOpen { try desk.endShift(person) }
    }

    func tables() throws -> [String] { try desk.verifyTables().differences.map { $0.message(in: "en") } }

    struct NothingToDo: Error {}
}
