import ArgumentParser
import Desk
import Foundation
import Glibc
import Intake
import Moderation
import Store

/// `releve intake`: reports in.
struct IntakeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "intake", abstract: "Take flagged posts in from files, standard input or a folder.",
        discussion: """
            Bad records are listed by file and line and set aside; the good ones go in. Exit code 2 says that some
            were set aside. The same report twice is taken in once.
            """)

    @OptionGroup var site: SiteOptions
    @Argument(help: "Files; - for standard input.") var files: [String] = []
    @Option(help: "auto, jsonl or csv.") var format = "auto"
    @Option(help: "Names that differ: OURS=THEIRS,…, such as text=tweet,id=key.") var map: String?
    @Option(help: "The source of records that name none (default: the file's name).") var source: String?
    @Option(help: "Watch a folder: take in whole files dropped there, then move them to done/ or rejected/.")
    var watch: String?
    @Flag(help: "With --watch: stop when nothing is left.") var once = false

    func validate() throws {
        guard watch == nil || files.isEmpty else { throw ValidationError("give files or --watch, not both") }
        guard watch != nil || !files.isEmpty else { throw ValidationError("name a file, - or --watch DIR") }
    }

    func run() throws {
        let (format, map) = try IntakeWords.read(format: format, map: map)
        let desk = try site.gateway()
        let options = IntakeOptions(format: format, map: map, source: source ?? "")
        if let watch { return try watchFolder(watch, desk: desk, options: options) }
        try takeIn(files, desk: desk, options: options)
    }

    private func takeIn(_ files: [String], desk: Desk, options: IntakeOptions) throws {
        var total = IntakeCount()
        var failed = false
        let progress = Progress(what: "posts")
        for file in files {
            var run = IntakeRun(desk: desk, options: options, file: file, path: file, progress: progress)
            do {
                try run.takeIn()
            } catch let error as RecordFileError {
                progress.finish()
                Output.complain(error.description)
                failed = true
            } catch let error as DeskError {
                progress.finish()
                total += run.count
                Output.note(
                    "\(total.new + total.updated) posts of it were taken in; the same command goes on with the rest"
                )
                throw error
            }
            total += run.count
        }
        progress.finish()
        IntakeRun.summarize(total, elapsed: progress.elapsed)
        if failed || total.rejected > 0 { throw ExitCode(2) }
    }

    private func watchFolder(_ folder: String, desk: Desk, options: IntakeOptions) throws {
        let spool = try Self.translating { try Spool(directory: folder) }
        Output.note("watching \(folder); Ctrl-C ends it")
        var areAllGood = true
        while true {
            guard let file = try Self.translating({ try spool.claimNext() }) else {
                if once {
                    if areAllGood { return }
                    throw ExitCode(2)
                }
                usleep(500_000)
                continue
            }
            let progress = Progress(what: "posts")
            var run = IntakeRun(
                desk: desk, options: options, file: file.name, path: file.path, progress: progress)
            do {
                try run.takeIn()
            } catch let error as RecordFileError {
                run.problems.append(error.description)
            } catch {
                try? spool.giveBack(file)
                throw error
            }
            progress.finish()
            areAllGood = areAllGood && run.problems.isEmpty
            try Self.translating { try spool.finish(file, problems: run.problems) }
            Output.note(
                "\(file.name): \(run.count.new) new, \(run.count.updated) flagged again, "
                    + "\(run.count.unchanged) known, \(run.count.rejected) rejected")
        }
    }

    private static func translating<Value>(_ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let error as RecordFileError { throw Complaint(error.description) }
    }
}
