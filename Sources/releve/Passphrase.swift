import CheckIn
import Foundation
import Glibc

/// Asks for a passphrase: on a terminal without showing it, else from the next line of the input.
enum Passphrase {
    static func asked(_ prompt: String) throws -> String {
        let isTerminal = isatty(STDIN_FILENO) == 1
        var before = termios()
        if isTerminal {
            FileHandle.standardError.write(Data(prompt.utf8))
            tcgetattr(STDIN_FILENO, &before)
            var silent = before
            silent.c_lflag &= ~tcflag_t(ECHO)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        }
        defer {
            if isTerminal {
                tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
                FileHandle.standardError.write(Data("\n".utf8))
            }
        }
        guard let line = readLine() else { throw Complaint("no passphrase came") }
        return line
    }

    /// A new one, twice on a terminal.
    static func new() throws -> String {
        let first = try asked("New passphrase, at least \(CheckInBook.shortestPassphrase) characters: ")
        guard first.count >= CheckInBook.shortestPassphrase else { throw Complaint(CheckInError.tooShort) }
        if isatty(STDIN_FILENO) == 1 {
            guard try asked("The same again: ") == first else {
                throw Complaint("the two differ; nothing was changed")
            }
        }
        return first
    }
}
