import ArgumentParser
import Desk
import Ledger
import Store

/// `releve store`: the place where a site is kept, as a whole.
struct StoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "Copy a site to another store, or back it up.",
        subcommands: [StoreCopyCommand.self, StoreBackupCommand.self, Reopen.self])

    struct Reopen: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Open a site again that was closed when it was copied.",
            discussion: """
                From then on the copy is a second site with the same beginning: two records that can't both be true. Do it \
                only to give the copy up, and remove the copy.
                """)
        @Argument(help: "The store that was copied: sqlite:PATH or postgres://…") var store: String
        @Flag(help: "Do it: the copy is given up.") var yes = false

        func run() throws {
            let place = try SitePlace(store)
            guard let mark = try place.mark() else {
                throw Complaint("\(try place.name()) is open already")
            }
            guard mark.part == .source else {
                throw Complaint(
                    "\(try place.name()) is a copy that isn't finished (the same releve store copy again goes on with it)"
                )
            }
            guard yes else {
                throw Complaint(
                    "\(try place.name()) stays closed: if people work in its copy, there would be two records (add --yes to "
                        + "give the copy up)")
            }
            try place.reopen()
            Output.line("\(try place.name()) is open again; remove its copy")
        }
    }
}

extension Desk {
    /// Verifies the ledger, and what the tables say where the ledger is as it was; the first problem, in words.
    func verifyWhole() throws -> (ledger: LedgerVerification, problem: String?) {
        let progress = Progress(what: "entries")
        defer { progress.finish() }
        let ledger = try verifyLedger { progress.report(done: $0, of: $1) }
        if let problem = ledger.problem { return (ledger, problem) }
        let tables = try verifyTables { progress.report(done: $0, of: $1) }
        return (ledger, tables.differences.first?.message(in: "en"))
    }
}
