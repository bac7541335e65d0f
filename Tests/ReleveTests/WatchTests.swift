import Foundation
import Testing

@Suite("A watched folder", .serialized)
struct WatchTests {
    private func drop(_ text: String, _ name: String, into folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
        // Files that changed a moment ago may still be being written.
        try FileManager.default.setAttributes(
            [.modificationDate: Date().addingTimeInterval(-60)], ofItemAtPath: folder + "/" + name)
    }

    private func names(_ folder: String) -> Set<String> {
        Set((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    }

    @Test func goodFilesAreDoneBadOnesRejectedAndHalfWrittenOnesLeft() throws {
        let program = try Program()
        _ = try program.makeSite()
        let folder = program.folder + "/spool"
        try drop("{\"id\":1,\"text\":\"a\"}\n", "good.jsonl", into: folder)
        try drop("{\"id\":2,\"text\":\"b\"}\n{\"id\":\n", "bad.jsonl", into: folder)
        try drop("{\"id\":3,\"text\":", "half.jsonl.part", into: folder)
        let run = try program.releve("intake", "--watch", folder, "--once")
        #expect(run.code == 2 && run.error.contains("bad.jsonl:2: "))
        #expect(names(folder + "/done") == ["good.jsonl"])
        #expect(names(folder + "/rejected") == ["bad.jsonl", "bad.jsonl.errors.txt"])
        #expect(names(folder).contains("half.jsonl.part"))
        #expect(try program.json("queue", "stats")["waiting"] as? Int == 2)
        #expect(try program.releve("intake", "--watch", folder, "--once").code == 0)
    }

    @Test func twoWatchersTakeEachFileOnce() throws {
        let program = try Program()
        _ = try program.makeSite()
        let folder = program.folder + "/spool"
        for number in 0..<40 {
            try drop("{\"id\":\(number),\"text\":\"a\"}\n", "f\(number).jsonl", into: folder)
        }
        let watchers = (0..<2).map { _ in program.process("releve", ["intake", "--watch", folder, "--once"]) }
        for watcher in watchers {
            watcher.standardError = FileHandle.nullDevice
            try watcher.run()
        }
        for watcher in watchers {
            watcher.waitUntilExit()
            #expect(watcher.terminationStatus == 0)
        }
        #expect(names(folder + "/done").count == 40)
        #expect(try program.json("queue", "stats")["waiting"] as? Int == 40)
        #expect(try program.json("ledger", "verify")["ok"] as? Bool == true)
    }
}
