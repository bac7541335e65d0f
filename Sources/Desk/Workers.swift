import Dispatch
import Foundation
import Synchronization

/// Work shared out to all cores.
enum Workers {
    /// Hands out pieces of a list, and gives what was made of them in their order.
    ///
    /// - Parameters:
    ///   - share: how many items are one piece of work.
    ///   - busy: how many cores are left to what else is being done; one is always taken.
    static func map<Item: Sendable, Result: Sendable>(
        _ items: [Item], share: Int = 64, leaving busy: Int = 0,
        _ body: @Sendable (ArraySlice<Item>) -> Result
    ) -> [Result] {
        let pieces = (items.count + share - 1) / share
        let cores = max(1, ProcessInfo.processInfo.activeProcessorCount - busy)
        let results = Mutex<[Int: Result]>([:])
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: min(cores, pieces)) { _ in
            while true {
                let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard piece < pieces else { return }
                let result = body(items[piece * share..<min(items.count, (piece + 1) * share)])
                results.withLock { $0[piece] = result }
            }
        }
        return results.withLock { results in results.keys.sorted().compactMap { results[$0] } }
    }
}
