import Foundation
import TerminalKit

/// Waits for posts on a thread of its own while the console has none to show, and wakes the terminal.
///
/// The core decides what follows: it asks for a post where somebody still waits for one.
final class WorkWatch: @unchecked Sendable {
    /// After so long the queue is looked at although nobody said that anything came.
    static let longest: Duration = .seconds(10)

    private let waiting: @Sendable (Duration) -> Void
    private let waker: TerminalWaker
    private let condition = NSCondition()
    private var isWanted = false
    private var isStarted = false
    private var isOver = false

    /// - Parameter waiting: returns when posts may have come, or after a time.
    init(waking waker: TerminalWaker, waiting: @escaping @Sendable (Duration) -> Void) {
        self.waker = waker
        self.waiting = waiting
    }

    /// Says whether somebody waits for a post now; the first time starts the thread.
    func want(_ isWanted: Bool) {
        condition.withLock {
            self.isWanted = isWanted
            guard isWanted, !isOver else { return }
            condition.signal()
            guard !isStarted else { return }
            isStarted = true
            Thread { [self] in watch() }.start()
        }
    }

    /// Ends it; the thread goes when it comes back from waiting.
    func end() {
        condition.withLock {
            isOver = true
            condition.signal()
        }
    }

    private func watch() {
        while true {
            let goesOn = condition.withLock {
                while !isWanted, !isOver { condition.wait() }
                return !isOver
            }
            guard goesOn else { return }
            waiting(Self.longest)
            if condition.withLock({ isWanted && !isOver }) { waker.wake() }
        }
    }
}
