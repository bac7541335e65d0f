import Desk
import Foundation
import GRDB
import Ledger
import Moderation
import PolicyEngine
import Store
import Testing

@Suite("What was evaluated gives the same again, and what was tampered with is named")
struct RecomputeTests {
    private let site: TestSite

    init() throws {
        site = try TestSite()
        try site.fill(["kill one", "kill two", "fine"])
    }

    private func id(_ text: String) -> PostID { Desk.postID(source: "s", externalID: text) }

    private func change(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws {
        let queue = try DatabaseQueue(path: site.path)
        try queue.write { try $0.execute(sql: sql, arguments: arguments) }
    }

    private func blob(_ sql: String) throws -> Data {
        try #require(try DatabaseQueue(path: site.path).read { try Data.fetchOne($0, sql: sql) })
    }

    private func bundle(_ word: String) throws -> PolicyBundle {
        let text = """
            id: threats
            title: Threats
            guidance: Look twice.
            neutral: A post that may threaten somebody.
            dsa: {category: STATEMENT_CATEGORY_VIOLENCE}
            hazard: severe
            actions: [remove, suspend]
            rules:
              - id: threats/direct
                selections:
                  threat: {body: {any_word: [\(word)]}}
                recommend: remove
              - id: threats/history
                selections:
                  before: {history.posts: {ge: 1, within: 7 days}}
            """
        return try #require(PolicyLoader.load(files: [("threats.yaml", text)]).bundle)
    }

    @Test func untouchedRecordsAreTheSame() throws {
        var seen: [Int64] = []
        let result = try site.desk.recompute(for: site.ada) { done, total in seen = [done, total] }
        #expect(result.isSame && result.evaluations == 3 && result.same == 3)
        #expect(seen == [result.ledgerSize, result.ledgerSize])
    }

    @Test func theRecordedStateIsWhatCountsAndNotThatOfToday() throws {
        try site.desk.adopt(bundle("kill"), by: site.ada)
        for number in 0..<4 {
            site.clock.advance(by: .seconds(60))
            _ = try site.desk.takeIn([
                FlaggedPost(
                    source: "s", externalID: "h\(number)", body: "hello", author: Author(handle: "m"))
            ])
        }
        _ = try site.desk.takeIn([
            FlaggedPost(
                source: "s", externalID: "h1", body: "hello", author: Author(handle: "m"),
                flags: [Flag(reason: "spam")])
        ])
        try site.desk.adopt(bundle("hello"), by: site.ada)
        _ = try site.desk.reevaluate(after: 0)
        let result = try site.desk.recompute(for: site.ada)
        #expect(result.isSame && result.evaluations == 3 + 4 + 1 + 7)
        // A count that was recorded and is changed afterwards is told.
        try change("UPDATE former_evaluations SET aside = replace(aside, '604800000\":2', '604800000\":7')")
        let after = try site.desk.recompute(for: site.ada)
        #expect(after.differences.map(\.post) == [id("h2")])
        #expect(after.differences.first?.parts == [.commitment])
    }

    @Test func formerVersionsAndBundlesAreEvaluatedAsTheyWere() throws {
        _ = try site.desk.takeIn([
            FlaggedPost(
                source: "s", externalID: "0 kill one", body: "kill one", author: Author(handle: "m"),
                flags: [Flag(reason: "threat")])
        ])
        site.clock.advance(by: .seconds(60))
        try site.desk.adopt(bundle("fine"), by: site.ada)
        #expect(try site.desk.reevaluate(after: 0).evaluated == 3)
        let result = try site.desk.recompute(for: site.ada)
        #expect(result.isSame && result.evaluations == 7)
        // What was said before former evaluations were kept is proved by what it leads to.
        try change("DELETE FROM former_evaluations")
        #expect(try site.desk.recompute(for: site.ada).isSame)
    }

    @Test func oneByteOfStoredFindingsNamesExactlyThatPost() throws {
        let post = id("0 kill one")
        let place = "number = (SELECT number FROM post_ids WHERE id = '\(post)')"
        var bytes = try blob("SELECT findings FROM posts WHERE \(place)")
        bytes[bytes.count / 2] ^= 1
        try change("UPDATE posts SET findings = ? WHERE \(place)", [bytes])
        let result = try site.desk.recompute(for: site.ada)
        #expect(!result.isSame && result.different == 1 && result.same == 2)
        let difference = try #require(result.differences.first)
        #expect(difference.post == post && difference.parts == [.findings] && difference.kind == .takenIn)
        #expect(difference.recorded.findings == Array(bytes))
        let again = try #require(difference.recomputed)
        #expect(zip(try #require(again.findings), bytes).count { $0 != $1 } == 1)
        #expect(again.commitment == difference.recorded.commitment)
    }

    @Test func oneByteOfTheContentNamesExactlyThatPost() throws {
        let post = id("2 fine")
        let place = "post = (SELECT number FROM post_ids WHERE id = '\(post)')"
        var bytes = try blob("SELECT bytes FROM contents WHERE \(place)")
        let word = try #require(bytes.range(of: Data("fine".utf8)))
        bytes[word.lowerBound] ^= 1
        try change("UPDATE contents SET bytes = ? WHERE \(place)", [bytes])
        let result = try site.desk.recompute(for: site.ada)
        #expect(result.differences.map(\.post) == [post])
        #expect(result.differences.first?.parts == [.content])
    }

    @Test func aChangedPolicyTextNamesTheBundleAndExactlyThePostsItTouches() throws {
        try change("UPDATE bundles SET canonical = replace(canonical, '[kill]', '[kiln]')")
        let result = try site.desk.recompute(for: site.ada)
        let name = try site.desk.bundleInForce().digest
        #expect(result.bundles.map(\.bundle) == [name] && result.bundles.first?.text != name)
        #expect(Set(result.differences.map(\.post)) == [id("0 kill one"), id("1 kill two")])
        #expect(result.same == 1)
        let parts = result.differences.first?.parts
        #expect(parts == [.findings, .commitment, .hazard, .recommendation])
        #expect(result.differences.first?.recomputed?.findings == nil)
    }

    @Test func aPolicyTextThatCanNotBeReadStopsNobodyFromLookingAtOtherBundles() throws {
        site.clock.advance(by: .seconds(1))
        try site.desk.adopt(bundle("fine"), by: site.ada)
        _ = try site.desk.takeIn([FlaggedPost(source: "s", externalID: "new", body: "fine too")])
        try change("UPDATE bundles SET canonical = '[' WHERE number = 1")
        let result = try site.desk.recompute(for: site.ada)
        #expect(result.bundles.count == 1 && result.bundles.first?.text == nil)
        #expect(result.same == 1 && result.different == 3)
        #expect(result.differences.allSatisfy { $0.parts == [.bundle] && $0.recomputed == nil })
    }

    @Test(arguments: ["shelf = (SELECT max(number) FROM shelves WHERE hazard <> 3)", "action = 'keep'"])
    func aChangedHazardOrRecommendationIsNamed(_ what: String) throws {
        let post = id("0 kill one")
        try change(
            "UPDATE posts SET \(what) WHERE number = (SELECT number FROM post_ids WHERE id = '\(post)')")
        let result = try site.desk.recompute(for: site.ada)
        #expect(result.differences.map(\.post) == [post])
        #expect(result.differences.first?.parts == [what.hasPrefix("shelf") ? .hazard : .recommendation])
    }

    @Test func aRemovedPostIsMissedAndAnErasedOneIsNamed() throws {
        let erased = id("1 kill two")
        try change(
            "UPDATE contents SET bytes = NULL, salt = NULL WHERE post = (SELECT number FROM post_ids WHERE id = '\(erased)')"
        )
        let after = try site.desk.recompute(for: site.ada)
        #expect(after.isSame && after.erased == 1 && after.erasedPosts == [erased] && after.same == 2)
        let gone = id("2 fine")
        try change("DELETE FROM posts WHERE number = (SELECT number FROM post_ids WHERE id = '\(gone)')")
        let result = try site.desk.recompute(for: site.ada)
        #expect(result.differences.map(\.post) == [gone] && result.differences.first?.parts == [.content])
    }

    @Test func filtersChooseWhatIsEvaluated() throws {
        site.clock.advance(by: .seconds(60))
        let now = site.clock.now().wall
        try site.fill(["kill later"], flagged: "late")
        func count(_ filter: ReplayFilter) throws -> Int {
            try site.desk.recompute(filter, for: site.ada).evaluations
        }
        #expect(try count(ReplayFilter(from: now)) == 1 && count(ReplayFilter(to: now)) == 3)
        #expect(try count(ReplayFilter(post: id("2 fine"))) == 1)
        let bundle = try site.desk.bundleInForce().digest
        #expect(try count(ReplayFilter(bundle: bundle)) == 4)
        #expect(try count(ReplayFilter(bundle: BundleDigest(hex: "00"))) == 0)
    }

    @Test func differencesAreCountedBeyondThoseThatAreTold() throws {
        try change("UPDATE posts SET findings = x'5b5d'")
        let result = try site.desk.recompute(most: 1, for: site.ada)
        #expect(result.different == 3 && result.differences.count == 1)
    }

    @Test func onlyLeadsAndAuditorsRecompute() throws {
        let moderator = try site.desk.addPerson(user: "m", name: "M", roles: [.moderator], by: site.ada)
        #expect(throws: DeskError.needsRole(.lead)) { try site.desk.recompute(for: moderator) }
    }
}
