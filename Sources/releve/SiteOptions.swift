import ArgumentParser
import Desk
import Foundation
import Moderation
import SQLiteStore
import Store

/// Where the site is and who acts: the same for every command.
struct SiteOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The store: sqlite:PATH (default: $RELEVE_STORE, else a file in your data folder).",
            valueName: "store"))
    var store: String?

    @Option(name: .customLong("as"), help: "Act as somebody else; in a demo site only.")
    var actingAs: String?

    /// The file of the SQLite store.
    func path() throws -> String {
        let name = store ?? Settings.variable("RELEVE_STORE") ?? "sqlite:\(Settings.dataFolder)/site.sqlite"
        if name.hasPrefix("sqlite:") {
            let path = String(name.dropFirst("sqlite:".count))
            guard !path.isEmpty else { throw Complaint("the store \"sqlite:\" names no file (sqlite:PATH)") }
            return path
        }
        if name.hasPrefix("postgres:") || name.hasPrefix("postgresql:") {
            throw Complaint("this build keeps sites in SQLite only (use --store sqlite:PATH)")
        }
        throw Complaint("unknown store \(name.debugDescription) (use --store sqlite:PATH)")
    }

    /// The desk over an existing store.
    func desk() throws -> Desk {
        let path = try path()
        let store: SQLiteStore
        do { store = try SQLiteStore(path: path, creating: false) } catch { throw DeskError(error) }
        return Desk(
            store: store, cacheDirectory: Settings.cacheFolder, signer: try? KeyFile.read(for: path))
    }

    /// The desk, and who acts.
    func signIn() throws -> (Desk, Person) {
        let desk = try desk()
        return (desk, try desk.signIn(user: try Settings.user(), actingAs: actingAs))
    }
}
