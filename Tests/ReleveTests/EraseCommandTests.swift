import Foundation
import Testing

@Suite("Erasing asks first, and says in both languages what it did")
struct EraseCommandTests {
    private func erase(_ program: Program, _ posts: [String], _ more: String...) throws -> Program.Output {
        try program.run(
            "releve", ["erase"] + posts + ["--reason", "order", "--authority", "Court, 12/34"] + more)
    }

    @Test func nothingGoesWithoutYesAndWhatWentIsTold() throws {
        let program = try Program()
        _ = try program.makeSite()
        _ = try program.fill(3)
        let listed = try program.json("queue", "list")
        let posts = try #require(listed["posts"] as? [[String: Any]]).compactMap { $0["id"] as? String }
        #expect(posts.count == 3)
        let asked = try erase(program, [posts[0]])
        #expect(
            asked.code != 0 && asked.error.contains("nothing was erased: one post would lose its content"))
        program.language = "fr"
        let again = try erase(program, [posts[0], posts[1]])
        #expect(again.code != 0 && again.error.contains("rien n'est effacé : 2 messages perdraient"))
        let erased = try erase(program, [posts[0]], "--yes")
        #expect(erased.code == 0 && erased.out.contains("\(posts[0]) : Son contenu a été effacé le"))
        #expect(erased.out.contains("les sauvegardes, les exports"))
        #expect(try erase(program, [posts[0]], "--yes").out.contains("\(posts[0]) (déjà) : "))
        let wrong = try program.releve("erase", posts[1], "--reason", "why", "--authority", "x")
        #expect(wrong.error.contains("--reason : \"why\" est inconnu"))
        #expect(
            try program.releve("ledger", "verify").out.contains("les tables disent ce que dit le registre"))
        program.language = "en"
        #expect(try erase(program, [posts[0]], "--yes").out.contains("\(posts[0]) (before): Its content"))
        #expect(
            try program.releve("ledger", "verify").out.contains("the tables say what the ledger says"))
    }
}
