import Desk
import Exposure
import Foundation
import Moderation
import PolicyEngine
import Store
import StoreTesting

/// A site in a folder of its own, with a clock that stands until it is moved.
final class TestSite {
    private let kept: TemporaryStore
    let clock = ManualClock(at: Timestamp(milliseconds: 1_772_357_400_000))
    let desk: Desk
    let ada: Person

    /// The file, on SQLite.
    var path: String { kept.path }

    init(limits: Limits = .standard, publicKey: String = "00") throws {
        kept = try TemporaryStore()
        desk = Desk(store: kept.store, clock: clock, entropy: SeededEntropy(seed: 7))
        ada = try desk.makeSite(
            Founding(
                name: "test.example/releve", isDemo: true, publicKey: publicKey, user: "ada",
                personName: "Ada",
                roles: Set(Role.allCases), bundle: try Self.bundle(), limits: limits))
    }

    /// Another console on the same site and clock.
    func again(seed: UInt64) throws -> Desk {
        Desk(store: try kept.again(), clock: clock, entropy: SeededEntropy(seed: seed))
    }

    /// The store as another process has it.
    func storeAgain() throws -> any Store { try kept.again() }

    static func bundle(guidance: String = "Look twice.", category: String = "VIOLENCE") throws -> PolicyBundle
    {
        let text = """
            id: threats
            title: Threats
            guidance: \(guidance)
            neutral: A post that may threaten somebody.
            dsa: {category: STATEMENT_CATEGORY_\(category)}
            hazard: severe
            actions: [remove, suspend]
            rules:
              - id: threats/direct
                selections:
                  threat: {body: {any_word: [kill]}}
                recommend: remove
            """
        guard let bundle = PolicyLoader.load(files: [(name: "threats.yaml", text: text)]).bundle else {
            throw CocoaError(.fileReadCorruptFile)
        }
        return bundle
    }

    /// Takes posts in with these texts: those with `kill` are severe, those flagged as spam harmless.
    func fill(_ texts: [String], flagged reason: String? = nil) throws {
        let posts = texts.enumerated().map { index, text in
            FlaggedPost(
                source: "s", externalID: "\(reason ?? "")\(index) \(text)", body: text,
                flags: reason.map { [Flag(reason: $0)] } ?? [])
        }
        _ = try desk.takeIn(posts)
    }

    /// The next post, which must be there.
    func next(on desk: Desk? = nil) throws -> CaseFile {
        guard case .claimed(let file) = try (desk ?? self.desk).claimNext(for: ada) else {
            throw NothingClaimed()
        }
        return file
    }

    /// The next post uncovered, which must be allowed.
    func look(at file: CaseFile) throws -> UncoveredPost {
        guard case .uncovered(let post) = try desk.uncover(file, by: ada) else { throw NothingClaimed() }
        return post
    }

    struct NothingClaimed: Error {}
}
