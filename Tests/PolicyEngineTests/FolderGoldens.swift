import Foundation
import PolicyEngine
import Testing

@Suite("Whole folders, and the limits of what is read")
struct FolderGoldens {
    private static let policy = LoadErrorGoldens.right

    /// What is said of a folder with these files, without the folder's own name.
    private static func load(_ files: [String: Data]) throws -> PolicyLoad {
        let folder = NSTemporaryDirectory() + "releve-goldens-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, bytes) in files { try bytes.write(to: URL(fileURLWithPath: folder + "/" + name)) }
        var load = try PolicyLoader.load(directory: folder)
        for index in load.diagnostics.indices {
            load.diagnostics[index].file = load.diagnostics[index].file.replacing(folder, with: "F")
        }
        return load
    }

    private static func words(_ count: Int) -> String { (0..<count).map { "word\($0)\n" }.joined() }

    private static func listing(_ list: String) -> String {
        policy.replacing("any_word: [cat]", with: "in_list: \(list)")
    }

    private static let everything = Result { try all() }

    private static func all() throws -> [Diagnostic] {
        var result: [Diagnostic] = []
        result += try load([:]).diagnostics
        result += try load(["p.yaml": Data(policy.utf8), "q.yaml": Data(policy.utf8)]).diagnostics
        result += try load(["p.yaml": Data("title: a\nid: ".utf8) + Data([0xC3, 0x28])]).diagnostics
        result += try load(["p.yaml": Data(repeating: 0x78, count: 5 << 20)]).diagnostics
        do { _ = try PolicyLoader.load(directory: "/none/such") } catch let error as Diagnostic {
            result.append(error)
        }
        result +=
            PolicyLoader.load(files: [
                (name: "p.yaml", text: listing("w.txt")), (name: "w.txt", text: words(200_002)),
            ]).diagnostics
        let many = listing("w.txt").replacing(
            "n: {flags", with: "m: {title: {in_list: v.txt}}\n      n: {flags")
        result +=
            PolicyLoader.load(files: [
                (name: "p.yaml", text: many), (name: "w.txt", text: words(120_000)),
                (name: "v.txt", text: words(120_000).replacing("word", with: "other")),
            ]).diagnostics
        return result
    }

    @Test func foldersAndLimitsAreNamed() throws {
        #expect(
            try Self.everything.get().map(\.description) == [
                "F: there is no policy in it (put one there: NAME.yaml)",
                "F/q.yaml:1:5: the policy \"p\" is in p.yaml already (rename one)",
                "F/p.yaml:2:5: it is not UTF-8 from here on (convert it)",
                "F/p.yaml:1:1: it is larger than 4 MiB (put words into a list beside it)",
                "/none/such: there is no such folder (name another)",
                "w.txt:200001:1: the list has more than 200,000 words up to here (take some out)",
                "p.yaml:14:19: with these there are more than 200,000 words and expressions in all policies "
                    + "(take some out)",
            ])
    }

    @Test func aMillionWordsAreRefusedAndAMillionHashesAreTaken() throws {
        let million = Self.words(1_000_000)
        let refused = withinAMinute {
            PolicyLoader.load(files: [
                (name: "p.yaml", text: Self.listing("w.txt")), (name: "w.txt", text: million),
            ])
        }
        #expect(refused.bundle == nil && refused.diagnostics.count == 1)
        let hashes = Self.policy.replacing("body: {any_word: [cat]}", with: "media.hash: {hash_in: w.txt}")
        let taken = withinAMinute {
            PolicyLoader.load(files: [(name: "p.yaml", text: hashes), (name: "w.txt", text: million)])
        }
        #expect(taken.bundle != nil && taken.diagnostics.isEmpty)
    }

    @Test func aListThatNoPolicyUsesIsTold() throws {
        let load = PolicyLoader.load(files: [
            (name: "p.yaml", text: Self.listing("w.txt")), (name: "w.txt", text: "cat"),
            (name: "v.txt", text: "cat"),
        ])
        let lint = PolicyLint.lint(try #require(load.bundle), unusedLists: load.unusedLists)
        #expect(
            lint.filter { $0.kind == .unusedList }.map(\.description) == [
                "v.txt:1:1: warning: no policy uses this list (name it in one, or take it away)"
            ])
    }

    /// Those of the YAML tree have their tests among the hostile files; a file that can't be read can't be made by root.
    @Test func everyKindHasAGolden() throws {
        var kinds: Set<Diagnostic.Kind> = [
            .empty, .twiceInMapping, .alias, .tooDeep, .unreadable, .notYAML, .unusedList, .failedExample,
            .uncoveredRule, .uncoveredSelection, .uncoveredAlternative,
        ]
        for golden in LoadErrorGoldens.cases {
            kinds.formUnion(LoadErrorGoldens.load(golden).diagnostics.compactMap(\.kind))
        }
        for golden in LintGoldens.cases {
            kinds.formUnion(LintGoldens.lint(LintGoldens.rule("p/r", golden.new)).compactMap(\.kind))
        }
        for golden in LintGoldens.rules { kinds.formUnion(LintGoldens.lint(golden.new).compactMap(\.kind)) }
        kinds.formUnion(try Self.everything.get().compactMap(\.kind))
        #expect(Set(Diagnostic.Kind.allCases).subtracting(kinds) == [])
    }
}
