import Exposure
import Moderation

/// The posts that wait, so that dispatch sees few of them and yet the right ones.
struct WaitingLine {
    private struct Place: Comparable {
        let key: Int64
        let arrival: Int64
        let post: Int

        static func < (left: Place, right: Place) -> Bool {
            (left.key, left.arrival, left.post) < (right.key, right.arrival, right.post)
        }
    }

    /// Of one hazard and language.
    private struct Lane {
        var oldest = Heap<Place>()
        var due = Heap<Place>()
        var count = 0

        mutating func heads(_ posts: [SimulatedPost]) -> [Int] {
            while let first = oldest.first, !posts[first.post].isWaiting { _ = oldest.removeFirst() }
            while let first = due.first, !posts[first.post].isWaiting { _ = due.removeFirst() }
            let first = oldest.first?.post
            let next = due.first?.post
            return [first, next == first ? nil : next].compactMap(\.self)
        }
    }

    private let order: DispatchOrder
    /// By language, then hazard.
    private var lanes: [[Lane]]
    /// Waiting posts by hazard.
    private(set) var counts = [Int](repeating: 0, count: Hazard.allCases.count)

    init(order: DispatchOrder, languages: Int = 1) {
        self.order = order
        let kinds = [Lane](repeating: Lane(), count: Hazard.allCases.count)
        lanes = Array(repeating: kinds, count: max(1, languages))
    }

    var isEmpty: Bool { counts.allSatisfy { $0 == 0 } }

    mutating func insert(_ post: Int, _ posts: inout [SimulatedPost]) {
        posts[post].isWaiting = true
        let it = posts[post]
        let level = it.hazard.level
        counts[level] += 1
        lanes[it.language][level].count += 1
        let key = order == .priority ? Int64(-it.priority) : 0
        lanes[it.language][level].oldest.insert(Place(key: key, arrival: it.arrival, post: post))
        if order == .levelled, it.deadline < .max {
            lanes[it.language][level].due.insert(
                Place(key: it.deadline, arrival: it.arrival, post: post))
        }
    }

    mutating func take(_ post: Int, _ posts: inout [SimulatedPost]) {
        posts[post].isWaiting = false
        counts[posts[post].hazard.level] -= 1
        lanes[posts[post].language][posts[post].hazard.level].count -= 1
    }

    /// The first of each hazard and language by the order, and the one with the next deadline.
    ///
    /// - Parameter languages: only these; `nil` for all.
    mutating func heads(_ posts: [SimulatedPost], in languages: Set<Int>? = nil) -> [Int] {
        var heads: [Int] = []
        for language in lanes.indices where languages?.contains(language) ?? true {
            for level in lanes[language].indices where lanes[language][level].count > 0 {
                heads += lanes[language][level].heads(posts)
            }
        }
        return heads
    }
}
