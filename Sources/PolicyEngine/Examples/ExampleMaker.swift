import Moderation

/// Makes posts that a rule should find, and posts that miss it by one selection.
///
/// It knows how to satisfy most tests and proves nothing: whether a post does what it should is for the evaluator to
/// say, and only those that do are kept.
struct ExampleMaker {
    let rule: Rule

    /// More ways than these are not tried.
    private static let mostWays = 12
    private static let calm = ["Thank you for the answer.", "ok", "See you on Sunday at the usual place"]

    /// Posts to try, the plainest first.
    var matching: [FlaggedPost] {
        posts { way, holds in sketch(holds, PostSketch.Way(entry: way)) }
    }

    /// Posts that are like those that the rule finds, but for a letter, or for one selection.
    var passing: [FlaggedPost] {
        let near = posts { way, holds in sketch(holds, PostSketch.Way(entry: way, isShort: true)) }
        let others = Self.ways(rule.when, true).prefix(Self.mostWays).flatMap { holds in
            holds.keys.sorted().compactMap { name in
                var other = holds
                other[name]?.toggle()
                return sketch(other, PostSketch.Way()).post(calm: Self.calm[0])
            }
        }
        let opposite = Self.ways(rule.when, false).prefix(Self.mostWays).compactMap { holds in
            sketch(holds, PostSketch.Way()).post(calm: Self.calm[0])
        }
        let plain = Self.calm.map { FlaggedPost(source: "example", externalID: "1", body: $0) }
        return near + others + plain + opposite
    }

    private func posts(_ sketch: (Int, [String: Bool]) -> PostSketch) -> [FlaggedPost] {
        var result: [FlaggedPost] = []
        for holds in Self.ways(rule.when, true).prefix(Self.mostWays) {
            for entry in 0..<4 {
                let calm = Self.calm[entry % Self.calm.count]
                guard let post = sketch(entry, holds).post(calm: calm), !result.contains(post) else {
                    continue
                }
                result.append(post)
            }
        }
        return result
    }

    private func sketch(_ holds: [String: Bool], _ way: PostSketch.Way) -> PostSketch {
        var sketch = PostSketch()
        // What says how long a text is comes last, when its words are known.
        let names = holds.keys.sorted { (isLength($0) ? 1 : 0, $0) < (isLength($1) ? 1 : 0, $1) }
        for name in names {
            guard let alternatives = rule.selections[name]?.alternatives, !alternatives.isEmpty else {
                continue
            }
            if holds[name] == true {
                for test in alternatives[way.entry % alternatives.count] { sketch.satisfy(test, way) }
            } else {
                for tests in alternatives { if let test = tests.first { sketch.deny(test) } }
            }
        }
        return sketch
    }

    private func isLength(_ name: String) -> Bool {
        rule.selections[name]?.alternatives.joined().contains { $0.subject.field == .bodyLength } == true
    }

    // MARK: Conditions

    /// Ways in which selections can hold or not so that the condition does, or does not.
    static func ways(_ condition: Condition, _ wanted: Bool) -> [[String: Bool]] {
        switch condition {
        case .selection(let name): return [[name: wanted]]
        case .not(let inner): return ways(inner, !wanted)
        case .and(let left, let right):
            return wanted
                ? both(ways(left, true), ways(right, true)) : either(ways(left, false), ways(right, false))
        case .or(let left, let right):
            return wanted
                ? either(ways(left, true), ways(right, true)) : both(ways(left, false), ways(right, false))
        case .atLeast(let count, let names):
            let needed = wanted ? count : names.count - count + 1
            guard needed <= names.count else { return [] }
            return (0...min(names.count - needed, mostWays)).map { start in
                Dictionary(
                    names[start..<start + needed].map { ($0, wanted) },
                    uniquingKeysWith: { first, _ in first })
            }
        }
    }

    private static func either(_ left: [[String: Bool]], _ right: [[String: Bool]]) -> [[String: Bool]] {
        Array((left + right).prefix(mostWays))
    }

    private static func both(_ left: [[String: Bool]], _ right: [[String: Bool]]) -> [[String: Bool]] {
        var result: [[String: Bool]] = []
        for one in left {
            for other in right where result.count < mostWays {
                guard one.allSatisfy({ other[$0.key] ?? $0.value == $0.value }) else { continue }
                result.append(one.merging(other) { first, _ in first })
            }
        }
        return result
    }
}
