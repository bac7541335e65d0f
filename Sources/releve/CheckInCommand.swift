import ArgumentParser
import CheckIn
import Desk
import Foundation
import Moderation
import Store

/// `releve check-in`: how you are, for you alone.
struct CheckInCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-in",
        abstract: "Note how you are, for you alone, under your own passphrase.",
        discussion: """
            They stay in a file of yours, not in the site's store; no entry tells of them. Adding needs no passphrase,
            reading does. If the passphrase is lost they are gone: nobody can open them again.
            """,
        subcommands: [Begin.self, Add.self, Show.self, ChangePassphrase.self, Delete.self])

    struct Begin: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Begin, with a passphrase of your own.")
        @OptionGroup var site: SiteOptions

        func run() throws {
            let (file, _) = try site.checkIns()
            if file.exists { throw Complaint(CheckInError.begunBefore) }
            Output.note("If this passphrase is lost, your check-ins are gone: nobody can open them again.")
            let passphrase = try Passphrase.new()
            try Complaint.calling { () throws(CheckInError) in try file.begin(passphrase: passphrase) }
            Output.line("begun; note how you are with: releve check-in add 3")
        }
    }

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Note how you are; needs no passphrase.")
        @OptionGroup var site: SiteOptions
        @Argument(help: "From 1, bad, to 5, well.") var level: Int
        @Option(help: "A word on it.") var note = ""

        func run() throws {
            guard CheckIn.levels.contains(level) else { throw Complaint("a level is 1 (bad) to 5 (well)") }
            guard note.utf8.count <= CheckIn.longestNote else {
                throw Complaint("a note has at most \(CheckIn.longestNote) bytes")
            }
            let (file, desk) = try site.checkIns()
            let now = desk.clock.now().wall
            try Complaint.calling { () throws(CheckInError) in
                try file.add(CheckIn(at: now, level: level, note: note))
            }
            Output.line("kept, for you alone")
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show your check-ins; asks for the passphrase.")
        @OptionGroup var site: SiteOptions
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            let (file, _) = try site.checkIns()
            if !file.exists { throw Complaint(CheckInError.notBegun) }
            let passphrase = try Passphrase.asked("Passphrase: ")
            let all = try Complaint.calling { () throws(CheckInError) in
                try file.read(passphrase: passphrase)
            }
            if json { return try Output.json(["check_ins": all.map(Row.init)]) }
            if all.isEmpty { Output.line("none yet") }
            for checkIn in all { Output.line("\(checkIn.at)  \(checkIn.level)  \(checkIn.note)") }
        }

        private struct Row: Encodable {
            let at: String
            let level: Int
            let note: String

            init(_ checkIn: CheckIn) {
                at = checkIn.at.rfc3339
                level = checkIn.level
                note = checkIn.note
            }
        }
    }

    struct ChangePassphrase: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "passphrase", abstract: "Set another passphrase.")
        @OptionGroup var site: SiteOptions

        func run() throws {
            let (file, _) = try site.checkIns()
            if !file.exists { throw Complaint(CheckInError.notBegun) }
            let old = try Passphrase.asked("Passphrase until now: ")
            let new = try Passphrase.new()
            try Complaint.calling { () throws(CheckInError) in try file.changePassphrase(from: old, to: new) }
            Output.line("changed")
        }
    }

    struct Delete: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete all your check-ins; needs no passphrase.")
        @OptionGroup var site: SiteOptions
        @Flag(help: "Don't ask.") var yes = false

        func run() throws {
            let (file, _) = try site.checkIns()
            if !file.exists { throw Complaint(CheckInError.notBegun) }
            if !yes {
                Output.note("All your check-ins, for good. Type \"delete\" to do it.")
                guard readLine() == "delete" else { throw Complaint("nothing was deleted", code: 1) }
            }
            try Complaint.calling { () throws(CheckInError) in try file.delete() }
            Output.line("deleted")
        }
    }
}

extension SiteOptions {
    /// The file of who acts, and the desk.
    func checkIns() throws -> (CheckInFile, Desk) {
        let (desk, person) = try signIn()
        return (try Self.checkIns(of: person, at: desk), desk)
    }

    /// The file of a person of this desk's site, in the data folder of the OS user who runs this.
    static func checkIns(of person: Person, at desk: Desk) throws -> CheckInFile {
        CheckInFile(
            folder: Settings.dataFolder, site: try desk.overview(for: person).site.name, person: person.id)
    }
}

extension Complaint {
    init(_ error: CheckInError) {
        self.init(error.message(in: Settings.language), code: error == .wrongPassphrase ? 1 : 2)
    }

    static func calling<Result>(_ body: () throws(CheckInError) -> Result) throws -> Result {
        do throws(CheckInError) { return try body() } catch { throw Complaint(error) }
    }
}
