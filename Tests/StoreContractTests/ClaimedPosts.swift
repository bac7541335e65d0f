import Moderation
import Synchronization

/// What several threads claimed.
final class ClaimedPosts: Sendable {
    private let posts = Mutex<[PostID]>([])

    func add(_ post: PostID) { posts.withLock { $0.append(post) } }

    var count: Int { posts.withLock(\.count) }
    var distinct: Int { posts.withLock { Set($0).count } }
}
