public import Exposure
public import Moderation
import PolicyEngine
import Store

/// Why a desk did not do what was asked: what happened, to what, and what to do next.
public enum DeskError: Error, Hashable, Sendable {
    /// There is no site in this store yet.
    case noSite
    /// There is a site in this store already.
    case siteExists(String)
    /// No policies are in force.
    case noPolicies
    /// The OS user is not on the roster.
    case notOnRoster(user: String)
    /// Acting under another name is for demo sites only.
    case actingAsRefused(String)
    /// The role is needed for that.
    case needsRole(Role)
    /// No post has this id, or its beginning.
    case noSuchPost(String)
    /// Several posts have ids that begin so.
    case ambiguous(String, [PostID])
    /// The post is held by somebody else, or done.
    case notAvailable(PostID, PostState)
    /// The post's content was erased.
    case erased(Erasure)
    /// The claim lapsed or was taken over: nothing was recorded.
    case claimLost(PostID)
    /// What was chosen can't be recorded.
    case invalid(InvalidChoice)
    /// Exposure limits say no.
    case limited(Refusal)
    /// There is nothing to take back, or it is too late.
    case nothingToUndo
    /// Raising a limit needs a second person.
    case needsCountersigner([String])
    /// No shift is open.
    case noShift
    /// The disk of the store is full: nothing of this was kept, and everything before it is.
    case full(String)
    /// Something in the store doesn't have the form it was written in.
    case damaged(String)
    /// The store could not do it; what it said and what to do.
    case store(String, remedy: String)

    /// What is wrong with a choice.
    public enum InvalidChoice: Hashable, Sendable {
        /// A restrictive action names no policy.
        case needsPolicy(Action)
        /// The bundle has no such policy.
        case unknownPolicy(PolicyID, near: PolicyID?)
        /// The policy doesn't provide for that action.
        case actionNotInPolicy(Action, PolicyID, allowed: [Action])
        /// The policy has no such rule.
        case unknownRule(RuleID)
        /// The rule is not written to decide by itself.
        case notAutomatic(RuleID)
        /// The rule found nothing on the post.
        case noFinding(RuleID, PostID)
        /// No rule decided that post by itself.
        case notDecidedByRule(PostID)
        /// The site's signing key is not at hand, or not the one in force.
        case noKey
        /// The ledger has no entry of that number.
        case noEntry(Int64, size: Int64)
        /// There is no checkpoint of that size.
        case noCheckpoint(Int64)
        /// The limits don't hold together.
        case limits(String)
        /// The audit desk says no.
        case audit(AuditRefusal)
        /// Limits are not changed so.
        case limit(LimitsRefusal)
        /// What is left for the person today doesn't hold a post of that hazard.
        case doesNotFit(Hazard)
        /// Suspending is decided account by account, never for a group.
        case suspendsOne
        /// No more posts than that are decided with one.
        case tooMany(Int, most: Int)
        /// The group was confirmed with another number of posts than it has.
        case groupChanged(confirmed: Int, now: Int)
        /// Something else, said in full.
        case other(String)
    }

    /// Tells any error that comes from below in the desk's words.
    public init(_ error: any Error) {
        switch error {
        case let error as DeskError: self = error
        case let error as StoreError: self = Self.store(error)
        case let error as Diagnostic: self = .store(error.description, remedy: "releve policy lint")
        default: self = .store(String(describing: error), remedy: "releve ledger verify")
        }
    }

    private static func store(_ error: StoreError) -> DeskError {
        switch error {
        case .missing(let path): .store("no store at \(path)", remedy: "make a site with releve init")
        case .unusable(let path, let reason):
            .store("can't open \(path): \(reason)", remedy: "check the path and its permissions")
        case .unreachable(let place, let reason):
            .store("can't reach \(place): \(reason)", remedy: "see that the server is up, and try again")
        case .tooNew(let path, let schema):
            .store("\(path) was made by a newer releve (schema \(schema))", remedy: "update releve")
        case .closed(let place, let mark):
            switch mark.part {
            case .source:
                .store(
                    "the site in \(place) was copied elsewhere, or is being copied, and is closed here",
                    remedy: "work in the copy; to give the copy up: releve store reopen")
            case .target:
                .store(
                    "\(place) is a copy that isn't finished",
                    remedy: "the same releve store copy again goes on with it")
            }
        case .inUse(let place, let reason):
            .store("\(place): \(reason)", remedy: "nothing was changed")
        case .busy(let path):
            .store("\(path) is held by another process", remedy: "wait a moment and try again")
        case .full(let path): .full(path)
        case .damaged(let what): .damaged(what)
        }
    }
}
