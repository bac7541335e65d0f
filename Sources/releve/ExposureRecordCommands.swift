import ArgumentParser
import Desk
import Exposure
import Foundation
import Ledger
import Moderation

extension ExposureCommand {
    /// `releve exposure export`: your record, to take with you.
    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take your record with you: exposure, work and skills, signed, with proofs.",
            discussion: """
                Only you can make this file of yours. It holds no content and names no post; whoever you give it to \
                checks it without this site: releve exposure verify FILE. Documentation/portable-record.md is its format.
                """)
        @OptionGroup var site: SiteOptions
        @Option(name: .customLong("out"), help: "The file to write; replaces it whole.") var file: String?
        @OptionGroup var since: SinceDayOptions
        @Flag(help: "Print it for reading instead of as the file.") var text = false

        func run() throws {
            let since = try since.day()
            let (desk, person) = try site.signIn()
            let record = try desk.ownRecord(of: person, since: since)
            let words = RecordWords(isFrench: Settings.language == "fr")
            if let path = file {
                try ExportFile.write(String(decoding: record.bytes, as: UTF8.self), to: path)
                return Output.line(words.written(path, entries: record.receipts.count))
            }
            guard !text, !Output.isTerminal else {
                for line in words.lines(record.record) { Output.line(line) }
                return
            }
            try ExportFile.write(String(decoding: record.bytes, as: UTF8.self), to: nil)
        }
    }

    /// `releve exposure verify FILE`: checks a record without the site.
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a record that somebody brought: signature, proofs and sums; needs no site.",
            discussion:
                "The site's key is printed: compare it with what the site publishes, or name it with --key.")
        @Argument(help: "The file.") var file: String
        @Option(help: "The site's public key in hexadecimal, as you know it from elsewhere.") var key: String?
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            let words = RecordWords(isFrench: Settings.language == "fr")
            let language = words.isFrench ? "fr" : "en"
            let bytes = try RecordInput.bytes(of: file)
            var record: RecordFile?
            var problems: [RecordProblem] = []
            do throws(RecordProblem) {
                let read = try RecordFile(bytes: bytes)
                record = read
                problems = read.check(publicKey: key)
            } catch { problems = [error] }
            if json {
                try Output.json(
                    Card(
                        valid: problems.isEmpty, site: record?.record.site, key: record?.record.key,
                        person: record?.record.person, made_at: record?.record.madeAt.rfc3339,
                        problems: problems.map {
                            ProblemCard(place: $0.place, what: $0.message(in: language))
                        }))
            } else if let record, problems.isEmpty {
                for line in words.lines(record.record) { Output.line(line) }
                Output.line(words.holds(record.receipts.count))
            }
            guard problems.isEmpty else {
                for problem in problems.prefix(20) {
                    Output.complain("\(file): \(problem.message(in: language))")
                }
                throw ExitCode(1)
            }
        }

        private struct Card: Encodable {
            let valid: Bool
            let site, key, person: String?
            // swift-format-ignore: AlwaysUseLowerCamelCase
            let made_at: String?
            let problems: [ProblemCard]
        }

        private struct ProblemCard: Encodable {
            let place, what: String
        }
    }

    /// `releve exposure take FILE`: brings earlier dose along.
    struct Take: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "take",
            abstract: "Count the dose of a record from another site in your own windows here.",
            discussion: "It can only add to your dose, and counts until it is 24 hours and seven days old.")
        @OptionGroup var site: SiteOptions
        @Argument(help: "The file.") var file: String

        func run() throws {
            let record = try RecordInput.read(file)
            let (desk, person) = try site.signIn()
            let words = RecordWords(isFrench: Settings.language == "fr")
            Output.line(words.taken(try desk.take(record, for: person)))
        }
    }

    /// `releve exposure settle`: totals take the place of spans.
    struct Settle: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put daily totals in the place of spans that nobody may dispute any more; for leads.",
            discussion: """
                Happens by itself at the end of everybody's shift. For how long spans are kept is among the working \
                conditions (releve conditions); the ledger goes on telling every span.
                """)
        @OptionGroup var site: SiteOptions

        func run() throws {
            let (desk, lead) = try site.signIn()
            let settled = try desk.settleExposure(by: lead) { done in
                Output.status("\(done.days) days, \(done.spans) spans")
            }
            Output.clearStatus()
            Output.line(
                RecordWords(isFrench: Settings.language == "fr").settled(
                    settled, keptFor: try desk.conditions().disputeDays))
        }
    }
}

/// A record from a file that anybody may have made.
enum RecordInput {
    static func bytes(of path: String) throws -> [UInt8] {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        let size = (attributes?[.size] as? NSNumber)?.intValue ?? 0
        guard size <= RecordFile.largest else {
            throw Complaint("\(path): too large for a record (at most \(RecordFile.largest >> 20) MiB)")
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Complaint("\(path): there is no such file, or it can't be read")
        }
        return Array(data)
    }

    static func read(_ path: String) throws -> RecordFile {
        let bytes = try bytes(of: path)
        do throws(RecordProblem) { return try RecordFile(bytes: bytes) } catch {
            throw Complaint("\(path): \(error.message(in: Settings.language))", code: 1)
        }
    }
}
