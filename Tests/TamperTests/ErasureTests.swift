import Desk
import Exposure
import Foundation
import GRDB
import Ledger
import Moderation
import SQLiteStore
import Store
import Testing

@Suite("Erased content is gone, and everything says so")
struct ErasureTests {
    private let day: RecordedDay
    private var desk: Desk { day.desk }
    private let body = "unforgettable-evening kill"

    init() throws { day = try RecordedDay() }

    private func post(_ id: String, _ body: String) -> FlaggedPost {
        FlaggedPost(
            source: "s", externalID: id, body: body, author: Author(handle: "h"),
            links: [Link(url: "https://secret-host.example.org/x")], flags: [Flag(reason: "spam")])
    }

    private func id(_ external: String) -> PostID { Desk.postID(source: "s", externalID: external) }

    @Test func nothingOfItStaysInTheFiles() throws {
        let day = try RecordedDay()
        try day.work()
        let files = try FileManager.default.contentsOfDirectory(atPath: day.folder)
        #expect(files.contains("day.sqlite"))
        for file in files {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: day.folder + "/" + file))
            for word in RecordedDay.erasedWords {
                #expect(bytes.range(of: Data(word.utf8)) == nil, "\(word) in \(file)")
            }
        }
        // What was not erased is there, so that looking finds things.
        let store = try Data(contentsOf: URL(fileURLWithPath: day.path))
        #expect(store.range(of: Data("kill number".utf8)) != nil)
        let erased = try day.desk.erasures(limit: 9)
        #expect(erased.count == 2 && Set(erased.map(\.authority)) == ["Court of Somewhere, 12/34"])
        let rejected = try day.desk.rejected(limit: 9)
        #expect(rejected.map(\.bytes) == [[]] && rejected[0].reason == "no id")
        #expect(try day.desk.verifyLedger().isIntact && day.desk.verifyTables().isIntact)
    }

    @Test func everythingThatShowsThePostSaysWhoseAuthorityAndWhy() throws {
        _ = try desk.takeIn([post("1", body)])
        try desk.startShift(day.ada)
        guard case .claimed(let file) = try desk.claim(id("1"), for: day.ada) else {
            throw RecordedDay.NothingToDo()
        }
        let decision = try desk.decide(
            file, Choice(action: .keep, note: "it says \(body)"), by: day.ada, open: nil)
        let outcome = try desk.erase([id("1")], because: .request, authority: "the author", by: day.ada)
        #expect(outcome.erasures.map(\.post) == [id("1")] && outcome.earlier.isEmpty)
        let (shown, state, decisions) = try desk.describe(id("1"))
        #expect(shown.isErased && shown.erasure == outcome.erasures[0] && state == .decided)
        #expect(shown.neutralLine(in: "en").contains("at the request of a person it concerns, the author"))
        #expect(shown.neutralLine(in: "fr").contains("à la demande d'une personne concernée, the author"))
        #expect(decisions.map(\.id) == [decision.id] && decisions[0].note == nil)
        #expect(shown.evaluation.findings.map(\.rule.rawValue) == ["threats/direct"])
        #expect(
            shown.evaluation.findings.allSatisfy(\.evidence.isEmpty) && shown.evaluation.state.domains.isEmpty
        )
        let gone = DeskError.erased(outcome.erasures[0])
        #expect(throws: gone) { try desk.look(at: id("1"), by: day.ada) }
        #expect(throws: gone) { try desk.explain(id("1")) }
        #expect(try desk.undoable(by: day.ada) == nil)
        #expect(try day.store.read { try $0.evaluations(of: id("1")) }.map(\.content) == [nil])
        #expect(try desk.verifyTables().isIntact)
        // Sent again, it doesn't come back; erased again, only the file is made sure of.
        #expect(try desk.takeIn([post("1", body)]).unchanged == 1)
        #expect(try desk.erase([id("1")], because: .order, authority: "x", by: day.ada).earlier == [id("1")])
        let entries = try desk.ledgerLog(from: 0, limit: 999).map(\.entry)
        let told = entries.filter { $0.kind == .erased }
        #expect(
            told.count == 1 && !String(decoding: told[0].canonicalBytes(), as: UTF8.self).contains("author\"")
        )
    }

    @Test func whoeverHoldsThePostIsToldAndTheirExposureEnds() throws {
        _ = try desk.takeIn([post("1", body)])
        try desk.startShift(day.ada)
        guard case .claimed(let file) = try desk.claimNext(for: day.ada),
            case .uncovered(let words) = try desk.uncover(file, by: day.ada)
        else { throw RecordedDay.NothingToDo() }
        let outcome = try desk.erase([id("1")], because: .illegal, authority: "the law", by: day.ada)
        #expect(outcome.taken == [id("1")])
        day.clock.advance(by: .seconds(5))
        guard case .mustCover = try desk.beat(words.open) else {
            Issue.record("it stays before them")
            return
        }
        try desk.cover(words.open, because: .limit)
        #expect(throws: DeskError.erased(outcome.erasures[0])) {
            try desk.decide(file, Choice(action: .keep), by: day.ada, open: nil)
        }
        #expect(throws: DeskError.erased(outcome.erasures[0])) { try desk.claim(id("1"), for: day.ada) }
        guard case .nothing = try desk.claimNext(for: day.ada) else {
            Issue.record("it is offered again")
            return
        }
        #expect(try desk.statistics().total(.erased) == 1 && desk.statistics().total(.waiting) == 0)
        #expect(try desk.verifyTables().isIntact)
    }

    @Test func auditorsReasonsAboutItsDecisionsGoAndTheirVerdictsStay() throws {
        _ = try desk.takeIn([post("1", body), post("2", "hello there")])
        try desk.startShift(day.ada)
        var decisions: [Decision] = []
        for name in ["1", "2"] {
            guard case .claimed(let file) = try desk.claim(id(name), for: day.ada) else {
                throw RecordedDay.NothingToDo()
            }
            decisions.append(try desk.decide(file, Choice(action: .keep), by: day.ada, open: nil))
            try desk.mark(
                decisions[decisions.count - 1].id, .disagree, reason: "it says \(body)", by: day.eve)
        }
        _ = try desk.erase([id("1")], because: .order, authority: "x", by: day.ada)
        func marks(_ decision: Decision) throws -> [AuditMark] {
            try day.store.read { try $0.marks(on: decision.id) }
        }
        #expect(try marks(decisions[0]).map(\.verdict) == [.disagree])
        #expect(try marks(decisions[0]).allSatisfy { $0.reason == nil && $0.salt == nil })
        // Of another post's decision, and said after the erasure, it stays.
        #expect(try marks(decisions[1]).map(\.reason) == ["it says \(body)"])
        try desk.mark(decisions[0].id, .unclear, reason: "it is gone", by: day.eve)
        #expect(try marks(decisions[0]).map(\.reason) == [nil, "it is gone"])
        #expect(try desk.verifyTables().differences == [])
    }

    @Test func onlyALeadErasesAndOnSomebodysAuthority() throws {
        _ = try desk.takeIn([post("1", body)])
        #expect(throws: DeskError.needsRole(.lead)) {
            try desk.erase([id("1")], because: .order, authority: "x", by: day.ben)
        }
        #expect(throws: DeskError.self) {
            try desk.erase([id("1")], because: .order, authority: "", by: day.ada)
        }
        #expect(throws: DeskError.self) {
            try desk.erase([id("1"), id("2")], because: .order, authority: "x", by: day.ada)
        }
        #expect(try desk.erasure(of: id("1")) == nil)
    }

    @Test func aReaderOfAnEarlierMomentIsWaitedForAndThenNamed() throws {
        _ = try desk.takeIn([post("1", body)])
        let other = try DatabaseQueue(path: day.path)
        try other.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA busy_timeout = 0") }
        try other.inDatabase { db in
            try db.execute(sql: "BEGIN; SELECT count(*) FROM posts")
            #expect(throws: DeskError.self) {
                try desk.erase([id("1")], because: .order, authority: "x", by: day.ada)
            }
            try db.execute(sql: "COMMIT")
        }
        // It was erased all the same; asking again makes sure of the file.
        #expect(try desk.erase([id("1")], because: .order, authority: "x", by: day.ada).earlier == [id("1")])
        let bytes = try Data(contentsOf: URL(fileURLWithPath: day.path))
        #expect(bytes.range(of: Data(body.utf8)) == nil)
    }
}

@Suite("A site of an earlier form is brought to today's")
struct FormTests {
    /// Takes away what an earlier version didn't keep, as if the site came from it.
    private func aged(_ path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { db in
            try db.execute(
                sql: """
                    UPDATE site SET form = 1; UPDATE people SET salt = NULL;
                    UPDATE decisions SET entry = 0, undone_entry = 0, language = '', hazard = 0;
                    UPDATE escalated_posts SET entry = 0; UPDATE spans SET shift = NULL
                    """)
            try db.execute(sql: "DROP TRIGGER ledger_is_never_changed")
            var tree = MerkleFrontier()
            for row in try Row.fetchAll(db, sql: "SELECT number, bytes FROM ledger ORDER BY number") {
                guard var entry = LedgerEntry(verifiedBytes: Array(row[1] as Data)) else { continue }
                for name in ["form", "identity", "recommended_rule", "language", "expected"] {
                    entry.fields[name] = nil
                }
                if entry.kind == .uncovered { entry.fields["shift"] = nil }
                let encoded = entry.encoded
                try db.execute(
                    sql: "UPDATE ledger SET bytes = ?, leaf = ? WHERE number = ?",
                    arguments: [Data(encoded.bytes), Data(encoded.leaf), row[0] as Int64])
                tree.append(leaf: encoded.leaf)
            }
            try db.execute(sql: "UPDATE ledger_tree SET frontier = ?", arguments: [Data(tree.encoded)])
            try db.execute(
                sql: """
                    CREATE TRIGGER ledger_is_never_changed BEFORE UPDATE ON ledger
                      BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
                    """)
        }
        try queue.close()
    }

    @Test func itsNextEntrySaysFromWhereOnAllIsTold() throws {
        let day = try RecordedDay()
        func post(_ id: String, _ body: String = "kill") -> FlaggedPost {
            FlaggedPost(source: "s", externalID: id, body: body, language: "en", flags: [Flag(reason: "r")])
        }
        _ = try day.desk.takeIn([post("1"), post("decided"), post("undone"), post("escalated")])
        try day.desk.startShift(day.ada)
        func claim(_ id: String, at desk: Desk) throws -> CaseFile {
            let outcome = try desk.claim(Desk.postID(source: "s", externalID: id), for: day.ada)
            guard case .claimed(let file) = outcome else { throw RecordedDay.NothingToDo() }
            return file
        }
        let keep = Choice(action: .keep)
        try day.desk.decide(claim("decided", at: day.desk), keep, by: day.ada, open: nil)
        let last = try day.desk.decide(claim("undone", at: day.desk), keep, by: day.ada, open: nil)
        try day.desk.release(day.desk.undo(last.id, by: day.ada), by: day.ada, open: nil)
        try day.desk.escalate(claim("escalated", at: day.desk), note: "n", by: day.ada, open: nil)
        try aged(day.path)
        let desk = Desk(
            store: try SQLiteStore(path: day.path, creating: false), clock: day.clock,
            entropy: SeededEntropy(seed: 3))
        let before = try desk.verifyTables()
        #expect(before.differences.map { $0.message(in: "en") } == [])
        #expect(before.fullFrom == nil)
        let size = try desk.ledgerTree().size
        _ = try desk.takeIn([FlaggedPost(source: "s", externalID: "2", body: "kill again")])
        let entries = try desk.ledgerLog(from: size, limit: 9).map(\.entry.kind)
        let people = try desk.people().count
        #expect(
            entries == [.formChanged] + Array(repeating: .personChanged, count: people) + [.takenIn])
        for id in ["undone", "2"] {
            try desk.decide(claim(id, at: desk), keep, by: day.ada, open: nil)
        }
        try desk.escalate(claim("1", at: desk), note: "again", by: day.ada, open: nil)
        let after = try desk.verifyTables()
        #expect(after.differences.map { $0.message(in: "en") } == [])
        #expect(after.fullFrom == size)
        #expect(try desk.verifyLedger().isIntact)
    }
}
