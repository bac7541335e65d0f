import Foundation
import Glibc
import Intake
import Testing

@Suite final class SpoolTests {
    private let folder: String
    private let manager = FileManager.default

    init() throws {
        folder = NSTemporaryDirectory() + "/spool-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Puts a file into the spool that was last changed so many seconds ago.
    private func drop(_ name: String, _ text: String = "{}", age: TimeInterval = 60) throws {
        let path = folder + "/" + name
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try manager.setAttributes([.modificationDate: Date(timeIntervalSinceNow: -age)], ofItemAtPath: path)
    }

    private func names(_ inside: String = "") throws -> [String] {
        try manager.contentsOfDirectory(atPath: folder + "/" + inside).sorted()
    }

    private func text(_ path: String) -> String? {
        manager.contents(atPath: folder + "/" + path).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func takesFilesInOrderAndPutsThemAway() throws {
        try drop("b.csv")
        try drop("a.jsonl")
        let spool = try Spool(directory: folder)
        let first = try #require(try spool.claimNext())
        #expect(first.name == "a.jsonl")
        #expect(try names().filter { $0 == "a.jsonl" }.isEmpty)
        try spool.finish(first, problems: [])
        let second = try #require(try spool.claimNext())
        try spool.finish(second, problems: ["b.csv:2: it has 1 cells", "b.csv:3: no text"])
        #expect(try spool.claimNext() == nil)
        #expect(try names("done") == ["a.jsonl"])
        #expect(try names("rejected") == ["b.csv", "b.csv.errors.txt"])
        #expect(text("rejected/b.csv.errors.txt") == "b.csv:2: it has 1 cells\nb.csv:3: no text\n")
    }

    @Test func aProblemIsOneLineWhateverItQuotes() throws {
        try drop("a.csv")
        let spool = try Spool(directory: folder)
        let file = try #require(try spool.claimNext())
        try spool.finish(file, problems: ["a.csv:1: x\ny\u{1b}[2J\u{202e}z"])
        #expect(text("rejected/a.csv.errors.txt") == "a.csv:1: x\u{fffd}y\u{fffd}[2J\u{fffd}z\n")
    }

    @Test func leavesAloneWhatIsNoWholeFile() throws {
        for name in [".hidden", "x.part", "x.tmp"] { try drop(name) }
        try drop("growing.jsonl", age: 0)
        try manager.createDirectory(atPath: folder + "/folder.jsonl", withIntermediateDirectories: false)
        try drop("target", age: 60)
        try manager.createSymbolicLink(atPath: folder + "/link.jsonl", withDestinationPath: "/etc/passwd")
        #expect(mkfifo(folder + "/pipe.jsonl", 0o600) == 0)
        try drop("locked.jsonl")
        let descriptor = open(folder + "/locked.jsonl", O_RDONLY)
        defer { close(descriptor) }
        #expect(flock(descriptor, LOCK_EX) == 0)
        let spool = try Spool(directory: folder)
        #expect(try spool.claimNext()?.name == "target")
        #expect(try spool.claimNext() == nil)
        flock(descriptor, LOCK_UN)
        #expect(try spool.claimNext()?.name == "locked.jsonl")
    }

    @Test func neverReplacesAFileThatWasPutAway() throws {
        let spool = try Spool(directory: folder)
        for round in 0..<3 {
            try drop("a.jsonl", "\(round)")
            try spool.finish(try #require(try spool.claimNext()), problems: round == 2 ? ["bad"] : [])
        }
        #expect(try names("done").count == 2)
        #expect(Set(try names("done").map { text("done/" + $0) }) == ["0", "1"])
        #expect(text("rejected/a.jsonl") == "2")
    }

    @Test func neverReplacesAFileOfTheSameNameInHand() throws {
        let spool = try Spool(directory: folder)
        try drop("a.jsonl", "first")
        let first = try #require(try spool.claimNext())
        try drop("a.jsonl", "second")
        #expect(try spool.claimNext() == nil)
        #expect(manager.contents(atPath: first.path) == Data("first".utf8))
        try spool.finish(first, problems: [])
        let second = try #require(try spool.claimNext())
        #expect(manager.contents(atPath: second.path) == Data("second".utf8))
    }

    @Test func twoWatchersNeverTakeTheSameFile() async throws {
        let count = 200
        for number in 0..<count { try drop("\(number).jsonl") }
        let folder = folder
        let taken = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<3 {
                group.addTask {
                    let spool = try Spool(directory: folder)
                    var names: [String] = []
                    // A file that another watcher is just looking at is locked, so nothing to take is no end.
                    while try FileManager.default.contentsOfDirectory(atPath: folder).contains(where: {
                        $0.hasSuffix(".jsonl")
                    }) {
                        guard let file = try spool.claimNext() else { continue }
                        names.append(file.name)
                        try spool.finish(file, problems: [])
                    }
                    return names
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(taken.count == count)
        #expect(Set(taken).count == count)
        #expect(try names("done").count == count)
    }

    @Test func givesBackWhatADeadWatcherHadInHand() throws {
        let dead = folder + "/.working/999-dead"
        try manager.createDirectory(atPath: dead, withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: dead + "/lock"))
        try drop("lost.jsonl")
        try manager.moveItem(atPath: folder + "/lost.jsonl", toPath: dead + "/lost.jsonl")
        let spool = try Spool(directory: folder)
        #expect(try spool.claimNext()?.name == "lost.jsonl")
        #expect(!manager.fileExists(atPath: dead))
    }

    @Test func takesNothingFromAWatcherThatLives() throws {
        try drop("a.jsonl")
        let first = try Spool(directory: folder)
        let file = try #require(try first.claimNext())
        let second = try Spool(directory: folder)
        #expect(try second.claimNext() == nil)
        #expect(manager.fileExists(atPath: file.path))
        try first.finish(file, problems: [])
    }

    @Test func whatWasInHandComesBackWhenAWatcherGoes() throws {
        try drop("a.jsonl")
        do {
            let first = try Spool(directory: folder)
            _ = try first.claimNext()
        }
        let second = try Spool(directory: folder)
        #expect(try second.claimNext()?.name == "a.jsonl")
    }
}
