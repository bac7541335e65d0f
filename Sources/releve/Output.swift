import Foundation
import Glibc
import TerminalKit

/// What a command prints: data on stdout, messages on stderr, and nothing a terminal could obey.
enum Output {
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
    static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// A line of data; controls in it become visible marks.
    static func line(_ text: String = "") { write(SafeText(text).plain + "\n", to: STDOUT_FILENO) }

    /// An object or a list as JSON with sorted keys.
    static func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var bytes = try encoder.encode(value)
        bytes.append(0x0A)
        write(escapingControls(String(decoding: bytes, as: UTF8.self)), to: STDOUT_FILENO)
    }

    /// A JSON document of one line; what a terminal could obey in its strings is escaped, which changes none of them.
    static func document(_ bytes: [UInt8]) {
        write(escapingControls(String(decoding: bytes, as: UTF8.self)), to: STDOUT_FILENO)
    }

    /// A message, such as `releve: no post 42`.
    static func complain(_ message: String) {
        write("releve: \(SafeText(message).plain)\n", to: STDERR_FILENO)
    }

    /// A message without a prefix.
    static func note(_ message: String) { write(SafeText(message).plain + "\n", to: STDERR_FILENO) }

    /// Text of our own that may hold line breaks.
    static func writeError(_ text: String) {
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            note(String(line))
        }
    }

    /// A line that is written over by the next one, on a terminal only.
    static func status(_ message: String) {
        guard isErrorTerminal else { return }
        write("\r\u{1B}[K" + SafeText(message).plain, to: STDERR_FILENO)
    }

    static func clearStatus() {
        if isErrorTerminal { write("\r\u{1B}[K", to: STDERR_FILENO) }
    }

    /// JSON leaves DEL, C1 and bidirectional controls as they are; a terminal would obey them.
    private static func escapingControls(_ json: String) -> String {
        var result = ""
        for scalar in json.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control where scalar != "\n", .format, .lineSeparator, .paragraphSeparator, .privateUse:
                for unit in String(scalar).utf16 {
                    let hex = String(unit, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
                }
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A reader that gets less than all must not think that it got all.
    private static func write(_ text: String, to descriptor: Int32) {
        let code = writeAll(Array(text.utf8), to: descriptor)
        guard code != 0, descriptor == STDOUT_FILENO else { return }
        complain("\(Complaint.unwritable("standard output", code).message); what was done before is kept")
        Glibc.exit(2)
    }
}
