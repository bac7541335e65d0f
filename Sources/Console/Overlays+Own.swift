import Desk
import Moderation
import Store
import TerminalKit

/// Overlays of what concerns the person alone.
extension ConsoleState {
    /// Texts to read.
    func ownLines(_ own: OwnOverlay) -> [Line] {
        switch own {
        case .support: supportLines()
        case .evidence: words.evidence.flatMap { [Line(SafeText($0)), .blank] }.dropLast()
        default: []
        }
    }

    /// Whom to turn to, each over two lines at most.
    func supportLines() -> [Line] {
        guard !own.support.isEmpty else { return [Line(words.noSupport, .muted)] }
        let contacts = own.support.flatMap { contact -> [Line] in
            let more = [
                contact.hours, contact.languages.isEmpty ? nil : contact.languages.joined(separator: ", "),
            ]
            let reach = [contact.reach] + more.compactMap(\.self)
            return [
                Line(SafeText(contact.name), .accent), Line(SafeText("  " + reach.joined(separator: " · "))),
            ]
        }
        return contacts + [.blank, Line(words.supportPrivate, .muted)]
    }

    /// The first contact, where there is room for a line only.
    func supportLine() -> Line {
        let key = keymap.label(.support, language)
        guard let first = own.support.first else { return Line(words.supportKey(key), .muted) }
        return Line(SafeText(words.supportFirst(first.name, first.reach, key)), .muted)
    }

    /// Choices of lists.
    func ownChoices(_ own: OwnOverlay) -> [String] {
        switch own {
        case .notToday: choices(.never(selected: 0))
        case .checkInBegin: words.beginChoices
        case .level: words.levels
        case .handOver: [words.cancel] + welfare.physicians.map { words.handTo($0.name, $0.user) }
        case .takeBack:
            [words.cancel]
                + lasting.map { row in
                    words.takeBackFrom(
                        row.physician, words.moment(row.handover.at, now: now.wall, offset: utcOffset))
                }
        default: []
        }
    }
}

extension OverlayPicture {
    /// The line that is written; a secret one as marks.
    func ownWriting(_ own: OwnOverlay) -> InputLine? {
        switch own {
        case .newPassphrase(let line), .passphrase(let line), .samePassphrase(let line, _):
            InputLine(String(repeating: look.lines == .ascii ? "*" : "•", count: line.text.count))
        case .checkInNote(_, let line), .deleteCheckIns(let line): line
        default: nil
        }
    }
}
