import Desk
import Moderation

@testable import Console

extension ScriptedDesk {
    func alike(_ post: PostID) throws(Fault) -> AlikeGroup { groups[post] ?? .none }
    func tend() throws(Fault) -> Bool { false }
    func dispatchNews() throws(Fault) -> DispatchNews { dispatch }
}
