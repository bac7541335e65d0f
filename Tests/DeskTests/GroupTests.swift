import Desk
import Exposure
import Ledger
import Moderation
import Store
import StoreTesting
import Testing

@Suite("What says the same is decided once, and never shown", .eachStore)
struct GroupTests {
    private func post(
        _ id: String, _ body: String, language: String? = "en", community: String? = nil,
        author: String? = nil
    ) -> FlaggedPost {
        FlaggedPost(
            source: "s", externalID: id, body: body, language: language, community: community,
            author: Author(handle: author))
    }

    private func site(_ posts: [FlaggedPost]) throws -> TestSite {
        let site = try TestSite()
        _ = try site.desk.takeIn(posts)
        try site.desk.startShift(site.ada)
        return site
    }

    private func signAll(_ site: TestSite, looking: Int = 3) throws {
        while try site.desk.signNext(looking: looking) != nil {}
    }

    private let wave = (0..<7).map { "I will KILL   you\(["", " "][$0 % 2])" }

    private func waveSite() throws -> TestSite {
        let posts = wave.enumerated().map { number, text in
            post(
                "\(number)", text, language: number == 3 ? "fr" : "en", community: "c\(number % 2)",
                author: "a\(number % 3)")
        }
        let site = try site(posts + [post("x", "I will not kill you"), post("y", "lovely")])
        try signAll(site)
        return site
    }

    private func remove() -> Choice { Choice(action: .remove, policy: PolicyID("threats")) }

    @Test func oneDecisionGoesForAllThatSayTheSameEachWithItsOwnEntry() throws {
        let site = try waveSite()
        let file = try site.next()
        let group = try site.desk.alike(file, by: site.ada)
        #expect(group.count == 6 && group.identical.count == 6 && group.leftOut == 0)
        #expect(group.languages == ["en", "fr"] && group.communities == 2 && group.authors == 3)
        let spans = try site.desk.record(of: site.ada).summary.dose
        let made = try site.desk.decide(
            file, Choice(action: .remove, policy: PolicyID("threats"), note: "a wave"),
            appliedTo: group.posts.map(\.post), by: site.ada, open: nil, thenClaim: true)
        #expect(made.applied.count == 6)
        // The next one is the post that says the contrary.
        guard case .claimed(let next)? = made.claim else {
            Issue.record("nothing claimed")
            return
        }
        #expect(next.post == Desk.postID(source: "s", externalID: "x"))
        #expect(try site.desk.record(of: site.ada).summary.dose == spans)
        let told = try site.desk.ledgerLog(from: 0, limit: 999).filter { $0.entry.kind == .decided }
        #expect(told.count == 7 && Set(told.map(\.entry.post)).count == 7)
        #expect(told.allSatisfy { $0.entry.person == site.ada.id && $0.entry.text("by") == "person" })
        #expect(
            told.map { $0.entry.text("applied_from") }
                == [nil] + Array(repeating: made.decision.id.rawValue, count: 6))
        #expect(Set(told.compactMap { $0.entry.text("note_digest") }).count == 7)
        let (_, state, decisions) = try site.desk.describe(group.posts[0].post)
        #expect(state == .decided && decisions.first?.appliedFrom == made.decision.id)
        #expect(decisions.first?.maker == .person(site.ada.id) && decisions.first?.note == "a wave")
        #expect(try site.desk.statistics().total(.waiting) == 1)
        let tables = try site.desk.verifyTables()
        #expect(tables.differences.map { $0.message(in: "en") } == [])
    }

    @Test func undoTakesAllOfThemBack() throws {
        let site = try waveSite()
        let file = try site.next()
        let group = try site.desk.alike(file, by: site.ada)
        let made = try site.desk.decide(
            file, remove(), appliedTo: group.posts.map(\.post), by: site.ada, open: nil)
        site.clock.advance(by: .seconds(20))
        let undoable = try #require(try site.desk.undoable(by: site.ada))
        #expect(undoable.decision.id == made.decision.id && undoable.applied == 6)
        let back = try site.desk.undo(made.decision.id, by: site.ada)
        #expect(back.post == file.post)
        #expect(try site.desk.statistics().total(.waiting) == 8)
        #expect(try site.desk.undoable(by: site.ada) == nil)
        let kinds = try site.desk.ledgerLog(from: 0, limit: 999).map(\.entry.kind)
        #expect(kinds.count { $0 == .undone } == 7)
        #expect(try site.desk.verifyTables().differences.isEmpty)
        // And they are a group again.
        #expect(try site.desk.alike(back, by: site.ada).count == 6)
    }

    @Test func onlyWhatThisPersonMayTakeAndWaitsIsIncluded() throws {
        let site = try waveSite()
        let file = try site.next()
        let all = try site.desk.alike(file, by: site.ada)
        // Somebody else holds one, one was flagged anew and decided by then, one is in another language.
        var english = site.ada
        english.languages = ["en"]
        #expect(try site.desk.alike(file, by: english).count == 5)
        #expect(try site.desk.alike(file, by: english).leftOut == 1)
        var spared = site.ada
        spared.optOuts.policies = [PolicyID("threats")]
        #expect(try site.desk.alike(file, by: spared) == AlikeGroup(posts: [], leftOut: 6))
        spared = site.ada
        spared.optOuts.today = DayOptOuts(hazards: [.severe], until: site.clock.now().wall + .seconds(60))
        #expect(try site.desk.alike(file, by: spared) == AlikeGroup(posts: [], leftOut: 6))
        spared.optOuts.today?.until = site.clock.now().wall
        #expect(try site.desk.alike(file, by: spared) == all)
        let taken = all.posts[0].post
        guard case .claimed(let held) = try site.desk.claim(taken, for: site.ada) else {
            Issue.record("not claimed")
            return
        }
        #expect(!(try site.desk.alike(file, by: site.ada).posts.map(\.post).contains(taken)))
        // Confirmed before that, it is left out all the same.
        let made = try site.desk.decide(
            file, remove(), appliedTo: all.posts.map(\.post), by: site.ada, open: nil)
        #expect(made.applied.count == 5)
        try site.desk.decide(held, remove(), by: site.ada, open: nil)
        #expect(try site.desk.verifyTables().differences.isEmpty)
    }

    @Test func otherPoliciesInForceLeaveTheGroupEmpty() throws {
        let site = try waveSite()
        let file = try site.next()
        let members = try site.desk.alike(file, by: site.ada).posts.map(\.post)
        _ = try site.desk.adopt(TestSite.bundle(guidance: "Look three times."), by: site.ada)
        #expect(try site.desk.alike(file, by: site.ada).count == 0)
        let made = try site.desk.decide(file, remove(), appliedTo: members, by: site.ada, open: nil)
        #expect(made.applied.isEmpty)
    }

    @Test func whatWasNotConfirmedOrSaysSomethingElseIsNeverDecided() throws {
        let site = try waveSite()
        let file = try site.next()
        let group = try site.desk.alike(file, by: site.ada)
        let stranger = Desk.postID(source: "s", externalID: "x")
        let made = try site.desk.decide(
            file, remove(), appliedTo: [group.posts[0].post, stranger, PostID("nothing")], by: site.ada,
            open: nil)
        #expect(made.applied.count == 1)
        #expect(try site.desk.describe(stranger).1 == .waiting)
        #expect(try site.desk.statistics().total(.waiting) == 7)
    }

    @Test func accountsAreNeverSuspendedByTheGroup() throws {
        let site = try waveSite()
        let file = try site.next()
        let members = try site.desk.alike(file, by: site.ada).posts.map(\.post)
        #expect(throws: DeskError.invalid(.suspendsOne)) {
            _ = try site.desk.decide(
                file, Choice(action: .suspend, policy: PolicyID("threats")), appliedTo: members, by: site.ada,
                open: nil)
        }
        #expect(try site.desk.statistics().total(.waiting) == 8)
    }

    @Test func signingTakesNewPostsFirstAndNeverLooksAtMoreThanAsked() throws {
        let site = try site((0..<10).map { post("\($0)", "text \($0) kill") })
        #expect(try site.desk.signNext(looking: 4) == 0)
        #expect(try site.desk.signNext(looking: 4) == 4)
        // The newest came first, and new ones come before the rest.
        _ = try site.desk.takeIn([post("new", "text 9 kill")])
        #expect(try site.desk.signNext(looking: 4) == 1)
        #expect(try site.desk.alike(Desk.postID(source: "s", externalID: "9"), by: site.ada).count == 1)
        var batches = [Int]()
        while let count = try site.desk.signNext(looking: 4) { batches.append(count) }
        #expect(batches == [4, 2])
    }

    @Test func erasingTakesTheLikenessToo() throws {
        let site = try waveSite()
        let file = try site.next()
        let gone = try #require(try site.desk.alike(file, by: site.ada).posts.first).post
        _ = try site.desk.erase([gone], because: .order, authority: "court", note: nil, by: site.ada)
        let kept = try site.storeAgain()
        #expect(try site.desk.alike(file, by: site.ada).count == 5)
        let rows = try kept.read { try $0.candidates(alike: LikenessKeys(exact: 0, bands: []), looking: 9) }
        #expect(rows.waiting.isEmpty)
    }

    @Test func leadsAndAuditorsLearnWhatItSaved() throws {
        let site = try waveSite()
        let file = try site.next()
        let members = try site.desk.alike(file, by: site.ada).posts.map(\.post)
        _ = try site.desk.decide(file, remove(), appliedTo: members, by: site.ada, open: nil)
        let saved = try site.desk.exposureSaved(for: site.ada)
        let each = Dose.charge(hazard: .severe, visible: Desk.assumedMedian, limits: .standard)
        #expect(saved.posts == 6 && saved.dose == each.times(6))
        #expect(saved.parts?.map(\.posts) == [6] && saved.parts?.first?.isLearned == false)
        // A lead who is no auditor is told what nobody's looking enters: each as the shortest time that is charged.
        var lead = site.ada
        lead.roles = [.lead]
        let told = try site.desk.exposureSaved(for: lead)
        #expect(told.posts == 6 && told.parts == nil)
        let least = Dose.charge(hazard: .severe, visible: .zero, limits: .standard).times(6)
        #expect(told.dose == Dose(least.percent) && told.dose < saved.dose)
        var moderator = site.ada
        moderator.roles = [.moderator]
        #expect(throws: DeskError.self) { try site.desk.exposureSaved(for: moderator) }
    }
}
