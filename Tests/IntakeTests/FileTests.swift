import Foundation
import Glibc
import Intake
import Moderation
import Testing

@Suite struct FileTests {
    private func read(_ path: String, map: String = "") throws -> [IntakeRecord] {
        var result: [IntakeRecord] = []
        let map = map.isEmpty ? FieldMap() : try FieldMap(parsing: map)
        try RecordFile.read(path: path, options: IntakeOptions(map: map, source: "test")) { _, _ in
        } emit: {
            result.append($0)
        }
        return result
    }

    @Test func onlyFilesCanBeReadAgain() throws {
        let folder = NSTemporaryDirectory() + "/again-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data("{}".utf8).write(to: URL(fileURLWithPath: folder + "/file"))
        #expect(mkfifo(folder + "/pipe", 0o600) == 0)
        #expect(RecordFile.canBeReadAgain(folder + "/file"))
        for path in ["-", folder, folder + "/pipe", folder + "/missing"] {
            #expect(!RecordFile.canBeReadAgain(path))
        }
    }

    private func unpacked(_ path: String) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gunzip", "-c", path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Array(data)
    }

    static let data = sharedData()

    @Test(
        .enabled(if: data != nil, "no shared/data: set RELEVE_SHARED to the folder that holds data/"),
        arguments: [
            ("hatecheck-en.csv", "text=test_case,id=case_id", 3728),
            ("hatecheck-fr.csv", "text=test_case,id=mhc_case_id", 3718),
        ])
    func takesInWholeTables(name: String, map: String, count: Int) throws {
        let folder = try #require(Self.data)
        let read = try read(folder.appendingPathComponent(name).path, map: map)
        #expect(refusals(read) == [])
        #expect(posts(read).count == count)
        #expect(Set(posts(read).map(\.externalID)).count == count)
        #expect(posts(read).allSatisfy { !$0.body.isEmpty && $0.extra["functionality"] != nil })
    }

    @Test(.enabled(if: data != nil, "no shared/data: set RELEVE_SHARED to the folder that holds data/"))
    func takesInAWholeFileOfLines() throws {
        let folder = try #require(Self.data)
        let bytes = try unpacked(folder.appendingPathComponent("openai-moderation-1680.jsonl.gz").path)
        let read = records(bytes, IntakeOptions(map: try FieldMap(parsing: "text=prompt"), source: "test"))
        #expect(refusals(read) == [])
        #expect(posts(read).count == 1680)
    }

    static let queue = folderAbove(holding: "Queue")?.appendingPathComponent("Queue")

    @Test(.enabled(if: queue != nil, "no folder Queue above the tests"))
    func everyRecordOfTheDemonstrationQueueIsRead() throws {
        let folder = try #require(Self.queue)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".jsonl") || $0.hasSuffix(".csv") }
        #expect(!names.isEmpty)
        for name in names.sorted() {
            let read = try read(folder.appendingPathComponent(name).path)
            #expect(refusals(read) == [], "\(name)")
            #expect(!posts(read).isEmpty, "\(name)")
        }
    }

    @Test func saysWhichFileCannotBeRead() {
        for path in ["/nonexistent/file.jsonl", "/tmp"] {
            let error = #expect(throws: RecordFileError.self) { try read(path) }
            #expect(error?.description.contains(path) == true)
        }
    }
}
