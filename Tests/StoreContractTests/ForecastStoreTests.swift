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

    @Test func handlingTimesAreOfEnoughPeopleOrOfNobody() throws {
        let made = try empty()
        try made.store.write { tx throws in
            for person in 0..<3 {
                for (hazard, seconds) in [(Hazard.mild, Int64(4)), (.severe, 40)]
                where person < 2 || hazard == .mild {
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
                    id: SpanID("x"), person: PersonID("p9"), post: PostID("mild0"), shift: nil, hazard: .mild,
                    openedAt: at(2), visible: .seconds(9), closedAt: at(3), limitsVersion: 1, dose: .zero,
                    closedBy: .released))
        }
        let times = try made.store.read { try $0.handlingTimes(from: at(1), to: at(9), smallestGroup: 3) }
        #expect(Set(times.keys) == [.mild])
        var wanted = HandlingCounts()
        for _ in 0..<3 { wanted.add(handled: .seconds(100), visible: .seconds(8)) }
        #expect(times[.mild] == wanted)
        let two = try made.store.read { try $0.handlingTimes(from: at(1), to: at(9), smallestGroup: 2) }
        #expect(two[.severe]?.visible.reduce(0, +) == 2)
        #expect(
            try made.store.read { try $0.handlingTimes(from: at(3), to: at(9), smallestGroup: 1) }.isEmpty)
    }

    @Test func beginningsOfShiftsAreOfEnoughPeopleOrOfNobody() throws {
        let made = try empty()
        try made.store.write { tx throws in
            for (person, hour) in [("a", Int64(6)), ("a", 30), ("b", 14), ("c", 90)] {
                try tx.save(
                    Shift(id: ShiftID("\(person)\(hour)"), person: PersonID(person), startedAt: at(hour, 5)))
            }
        }
        let starts = try made.store.read { try $0.shiftStarts(from: at(0), to: at(48), smallestGroup: 2) }
        #expect(starts?.people == 2 && starts?.byHour[6] == 2 && starts?.byHour[14] == 1)
        #expect(try made.store.read { try $0.shiftStarts(from: at(0), to: at(48), smallestGroup: 3) } == nil)
    }
}
