import Exposure
import Moderation
import Testing

@Suite("Dispatch fits the next post to what is left")
struct DispatcherTests {
    private let now = Timestamp(milliseconds: 1_767_225_600_000)

    private func post(
        _ hazard: Hazard, hoursOld: Int64 = 1, due: Int64? = nil, priority: Int = 0, urgent: Bool = false,
        few: Bool = false
    )
        -> WaitingPost
    {
        WaitingPost(
            hazard: hazard, priority: priority, since: now - .hours(hoursOld),
            deadline: due.map { now + .hours($0) }, isUrgent: urgent, isForFew: few)
    }

    private func somebody(
        _ claimable: Set<Hazard> = Set(Hazard.allCases), left: Percent = 100, day: Percent = 0,
        week: Percent = 0, load: Dose = .zero
    ) -> Candidate {
        Candidate(
            claimable: claimable, left: Dose(left), dayDose: Dose(day), weekDose: Dose(week), acuteLoad: load)
    }

    private func choose(
        _ order: DispatchOrder, _ posts: [WaitingPost], _ person: Candidate, mean: Percent? = 0,
        flooded: Set<Hazard> = []
    ) -> Hazard? {
        let dispatcher = Dispatcher(
            order: order, limits: .standard, expected: [.severe: .seconds(60), .extreme: .seconds(600)])
        let team = TeamState(mean: mean.map { Dose($0) }, flooded: flooded)
        return dispatcher.choose(from: posts, for: person, team: team, at: now).map { posts[$0].hazard }
    }

    @Test func noOrderGivesWhatTheLimitsDoNot() {
        let posts = [post(.extreme, hoursOld: 90, priority: 900, urgent: true), post(.mild)]
        for order in DispatchOrder.allCases {
            #expect(choose(order, posts, somebody([.none, .mild])) == .mild)
            #expect(choose(order, posts, somebody([])) == nil)
            #expect(choose(order, [], somebody()) == nil)
        }
    }

    @Test func oldestAndPriorityReadTheQueueAsItStands() {
        let posts = [
            post(.none, hoursOld: 9), post(.severe, hoursOld: 2, priority: 120), post(.mild, priority: 140),
        ]
        #expect(choose(.oldest, posts, somebody()) == Hazard.none)
        #expect(choose(.priority, posts, somebody()) == .mild)
    }

    @Test func whatIsExpectedMustFitWhatIsLeft() {
        // Ten minutes of extreme content are 8.3 %, one of severe 0.4 %.
        #expect(choose(.levelled, [post(.extreme)], somebody(left: 9)) == .extreme)
        #expect(choose(.levelled, [post(.extreme)], somebody(left: 8)) == nil)
        #expect(choose(.levelled, [post(.extreme), post(.severe)], somebody(left: 8)) == .severe)
        #expect(choose(.levelled, [post(.extreme), post(.none)], somebody(left: 0)) == Hazard.none)
    }

    @Test func urgentPostsGoFirstEvenToWhoeverHasHadMuchAlready() {
        let posts = [post(.none, hoursOld: 20), post(.severe, due: 3), post(.extreme, hoursOld: 1, due: 2)]
        #expect(choose(.levelled, posts, somebody(week: 300), mean: 100) == .extreme)
        #expect(
            choose(.levelled, [post(.none), post(.severe, urgent: true)], somebody(week: 300), mean: 100)
                == .severe)
    }

    @Test func theHeaviestGoToWhoeverHasHadLeast() {
        let posts = [post(.none), post(.moderate), post(.severe, due: 20), post(.extreme, due: 20)]
        #expect(choose(.levelled, posts, somebody(week: 100), mean: 100) == .extreme)
        #expect(choose(.levelled, posts, somebody(week: 106), mean: 100) == Hazard.none)
        #expect(choose(.levelled, [posts[3]], somebody(week: 106), mean: 100) == nil, "left to others")
        #expect(
            choose(.levelled, [posts[3]], somebody(day: 50), mean: nil) == nil, "half a day's limit is used")
        // A third of its time gone, it is left no longer, but by whoever is far above the others.
        let pressing = [post(.severe, hoursOld: 12, due: 12), post(.none)]
        #expect(choose(.levelled, pressing, somebody(week: 110), mean: 100) == .severe)
        #expect(choose(.levelled, pressing, somebody(week: 121), mean: 100) == Hazard.none)
    }

    @Test func whatFewCanTakeIsNotLeftToOthers() {
        let above = somebody(week: 300)
        let posts = [post(.none), post(.severe, due: 20), post(.severe, due: 22, few: true)]
        #expect(choose(.levelled, Array(posts[..<2]), above, mean: 100) == Hazard.none)
        #expect(choose(.levelled, posts, above, mean: 100) == .severe)
        #expect(choose(.levelled, [posts[0], posts[2]], somebody(day: 50), mean: nil) == .severe)
        #expect(choose(.levelled, posts, somebody([.none]), mean: 100) == Hazard.none, "limits hold")
        #expect(
            choose(.levelled, [post(.none, few: true), post(.mild, few: true)], above, mean: 100)
                == Hazard.none)
        #expect(Dispatcher.isForFew(takers: 9, of: 20) && !Dispatcher.isForFew(takers: 10, of: 20))
        #expect(!Dispatcher.isForFew(takers: 1, of: 2) && Dispatcher.isForFew(takers: 1, of: 3))
    }

    @Test func whereMoreWaitsThanOthersCanDoNobodyIsSpared() {
        let posts = [post(.none), post(.severe, due: 20)]
        let above = somebody(week: 300)
        #expect(choose(.levelled, posts, above, mean: 100) == Hazard.none)
        #expect(choose(.levelled, posts, above, mean: 100, flooded: [.severe]) == .severe)
        #expect(choose(.levelled, posts, somebody([.none]), flooded: [.severe]) == Hazard.none, "limits hold")
        // A minute of severe content is 0.417 %: 300 posts are 125 %, a quarter for each of five people.
        let dispatcher = Dispatcher(order: .levelled, limits: .standard, expected: [.severe: .seconds(60)])
        #expect(dispatcher.flooded(waiting: [.severe: 300, .none: 9000], present: 5) == [])
        #expect(dispatcher.flooded(waiting: [.severe: 301], present: 5) == [.severe])
        #expect(dispatcher.flooded(waiting: [.severe: 301], present: 6) == [])
        #expect(dispatcher.flooded(waiting: [.severe: 61], present: 0) == [.severe])
    }

    @Test func severeRunsAreInterleaved() {
        let posts = [post(.severe, due: 40), post(.mild), post(.moderate)]
        let load = Dose.charge(hazard: .severe, visible: .seconds(60), limits: .standard)
        #expect(choose(.levelled, posts, somebody()) == .severe)
        #expect(choose(.levelled, posts, somebody(load: load)) == .moderate)
        #expect(choose(.levelled, [posts[0]], somebody(load: load)) == .severe, "where nothing lighter waits")
    }

    @Test func nothingWaitsForEver() {
        let posts = [post(.none, hoursOld: 24), post(.extreme, due: 100)]
        #expect(choose(.levelled, posts, somebody()) == Hazard.none)
    }
}
