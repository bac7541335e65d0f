import ArgumentParser
import Desk
import Moderation
import Store

extension RosterCommand {
    /// `releve roster logins`: what the server lets people do follows from the roster.
    struct Logins: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Give the logins of a PostgreSQL server what the roster says; for the database's owner.",
            discussion: """
                Everybody on the roster logs in under the name of their user. Their login is put into the groups of \
                their roles and taken out of others, and may connect to this database; the groups are made anew where \
                something is missing. Where you may not, the SQL for an administrator is printed.
                """)
        @OptionGroup var site: SiteOptions
        @Flag(help: "Make logins that are missing; how they prove themselves is the server's to say.")
        var create = false
        @Option(help: "A login of a program that takes posts in; may be repeated.") var gateway: [String] = []

        func run() throws {
            let store = try site.place().open(creating: false)
            guard let keeper = store as? any LoginKeeping else {
                throw Complaint("a site in a file has no logins (only one on a PostgreSQL server has)")
            }
            do { _ = try keeper.makeGroups() } catch { throw DeskError(error) }
            try Self.settle(
                Desk(store: store, cacheDirectory: Settings.cacheFolder), keeper, gateways: gateway,
                creating: create)
        }

        /// Settles all logins and says what became of each; SQL that somebody else must run goes below.
        static func settle(
            _ desk: Desk, _ keeper: any LoginKeeping, gateways: [String], creating: Bool
        ) throws {
            let settled: [SettledLogin]
            let people = try desk.people()
            do {
                settled = try keeper.settleLogins(of: people, gateways: gateways, creating: creating)
            } catch { throw DeskError(error) }
            for login in settled {
                let name = login.name
                switch login.groups {
                case nil: Output.line("\(name): no such login on the server")
                case let groups? where groups.isEmpty: Output.line("\(name): may do nothing here")
                case let groups?: Output.line("\(name): \(groups.joined(separator: ", "))")
                }
            }
            let toRun = settled.flatMap(\.toRun)
            guard !toRun.isEmpty else { return }
            Output.line("to be run by an administrator of the server:")
            for statement in toRun { Output.line("  \(statement);") }
        }
    }
}
