import Foundation
import Moderation
import Testing

@testable import CheckIn

@Suite("Check-ins are their writer's alone")
struct CheckInTests {
    /// As cheap as a file may ask for; what it costs in earnest is for another test.
    private static let cheap = PassphraseCost(logN: 4, blockSize: 8, parallelism: 1)
    private static let words = "six words nobody else would think"
    private let folder = NSTemporaryDirectory() + "releve-check-ins-" + UUID().uuidString
    private let now = Timestamp(milliseconds: 1_772_442_000_000)

    private func file() -> CheckInFile {
        CheckInFile(folder: folder, site: "forum.example/releve", person: PersonID("p7w2k9"))
    }

    private func begun() throws -> CheckInFile {
        let file = file()
        try file.begin(passphrase: Self.words, cost: Self.cheap)
        return file
    }

    @Test func whatIsAddedWithoutThePassphraseIsReadWithIt() throws {
        let file = try begun()
        #expect(try file.count() == 0 && file.read(passphrase: Self.words) == [])
        let all = (0..<5).map {
            CheckIn(at: now + .seconds($0), level: $0 + 1, note: "jour \($0), \u{1F600}")
        }
        for checkIn in all { try file.add(checkIn) }
        #expect(try file.read(passphrase: Self.words) == all)
        #expect(try file.count() == 5)
        // However a keyboard composes the letters.
        let composed = CheckInFile(path: folder + "/other")
        try composed.begin(passphrase: "cafe\u{301} cafe\u{301} cafe\u{301}", cost: Self.cheap)
        #expect(try composed.read(passphrase: "caf\u{E9} caf\u{E9} caf\u{E9}") == [])
    }

    @Test func anotherPassphraseOpensNothingAndSaysSo() throws {
        let file = try begun()
        try file.add(CheckIn(at: now, level: 2, note: "a hard one"))
        for wrong in ["", "six words nobody else would thinK", Self.words + " "] {
            #expect(throws: CheckInError.wrongPassphrase) { try file.read(passphrase: wrong) }
        }
        #expect(throws: CheckInError.tooShort) {
            try CheckInFile(path: folder + "/x").begin(passphrase: "too short")
        }
        #expect(!FileManager.default.fileExists(atPath: folder + "/x"))
        #expect(throws: CheckInError.begunBefore) {
            try file.begin(passphrase: Self.words, cost: Self.cheap)
        }
        #expect(throws: CheckInError.notBegun) { try CheckInFile(path: folder + "/none").count() }
    }

    @Test func theFileTellsNeitherWordsNorLengthsNorPerson() throws {
        let file = try begun()
        try file.add(CheckIn(at: now, level: 1))
        let short = try bytes(file).count
        try file.add(CheckIn(at: now, level: 5, note: String(repeating: "sleepless ", count: 50)))
        let long = try bytes(file).count
        try file.add(CheckIn(at: now, level: 5, note: String(repeating: "\u{1}", count: 600)))
        #expect(try long - short == bytes(file).count - long)
        let all = try bytes(file)
        for word in ["sleepless", "level", "note", "1772442", "six words"] {
            #expect(Data(all).range(of: Data(word.utf8)) == nil, "\(word)")
        }
        // Two alike don't look alike.
        let boxes = try CheckInBook(bytes: all, path: "").sealed
        #expect(Set(boxes).count == 3)
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let place = try FileManager.default.attributesOfItem(atPath: folder + "/check-ins")
        #expect(place[.posixPermissions] as? Int == 0o700)
    }

    private func bytes(_ file: CheckInFile) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: file.path)))
    }

    @Test func anyByteChangedIsNoticed() throws {
        let file = try begun()
        try file.add(CheckIn(at: now, level: 3, note: "as ever"))
        let whole = try bytes(file)
        for place in 0..<whole.count where place < CheckInBook.headLength || place % 97 == 0 {
            var changed = whole
            changed[place] ^= 1
            #expect(throws: CheckInError.self, "byte \(place)") {
                try CheckInBook(bytes: changed, path: "f").read(passphrase: Self.words)
            }
        }
        // Nor can a figure of the cost ask for all memory, nor half a check-in pass for none.
        var greedy = whole
        greedy[CheckInBook.magic.count] = 40
        #expect(throws: CheckInError.damaged(path: "f")) { try CheckInBook(bytes: greedy, path: "f") }
        #expect(throws: CheckInError.damaged(path: "f")) {
            try CheckInBook(bytes: Array(whole.dropLast()), path: "f")
        }
        var newer = whole
        newer[CheckInBook.magic.count - 1] = 2
        #expect(throws: CheckInError.tooNew(path: "f")) { try CheckInBook(bytes: newer, path: "f") }
    }

    @Test func thePassphraseChangesAndWhatWasWrittenStays() throws {
        let file = try begun()
        try file.add(CheckIn(at: now, level: 4, note: "before"))
        let new = "another six words, for a change"
        #expect(throws: CheckInError.wrongPassphrase) {
            try file.changePassphrase(from: new, to: new, cost: Self.cheap)
        }
        try file.changePassphrase(from: Self.words, to: new, cost: Self.cheap)
        try file.add(CheckIn(at: now, level: 5, note: "after"))
        #expect(try file.read(passphrase: new).map(\.note) == ["before", "after"])
        #expect(throws: CheckInError.wrongPassphrase) { try file.read(passphrase: Self.words) }
    }

    @Test func oneOrAllAreDeletedWithoutThePassphrase() throws {
        let file = try begun()
        for level in 1...3 { try file.add(CheckIn(at: now, level: level)) }
        try file.remove(at: 1)
        #expect(try file.read(passphrase: Self.words).map(\.level) == [1, 3])
        try file.delete()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/check-ins") == [])
        #expect(throws: CheckInError.notBegun) { try file.add(CheckIn(at: now, level: 1)) }
        #expect(throws: CheckInError.notBegun) { try file.delete() }
    }

    @Test func aCrashWhileWritingLeavesWhatWasThere() throws {
        let file = try begun()
        try file.add(CheckIn(at: now, level: 3))
        // What a kill between writing and renaming leaves: a draft, whole or torn.
        try Data([1, 2, 3]).write(to: URL(fileURLWithPath: file.path + ".new"))
        #expect(try file.read(passphrase: Self.words).count == 1)
        try file.add(CheckIn(at: now, level: 4))
        #expect(try file.read(passphrase: Self.words).map(\.level) == [3, 4])
        #expect(!FileManager.default.fileExists(atPath: file.path + ".new"))
    }

    @Test func consolesOfOnePersonTakeTurns() async throws {
        let file = try begun()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for level in 0..<16 {
                group.addTask { try file.add(CheckIn(at: Timestamp(milliseconds: 0), level: level % 5 + 1)) }
            }
            try await group.waitForAll()
        }
        #expect(try file.read(passphrase: Self.words).count == 16)
    }

    @Test func siteNamesAreToldApartAndLeaveTheFolderNever() {
        let sites = ["../../etc/x", "a/b", "a_2fb", "a b", "é"]
        let paths = sites.map { CheckInFile(folder: "/f", site: $0, person: PersonID("p")).path }
        #expect(Set(paths).count == sites.count)
        #expect(paths.allSatisfy { $0.hasPrefix("/f/check-ins/") && $0.split(separator: "/").count == 3 })
    }

    @Test func aLongNoteIsCutAndTheScaleHasEnds() {
        let checkIn = CheckIn(at: now, level: 9, note: String(repeating: "é", count: 700))
        #expect(checkIn.level == 5 && checkIn.note.utf8.count == 600)
        #expect(CheckIn(at: now, level: -1).level == 1)
    }

    @Test func theStandardCostIsThatOfThePage() throws {
        #expect(PassphraseCost.standard == PassphraseCost(logN: 17, blockSize: 8, parallelism: 1))
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(
            contentsOf: root.appendingPathComponent("Documentation/check-in.md"), encoding: .utf8)
        #expect(page.contains("N = 2¹⁷, r = 8, p = 1"))
        #expect(page.contains("\(CheckInBook.sealedLength) bytes"))
    }
}
