import Desk
import Enforcement
import Foundation
import Moderation
import PolicyEngine
import SQLiteStore

/// A site under the shipped policies and one rule that decides by itself, with a clock that is moved by hand.
final class ExportSite {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
    /// 2026-03-01T09:30:00Z.
    static let start = Timestamp(milliseconds: 1_772_357_400_000)

    let folder: String
    let clock = ManualClock(at: start)
    let desk: Desk
    let ada: Person
    let bundle: PolicyBundle

    init() throws {
        folder = NSTemporaryDirectory() + "releve-export-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        desk = Desk(
            store: try SQLiteStore(path: folder + "/site.sqlite", creating: true), clock: clock,
            entropy: SeededEntropy(seed: 11))
        bundle = try Self.policies()
        ada = try desk.makeSite(
            Founding(
                name: "made.example/releve", isDemo: true, publicKey: "00", user: "ada",
                personName: "Ada Secretname",
                roles: Set(Role.allCases), bundle: bundle))
        try desk.startShift(ada)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private static let machine = """
        id: machine
        title: {en: Machine's own, fr: De la machine}
        guidance: Look twice.
        neutral: A post.
        dsa: {category: STATEMENT_CATEGORY_OTHER_VIOLATION_TC}
        hazard: none
        actions: [remove, keep]
        rules:
          - id: machine/flood
            title: {en: Flood, fr: Flot}
            selections: {word: {body: {any_word: [floodword]}}}
            recommend: remove
            automatic: remove
        """

    private static func policies() throws -> PolicyBundle {
        var files = [(name: "machine.yaml", text: machine)]
        for part in ["", "lists/"] {
            for name in try FileManager.default.contentsOfDirectory(atPath: root + "/Policies/" + part)
                .sorted()
            where name.hasSuffix(".yaml") || name.hasSuffix(".txt") {
                files.append(
                    (
                        part + name,
                        try String(contentsOfFile: root + "/Policies/" + part + name, encoding: .utf8)
                    ))
            }
        }
        let load = PolicyLoader.load(files: files)
        guard let bundle = load.bundle, load.diagnostics.isEmpty else {
            throw CocoaError(.fileReadCorruptFile)
        }
        return bundle
    }

    /// The next post, decided.
    @discardableResult
    func decide(_ action: Action, _ policy: String?) throws -> Decision {
        guard case .claimed(let file) = try desk.claimNext(for: ada) else {
            throw CocoaError(.fileNoSuchFile)
        }
        return try desk.decide(
            file, Choice(action: action, policy: policy.map { PolicyID($0) }), by: ada, open: nil)
    }
}

/// Takes rows into memory.
final class MemoryOutlet: ExportOutlet {
    var rows: [ExportRow] = []
    var overturned: [ExportRow] = []
    var refused: [(DecisionID, String)] = []
    /// Fails at this row.
    var breaksAt: Int?

    struct Broken: Error {}

    func write(_ row: ExportRow) throws {
        if rows.count == breaksAt { throw Broken() }
        rows.append(row)
    }
    func writeOverturned(_ row: ExportRow) { overturned.append(row) }
    func refuse(_ decision: DecisionID, _ reason: String) { refused.append((decision, reason)) }
    func report(done: Int, of total: Int) {}
    func seal() -> [String] { ["ab"] }

    /// The rows as a stranger reads them.
    func objects() throws -> [[String: Any]] {
        try rows.map {
            try JSONSerialization.jsonObject(with: Data($0.json(isSparse: true).utf8)) as? [String: Any]
                ?? [:]
        }
    }
}
