import Desk
import Exposure
import Ledger
import Moderation
import Store
import StoreTesting
import Testing

@Suite("A claim fits what is left, and urgent posts reach somebody or a lead is told", .eachStore)
struct DispatchDeskTests {
    private func onePercent() -> Limits {
        var limits = Limits.standard
        limits.daily = 1
        limits.ceiling = 2
        return limits
    }

    /// Looks at the post for a while and decides it.
    private func work(_ site: TestSite, _ file: CaseFile, seconds: Int64) throws {
        let open = try site.look(at: file).open
        site.clock.advance(by: .seconds(seconds))
        try site.desk.decide(
            file, Choice(action: .keep), by: site.ada, open: open)
    }

    @Test func whatWouldPassTheLimitIsNotGivenOut() throws {
        let site = try TestSite(limits: onePercent())
        try site.fill((0..<3).map { "kill \($0)" })
        try site.fill(["harmless"], flagged: "spam")
        try site.desk.startShift(site.ada)
        // Of 144 s at that hazard 130 are used: the 20 s that a post is expected to take don't fit.
        let first = try site.next()
        #expect(first.hazard == .severe)
        try work(site, first, seconds: 130)
        #expect(try site.desk.standing(of: site.ada).cap == nil)
        #expect(try site.next().hazard == .none)
        let severe = try #require(
            try site.desk.queue(QueueFilter(states: [.waiting], hazards: [.severe]), limit: 1).first)
        #expect(throws: DeskError.invalid(.doesNotFit(.severe))) {
            _ = try site.desk.claim(severe.id, for: site.ada)
        }
        guard case .nothing(let elsewhere) = try site.desk.claimNext(for: site.ada) else {
            Issue.record("something was given out")
            return
        }
        #expect(elsewhere == 2)
    }

    @Test func expectedTimesAreLearnedFromEnoughPeopleOnly() throws {
        for (group, isLearned) in [(2, true), (10, false)] {
            var limits = onePercent()
            limits.smallestGroup = group
            let site = try TestSite(limits: limits)
            try site.fill((0..<4).map { "kill \($0)" })
            let bob = try site.desk.addPerson(user: "bob", name: "Bob", roles: [.moderator], by: site.ada)
            for person in [bob, site.ada] {
                try site.desk.startShift(person)
                guard case .claimed(let file) = try site.desk.claimNext(for: person),
                    case .uncovered(let post) = try site.desk.uncover(file, by: person)
                else { throw TestSite.NothingClaimed() }
                site.clock.advance(by: .seconds(70))
                try site.desk.decide(file, Choice(action: .keep), by: person, open: post.open)
            }
            site.clock.advance(by: .seconds(700))
            try site.desk.tend()
            // 74 s are left: one more of 20 s fits, one of 90 s (the bin of 70 s) doesn't.
            let next = try site.desk.claimNext(for: site.ada)
            if case .claimed = next { #expect(!isLearned) } else { #expect(isLearned) }
        }
    }

    @Test func severePostsComeInRunsOfThreeAtMost() throws {
        let site = try TestSite()
        try site.fill((0..<12).map { "kill \($0)" })
        try site.fill((0..<12).map { "harmless \($0)" }, flagged: "spam")
        try site.desk.startShift(site.ada)
        var hazards: [Hazard] = []
        for _ in 0..<14 {
            let file = try site.next()
            hazards.append(file.hazard)
            try work(site, file, seconds: 12)
            // Long enough for the load to fall, short enough for no break.
            site.clock.advance(by: .seconds(120))
        }
        let runs = hazards.split(separator: .none).map(\.count)
        #expect(runs.max() ?? 0 <= 3 && hazards.contains(.severe) && hazards.contains(.none))
    }

    @Test func aDeadlineThatIsNearComesBeforeWhatIsHeavier() throws {
        let site = try TestSite()
        let now = site.clock.now().wall
        _ = try site.desk.takeIn([
            FlaggedPost(source: "s", externalID: "a", body: "kill"),
            FlaggedPost(source: "s", externalID: "b", body: "lovely", deadline: now + .seconds(5 * 86_400)),
            FlaggedPost(source: "s", externalID: "c", body: "nice", deadline: now + .seconds(3 * 86_400)),
        ])
        try site.desk.startShift(site.ada)
        let severe = try site.next()
        #expect(severe.hazard == .severe)
        try site.desk.endShift(site.ada)
        // Its deadline comes near while it waits; nobody evaluates it again for that.
        site.clock.advance(by: .seconds(3 * 86_400 - 3600))
        try site.desk.startShift(site.ada)
        #expect(try site.next().post == Desk.postID(source: "s", externalID: "c"))
    }

    @Test func whoHasHadMoreThanTheTeamGetsWhatIsLighter() throws {
        let site = try TestSite()
        try site.fill((0..<4).map { "kill \($0)" })
        try site.fill(["harmless"], flagged: "spam")
        _ = try site.desk.addPerson(user: "bob", name: "Bob", roles: [.moderator], by: site.ada)
        try site.desk.startShift(site.ada)
        // 30 minutes of severe content are 12.5 % of a day: more than 5 % above the mean of the two.
        try work(site, site.next(), seconds: 1800)
        site.clock.advance(by: .seconds(3600))
        try site.desk.tend()
        #expect(try site.next().hazard == .none)
        // The mean is not kept for ever.
        let other = try TestSite()
        try other.fill((0..<2).map { "kill \($0)" })
        try other.fill(["harmless"], flagged: "spam")
        try other.desk.startShift(other.ada)
        try work(other, other.next(), seconds: 1800)
        other.clock.advance(by: .seconds(7200))
        try other.desk.tend()
        #expect(try other.next().hazard == .severe)
    }

    @Test func whatFewOfTheTeamReadIsNotLeftToTheOthers() throws {
        let site = try TestSite()
        for name in ["bob", "cem", "dee"] {
            _ = try site.desk.addPerson(
                user: name, name: name, roles: [.moderator], languages: ["en"], by: site.ada)
        }
        try site.fill(["kill 0"])
        try site.desk.startShift(site.ada)
        try work(site, site.next(), seconds: 1800)
        _ = try site.desk.takeIn(
            [("en", "kill 1"), ("fr", "kill 2"), ("en", "kill 3"), ("fr", "harmless")].map { language, text in
                FlaggedPost(source: "s", externalID: text, body: text, language: language)
            })
        site.clock.advance(by: .seconds(3600))
        try site.desk.tend()
        // She has had far more than the others, who can do what is severe in English and nothing in French.
        let first = try site.next()
        #expect(first.hazard == .severe && first.language == "fr")
        try work(site, first, seconds: 12)
        site.clock.advance(by: .seconds(3600))
        try site.desk.tend()
        #expect(try site.next().hazard < .severe)
    }

    // MARK: Urgent

    private func childSafety(limits: Limits = .standard) throws -> TestSite {
        let site = try TestSite(limits: limits)
        _ = try site.desk.adopt(
            TestSite.bundle(category: "PROTECTION_OF_MINORS"), by: site.ada)
        try site.fill(["kill 1", "kill 2"])
        try site.fill(["harmless"], flagged: "spam")
        return site
    }

    private func told(_ site: TestSite) throws -> Int {
        try site.desk.ledgerLog(from: 0, limit: 999).count { $0.entry.kind == .urgentUnserved }
    }

    @Test func whenNobodyPresentCanALeadIsToldOnceAndNobodyIsOverrun() throws {
        let site = try childSafety(limits: onePercent())
        // Nobody is there.
        #expect(try site.desk.unserved(for: site.ada).map(\.hazard) == [.severe])
        #expect(try site.desk.unserved(for: site.ada).count == 1)
        #expect(try told(site) == 1)
        try site.desk.startShift(site.ada)
        #expect(try site.desk.unserved(for: site.ada).isEmpty)
        // At her limit she is given nothing, whatever waits.
        try work(site, site.next(), seconds: 143)
        #expect(try site.next().hazard == .none)
        site.clock.advance(by: .seconds(61))
        try site.desk.tend()
        #expect(try told(site) == 2)
        let begun = site.clock.now().wall
        site.clock.advance(by: .seconds(100))
        #expect(try site.desk.unserved(for: site.ada).first?.since == begun)
        #expect(try told(site) == 2)
        #expect(try site.desk.verifyTables().differences.isEmpty)
    }

    @Test func optOutsLanguagesAndSkipsCountAsNotBeingAbleTo() throws {
        let site = try childSafety()
        try site.desk.startShift(site.ada)
        #expect(try site.desk.unserved(for: site.ada).isEmpty)
        let spared = try site.desk.neverShow(hazards: [.severe], policies: [], to: site.ada)
        #expect(try site.desk.unserved(for: spared).count == 1)
        let again = try site.desk.showAgain(hazards: [.severe], policies: [], to: spared)
        #expect(try site.desk.unserved(for: again).isEmpty)
        // What is left out for today counts as long as it lasts.
        let today = try site.desk.notToday(hazards: [.severe], policies: [], utcOffset: 0, to: again)
        #expect(try site.desk.unserved(for: today).count == 1)
        let tomorrow = try site.desk.showTodayAgain(to: today)
        #expect(try site.desk.unserved(for: tomorrow).isEmpty)
        for _ in 0..<2 { try site.desk.skip(site.next(), reason: .other, by: again, open: nil) }
        #expect(try site.desk.unserved(for: again).count == 1)
    }

    @Test func onlyLeadsAreTold() throws {
        let site = try childSafety()
        var moderator = site.ada
        moderator.roles = [.moderator, .auditor]
        #expect(throws: DeskError.needsRole(.lead)) { _ = try site.desk.unserved(for: moderator) }
    }

    @Test func anUrgentPostComesFirstThoughOthersAreOlder() throws {
        let site = try TestSite()
        try site.fill(["harmless"], flagged: "spam")
        let first = try site.desk.queue(QueueFilter(), limit: 9).map(\.id)
        #expect(first.count == 1)
        site.clock.advance(by: .seconds(19 * 3600))
        _ = try site.desk.adopt(
            TestSite.bundle(category: "SELF_HARM"), by: site.ada)
        try site.fill(["kill"])
        try site.desk.startShift(site.ada)
        #expect(try site.next().hazard == .severe)
    }
}
