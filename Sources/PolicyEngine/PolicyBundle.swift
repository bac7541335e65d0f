import Crypto
import Foundation
public import Moderation

/// All policies of a site at one moment.
public struct PolicyBundle: Sendable {
    /// The policies, ordered by id.
    public let policies: [Policy]
    /// SHA-256 of ``canonical``.
    public let digest: BundleDigest
    /// All files that made it, as a JSON array of `[name, text]` ordered by name; makes it again.
    public let canonical: String
    private let byID: [PolicyID: Policy]

    init(policies: [Policy], files: [(name: String, text: String)]) throws {
        let sorted = files.sorted { $0.name < $1.name }.map { [$0.name, $0.text] }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        let bytes = try encoder.encode(sorted)
        canonical = String(decoding: bytes, as: UTF8.self)
        digest = BundleDigest(
            hex: SHA256.hash(data: bytes).map { byte in
                let digits = String(byte, radix: 16)
                return digits.count == 1 ? "0" + digits : digits
            }.joined())
        self.policies = policies.sorted { $0.id < $1.id }
        byID = Dictionary(policies.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Makes a bundle again from its canonical form.
    public init(canonical: String) throws {
        let files = try JSONDecoder().decode([[String]].self, from: Data(canonical.utf8))
        guard files.allSatisfy({ $0.count == 2 }) else {
            throw Diagnostic(file: "bundle", line: 0, message: "a stored policy bundle is damaged")
        }
        let load = PolicyLoader.load(
            files: files.map { (name: $0[0], text: $0[1]) }, areChecked: true)
        guard let bundle = load.bundle else {
            throw load.diagnostics.first
                ?? Diagnostic(file: "bundle", line: 0, message: "a stored policy bundle is empty")
        }
        self = bundle
    }

    /// A policy by its name.
    public func policy(_ id: PolicyID) -> Policy? { byID[id] }

    /// A rule by its name.
    public func rule(_ id: RuleID) -> Rule? {
        guard let slash = id.rawValue.firstIndex(of: "/") else { return nil }
        return policy(PolicyID(String(id.rawValue[..<slash])))?.rules.first { $0.id == id }
    }
}
