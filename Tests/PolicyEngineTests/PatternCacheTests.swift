import Foundation
import Testing

@testable import PolicyEngine

@Suite("Compiled patterns are kept where only their owner can write, and checked before they are used")
final class PatternCacheTests {
    private let folder = NSTemporaryDirectory() + "releve-cache-" + UUID().uuidString
    private let patterns = [Pattern(text: "cat", isRegex: false), Pattern(text: "do+g", isRegex: true)]

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func isKnown(scanner: String? = nil, name: String = "bundle") throws -> Bool {
        var cache = PatternCache(directory: folder)
        if let scanner { cache.scanner = scanner }
        let entry = try cache.entry(for: patterns, name: name)
        // Whatever the file was, what is used finds what it should.
        var matches = ScanMatches()
        let scratch = try #require(entry.database.makeScratch())
        entry.database.scan(
            Array("a cat and a doog".utf8) + PatternDatabase.padding, with: scratch, into: &matches)
        #expect(matches.all.map(\.pattern).sorted() == [0, 1])
        return entry.isKnown
    }

    private func file() throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(names.count == 1)
        return try folder + "/" + #require(names.first)
    }

    private func mode(_ path: String) throws -> Int {
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        return try #require(mode)
    }

    @Test func theSecondTimeTheyAreReadFromAFileThatIsTheUsersAlone() throws {
        #expect(try !isKnown() && isKnown())
        #expect(try mode(folder) == 0o700 && mode(file()) == 0o600)
    }

    @Test(arguments: 0..<40)
    func aByteChangedAnywhereIsNoticed(seed: Int) throws {
        _ = try isKnown()
        var bytes = try #require(FileManager.default.contents(atPath: file()))
        bytes[seed < 20 ? seed * 4 : (seed - 20) * bytes.count / 20] ^= 0x41
        try replace(bytes)
        #expect(try !isKnown() && isKnown())
    }

    @Test(arguments: [0, 1, 17, 18, 81, 82, 83, 200])
    func aFileCutShortIsNoticed(_ count: Int) throws {
        _ = try isKnown()
        try replace(#require(FileManager.default.contents(atPath: file())).prefix(count))
        #expect(try !isKnown() && isKnown())
    }

    private func replace(_ bytes: Data) throws {
        let path = try file()
        try bytes.write(to: URL(fileURLWithPath: path))
        #expect(chmod(path, 0o600) == 0)
    }

    @Test(arguments: [0o640, 0o604, 0o620, 0o602, 0o666])
    func aFileThatOthersMayTouchIsMadeAnew(_ wrong: Int) throws {
        _ = try isKnown()
        #expect(try chmod(file(), mode_t(wrong)) == 0)
        #expect(try !isKnown() && isKnown())
        #expect(try mode(file()) == 0o600)
    }

    @Test func aLinkInItsPlaceIsReplacedAndWhatItPointsToStays() throws {
        _ = try isKnown()
        let path = try file()
        let other = folder + "-other"
        defer { unlink(other) }
        try FileManager.default.moveItem(atPath: path, toPath: other)
        let bytes = FileManager.default.contents(atPath: other)
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: other)
        #expect(try !isKnown() && isKnown())
        #expect(FileManager.default.contents(atPath: other) == bytes)
        var status = stat()
        #expect(lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG)
    }

    @Test func aSecondNameOfTheFileIsNoticed() throws {
        _ = try isKnown()
        let other = folder + "-other"
        defer { unlink(other) }
        #expect(try link(file(), other) == 0)
        #expect(try !isKnown() && isKnown())
    }

    @Test func aFolderThatOthersMayReadIsClosedToThemAndOneThatIsALinkIsNotUsed() throws {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o777])
        #expect(chmod(folder, 0o777) == 0)
        #expect(try !isKnown() && isKnown())
        #expect(try mode(folder) == 0o700)
        let real = folder + "-real"
        defer { try? FileManager.default.removeItem(atPath: real) }
        try FileManager.default.moveItem(atPath: folder, toPath: real)
        try FileManager.default.createSymbolicLink(atPath: folder, withDestinationPath: real)
        #expect(try !isKnown() && !isKnown())
    }

    @Test func anotherVersionOfTheScannerMakesAnotherFile() throws {
        #expect(try !isKnown() && !isKnown(scanner: "5.9.9"))
        #expect(try isKnown() && isKnown(scanner: "5.9.9"))
    }

    @Test func aFileOfOtherPatternsIsNotTakenForThese() throws {
        _ = try isKnown()
        let path = try file()
        _ = try PatternCache(directory: folder).entry(
            for: [Pattern(text: "x", isRegex: false)], name: "other")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        let other = try folder + "/" + #require(names.first { $0.hasPrefix("other") })
        #expect(rename(other, path) == 0)
        #expect(try !isKnown() && isKnown())
    }

    @Test func manyWritersAtOnceLeaveOneWholeFile() async throws {
        let folder = folder
        let patterns = patterns
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    _ = try PatternCache(directory: folder).entry(for: patterns, name: "bundle")
                }
            }
            try await group.waitForAll()
        }
        #expect(try isKnown())
        _ = try file()
    }

    @Test func filesOfBundlesLongGoneAreTakenAway() throws {
        for number in 0..<20 { _ = try isKnown(name: "b\(number)") }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 16)
        #expect(try isKnown(name: "b19"))
    }

    @Test func aFolderThatCantBeMadeCostsOnlyTime() throws {
        let cache = PatternCache(directory: "/proc/releve-nowhere")
        #expect(try !cache.entry(for: patterns, name: "bundle").isKnown)
    }
}
