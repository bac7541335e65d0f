import Exposure
import Moderation

/// A post of a simulation; times are milliseconds.
struct SimulatedPost {
    let hazard: Hazard
    let arrival: Int64
    /// `Int64.max` without one.
    let deadline: Int64
    let priority: Int
    /// What is left to do, from taking it to its decision, and how long of that it is uncovered.
    var handling: Int64
    var visible: Int64
    var firstTakenAt: Int64 = -1
    var decidedAt: Int64 = -1
    var isWaiting = false
}

extension Scenario {
    /// All posts of so many milliseconds, by arrival; those that wait already come first, at zero.
    func posts(until end: Int64, seed: UInt64) -> [SimulatedPost] {
        var posts: [SimulatedPost] = []
        for (hazard, work) in work.sorted(by: { $0.key < $1.key }) {
            let level = UInt64(hazard.level)
            var when = Chance(seed: seed, stream: level)
            var what = Chance(seed: seed, stream: 100 + level)
            var already = Chance(seed: seed, stream: 200 + level)
            for waiting in backlog where waiting.hazard == hazard {
                for _ in 0..<waiting.posts {
                    posts.append(work.post(hazard, at: nil, timeLeft: waiting.timeLeft, &already))
                }
            }
            for time in work.times(until: end, &when) { posts.append(work.post(hazard, at: time, &what)) }
        }
        return posts.sorted { ($0.arrival, $0.hazard) < ($1.arrival, $1.hazard) }
    }
}

extension HazardWork {
    private static let hour: Int64 = 3_600_000

    fileprivate func times(until end: Int64, _ chance: inout Chance) -> [Int64] {
        var times: [Int64] = []
        for number in 0..<((end + Self.hour - 1) / Self.hour) where !arrivals.isEmpty {
            let rate = arrivals[Int(number) % arrivals.count]
            guard rate > 0 else { continue }
            var place = 0.0
            while true {
                place += TimeDistribution.exponential(mean: 1 / rate).value(below: chance.share())
                guard place < 1 else { break }
                times.append(number * Self.hour + Int64(place * Double(Self.hour)))
            }
        }
        if let bursts, bursts.perDay > 0 { times += bursts.times(until: end, &chance) }
        return times.filter { $0 < end }
    }

    fileprivate func post(
        _ hazard: Hazard, at moment: Int64?, timeLeft: Duration? = nil, _ chance: inout Chance
    ) -> SimulatedPost {
        let time = moment ?? 0
        let share = chance.share()
        let longest = Scenario.longestHandling
        let handled = min(longest, max(0.001, handling.value(below: share)))
        // The same share of both: who looks long at a post is long about it.
        let looked = min(handled, max(0.001, visible.value(below: share)))
        let within = moment == nil ? timeLeft : drawnDeadline(chance.share())
        let deadline = within.map { time + $0.wholeMilliseconds }
        return SimulatedPost(
            hazard: hazard, arrival: time, deadline: deadline ?? .max,
            priority: Self.priority(hazard, timeLeft: within?.wholeMilliseconds),
            handling: Int64((handled * 1000).rounded(.up)), visible: Int64((looked * 1000).rounded(.up)))
    }

    private func drawnDeadline(_ share: Double) -> Duration? {
        var left = share
        for kind in deadlines {
            if left < kind.share { return kind.within }
            left -= kind.share
        }
        return nil
    }

    /// As the queue reckons it on taking in: 40 a level of hazard, and more for a deadline within three days or one.
    private static func priority(_ hazard: Hazard, timeLeft: Int64?) -> Int {
        guard let timeLeft else { return hazard.level * 40 }
        return hazard.level * 40 + (timeLeft < 24 * hour ? 100 : timeLeft < 72 * hour ? 50 : 0)
    }
}

extension HazardWork.Bursts {
    fileprivate func times(until end: Int64, _ chance: inout Chance) -> [Int64] {
        var times: [Int64] = []
        let day = 86_400_000.0
        var start = 0.0
        while true {
            start += TimeDistribution.exponential(mean: day / perDay).value(below: chance.share())
            guard start < Double(end) else { return times }
            let posts = Int(min(Scenario.mostInABurst, max(0, size.value(below: chance.share()))))
            let length = Double(over.wholeMilliseconds)
            for _ in 0..<posts { times.append(Int64(start + chance.share() * length)) }
        }
    }
}

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

    private let order: DispatchOrder
    private var oldest = [Heap<Place>](repeating: Heap(), count: Hazard.allCases.count)
    private var due = [Heap<Place>](repeating: Heap(), count: Hazard.allCases.count)
    private(set) var counts = [Int](repeating: 0, count: Hazard.allCases.count)

    init(order: DispatchOrder) { self.order = order }

    var isEmpty: Bool { counts.allSatisfy { $0 == 0 } }

    mutating func insert(_ post: Int, _ posts: inout [SimulatedPost]) {
        posts[post].isWaiting = true
        let it = posts[post]
        let level = it.hazard.level
        counts[level] += 1
        let key = order == .priority ? Int64(-it.priority) : 0
        oldest[level].insert(Place(key: key, arrival: it.arrival, post: post))
        if order == .levelled, it.deadline < .max {
            due[level].insert(Place(key: it.deadline, arrival: it.arrival, post: post))
        }
    }

    mutating func take(_ post: Int, _ posts: inout [SimulatedPost]) {
        posts[post].isWaiting = false
        counts[posts[post].hazard.level] -= 1
    }

    /// The first of each hazard by the order, and the one with the next deadline.
    mutating func heads(_ posts: [SimulatedPost]) -> [Int] {
        var heads: [Int] = []
        for level in oldest.indices where counts[level] > 0 {
            while let first = oldest[level].first, !posts[first.post].isWaiting {
                _ = oldest[level].removeFirst()
            }
            if let first = oldest[level].first { heads.append(first.post) }
            while let first = due[level].first, !posts[first.post].isWaiting {
                _ = due[level].removeFirst()
            }
            if let first = due[level].first, first.post != heads.last { heads.append(first.post) }
        }
        return heads
    }
}
