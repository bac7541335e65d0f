import Exposure
import Moderation
import Store
import StoreTesting
import Testing

/// The contracts of `ExposureKeeping`, `HandoverReading` and `TeamReading`, told on any store.
@Suite("The store keeps people's records for them, and tells others no more than they may know", .eachStore)
struct OwnRecordStoreTests {
    private let day = UTCDay("2026-03-04") ?? UTCDay(number: 0)
    private let ada = PersonID("ada")

    private func span(
        _ name: String, of person: PersonID, at moment: Timestamp, hazard: Hazard = .severe,
        seconds: Int64 = 60
    ) -> Span {
        Span(
            id: SpanID(name), person: person, post: nil, shift: nil, hazard: hazard, openedAt: moment,
            visible: .seconds(seconds), closedAt: moment + .seconds(seconds), limitsVersion: 1,
            dose: .charge(hazard: hazard, visible: .seconds(seconds), limits: .standard), closedBy: .covered)
    }

    // MARK: Settled days

    @Test func aSettledDayTakesThePlaceOfItsSpansAndOfNoOthers() throws {
        let made = try TemporaryStore()
        let spans = [
            span("a", of: ada, at: day.start), span("b", of: ada, at: day.start + .seconds(86_399)),
            span("c", of: ada, at: day.next.start), span("d", of: PersonID("ben"), at: day.start),
        ]
        try made.store.write { tx throws in
            for span in spans { try tx.save(span) }
            #expect(try tx.dayToSettle(of: ada, from: UTCDay(number: 0), endedBy: spans[0].end) == day)
            #expect(try tx.dayToSettle(of: ada, from: UTCDay(number: 0), endedBy: day.start) == nil)
            #expect(try tx.dayToSettle(of: ada, from: day.next, endedBy: spans[2].end) == day.next)
            try tx.settle(DayTotal.of([spans[0], spans[1]]), day: day, of: ada)
            // What comes late is added.
            let late = span("late", of: ada, at: day.start + .seconds(5))
            try tx.save(late)
            try tx.settle(DayTotal.of([late]), day: day, of: ada)
        }
        try made.store.read { tx throws in
            let totals = try tx.dayTotals(of: ada, since: day.start)
            var wanted: [Span] = [spans[0], spans[1]]
            wanted.append(span("x", of: ada, at: day.start + .seconds(5)))
            #expect(totals == DayTotal.of(wanted))
            #expect(try tx.dayTotals(of: ada, since: spans[1].end).isEmpty)
            #expect(try tx.spans(of: ada, since: Timestamp(milliseconds: 0)).map(\.id.rawValue) == ["c"])
            #expect(try tx.spans(of: PersonID("ben"), since: Timestamp(milliseconds: 0)).count == 1)
        }
    }

    @Test func theLastKnownMomentOfAPersonIsKept() throws {
        let made = try TemporaryStore()
        let first = KnownMoment(machine: "m", uptime: .milliseconds(1500), at: day.start)
        let second = KnownMoment(machine: "n", uptime: .zero, at: day.next.start)
        try made.store.write { tx throws in
            try tx.keep(first, for: ada)
            #expect(try tx.knownMoment(of: ada) == first)
            try tx.keep(second, for: ada)
        }
        #expect(try made.store.read { try $0.knownMoment(of: ada) } == second)
        #expect(try made.store.read { try $0.knownMoment(of: PersonID("ben")) } == nil)
    }

    @Test func whatWasBroughtAlongNeverShrinks() throws {
        let made = try TemporaryStore()
        func taken(_ dose: Int64, until end: Timestamp, from source: String = "s") -> TakenDay {
            TakenDay(
                person: ada, source: source, key: "key \(source)", salt: [1], day: day, endsAt: end,
                dose: Dose(units: dose))
        }
        try made.store.write { tx throws in
            try tx.take(taken(500, until: day.start + .seconds(90)))
            try tx.take(taken(300, until: day.start + .seconds(100)))
            try tx.take(taken(7, until: day.start, from: "t"))
        }
        try made.store.read { tx throws in
            let days = try tx.takenDays(of: ada, since: Timestamp(milliseconds: 0))
            #expect(
                days == [taken(500, until: day.start + .seconds(100)), taken(7, until: day.start, from: "t")])
            #expect(try tx.takenDays(of: ada, since: day.start + .seconds(99)).count == 1)
            #expect(try tx.takenDays(of: PersonID("ben"), since: Timestamp(milliseconds: 0)).isEmpty)
            #expect(try tx.takenDay(of: ada, from: "key t")?.source == "t")
            #expect(try tx.takenDay(of: ada, from: "key") == nil)
        }
    }

    // MARK: Handovers

    @Test func aRecordIsGivenToItsPhysicianAloneUntilItIsTakenBack() throws {
        let made = try TemporaryStore()
        let (gil, hal) = (PersonID("gil"), PersonID("hal"))
        let handover = Handover(id: HandoverID("h"), person: ada, physician: gil, at: day.start)
        try made.store.write { tx throws in
            try tx.insert(handover, record: Array("words".utf8), salt: [UInt8](repeating: 1, count: 16))
            try tx.insert(HandoverLook(handover: handover.id, physician: gil, at: day.next.start))
        }
        try made.store.read { tx throws in
            #expect(try tx.handedRecord(handover.id, for: gil) == Array("words".utf8))
            for other in [hal, ada] { #expect(try tx.handedRecord(handover.id, for: other) == nil) }
            #expect(try tx.handovers(to: gil) == [handover] && tx.handovers(to: hal).isEmpty)
            #expect(try tx.handoverReadings(of: ada, limit: 9).map(\.at) == [day.next.start])
            #expect(try tx.handoverReadings(of: gil, limit: 9).isEmpty)
        }
        try made.store.write { tx throws in
            #expect(try !tx.revoke(handover.id, of: hal, at: day.next.start))
            #expect(try tx.revoke(handover.id, of: ada, at: day.next.start))
            #expect(try !tx.revoke(handover.id, of: ada, at: day.next.start))
        }
        try made.store.read { tx throws in
            #expect(try tx.handedRecord(handover.id, for: gil) == nil && tx.handovers(to: gil).isEmpty)
            #expect(try tx.handovers(of: ada).map(\.revokedAt) == [day.next.start])
        }
    }

    // MARK: The whole team

    private func people(_ count: Int) -> [PersonID] { (0..<count).map { PersonID("p\($0)") } }

    /// What a store of these spans tells of the month.
    private func told(_ spans: [Span], settling: Bool = false, of least: Int = 1) throws -> TeamExposure {
        let made = try TemporaryStore()
        try made.store.write { tx throws in
            for span in spans { try tx.save(span) }
            guard settling else { return }
            for person in Set(spans.map(\.person)) {
                try tx.settle(DayTotal.of(spans.filter { $0.person == person }), day: day, of: person)
            }
        }
        return try made.store.read {
            try $0.teamExposure(
                in: TeamMonth(of: day.start), at: TeamMonth(of: day.start).toldFrom, of: least)
        }
    }

    private func work(_ people: [PersonID], _ hazard: Hazard, seconds: Int64 = 600) -> [Span] {
        people.map {
            span("\($0) \(hazard)", of: $0, at: day.start + .seconds(60), hazard: hazard, seconds: seconds)
        }
    }

    @Test func nothingIsToldOfFewerThanTenPeople() throws {
        #expect(try told(work(people(9), .severe)).cells.isEmpty)
        let ten = try told(work(people(10), .severe))
        #expect(try told(work(people(11), .severe), of: 12).cells.isEmpty)
        #expect(ten.cells == [TeamCell(hazard: .severe, minutes: 100, percent: 41)] && ten.decisions == nil)
        // Totals that took the place of spans count alike.
        #expect(try told(work(people(10), .severe), settling: true) == ten)
    }

    @Test func nothingIsToldThatOneOfThemMadeMostOf() throws {
        let most = span("most", of: PersonID("p0"), at: day.start, seconds: 20_000)
        #expect(try told(work(people(12), .severe) + [most]).cells.isEmpty)
    }

    /// Complementary suppression: what is told is the same whatever the few did, so it can't be reckoned from it.
    @Test func whatIsToldDoesNotDependOnWhatIsLeftOut() throws {
        let many = work(people(12), .moderate) + work(people(11), .mild)
        let answers = try [0, 3, 9].flatMap { few in
            try [60, 6000].map { seconds in
                try told(many + work(people(few), .extreme, seconds: Int64(seconds)))
            }
        }
        #expect(Set(answers).count == 1)
        #expect(answers.first?.cells.map(\.hazard) == [.mild, .moderate])
    }

    @Test func monthsDoNotOverlapAndLeaveNothingBetween() throws {
        let month = TeamMonth(of: day.start)
        #expect(month.description == "2026-03" && month.next.description == "2026-04")
        #expect(month.previous.description == "2026-02" && TeamMonth("2026-12")?.next == TeamMonth("2027-01"))
        #expect(TeamMonth("2026-13") == nil && TeamMonth("2026-3") == nil && TeamMonth("march") == nil)
        let edges = [month.first.start - .milliseconds(1), month.first.start, month.next.first.start]
        for (place, edge) in edges.enumerated() {
            let spans = people(10).map { span("\($0)", of: $0, at: edge) }
            #expect(try told(spans).cells.isEmpty == (place != 1))
        }
    }
}
