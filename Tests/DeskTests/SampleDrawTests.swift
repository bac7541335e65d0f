import Ledger
import Moderation
import Store
import Testing

@testable import Desk

@Suite("A sample is drawn by rules that give the same again")
struct SampleDrawTests {
    @Test func sharesAreInProportionWithAMinimum() {
        #expect(SampleDraw.allocate(size: 100, minimum: 1, among: [900, 90, 10]) == [90, 9, 1])
        #expect(SampleDraw.allocate(size: 10, minimum: 1, among: [980, 10, 10]) == [8, 1, 1])
        #expect(SampleDraw.allocate(size: 10, minimum: 3, among: [1000, 2, 1]) == [7, 2, 1])
        #expect(SampleDraw.allocate(size: 3, minimum: 0, among: [1, 1, 1, 1, 1]) == [1, 1, 1, 0, 0])
        #expect(SampleDraw.allocate(size: 50, minimum: 2, among: [3, 4]) == [3, 4])
        #expect(SampleDraw.allocate(size: 3, minimum: 2, among: [5, 5]) == nil)
        #expect(SampleDraw.allocate(size: 5, minimum: 1, among: []) == [])
    }

    @Test func noShareIsUnderItsMinimumOrFarFromItsProportion() {
        var random = SplitMix64(state: 11)
        for _ in 0..<2000 {
            let strata = (0..<(1 + random.below(12))).map { _ in
                1 + random.below(random.below(2) == 0 ? 5 : 400)
            }
            let size = 1 + random.below(300)
            let minimum = random.below(4)
            let total = strata.reduce(0, +)
            let minima = strata.map { min(minimum, $0) }
            guard let shares = SampleDraw.allocate(size: size, minimum: minimum, among: strata) else {
                #expect(minima.reduce(0, +) > min(size, total))
                continue
            }
            #expect(shares.reduce(0, +) == min(size, total))
            for (share, (population, least)) in zip(shares, zip(strata, minima)) {
                #expect(share >= least && share <= population)
                // Nobody is above the proportion but by rounding, or by being raised to the minimum.
                let exact = Double(min(size, total)) * Double(population) / Double(total)
                #expect(Double(share) <= max(exact.rounded(.down) + 1, Double(least)))
            }
            if minimum == 0 {
                for (share, population) in zip(shares, strata) {
                    let exact = Double(min(size, total)) * Double(population) / Double(total)
                    #expect(abs(Double(share) - exact) < 1)
                }
            }
        }
    }

    /// The page's own words as a program: sort by SHA-256 over seed, line feed and id, take the first.
    @Test func theDrawIsTheOneThatThePageDescribes() throws {
        var random = SplitMix64(state: 5)
        for round in 0..<20 {
            let seed = "seed-\(round)"
            var decisions: [[String]: [DecisionID]] = [:]
            for number in 0..<(50 + random.below(200)) {
                decisions[["p\(random.below(3))", "a\(random.below(2))"], default: []]
                    .append(DecisionID("d\(round)x\(number)"))
            }
            let populations = decisions.mapValues(\.count)
            var draw = try #require(
                SampleDraw(seed: seed, size: 20, minimum: 2, populations: populations))
            // In any order.
            for (key, ids) in decisions { for id in ids.reversed() { draw.offer(id, in: key) } }
            func hash(_ id: DecisionID) -> String {
                Hexadecimal.string(
                    ContentCommitment.digest(salt: Array(seed.utf8) + [10], bytes: Array(id.rawValue.utf8)))
            }
            let keys = decisions.keys.sorted { $0.joined(separator: "\0") < $1.joined(separator: "\0") }
            let counts = try #require(
                SampleDraw.allocate(size: 20, minimum: 2, among: keys.map { populations[$0, default: 0] }))
            let expected = zip(keys, counts).flatMap { key, count in
                decisions[key, default: []].sorted { hash($0) < hash($1) }.prefix(count)
            }.sorted { hash($0) < hash($1) }
            #expect(draw.drawn == expected && expected.count == 20)
            let text = expected.map { "\($0)\n" }.joined()
            let digest = ContentCommitment.digest(salt: [], bytes: Array(text.utf8))
            #expect(SampleDraw.digest(of: draw.drawn) == Hexadecimal.string(digest))
        }
    }

    @Test func everyDecisionIsAsLikelyAsAnother() {
        var times = [Int](repeating: 0, count: 40)
        for seed in 0..<1000 {
            guard var draw = SampleDraw(seed: "s\(seed)", size: 10, minimum: 0, populations: [[]: 40]) else {
                return #expect(Bool(false))
            }
            for number in 0..<40 { draw.offer(DecisionID("\(number)"), in: []) }
            for id in draw.drawn { times[Int(id.rawValue) ?? 0] += 1 }
        }
        // 250 expected with a deviation of 14: five of them.
        #expect(times.allSatisfy { abs($0 - 250) < 70 })
    }
}

@Suite("A filter is read as it is written")
struct AuditQueryTests {
    @Test func aQueryIsReadAndWrittenAlike() throws {
        let text =
            "policy:spam,threats rule:threats/direct action:remove hazard:severe lang:en who:p1 by:person "
            + "since:2026-03-01 until:2026-03-02T10:00:00Z differs undone escalated"
        let filter = try AuditQuery.filter("  " + text)
        #expect(filter.policies == ["spam", "threats"].reduce(into: []) { $0.insert(PolicyID($1)) })
        #expect(filter.actions == [.remove] && filter.hazards == [.severe] && filter.maker == .person)
        #expect(filter.differs == true && filter.undone == true && filter.escalated == true)
        #expect(try AuditQuery.filter(AuditQuery.text(filter)) == filter)
        #expect(try AuditQuery.filter("agrees standing not-escalated").undone == false)
        #expect(try AuditQuery.filter("") == DecisionFilter())
    }

    @Test func aWrongWordIsNamedWithItsColumnAndARemedy() {
        for (text, parts) in [
            ("policy:spam speed:5", ["filter:13", "speed:5", "one of policy:"]),
            ("polcy:spam", ["filter:1", "did you mean policy:?"]),
            ("action:kep", ["filter:1", "keep, label, restrict"]), ("lang:", ["nothing after the colon"]),
            ("since:soon", ["2026-03-01"]), ("difers", ["did you mean differs?"]),
        ] {
            let error = #expect(throws: DeskError.self) { try AuditQuery.filter(text) }
            for part in parts { #expect(error?.description.contains(part) == true, "\(text): \(part)") }
        }
    }
}
