import ArgumentParser
import Desk
import Glibc

/// The command `releve`.
@main
struct Releve: ParsableCommand {
    /// The version of the program.
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "releve",
        abstract:
            "A terminal console for content moderation that measures exposure and keeps a provable record.",
        discussion: """
            Without a command it opens the console for who you are. RELEVE_STORE names the store everywhere.
            Exit codes: 0 all is well, 1 a check failed or a limit said no, 2 bad usage or input.
            """,
        version: "releve \(version)",
        subcommands: [
            ConsoleCommand.self, InitCommand.self, IntakeCommand.self, QueueCommand.self, DecideCommand.self,
            EraseCommand.self,
            PolicyCommand.self, ShiftCommand.self, ExposureCommand.self, LimitsCommand.self,
            RosterCommand.self, OwnCommand.self, CheckInCommand.self, SupportCommand.self,
            LedgerCommand.self, ReplayCommand.self, AuditCommand.self, ExportCommand.self,
            PathsCommand.self, ConditionsCommand.self, StoreCommand.self, DoctorCommand.self,
        ],
        defaultSubcommand: ConsoleCommand.self)

    static func main() {
        // A reader that goes away (`releve queue list | head`) ends us quietly.
        signal(SIGPIPE, SIG_DFL)
        do {
            try refuseUnknownCommand(Array(CommandLine.arguments.dropFirst()))
            var command = try parseAsRoot()
            try command.run()
        } catch {
            leave(with: error)
        }
    }

    /// A word that is no command is said to be none, before the default command complains of an argument.
    private static func refuseUnknownCommand(_ words: [String]) throws {
        var command: any ParsableCommand.Type = Releve.self
        for word in words {
            let known = command.configuration.subcommands
            guard !known.isEmpty, !word.hasPrefix("-"), word != "help" else { return }
            guard let next = known.first(where: { $0._commandName == word }) else {
                let names = known.map { $0._commandName }.joined(separator: ", ")
                throw Complaint("there is no command \(word.debugDescription) (one of \(names))")
            }
            command = next
        }
    }

    /// Says what went wrong on stderr, in one form, with the documented exit code.
    private static func leave(with error: any Error) -> Never {
        switch error {
        case let error as DeskError:
            Output.complain(error.message(in: Settings.language))
            Glibc.exit(error.isLimit ? 1 : 2)
        case let error as Complaint:
            Output.complain(error.message)
            Glibc.exit(error.code)
        default:
            let code = exitCode(for: error)
            if code == .success { exit(withError: error) }
            let text = fullMessage(for: error)
            if !text.isEmpty { Output.writeError(text + "\n") }
            Glibc.exit(code == .failure ? 1 : code == .validationFailure ? 2 : code.rawValue)
        }
    }
}

/// An error for people, with the exit code it asks for.
struct Complaint: Error {
    let message: String
    let code: Int32

    init(_ message: String, code: Int32 = 2) {
        self.message = message
        self.code = code
    }
}

extension DeskError {
    /// Whether it is a check that failed rather than bad input.
    var isLimit: Bool {
        switch self {
        case .limited, .claimLost, .notAvailable, .nothingToUndo: true
        default: false
        }
    }
}
