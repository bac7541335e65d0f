import Desk
import Moderation

/// What a lead is told of how posts are given out: nothing of any person.
struct DispatchNews: Hashable, Sendable {
    /// Urgent posts that nobody present can take.
    var unserved: [UnservedUrgent]
    /// What deciding once what says the same has saved.
    var saved: ExposureSaved
}

/// What the console asks of the desk about posts that say the same, and about giving posts out.
protocol DispatchDesk: AnyObject {
    /// The waiting posts that say the same as the one in hand.
    func alike(_ post: PostID) throws(Fault) -> AlikeGroup
    /// Does a piece of the desk's work beside; says whether more is left.
    func tend() throws(Fault) -> Bool
    /// What a lead is told.
    func dispatchNews() throws(Fault) -> DispatchNews
}

extension LiveDesk {
    func alike(_ post: PostID) throws(Fault) -> AlikeGroup {
        let file = try file(post)
        return try call { () throws(DeskError) in try desk.alike(file, by: person) }
    }

    func tend() throws(Fault) -> Bool { try call { () throws(DeskError) in try desk.tend() } }

    func dispatchNews() throws(Fault) -> DispatchNews {
        try call { () throws(DeskError) in
            DispatchNews(
                unserved: try desk.unserved(for: person), saved: try desk.exposureSaved(for: person))
        }
    }
}

extension Effect {
    /// Whether nobody asked for it: the desk's work beside, and news.
    var isBeside: Bool {
        switch self {
        case .readAlike, .tendDesk, .readDispatch: true
        default: false
        }
    }
}

extension EffectRunner {
    func dispatchAnswer(_ effect: Effect) throws(Fault) -> Answer? {
        switch effect {
        case .readAlike(let post): return .alike(post, try desk.alike(post))
        case .tendDesk: return .tended(isMore: try desk.tend())
        case .readDispatch: return .dispatch(try desk.dispatchNews())
        default: return nil
        }
    }
}
