import Desk
import Exposure
import Forecast
import Moderation
import StoreTesting
import Testing

@Suite("Forecasts start from the site's own work, in aggregate", .eachStore)
struct ForecastDeskTests {
    private func worked(smallestGroup: Int) throws -> (TestSite, Person) {
        var limits = Limits.standard
        limits.smallestGroup = smallestGroup
        let site = try TestSite(limits: limits)
        let bob = try site.desk.addPerson(user: "bob", name: "Bob", roles: [.moderator], by: site.ada)
        let now = site.clock.now().wall
        let posts = (0..<40).map { number in
            FlaggedPost(
                source: "s", externalID: "\(number)", body: "kill \(number)",
                deadline: number < 20 ? now + .seconds(7200 + Int64(number) * 900) : nil)
        }
        _ = try site.desk.takeIn(posts)
        for person in [site.ada, bob] {
            try site.desk.startShift(person)
            guard case .claimed(let file) = try site.desk.claimNext(for: person),
                case .uncovered(let post) = try site.desk.uncover(file, by: person)
            else { throw TestSite.NothingClaimed() }
            site.clock.advance(by: .seconds(12))
            try site.desk.cover(post.open, because: .covered)
            site.clock.advance(by: .seconds(28))
            try site.desk.decide(file, Choice(action: .keep), by: person, open: nil)
        }
        return (site, bob)
    }

    @Test func ofEnoughPeopleItLearnsHandlingAndShifts() throws {
        let (site, _) = try worked(smallestGroup: 2)
        let basis = try site.desk.forecastBasis(for: site.ada)
        #expect(basis.learned == [.severe] && basis.plansLearned && basis.moderators == 2 && basis.days == 1)
        let work = try #require(basis.scenario.work[.severe])
        #expect(work.handling.median > 30 && work.handling.median <= 45)
        #expect(work.visible.median > 10 && work.visible.median <= 15)
        #expect(work.arrivals.reduce(0, +) == 40 && work.arrivals.count { $0 > 0 } == 1)
        // Twenty deadlines are told as twelve, each the earliest of its neighbours, and half have one.
        #expect(work.deadlines.count == 12 && work.deadlines.first?.within == .seconds(7200))
        #expect(abs(work.deadlines.reduce(0) { $0 + $1.share } - 0.5) < 1e-9)
        #expect(basis.scenario.backlog.reduce(0) { $0 + $1.posts } == 38)
        #expect(basis.scenario.hasDeadlines)
    }

    @Test func ofFewerPeopleItTellsNothingAndAssumes() throws {
        let (site, bob) = try worked(smallestGroup: 3)
        let basis = try site.desk.forecastBasis(for: site.ada)
        #expect(basis.learned.isEmpty && !basis.plansLearned)
        #expect(basis.scenario.work[.severe]?.handling == HazardWork.assumedHandling)
        #expect(basis.scenario.plan == .aroundTheClock)
        #expect(throws: DeskError.needsRole(.lead)) { try site.desk.forecastBasis(for: bob) }
        #expect(throws: DeskError.needsRole(.lead)) { try site.desk.limitsToForecast(for: bob) }
    }
}
