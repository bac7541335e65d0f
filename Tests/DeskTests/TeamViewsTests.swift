import Desk
import Enforcement
import Exposure
import Forecast
import Moderation
import Store
import StoreTesting
import Testing

@Suite("What leads and representatives are told of people is the same an hour later", .eachStore)
struct TeamViewsTests {
    /// All that views of a lead and a representative say about people, beside posts.
    private struct Told: Equatable {
        var month: TeamView
        var report: [[TeamFigures.Cell]?]
        var perThousand: Int64?
        var headcount: [String: Int]?
        var reviewers: Int?
        var handling: [Hazard: TimeDistribution]
        var visible: [Hazard: TimeDistribution]
        var plan: StaffPlan
        var atCap: LimitsTrial.Counts?
        var group: GroupWhatIf?
        var saved: ExposureSaved
    }

    private let site: TestSite
    private let lead: Person
    private let representative: Person
    private let people: [Person]

    /// Ten people and a lead, of whom each looked at severe content at the end of last month, and in a week since.
    init() throws {
        let made = try TestSite()
        func add(_ user: String, _ role: Moderation.Role, _ languages: Set<String> = []) throws -> Person {
            try made.desk.addPerson(user: user, name: user, roles: [role], languages: languages, by: made.ada)
        }
        site = made
        lead = try add("lea", .lead)
        representative = try add("rex", .representative)
        people = try [made.ada] + (1..<10).map { try add("p\($0)", .moderator, ["en"]) }
        try site.fill((0..<24).map { "kill \($0)" })
        let month = TeamMonth(of: site.clock.now().wall)
        for end in [
            month.next.first.start - .seconds(9 * 3600), month.next.first.start + .seconds(3 * 86_400),
        ] {
            site.clock.jump(to: end)
            for person in people { try look(person, seconds: 70) }
        }
        site.clock.jump(to: TeamWeek(of: UTCDay(of: site.clock.now().wall)).toldFrom + .seconds(3600))
    }

    private func look(_ person: Person, seconds: Int) throws {
        try site.desk.startShift(person)
        guard case .claimed(let file) = try site.desk.claimNext(for: person),
            case .uncovered(let post) = try site.desk.uncover(file, by: person)
        else { throw TestSite.NothingClaimed() }
        site.clock.advance(by: .seconds(seconds))
        try site.desk.decide(file, Choice(action: .keep), by: person, open: post.open)
        try site.desk.endShift(person)
    }

    private func told() throws -> Told {
        let now = site.clock.now().wall
        let month = site.desk.latestTeamMonth()
        let (first, end) = (month.first.start, month.next.first.start)
        let reports = try [(first, end), (first, now), (first, end - .seconds(3600)), (end, now)].map {
            try site.desk.reportFigures(from: $0.0, to: $0.1, for: lead) { _, _ in }.team
        }
        let basis = try site.desk.forecastBasis(for: lead)
        var low = Limits.standard
        low.daily = 1
        let ends = try site.desk.whatIf(WhatIfQuestion(limits: low), for: lead)
        #expect(ends.shifts.isEmpty)
        return Told(
            month: try site.desk.teamView(of: month, for: representative), report: reports.map(\.cells),
            perThousand: reports[0].percentPerThousand, headcount: reports[0].headcount,
            reviewers: reports[0].reviewers, handling: basis.scenario.work.mapValues(\.handling),
            visible: basis.scenario.work.mapValues(\.visible), plan: basis.scenario.plan,
            atCap: try site.desk.tryOut(low, by: lead).atCap, group: ends.group,
            saved: try site.desk.exposureSaved(for: lead))
    }

    @Test func oneWhoWorksOrJoinsBetweenTwoViewsChangesNone() throws {
        let before = try told()
        #expect(
            before.month.exposure.cells.map(\.hazard) == [.severe] && before.month.exposure.decisions == 10)
        // The report of the month says what the representative is told, and no other report says anything.
        let cells = before.month.exposure.cells.map {
            TeamFigures.Cell(hazard: $0.hazard, minutes: $0.minutes, percent: $0.percent)
        }
        #expect(
            before.report == [cells, nil, nil, nil] && before.perThousand == before.month.percentPerThousand)
        #expect(before.handling[.severe] != HazardWork.assumedHandling && before.plan != .aroundTheClock)
        #expect(before.atCap == LimitsTrial.Counts(before: 0, after: 0, least: 10))
        try look(people[1], seconds: 150)
        var other = people[2]
        other.languages = ["en", "fr"]
        try site.desk.change(other, by: site.ada)
        _ = try site.desk.addPerson(
            user: "new", name: "N", roles: [.moderator], languages: ["en"], by: site.ada)
        site.clock.advance(by: .seconds(3600))
        try site.desk.tend()
        #expect(try told() == before)
    }
}
