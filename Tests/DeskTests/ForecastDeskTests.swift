import Desk
import Exposure
import Forecast
import Moderation
import Store
import StoreTesting
import Testing

@Suite("Forecasts start from the site's own work, in aggregate", .eachStore)
struct ForecastDeskTests {
    /// So many people did one post each in a week that is told, and forty posts came in afterwards.
    private func worked(_ count: Int) throws -> (TestSite, Person) {
        let site = try TestSite()
        let bob = try site.desk.addPerson(user: "bob", name: "Bob", roles: [.moderator], by: site.ada)
        let others = try (2..<count).map {
            try site.desk.addPerson(user: "p\($0)", name: "P", roles: [.moderator], by: site.ada)
        }
        try site.fill((0..<count).map { "kill early \($0)" })
        for person in [site.ada, bob] + others { try work(person, site) }
        site.clock.jump(to: TeamWeek(of: UTCDay(of: site.clock.now().wall)).toldFrom)
        let now = site.clock.now().wall
        let posts = (0..<40).map { number in
            FlaggedPost(
                source: "s", externalID: "\(number)", body: "kill \(number)",
                deadline: number < 20 ? now + .seconds(7200 + Int64(number) * 900) : nil)
        }
        _ = try site.desk.takeIn(posts)
        site.clock.advance(by: .seconds(60))
        return (site, bob)
    }

    private func work(_ person: Person, _ site: TestSite) throws {
        try site.desk.startShift(person)
        guard case .claimed(let file) = try site.desk.claimNext(for: person),
            case .uncovered(let post) = try site.desk.uncover(file, by: person)
        else { throw TestSite.NothingClaimed() }
        site.clock.advance(by: .seconds(12))
        try site.desk.cover(post.open, because: .covered)
        site.clock.advance(by: .seconds(28))
        try site.desk.decide(file, Choice(action: .keep), by: person, open: nil)
    }

    @Test func ofEnoughPeopleItLearnsHandlingAndShifts() throws {
        let (site, _) = try worked(10)
        let basis = try site.desk.forecastBasis(for: site.ada)
        #expect(basis.learned == [.severe] && basis.plansLearned && basis.moderators == 10)
        #expect(basis.week.description == "2026-02-23" && basis.days == 10)
        let work = try #require(basis.scenario.work[.severe])
        #expect(work.handling.median > 30 && work.handling.median <= 45)
        #expect(work.visible.median > 10 && work.visible.median <= 15)
        #expect(abs(work.arrivals.reduce(0, +) * 10 - 50) < 1e-9 && work.arrivals.count { $0 > 0 } == 2)
        // Twenty deadlines are told as twelve, each the earliest of its neighbours, and two posts of five have one.
        #expect(work.deadlines.count == 12 && work.deadlines.first?.within == .seconds(7200))
        #expect(abs(work.deadlines.reduce(0) { $0 + $1.share } - 0.4) < 1e-9)
        #expect(basis.scenario.backlog.reduce(0) { $0 + $1.posts } == 40)
        #expect(basis.scenario.hasDeadlines)
    }

    @Test func ofFewerPeopleItTellsNothingAndAssumes() throws {
        let (site, bob) = try worked(9)
        let basis = try site.desk.forecastBasis(for: site.ada)
        #expect(basis.learned.isEmpty && !basis.plansLearned)
        #expect(basis.scenario.work[.severe]?.handling == HazardWork.assumedHandling)
        #expect(basis.scenario.plan == .aroundTheClock)
        #expect(throws: DeskError.needsRole(.lead)) { try site.desk.forecastBasis(for: bob) }
        #expect(throws: DeskError.needsRole(.lead)) { try site.desk.limitsToForecast(for: bob) }
    }
}
