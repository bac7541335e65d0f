import Foundation
import Testing

@Suite("Importing AutoModerator configurations from the command line")
struct PolicyImportTests {
    private func write(_ text: String, _ name: String, in program: Program) throws -> String {
        let path = program.folder + "/" + name
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    @Test func aPolicyComesOutAndTheExitCodeSaysWhatGotLost() throws {
        let program = try Program()
        let whole = try write(
            "# A word\nbody: badword\naction: remove\nmoderators_exempt: false\n", "whole.yaml", in: program)
        let first = try program.releve("policy", "import", "automoderator", whole)
        #expect(first.code == 0 && first.out.contains("id: whole/a-word\n"))
        #expect(first.error.contains("1 rules, 0 of them drafts, 0 notes"))
        let lossy = try write("body: badword\naction: remove\ncomment: no\n", "lossy.yaml", in: program)
        let second = try program.releve("policy", "import", "automoderator", lossy)
        #expect(second.code == 1 && second.error.contains("lossy.yaml:3:1: comment: it is not done"))
        let broken = try write("body: [\n---\nbody: x\naction: remove\n", "broken.yaml", in: program)
        let third = try program.releve("policy", "import", "automoderator", broken)
        #expect(
            third.code == 2 && third.out.contains("id: broken/rule-1")
                && third.error.contains("broken.yaml:2:"))
        #expect(try program.releve("policy", "import", "automoderator", program.folder + "/none").code == 2)
        #expect(try program.releve("policy", "import", "automoderator", program.folder).code == 2)
        #expect(try program.releve("policy", "import", "automoderator", whole, "--hazard", "huge").code == 2)
    }

    @Test func severalGoIntoAFolderThatLintsAndNothingIsWrittenOver() throws {
        let program = try Program()
        let one = try write("# A\nbody: one\naction: remove\n", "one.yaml", in: program)
        let two = try write("# B\nbody: two\naction: filter\n", "two.yaml", in: program)
        let none = program.folder + "/none.yaml"
        #expect(try program.releve("policy", "import", "automoderator", one, two).code == 2)
        let folder = program.folder + "/made"
        let arguments = [
            "policy", "import", "automoderator", one, none, two, "--output", folder, "--moderators", "mod",
        ]
        let first = try program.run("releve", arguments)
        #expect(first.code == 2 && first.error.contains("none.yaml: there is no such file"))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["one.yaml", "two.yaml"])
        #expect(try program.releve("policy", "lint", folder).code == 0)
        #expect(try program.releve("policy", "test", folder).code == 0)
        let again = try program.releve("policy", "import", "automoderator", one, "--output", folder)
        #expect(again.code == 2 && again.error.contains("it is there already (--force writes over it)"))
        let forced = try program.releve(
            "policy", "import", "automoderator", one, "--output", folder, "--moderators", "mod", "--force")
        #expect(forced.code == 0)
    }

    @Test func oneGoesIntoTheFileThatIsNamed() throws {
        let program = try Program()
        let one = try write("# A\nbody: one\naction: remove\n", "one.yaml", in: program)
        let file = program.folder + "/named.yaml"
        let arguments = ["policy", "import", "automoderator", one, "--output", file]
        // That moderators are not passed over is listed.
        let first = try program.run("releve", arguments)
        #expect(first.code == 1 && first.error.contains("one.yaml:2:1: moderators_exempt: "))
        #expect(try String(contentsOfFile: file, encoding: .utf8).contains("id: one/a\n"))
        #expect(try program.run("releve", arguments).code == 2)
        #expect(try program.run("releve", arguments + ["--force"]).code == 1)
    }

    @Test func jsonIsOneObject() throws {
        let program = try Program()
        let file = try write("body: one\naction: remove\nset_flair: x\n", "one.yaml", in: program)
        let output = try program.releve("policy", "import", "automoderator", file, "--json")
        #expect(output.code == 1)
        let object = try JSONSerialization.jsonObject(with: Data(output.out.utf8)) as? [String: Any]
        let policies = object?["policies"] as? [[String: Any]]
        #expect(policies?.first?["id"] as? String == "one" && policies?.first?["rules"] as? Int == 1)
        let notes = object?["notes"] as? [[String: Any]]
        #expect(notes?.map { $0["sort"] as? String } == ["difference", "effect"])
    }
}
