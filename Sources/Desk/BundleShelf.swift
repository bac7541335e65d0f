import Moderation
import PolicyEngine
import Store
import Synchronization

/// Bundles and their compiled rules, made once a process.
final class BundleShelf: Sendable {
    private let cacheDirectory: String?
    private let bundles = Mutex<[BundleDigest: PolicyBundle]>([:])
    private let lastInForce = Mutex<PolicyBundle?>(nil)
    private let urgent = Mutex<[BundleDigest: Set<PolicyID>]>([:])
    private let evaluators = Mutex<[BundleDigest: Evaluator]>([:])

    init(cacheDirectory: String?) { self.cacheDirectory = cacheDirectory }

    func bundle(_ stored: StoredBundle) throws -> PolicyBundle {
        if let known = bundles.withLock({ $0[stored.digest] }) { return known }
        let made = try PolicyBundle(canonical: stored.canonical)
        guard made.digest == stored.digest else {
            throw StoreError.damaged("policy bundle \(stored.digest.short)")
        }
        bundles.withLock { $0[stored.digest] = made }
        return made
    }

    func known(_ digest: BundleDigest) -> PolicyBundle? { bundles.withLock { $0[digest] } }

    /// The bundle that was in force when this process last looked.
    var lastSeenInForce: PolicyBundle? { lastInForce.withLock(\.self) }

    func saw(inForce bundle: PolicyBundle) { lastInForce.withLock { $0 = bundle } }

    func keep(_ bundle: PolicyBundle) { bundles.withLock { $0[bundle.digest] = bundle } }

    /// The policies whose posts can't wait: asked for with every claim.
    func urgentPolicies(of bundle: PolicyBundle) -> Set<PolicyID> {
        if let known = urgent.withLock({ $0[bundle.digest] }) { return known }
        let found = bundle.urgentPolicies
        urgent.withLock { $0[bundle.digest] = found }
        return found
    }

    func evaluator(_ bundle: PolicyBundle) throws -> Evaluator {
        if let known = evaluators.withLock({ $0[bundle.digest] }) { return known }
        let made = try Evaluator(bundle: bundle, cacheDirectory: cacheDirectory)
        evaluators.withLock { $0[bundle.digest] = made }
        return made
    }
}
