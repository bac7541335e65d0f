public import Moderation
public import PolicyEngine
import Store

extension Desk {
    /// Why the rules found in a post what they found; nothing of its words is in it.
    ///
    /// The post's current version is evaluated again as it was: under the bundle that it was evaluated under, and with
    /// what was known then.
    ///
    /// - Parameter bundle: other policies to explain it with.
    public func explain(_ id: PostID, with bundle: PolicyBundle? = nil) throws(DeskError) -> Explanation {
        try read { tx in
            guard let post = try tx.post(id) else { throw DeskError.noSuchPost(id.rawValue) }
            guard let content = post.content else {
                throw try gone(id, in: tx)
            }
            let evaluator: Evaluator
            if let bundle {
                evaluator = try Evaluator(withDrafts: bundle, cacheDirectory: nil)
            } else if let stored = try tx.bundle(post.evaluation.bundle) {
                evaluator = try bundles.evaluator(bundles.bundle(stored))
            } else {
                evaluator = try bundles.evaluator(bundleInForce(in: tx))
            }
            let moment = try tx.evaluations(of: id).last?.evaluatedAt ?? post.takenInAt
            return evaluator.explain(content, now: moment, state: post.evaluation.state)
        }
    }
}
