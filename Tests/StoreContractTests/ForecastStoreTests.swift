import Exposure
import Ledger
import Moderation
import Store
import StoreTesting
import Testing

/// The contract of `ForecastReading`, told on any store.
@Suite("The store gives forecasts sums and never a person's figures", .eachStore)
struct ForecastStoreTests {
    private let bundle = BundleDigest(hex: String(repeating: "ab", count: 32))
    private static let hour: Int64 = 3_600_000

    private func at(_ hours: Int64, _ more: Int64 = 0) -> Timestamp {
        Timestamp(milliseconds: hours * Self.hour + more)
    }

    private func prepared(_ id: String, _ hazard: Hazard, deadline: Timestamp?) -> PreparedContent {
        let content = FlaggedPost(source: "s", externalID: id, body: id, deadline: deadline)
        let bytes = ContentCommitment.bytes(of: content)
        let salt = [UInt8](repeating: 7, count: 16)
        return PreparedContent(
            id: PostID(id), content: content, bytes: bytes, salt: salt,
            digest: ContentCommitment.digest(salt: salt, bytes: bytes),
            evaluation: Evaluation(findings: [], recommendation: nil, hazard: hazard, bundle: bundle),
            priority: 0)
    }

    private func empty() throws -> TemporaryStore {
        let made = try TemporaryStore()
        try made.store.write { tx throws in
            try tx.putInForce(StoredBundle(digest: bundle, canonical: "[]", since: at(0)))
        }
        return made
    }

    @Test func arrivalsAreCountedByHourHazardAndTimeLeft() throws {
        let made = try empty()
        try made.store.write { tx throws in
            func take(_ id: String, _ hazard: Hazard, at now: Timestamp, deadline: Timestamp? = nil) throws {
                _ = try tx.takeIn(prepared(id, hazard, deadline: deadline), at: now) { _ in nil }
            }
            try take("a", .mild, at: at(25))
            try take("b", .mild, at: at(49, 5))
            try take("c", .severe, at: at(26), deadline: at(28, -1))
            try take("d", .severe, at: at(26), deadline: at(20))
            try take("e", .mild, at: at(500))
            try tx.setState(.decided, of: PostID("a"))
        }
        let (arrivals, waiting) = try made.store.read { tx in
            (try tx.arrivals(from: at(25), to: at(500)), try tx.waiting(at: at(27)))
        }
        #expect(
            arrivals == [
                ArrivalCount(hazard: .mild, hour: 1, quartersLeft: nil, posts: 2),
                ArrivalCount(hazard: .severe, hour: 2, quartersLeft: 0, posts: 1),
                ArrivalCount(hazard: .severe, hour: 2, quartersLeft: 7, posts: 1),
            ])
        #expect(
            waiting == [
                ArrivalCount(hazard: .mild, hour: 0, quartersLeft: nil, posts: 2),
                ArrivalCount(hazard: .severe, hour: 0, quartersLeft: 0, posts: 1),
                ArrivalCount(hazard: .severe, hour: 0, quartersLeft: 3, posts: 1),
            ])
    }

    /// The week in which the work of these tests is done.
    private var week: TeamWeek { TeamWeek(of: UTCDay(of: at(1))) }

    @Test func handlingTimesAreOfEnoughPeopleOrOfNobody() throws {
        let made = try empty()
        try made.store.write { tx throws in
            for person in 0..<10 {
                for (hazard, seconds) in [(Hazard.mild, Int64(4)), (.severe, 40)]
                where person < 9 || hazard == .mild {
                    let id = "\(hazard.rawValue)\(person)"
                    _ = try tx.takeIn(prepared(id, hazard, deadline: nil), at: at(1)) { _ in nil }
                    for part in 0..<Int64(2) {
                        let opened = at(2, part * 20_000)
                        try tx.save(
                            Span(
                                id: SpanID("\(id)-\(part)"), person: PersonID("p\(person)"), post: PostID(id),
                                shift: nil, hazard: part == 0 ? .none : hazard, openedAt: opened,
                                visible: .seconds(seconds), closedAt: opened + .seconds(seconds),
                                limitsVersion: 1, dose: .zero, closedBy: .covered))
                    }
                    try tx.insert(
                        Decision(
                            id: DecisionID("d\(id)"), post: PostID(id), postVersion: 1,
                            maker: .person(PersonID("p\(person)")), action: .keep, policy: nil, rule: nil,
                            note: nil, recommendation: nil, bundle: bundle, decidedAt: at(2, 100_000)))
                }
            }
            // Looked at and left to somebody else: no handling time.
            try tx.save(
                Span(
                    id: SpanID("x"), person: PersonID("p10"), post: PostID("mild0"), shift: nil,
                    hazard: .mild,
                    openedAt: at(2), visible: .seconds(9), closedAt: at(3), limitsVersion: 1, dose: .zero,
                    closedBy: .released))
        }
        var wanted = HandlingCounts()
        for _ in 0..<10 { wanted.add(handled: .seconds(100), visible: .seconds(8)) }
        try made.store.read { tx throws in
            // Nine worked at severe content, whatever a site calls its smallest group.
            #expect(try tx.handlingTimes(in: week, at: week.toldFrom, of: 2) == [.mild: wanted])
            #expect(try tx.handlingTimes(in: week, at: week.toldFrom, of: 11).isEmpty)
            #expect(try tx.handlingTimes(in: week, at: week.toldFrom - .seconds(1), of: 2).isEmpty)
            #expect(try tx.handlingTimes(in: TeamWeek(of: week.end), at: at(1000), of: 2).isEmpty)
        }
        // Once a day is settled for one of them, the others alone are not told.
        try made.store.write { tx throws in
            let day = UTCDay(of: at(2))
            let total = DayTotal(
                person: PersonID("p0"), day: day, hazard: .mild, visible: 1, dose: .zero, endsAt: at(3))
            try tx.settle([total], day: day, of: PersonID("p0"))
            #expect(try tx.handlingTimes(in: week, at: week.toldFrom, of: 2).isEmpty)
        }
    }

    @Test func eachBinIsOfEnoughPeopleAndNobodyDecidedMost() {
        func person(_ times: [Int64: Int]) -> HandlingCounts {
            var counts = HandlingCounts()
            for (seconds, posts) in times {
                for _ in 0..<posts { counts.add(handled: .seconds(seconds), visible: .seconds(seconds)) }
            }
            return counts
        }
        // Six are quick and six slow: neither alone is told, all are told as slow as the slowest.
        let mixed = (0..<12).map { person($0 < 6 ? [4: 3] : [50: 2]) }
        let told = HandlingCounts.together(mixed, of: 10)
        #expect(told?.handled == person([50: 30]).handled && told?.visible == told?.handled)
        // Ten take a minute, and one of them once an hour: that one joins the others.
        let lone = (0..<10).map { person($0 == 0 ? [60: 2, 3600: 1] : [60: 2]) }
        #expect(HandlingCounts.together(lone, of: 10)?.handled == person([3600: 21]).handled)
        #expect(HandlingCounts.together(Array(mixed.prefix(9)), of: 10) == nil)
        let most = (0..<10).map { person($0 == 0 ? [60: 10] : [60: 1]) }
        #expect(HandlingCounts.together(most, of: 10) == nil)
    }

    @Test func beginningsOfShiftsAreOfEnoughPeopleOrOfNobody() throws {
        let made = try empty()
        try made.store.write { tx throws in
            for person in 0..<10 {
                for hour in [Int64(6), 30] where person < 9 || hour == 6 {
                    try tx.save(
                        Shift(
                            id: ShiftID("\(person)-\(hour)"), person: PersonID("p\(person)"),
                            startedAt: at(hour, 5)))
                }
            }
        }
        try made.store.read { tx throws in
            let starts = try tx.shiftStarts(in: week, at: week.toldFrom, of: 1)
            #expect(starts?.people == 10 && starts?.byHour[6] == 19)
            #expect(try tx.shiftStarts(in: week, at: week.toldFrom, of: 11) == nil)
            #expect(try tx.shiftStarts(in: week, at: week.toldFrom - .seconds(1), of: 1) == nil)
        }
    }
}
