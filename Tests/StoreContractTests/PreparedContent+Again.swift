import Moderation
import Store

extension PreparedContent {
    /// The same post as evaluated at another time, or under another bundle.
    func again(under bundle: BundleDigest? = nil, at moment: Timestamp? = nil) -> PreparedContent {
        var evaluation = evaluation
        if let bundle { evaluation.bundle = bundle }
        return PreparedContent(
            id: id, content: content, bytes: bytes, salt: salt, digest: digest, evaluation: evaluation,
            priority: priority, author: author, evaluatedAt: moment ?? evaluatedAt)
    }
}
