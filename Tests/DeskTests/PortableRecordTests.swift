import Desk
import Exposure
import Foundation
import Ledger
import Moderation
import SQLiteStore
import Store
import Testing

@Suite("A portable record holds without its site, and nothing of it can be changed")
struct PortableRecordTests {
    private static let day: Duration = .seconds(86_400)

    /// Three days of work, the first of which was settled; audits and pay.
    private func worked() throws -> (site: RecordSite, file: RecordFile) {
        let site = try RecordSite()
        let euro = try #require(Currency(code: "EUR"))
        try site.desk.set(
            Conditions(pay: Pay(basis: .hour, rate: Money(minor: 1550), currency: euro), disputeDays: 9),
            by: site.ada)
        try site.shift(of: site.ben, looks: 3, seconds: 30)
        site.clock.advance(by: Self.day * 12)
        for _ in 0..<2 {
            try site.shift(of: site.ben, looks: 4, seconds: 45)
            site.clock.advance(by: Self.day)
        }
        let eve = try site.add("eve", [.auditor])
        for decision in try site.desk.audit(DecisionFilter(), limit: 3, by: eve).lines {
            try site.desk.mark(decision.id, .agree, reason: nil, by: eve)
        }
        return (site, try site.desk.ownRecord(of: site.ben))
    }

    @Test func itSaysWhatWasDoneAndHolds() throws {
        let (site, file) = try worked()
        #expect(file.check(publicKey: site.key.publicKeyHex).isEmpty)
        let record = file.record
        #expect(record.days.count == 3 && record.shifts.count == 3 && record.workDays == 3)
        #expect(record.decisions == 11 && record.policies.map(\.policy) == ["-", "threats"])
        #expect(record.languages.map(\.language) == ["en", "fr"] && record.audits.agree == 3)
        #expect(record.worked == 3 * 30_000 + 8 * 45_000)
        #expect(record.paid.map(\.total) == [record.worked * 1550 / 3_600_000])
        let own = try site.desk.record(of: site.ben)
        #expect(own.summary.dose.units == record.dose && record.dose > 0)
        // One settled day, and two that only the record's own entry tells.
        let kinds = try file.receipts.map { try LedgerEntry(canonicalBytes: Array($0.entry.utf8)).kind }
        #expect(kinds.count { $0 == .exposureSettled } == 1 && kinds.count { $0 == .recordExported } == 1)
        #expect(kinds.count { $0 == .shiftStarted } == 3 && kinds.count == 8)
    }

    @Test func itIsReadAsItWasWritten() throws {
        let (_, file) = try worked()
        let read = try RecordFile(bytes: file.bytes)
        #expect(read.record == file.record && read.receipts == file.receipts && read.bytes == file.bytes)
        #expect(read.check().isEmpty)
    }

    @Test func itNamesNoPostAndNobodyElse() throws {
        let (site, file) = try worked()
        let text = String(decoding: file.bytes, as: UTF8.self)
        for decision in try site.desk.record(of: site.ben).decisions {
            #expect(!text.contains(decision.post.rawValue) && !text.contains(decision.id.rawValue))
        }
        for word in [site.ada.id.rawValue, "\"Ben", "\"ben", "kill "] {
            #expect(!text.contains(word), "\(word)")
        }
    }

    @Test func whatWasBeforeCanBeLeftOut() throws {
        let (site, file) = try worked()
        let last = try #require(file.record.days.last)
        let since = try site.desk.ownRecord(of: site.ben, since: last.day)
        #expect(since.check().isEmpty && since.record.days == [last] && since.record.shifts.count == 1)
        #expect(since.record.decisions == 4)
    }

    @Test func anEmptyRecordHoldsToo() throws {
        let site = try RecordSite()
        let file = try site.desk.ownRecord(of: site.ben)
        #expect(file.check().isEmpty && file.record.days.isEmpty)
        #expect(try RecordFile(bytes: file.bytes).check().isEmpty)
    }

    @Test func withoutTheKeyNothingIsMade() throws {
        let site = try RecordSite()
        let other = Desk(store: site.store, clock: site.clock, signer: SiteKey())
        #expect(throws: DeskError.invalid(.noKey)) { try other.ownRecord(of: site.ben) }
        #expect(throws: DeskError.invalid(.noKey)) {
            try Desk(store: site.store, clock: site.clock).ownRecord(of: site.ben)
        }
    }

    // MARK: Tampering

    @Test func everyFlippedBitIsCaught() throws {
        let site = try RecordSite()
        try site.shift(of: site.ben, looks: 1, seconds: 10)
        let bytes = try site.desk.ownRecord(of: site.ben).bytes
        let all = ProcessInfo.processInfo.environment["RELEVE_FLIPS"] != nil
        var caught = 0
        for bit in stride(from: 0, to: bytes.count * 8, by: all ? 1 : 11) {
            var changed = bytes
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            let problems: [RecordProblem]
            do throws(RecordProblem) { problems = try RecordFile(bytes: changed).check() } catch {
                problems = [error]
            }
            if problems.isEmpty { Issue.record("bit \(bit)") } else { caught += 1 }
        }
        #expect(caught >= bytes.count * 8 / 11)
        for count in [0, 1, bytes.count / 2, bytes.count - 1] {
            #expect(throws: RecordProblem.self) { try RecordFile(bytes: Array(bytes.prefix(count))) }
        }
        #expect(throws: RecordProblem.self) { try RecordFile(bytes: bytes + [0x0A]) }
    }

    /// What somebody with the site's key says against its own ledger is caught at its place.
    @Test func liesSignedAnewAreNamedByTheirPlace() throws {
        let (site, file) = try worked()
        func problems(_ change: (inout PortableRecord) -> Void) throws -> [String] {
            var record = file.record
            change(&record)
            return try RecordFile(
                record: record, receipts: file.receipts, checkpoint: file.checkpoint, signedBy: site.key
            ).check().map(\.place)
        }
        #expect(try problems { _ in } == [])
        #expect(
            try problems { $0.days[1].hazards[.severe]?.dose -= 1 }.contains("record.exposure.days[1].dose"))
        #expect(
            try problems { $0.days[0].endsAt = $0.days[0].day.start }.contains(
                "record.exposure.days[0].ends_at"))
        #expect(try problems { $0.days.removeLast() }.contains("record.exposure.days"))
        #expect(try problems { $0.days.swapAt(0, 1) }.contains("record.exposure.days[1].day"))
        #expect(try problems { $0.shifts[2].worked += 1 }.contains("record.work.shifts[2].worked_ms"))
        #expect(try problems { $0.shifts[0].id = "x" }.contains("record.work.shifts[0]"))
        #expect(try problems { $0.policies[0].decisions += 1 }.contains("record"))
        #expect(try problems { $0.person = "x" }.contains("receipts[0].entry"))
        var receipts = file.receipts
        receipts[2].proof[0][5] ^= 1
        let forged = try RecordFile(
            record: file.record, receipts: receipts, checkpoint: file.checkpoint, signedBy: site.key)
        #expect(forged.check().map(\.place).contains("receipts[2].proof"))
        let stranger = try RecordFile(
            record: file.record, receipts: file.receipts, checkpoint: file.checkpoint, signedBy: SiteKey())
        #expect(stranger.check().map(\.place) == ["signature"])
        #expect(file.check(publicKey: SiteKey().publicKeyHex).map(\.place) == ["record.site.key"])
    }

    @Test func whatIsNoRecordIsRefusedWithItsPlace() throws {
        let (_, file) = try worked()
        let text = String(decoding: file.bytes, as: UTF8.self)
        func place(_ text: String) -> String? {
            do throws(RecordProblem) {
                _ = try RecordFile(bytes: Array(text.utf8))
                return nil
            } catch { return error.place }
        }
        #expect(place("") == "byte 0" && place("{}\n") == "checkpoint" && place("{ }\n") == "byte 1")
        #expect(place(text.replacing("releve-record/1", with: "releve-record/2")) == "format")
        #expect(
            place(text.replacing("\"breaks_ms\":0", with: "\"breaks_ms\":-1"))
                == "record.work.shifts[0].breaks_ms")
        #expect(
            place(text.replacing("\"full_dose\":", with: "\"full_dosf\":")) == "record.exposure.full_dose")
        #expect(place(text.replacing("\"paid\":[", with: "\"paid\":[ ")) != nil)
        #expect(place(String(repeating: "[", count: 5000) + "\n") == "byte 24")
    }

    // MARK: A second check

    @Test func aCheckWrittenFromThePageAgrees() throws {
        guard let python = Python.withCryptography() else { return }
        let (site, file) = try worked()
        let folder = site.folder + "/records"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var wanted: [String: Bool] = [:]
        func write(_ name: String, _ bytes: [UInt8]) throws {
            try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
            wanted[name] = ((try? RecordFile(bytes: bytes).check()) ?? [RecordProblem("", .missing)]).isEmpty
        }
        try write("whole", file.bytes)
        try write("empty", try site.desk.ownRecord(of: site.ada).bytes)
        try write("since", try site.desk.ownRecord(of: site.ben, since: file.record.days[1].day).bytes)
        var record = file.record
        record.shifts[1].worked -= 1
        try write(
            "lie",
            try RecordFile(
                record: record, receipts: file.receipts, checkpoint: file.checkpoint, signedBy: site.key
            ).bytes)
        var random = SystemRandomNumberGenerator()
        for number in 0..<80 {
            var bytes = file.bytes
            bytes[Int.random(in: 0..<bytes.count, using: &random)] ^=
                1 << UInt8.random(in: 0..<8, using: &random)
            try write("flip-\(number)", bytes)
        }
        let answer = try python.run(["--many", folder, "--schema", Self.schema])
        var told: [String: Bool] = [:]
        for line in answer.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 1)
            told[String(words[0])] = words.last == "ok"
        }
        #expect(told == wanted && wanted.values.count { $0 } == 3, "\(answer.prefix(600))")
    }

    private static let schema =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path + "/Documentation/schemas/portable-record.schema.json"
}

/// The check in Python.
private struct Python {
    let program: String

    /// An interpreter that has `cryptography`.
    static func withCryptography() -> Python? {
        let candidates =
            ["/usr/bin/python3"]
            + (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map {
                "\($0)/python3"
            }
        return candidates.lazy.filter { FileManager.default.isExecutableFile(atPath: $0) }
            .map { Python(program: $0) }.first { (try? $0.execute(["-c", "import cryptography"])) != nil }
    }

    func run(_ arguments: [String]) throws -> String {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/verify_record.py"
        return try execute(["-B", script] + arguments)
    }

    private func execute(_ arguments: [String]) throws -> String {
        let output = NSTemporaryDirectory() + "releve-python-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: output) }
        try Data().write(to: URL(fileURLWithPath: output))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.featureUnsupported) }
        return try String(contentsOfFile: output, encoding: .utf8)
    }
}
