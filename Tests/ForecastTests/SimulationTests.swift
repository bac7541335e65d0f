import Exposure
import Moderation
import Testing

@testable import Forecast

@Suite("A simulation keeps the limits and gives the same for the same seed")
struct SimulationTests {
    /// Much of everything, with looks of very different lengths.
    static let busy = Scenario(
        work: Dictionary(
            uniqueKeysWithValues: Hazard.allCases.map { hazard in
                (
                    hazard,
                    HazardWork(
                        arrivals: Array(repeating: 20, count: 24), handling: .lognormal(median: 60, sigma: 1),
                        visible: .lognormal(median: 45, sigma: 1),
                        deadlines: [.init(share: 0.5, within: .seconds(8 * 3600))],
                        bursts: .init(
                            perDay: 0.2, size: .pareto(least: 20, tail: 1.5), over: .seconds(1800)))
                )
            }), plan: .aroundTheClock)

    @Test(arguments: DispatchOrder.allCases) func nobodyGetsMoreThanTheLimitsAllow(_ order: DispatchOrder) {
        var limits = Limits.standard
        limits.daily = 40
        limits.ceiling = 45
        limits.weekly = 130
        let simulation = Simulation(Self.busy, limits: limits, staff: 10, order: order, days: 8)
        var play = SimulationPlay(simulation, seed: 5)
        play.run()
        let finishing = Dose.charge(hazard: .extreme, visible: limits.finishInHand, limits: limits)
        for worker in play.workers {
            #expect(Dose(units: worker.highestDay) <= Dose(limits.ceiling))
            #expect(Dose(units: worker.highestDay) <= Dose(limits.daily) + finishing + finishing)
            #expect(Dose(units: worker.highestWeek) <= Dose(limits.weekly) + finishing + finishing)
        }
        #expect(
            play.workers.contains { Dose(units: $0.highestDay) >= Dose(limits.daily) }, "limits were reached")
    }

    @Test func everyPostIsWaitingInHandOrDecidedOnce() {
        let simulation = Simulation(Self.busy, limits: .standard, staff: 15, order: .levelled, days: 5)
        var play = SimulationPlay(simulation, seed: 1)
        play.run()
        let inHand = Set(play.workers.compactMap(\.post))
        #expect(inHand.count == play.workers.count { $0.post != nil })
        for (place, post) in play.posts.enumerated() {
            let states = [post.isWaiting, post.decidedAt >= 0, inHand.contains(place)].count { $0 }
            #expect(states == 1, "\(place)")
            if post.decidedAt >= 0 {
                #expect(post.firstTakenAt >= post.arrival && post.decidedAt > post.firstTakenAt)
            }
        }
        #expect(play.posts.count { $0.decidedAt >= 0 } > play.posts.count * 8 / 10)
    }

    @Test func theSameSeedGivesTheSameAndAnotherAnother() {
        let simulation = Simulation(Self.busy, limits: .standard, staff: 8, order: .priority, days: 2)
        #expect(simulation.run(seed: 3) == simulation.run(seed: 3))
        #expect(simulation.run(seed: 3) != simulation.run(seed: 4))
        #expect(simulation.run(seeds: [3, 4]).runs == 2)
    }

    @Test func dosesOfFewPeopleAndOfSeatsAreLeftOut() {
        var simulation = Simulation(Self.busy, limits: .standard, staff: 9, order: .oldest, days: 7)
        #expect(simulation.run(seed: 1).shifts == nil && simulation.run(seed: 1).weeks == nil)
        simulation.staff = 10
        #expect(simulation.run(seed: 1).weeks?.count == 10)
        simulation.scenario.plan = .seats
        #expect(simulation.run(seed: 1).shifts == nil)
    }

    @Test func shiftsAreSharedOutAndDaysOffStaggered() {
        let plan = StaffPlan(
            starts: [.init(minute: 360, share: 2), .init(minute: 840, share: 1)], daysPerWeek: 5)
        let shifts = plan.shifts(of: 21, days: 14)
        #expect(shifts.allSatisfy { $0.times.count == 10 })
        let early = shifts.count { ($0.times.first ?? 0) / 60_000 % 1440 == 360 }
        #expect(early == 14)
        for day in 0..<Int64(14) {
            let there = shifts.count { $0.times.contains { $0 / 86_400_000 == day } }
            #expect(there == 15, "five of seven, every day")
        }
    }

    @Test(arguments: DispatchOrder.allCases)
    func peopleTakeWhatTheyReadAndWantAsLongAsTheyWork(_ order: DispatchOrder) {
        var scenario = Self.busy
        scenario.languages = ["en": 3, "fr": 1, "la": 1]
        scenario.plan.starts = [
            .init(minute: 360, share: 6, length: .seconds(4 * 3600), languages: ["en"]),
            .init(minute: 360, share: 6, languages: ["en", "fr"], optsOut: [.extreme]),
        ]
        let simulation = Simulation(scenario, limits: .standard, staff: 12, order: order, days: 3)
        var play = SimulationPlay(simulation, seed: 2)
        play.run()
        let taken = play.posts.filter { $0.firstTakenAt >= 0 }
        #expect(!taken.contains { $0.language == 2 }, "nobody reads it")
        #expect(taken.contains { $0.language == 1 })
        #expect(!taken.contains { $0.language == 1 && $0.hazard == .extreme }, "who reads it opts out")
        #expect(taken.contains { $0.language == 0 && $0.hazard == .extreme })
        // Those of four hours begin at six as well.
        let hour = { (post: SimulatedPost) in post.firstTakenAt / 3_600_000 % 24 }
        #expect(!taken.contains { $0.hazard == .extreme && hour($0) >= 10 })
        #expect(taken.contains { $0.language == 1 && hour($0) >= 10 })
    }

    @Test func aBurstIsInOneLanguage() {
        var scenario = Self.busy
        scenario.work = scenario.work.filter { $0.key == .severe }
        scenario.work[.severe]?.arrivals = []
        scenario.work[.severe]?.bursts = .init(
            perDay: 1, size: .constant(50), over: .milliseconds(1))
        scenario.languages = ["en": 1, "fr": 1]
        let posts = scenario.posts(until: 30 * Simulation.dayLength, seed: 1)
        let bursts = Dictionary(grouping: posts, by: \.arrival).values
        #expect(bursts.count > 10 && bursts.allSatisfy { Set($0.map(\.language)).count == 1 })
        #expect(Set(posts.map(\.language)) == [0, 1])
    }

    @Test func theSearchFindsTheFewestPeople() throws {
        let scenario = Scenario(
            work: [
                .mild: HazardWork(
                    arrivals: Array(repeating: 60, count: 24), handling: .constant(60),
                    deadlines: [.init(share: 1, within: .seconds(12 * 3600))])
            ], plan: .aroundTheClock)
        let simulation = Simulation(scenario, limits: .standard, staff: 1, order: .priority, days: 7)
        let search = StaffSearch(simulation, seeds: [1, 2])
        let staff = try #require(search.staff)
        #expect(search.outlook?.staff == staff && search.outlook?.metShare == 1)
        #expect(search.trials.contains { $0.staff == staff - 1 && !$0.isEnough })
        // 24 hours of work a day; people work 5 of 7 days, 8 hours less breaks.
        #expect((5...9).contains(staff))
        #expect(StaffSearch(simulation, seeds: [1], most: 2).staff == nil)
        var none = simulation
        none.limits.daily = 1
        none.limits.ceiling = 1
        #expect(StaffSearch(none, seeds: [1], most: 40).staff == nil, "not within such limits")
    }
}

@Suite("Parameters are read with care")
struct ScenarioFileTests {
    private func object(_ text: String) throws -> JSONValue { try JSONText.value(text) }

    @Test func whatIsWrittenIsReadBack() throws {
        var scenario = SimulationTests.busy
        scenario.backlog = [Backlog(hazard: .mild, timeLeft: .seconds(5400), posts: 7)]
        scenario.work[.none]?.handling = .histogram([.init(upTo: 10, count: 3), .init(upTo: 20, count: 1)])
        scenario.work[.mild]?.visible = .constant(3)
        scenario.work[.severe]?.handling = .exponential(mean: 9)
        scenario.languages = ["en": 3, "fr": 0.5]
        scenario.plan.starts.append(
            .init(
                minute: 545, share: 2, length: .seconds(5400), daysPerWeek: 3, languages: ["fr"],
                optsOut: [.extreme, .severe]))
        #expect(try Scenario(scenario.json) == scenario)
        let seats = Scenario(work: scenario.work, plan: .seats)
        #expect(try Scenario(seats.json) == seats)
    }

    @Test(arguments: [
        ("[]", "an object is wanted"), ("{}", "no \"hazards\""),
        (#"{"hazards": {"awful": {}}}"#, "hazards: unknown name \"awful\""),
        (#"{"hazards": {"mild": {"arrivals": 3}}}"#, "hazards.mild: \"handling\" is missing"),
        (
            #"{"hazards": {"mild": {"handling": {"constant": -1}}}}"#,
            "hazards.mild.handling.constant: a number"
        ),
        (
            #"{"hazards": {"mild": {"arrivals": [1, 2], "handling": {"constant": 1}}}}"#,
            "arrivals: 24 figures"
        ),
        (
            #"{"hazards": {"mild": {"handling": {"constant": 1}}}, "shifts": [{"start": "25:00"}]}"#,
            "no time of day"
        ),
        (
            #"{"hazards": {"mild": {"handling": {"constant": 1}}}, "languages": {"en": 1, "fr": 1}, "shifts": [{"start": "06:00", "languages": ["en"]}]}"#,
            "shifts: nobody reads \"fr\""
        ),
        (
            #"{"hazards": {"mild": {"handling": {"constant": 1}}}, "languages": {"en": 1}, "shifts": [{"start": "06:00", "languages": ["eng"]}]}"#,
            "shifts[0].languages[0]: no posts are in \"eng\""
        ),
        (
            #"{"hazards": {"mild": {"handling": {"constant": 1}}}, "backlog": [{"hazard": "mild"}]}"#,
            "backlog[0]"
        ),
        (
            #"{"hazards": {"mild": {"handling": {"constant": 1}, "deadlines": [{"share": 0.7, "hours": 1}, {"hours": 2}]}}}"#,
            "more than 1 together"
        ),
        (
            #"{"hazards": {"mild": {"handling": {"histogram": [[5, 1], [4, 1]]}}}}"#,
            "histogram[1]: the bounds must rise"
        ),
    ]) func everyMistakeIsNamedWithItsPlace(text: String, said: String) throws {
        let value = try object(text)
        let problem = #expect(throws: ScenarioProblem.self) { try Scenario(value) }
        #expect(problem?.description.contains(said) == true, "\(problem?.description ?? "")")
    }

    @Test func distributionsHaveTheMediansAndMeansTheyShould() {
        #expect(abs(TimeDistribution.exponential(mean: 10).median - 6.931) < 0.001)
        #expect(abs(TimeDistribution.exponential(mean: 10).mean(most: 1e9) - 10) < 0.01)
        #expect(abs(TimeDistribution.lognormal(median: 30, sigma: 0.8).median - 30) < 1e-6)
        #expect(
            abs(
                TimeDistribution.lognormal(median: 30, sigma: 0.8).value(below: 0.841_344_746) - 30
                    * 2.225_541) < 0.001)
        #expect(abs(TimeDistribution.pareto(least: 10, tail: 2).value(below: 0.75) - 20) < 1e-9)
        let bins = TimeDistribution.histogram([.init(upTo: 10, count: 1), .init(upTo: 30, count: 3)])
        #expect(abs(bins.value(below: 0.25) - 10) < 1e-9 && abs(bins.value(below: 0.625) - 20) < 1e-9)
    }
}
