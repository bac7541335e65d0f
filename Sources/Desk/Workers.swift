import Dispatch
import Synchronization

/// Work shared out to all cores.
enum Workers {
    /// Hands out pieces of a list, and gives what was made of them in their order.
    ///
    /// - Parameter share: how many items are one piece of work.
    static func map<Item: Sendable, Result: Sendable>(
        _ items: [Item], share: Int = 64, _ body: @Sendable (ArraySlice<Item>) -> Result
    ) -> [Result] {
        let results = Mutex<[Int: Result]>([:])
        DispatchQueue.concurrentPerform(iterations: (items.count + share - 1) / share) { part in
            let result = body(items[part * share..<min(items.count, (part + 1) * share)])
            results.withLock { $0[part] = result }
        }
        return results.withLock { results in results.keys.sorted().compactMap { results[$0] } }
    }
}
