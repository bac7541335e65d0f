import Moderation

/// How much of one post is looked at.
///
/// What is beyond is reported with the rules that would have looked there.
///
/// Time grows in step with what is looked at, so these bound it, whatever the post.
struct Budget: Sendable {
    /// Bytes of all texts together.
    var text = 8 << 20
    /// Links, media and flags, of each.
    var elements = 10_000

    /// The fields that speak of elements beyond the budget.
    func cut(_ post: FlaggedPost) -> Set<Field> {
        var result: Set<Field> = []
        if post.links.count > elements {
            result.formUnion([.links, .linksHost, .linksDomain, .linksPath])
        }
        if post.media.count > elements { result.formUnion([.media, .mediaHash, .mediaAltText]) }
        if post.flags.count > elements { result.insert(.flagsReasons) }
        return result
    }
}
