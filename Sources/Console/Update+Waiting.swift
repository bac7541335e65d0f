import Moderation

/// Waiting for posts that are not there yet.
extension ConsoleState {
    /// Whether the person is at work and there was no post for them when they were last given one.
    var isWaitingForWork: Bool {
        role == .moderator && screen == .review && overlay == nil && hand == nil && shelf.isEmpty
            && waitingElsewhere != nil
    }

    /// Asks again for who still waits; what comes is covered, as always.
    mutating func takeWaking() -> [Effect] { isWaitingForWork ? [.claimNext] : [] }
}
