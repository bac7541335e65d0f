import Moderation
import Store

extension PostState {
    /// What the column `state` holds.
    var code: Int64 {
        switch self {
        case .waiting: 0
        case .claimed: 1
        case .decided: 2
        case .escalated: 3
        case .erased: 4
        }
    }

    init(code: Int64) throws {
        switch code {
        case 0: self = .waiting
        case 1: self = .claimed
        case 2: self = .decided
        case 3: self = .escalated
        case 4: self = .erased
        default: throw StoreError.damaged("a post's state")
        }
    }
}
