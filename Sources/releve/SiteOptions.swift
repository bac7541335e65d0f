import ArgumentParser
import Desk
import Moderation
import Store

/// Where the site is and who acts: the same for every command.
struct SiteOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The store: sqlite:PATH or postgres://… (default: $RELEVE_STORE, else a file in your data folder).",
            valueName: "store"))
    var store: String?

    @Option(name: .customLong("as"), help: "Act as somebody else; in a demo site only.")
    var actingAs: String?

    @Option(
        name: .customLong("key-file"),
        help: ArgumentHelp(
            "The site's signing key (default: $RELEVE_KEY, else beside a SQLite file, or in your config folder).",
            valueName: "file"))
    var keyFile: String?

    /// Where the site is kept.
    func place() throws -> SitePlace {
        try SitePlace(
            store ?? Settings.variable("RELEVE_STORE") ?? "sqlite:\(Settings.dataFolder)/site.sqlite")
    }

    /// The file of the site's signing key.
    func keyPath() throws -> String { try keyFile ?? Settings.variable("RELEVE_KEY") ?? place().keyPath() }

    /// The desk over an existing store.
    func desk() throws -> Desk {
        Desk(
            store: try place().open(creating: false), cacheDirectory: Settings.cacheFolder,
            signer: try? KeyFile.read(at: keyPath()))
    }

    /// The desk, and who acts: on a server who logged in there, elsewhere the OS user.
    func signIn() throws -> (Desk, Person) {
        let desk = try desk()
        guard let caller = try desk.caller() else {
            return (desk, try desk.signIn(user: try Settings.user(), actingAs: actingAs))
        }
        try refuseActing(as: caller)
        return (desk, try desk.signIn(user: caller.account))
    }

    /// The desk for taking posts in, which a program does that is nobody on the roster.
    func gateway() throws -> Desk {
        let desk = try desk()
        guard let caller = try desk.caller() else {
            _ = try desk.signIn(user: try Settings.user(), actingAs: actingAs)
            return desk
        }
        try refuseActing(as: caller)
        guard caller.isGateway else {
            throw Complaint(
                "the login \(caller.account) takes no posts in (releve roster logins --gateway, by the database's owner)"
            )
        }
        return desk
    }

    private func refuseActing(as caller: StoreCaller) throws {
        guard let actingAs, actingAs != caller.account else { return }
        throw Complaint(
            "--as: on a server you are who you logged in as, which is \(caller.account); log in as "
                + "\(actingAs) to act as them (postgres://USER@…)")
    }
}
