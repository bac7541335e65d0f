import ArgumentParser
import Desk
import Foundation
import Glibc
import Ledger
import Moderation
import SQLiteStore

/// `releve store backup`: a site as it is now, in one file that was verified.
struct StoreBackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Write a SQLite site as it is now into a file, while work goes on.",
        discussion: """
            The copy is whole, was verified like the site itself, and appears under its name only then. It is a site too: to \
            restore it, put it in the place of the store while no console is open. The signing key is not in it. A site \
            in PostgreSQL is backed up with PostgreSQL's own programs (Documentation/deployment.md); --made notes such a \
            backup, so that releve doctor knows when the last one was made.
            """)
    @OptionGroup var site: SiteOptions
    @Argument(help: ArgumentHelp("The file to write; replaces it whole.", valueName: "file")) var file: String
    @Flag(help: "The backup was made by other means and lies there already: only note it.") var made = false

    func run() throws {
        let place = try site.place()
        if made { return try note(place) }
        guard case .sqlite(let path) = place else {
            throw Complaint(
                "\(try place.name()) is backed up with pg_dump or pg_basebackup (Documentation/deployment.md; then note it "
                    + "with --made)")
        }
        guard URL(fileURLWithPath: path).path != URL(fileURLWithPath: file).path else {
            throw Complaint("\(file) is the store itself (name another file, on another disk)")
        }
        let store = try SitePlace.telling { try SQLiteStore(path: path, creating: false) }
        let at = SystemClock().now().wall
        Partial.removeAbandoned(of: file)
        let (draft, descriptor) = try Partial.file(of: file)
        defer {
            close(descriptor)
            unlink(draft)
        }
        try SitePlace.telling { try store.backUp(to: draft) }
        let ledger = try verified(draft)
        guard fsync(descriptor) == 0 else { throw Complaint.unwritable(file, errno) }
        try Partial.publish(draft, as: file)
        CareNotes.keep(\.backup, file, at: at, of: place)
        Output.line(
            "\(file): \(ledger.size) entries, root \(Hexadecimal.string(ledger.root)); the key \(try site.keyPath()) is not in it"
        )
    }

    /// Verifies the copy, as a site of its own.
    private func verified(_ path: String) throws -> LedgerVerification {
        let desk = Desk(store: try SitePlace.sqlite(path: path).open(creating: false))
        let (ledger, problem) = try desk.verifyWhole()
        guard let problem else { return ledger }
        throw Complaint("the site does NOT verify, and no backup was written: \(problem)", code: 1)
    }

    private func note(_ place: SitePlace) throws {
        guard let facts = try? FileManager.default.attributesOfItem(atPath: file),
            let date = facts[.modificationDate] as? Date
        else { throw Complaint("there is no \(file) (name the backup that was made)") }
        let at = Timestamp(milliseconds: Int64(date.timeIntervalSince1970 * 1000))
        CareNotes.keep(\.backup, file, at: at, of: place)
        Output.line("noted: \(file), made \(at.rfc3339)")
    }
}
