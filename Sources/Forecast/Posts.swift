import Exposure
import Moderation

/// A post of a simulation; times are milliseconds.
struct SimulatedPost {
    let hazard: Hazard
    let arrival: Int64
    /// `Int64.max` without one.
    let deadline: Int64
    let priority: Int
    /// Its place among the languages by name.
    let language: Int
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
        let shares = languages.sorted { $0.key < $1.key }.map(\.value)
        for (hazard, work) in work.sorted(by: { $0.key < $1.key }) {
            let level = UInt64(hazard.level)
            var when = Chance(seed: seed, stream: level)
            var what = Chance(seed: seed, stream: 100 + level)
            var already = Chance(seed: seed, stream: 200 + level)
            var tongue = LanguageDraw(shares, Chance(seed: seed, stream: 300 + level))
            for waiting in backlog where waiting.hazard == hazard {
                for _ in 0..<waiting.posts {
                    posts.append(
                        work.post(hazard, at: nil, timeLeft: waiting.timeLeft, in: tongue.next(), &already))
                }
            }
            for (time, language) in work.times(until: end, &when, &tongue) {
                posts.append(work.post(hazard, at: time, in: language, &what))
            }
        }
        return posts.sorted { ($0.arrival, $0.hazard) < ($1.arrival, $1.hazard) }
    }
}

/// Draws languages by their shares.
private struct LanguageDraw {
    private let shares: [Double]
    private let total: Double
    private var chance: Chance

    init(_ shares: [Double], _ chance: Chance) {
        self.shares = shares
        total = shares.reduce(0, +)
        self.chance = chance
    }

    mutating func next() -> Int {
        guard shares.count > 1 else { return 0 }
        var left = chance.share() * total
        for (place, share) in shares.enumerated() {
            if left < share { return place }
            left -= share
        }
        return shares.count - 1
    }
}

extension HazardWork {
    private static let hour: Int64 = 3_600_000

    fileprivate func times(
        until end: Int64, _ chance: inout Chance, _ tongue: inout LanguageDraw
    ) -> [(time: Int64, language: Int)] {
        var times: [(time: Int64, language: Int)] = []
        for number in 0..<((end + Self.hour - 1) / Self.hour) where !arrivals.isEmpty {
            let rate = arrivals[Int(number) % arrivals.count]
            guard rate > 0 else { continue }
            var place = 0.0
            while true {
                place += TimeDistribution.exponential(mean: 1 / rate).value(below: chance.share())
                guard place < 1 else { break }
                times.append((number * Self.hour + Int64(place * Double(Self.hour)), tongue.next()))
            }
        }
        if let bursts, bursts.perDay > 0 { times += bursts.times(until: end, &chance, &tongue) }
        return times.filter { $0.time < end }
    }

    fileprivate func post(
        _ hazard: Hazard, at moment: Int64?, timeLeft: Duration? = nil, in language: Int,
        _ chance: inout Chance
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
            priority: Self.priority(hazard, timeLeft: within?.wholeMilliseconds), language: language,
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
    fileprivate func times(
        until end: Int64, _ chance: inout Chance, _ tongue: inout LanguageDraw
    ) -> [(time: Int64, language: Int)] {
        var times: [(time: Int64, language: Int)] = []
        let day = 86_400_000.0
        var start = 0.0
        while true {
            start += TimeDistribution.exponential(mean: day / perDay).value(below: chance.share())
            guard start < Double(end) else { return times }
            let posts = Int(min(Scenario.mostInABurst, max(0, size.value(below: chance.share()))))
            let length = Double(over.wholeMilliseconds)
            let language = tongue.next()
            for _ in 0..<posts { times.append((Int64(start + chance.share() * length), language)) }
        }
    }
}
