import Exposure
import Moderation
import Store
import StoreTesting
import Testing

/// The rule of small groups, told on any store: no two of all answers that a store gives about a team differ by what
/// fewer than ten people did.
@Suite("No difference of two team figures is of fewer than ten people", .eachStore)
struct TeamDifferenceTests {
    private static let months = 12
    private static let mostPeople = 20
    /// Everybody's minutes are this and a power of two of their own: a sum says how many people are in it, and who.
    private static let base: Int64 = 1 << 25

    private var month: TeamMonth { TeamMonth(of: Timestamp(milliseconds: 1_772_357_400_000)) }

    /// Who worked at a hazard in a month, and whether the first of them did more than half.
    private struct Cell {
        var people: [Int]
        var isOnesWork: Bool
        var isTold: Bool { people.count >= SmallGroup.least && !isOnesWork }
    }

    private struct Place: Hashable {
        var month: TeamMonth
        var hazard: Hazard
    }

    private func span(_ person: Int, _ place: Place, most: Bool, isOpen: Bool) -> Span {
        let minutes = (most ? 30 * Self.base : Self.base) + 1 << Int64(person)
        let opened = place.month.first.start + .seconds(3600 + Int64(person) * 60)
        return Span(
            id: SpanID("\(place.month) \(place.hazard) \(person)"), person: PersonID("p\(person)"), post: nil,
            shift: nil, hazard: place.hazard, openedAt: opened, visible: .seconds(minutes * 60),
            closedAt: isOpen ? nil : opened + .seconds(60), limitsVersion: 1,
            dose: Dose(units: minutes * (Dose.full.units / 100)), closedBy: isOpen ? nil : .covered)
    }

    /// Random teams, a new one for each month and hazard.
    private func teams(_ months: [TeamMonth], _ random: inout SystemRandomNumberGenerator) -> [Place: Cell] {
        var teams: [Place: Cell] = [:]
        for month in months {
            for hazard in Hazard.allCases {
                let size = Int.random(in: 0...Self.mostPeople, using: &random)
                let people = Array((0..<Self.mostPeople).shuffled(using: &random).prefix(size)).sorted()
                teams[Place(month: month, hazard: hazard)] = Cell(
                    people: people, isOnesWork: Int.random(in: 0..<8, using: &random) == 0)
            }
        }
        return teams
    }

    /// The people whose minutes a sum adds up; `nil` when it is no sum of theirs.
    private func people(in minutes: Int64) -> Set<Int>? {
        let bits = minutes % Self.base
        let people = Set((0..<Self.mostPeople).filter { bits & (1 << Int64($0)) != 0 })
        return minutes / Self.base == Int64(people.count) && bits < 1 << Int64(Self.mostPeople) ? people : nil
    }

    @Test func everyPairOfAnswersDiffersByTenPeopleOrNothing() throws {
        var random = SystemRandomNumberGenerator()
        let months = (0..<Self.months).reduce(into: [month]) { list, _ in
            list.append(list[list.count - 1].next)
        }
        let teams = teams(months, &random)
        let store = try TemporaryStore().store
        let spans = teams.flatMap { place, cell in
            cell.people.enumerated().map { order, person in
                span(
                    person, place, most: cell.isOnesWork && order == 0,
                    isOpen: Int.random(in: 0..<9, using: &random) == 0)
            }
        }
        try store.write { tx throws in for span in spans { try tx.save(span) } }

        // Asked early and late, by sites whose smallest group differs, and between: what was left open is closed, what is
        // old is settled.
        var answers: [(month: TeamMonth, told: TeamExposure)] = []
        func ask(_ least: Int) throws {
            for month in months {
                let early = try store.read {
                    try $0.teamExposure(in: month, at: month.toldFrom - .seconds(1), of: least)
                }
                #expect(early == TeamExposure(cells: [], decisions: nil), "\(month) may still change")
                answers.append(
                    (month, try store.read { try $0.teamExposure(in: month, at: month.toldFrom, of: least) }))
            }
        }
        try ask(1)
        try store.write { tx throws in
            for var span in spans where span.closedAt == nil {
                span.closedAt = span.openedAt + .seconds(9)
                span.closedBy = .crashed
                try tx.save(span)
            }
        }
        try ask(10)
        try store.write { tx throws in
            for (_, group) in Dictionary(grouping: spans, by: { "\($0.person) \(UTCDay(of: $0.openedAt))" })
            where group.count % 2 == 0 {
                try tx.settle(
                    DayTotal.of(group), day: UTCDay(of: group[0].openedAt), of: group[0].person)
            }
        }
        try ask(1)
        try ask(14)

        var told: [(place: Place, minutes: Int64, percent: Int64, people: Set<Int>)] = []
        for answer in answers {
            for cell in answer.told.cells {
                let people = try #require(self.people(in: cell.minutes), "a sum that one made most of")
                told.append(
                    (Place(month: answer.month, hazard: cell.hazard), cell.minutes, cell.percent, people))
            }
        }
        #expect(Set(told.map(\.place)) == Set(teams.filter(\.value.isTold).keys))
        for (index, one) in told.enumerated() {
            #expect(one.people == Set(teams[one.place]?.people ?? []))
            for other in told[index...] {
                // What one tells and the other doesn't: the same sum, or sums over other spans.
                let isSame = one.place == other.place
                let apart =
                    isSame ? one.people.symmetricDifference(other.people) : one.people.union(other.people)
                if !apart.isEmpty && apart.count < SmallGroup.least
                    || isSame && (one.minutes, one.percent) != (other.minutes, other.percent)
                {
                    Issue.record("\(one.place) and \(other.place) differ by \(apart.count) people")
                }
            }
        }
    }

    @Test func aMonthsDecisionsStayTheSameWhenOneIsUndoneLater() throws {
        let store = try TemporaryStore().store
        let bundle = BundleDigest(hex: String(repeating: "ab", count: 32))
        func decide(_ number: Int, undone: Timestamp? = nil) -> Decision {
            Decision(
                id: DecisionID("d\(number)"), post: PostID("x\(number)"), postVersion: 1,
                maker: .person(PersonID("p\(number % 10)")), action: .keep, policy: nil, rule: nil, note: nil,
                recommendation: nil, bundle: bundle, decidedAt: month.first.start + .seconds(Int64(number)))
        }
        try store.write { tx throws in
            try tx.putInForce(StoredBundle(digest: bundle, canonical: "[]", since: month.first.start))
            for number in 0..<30 { try tx.insert(decide(number)) }
            _ = try tx.undo(DecisionID("d3"), at: month.toldFrom - .seconds(1))
        }
        func told() throws -> Int? {
            try store.read { try $0.teamExposure(in: month, at: month.toldFrom, of: 1) }.decisions
        }
        #expect(try told() == 29)
        try store.write { tx throws in _ = try tx.undo(DecisionID("d4"), at: month.toldFrom) }
        #expect(try told() == 29)
    }
}
