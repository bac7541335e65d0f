import Foundation

/// A store whose users can wait for posts instead of asking again and again.
public protocol WorkWaiting {
    /// Waits until posts may have come to wait in the queue, or until the time is over.
    ///
    /// Whoever returns from it looks for themselves; it never fails. A store that is told of changes returns within
    /// milliseconds of the commit that brought a post; others, and one that has lost touch with its server, let the
    /// time pass. To be called on a thread that nobody waits for.
    ///
    /// - Returns: whether the store was told of something, or can't say that nothing was missed.
    @discardableResult
    func waitForWork(upTo time: Duration) -> Bool
}

extension WorkWaiting {
    /// Lets the time pass: the caller's looking again is all there is.
    public func waitForWork(upTo time: Duration) -> Bool {
        Thread.sleep(forTimeInterval: time / .seconds(1))
        return false
    }
}
