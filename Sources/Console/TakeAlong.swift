import Desk
import Exposure
import Foundation
import Glibc
import Ledger
import Moderation
import Store
import TerminalKit

// What a person takes with them, hands over and is paid: theirs alone.

extension ConsoleState {
    /// Asks for the record as a file of the person's own.
    mutating func takeAlong() -> [Effect] {
        news = News(text: words.takingAlong, role: .muted)
        return [.takeAlong]
    }
}

extension StartScreen {
    /// What today's work amounts to, next to the floor; nothing where the site says nothing of pay.
    func payLines(_ briefing: Briefing) -> [Line] { OwnPayLines(state: state).lines(briefing.pay) }
}

extension RecordScreen {
    /// The same on the person's own page.
    func pay(_ pay: OwnPay?) -> [Line] {
        let lines = OwnPayLines(state: state).lines(pay)
        return lines.isEmpty ? [] : lines + [.blank]
    }

    /// To whom the record was handed, and when it was opened.
    func handovers(_ record: OwnRecord) -> [Line] {
        let words = state.words
        let key = state.keymap.label(.handOver, state.language)
        let hint = Line(
            words.handOverHint(key, back: state.keymap.label(.takeBack, state.language)), .muted)
        guard !record.handovers.isEmpty else {
            return state.welfare.physicians.isEmpty ? [] : [hint, .blank]
        }
        func time(_ moment: Timestamp) -> String {
            words.moment(moment, now: state.now.wall, offset: state.utcOffset)
        }
        return [Line(words.handoversTitle, .title)]
            + record.handovers.map { row in
                let state =
                    row.handover.revokedAt.map { words.takenBackAt(time($0)) }
                    ?? words.opened(row.openedAt.count, last: row.openedAt.first.map(time))
                return Line(
                    SafeText("\(row.physician) · \(time(row.handover.at)) · \(state) · \(row.handover.id)"))
            } + [hint, .blank]
    }
}

/// Lines about pay, for the screens on which a person is alone with themselves.
struct OwnPayLines {
    let state: ConsoleState

    func lines(_ pay: OwnPay?) -> [Line] {
        guard let pay else { return [] }
        let words = PayWords(language: state.language.rawValue).lines(pay)
        return words.enumerated().map { place, text in
            Line(
                SafeText(text),
                place + 1 == words.count ? .muted : pay.figure.isBelowFloor == true ? .warning : .text)
        }
    }
}

extension LiveDesk {
    func takeAlong() throws(Fault) -> String {
        let file = try call { () throws(DeskError) in try desk.ownRecord(of: person) }
        let day = UTCDay(of: file.record.madeAt).text
        let home = ProcessInfo.processInfo.environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? "."
        let path = "\(home)/releve-record-\(day).json"
        // Nobody else is to read it, not even between its making and its name.
        let draft = "\(path).\(UUID().uuidString)"
        let isMade = FileManager.default.createFile(
            atPath: draft, contents: Data(file.bytes), attributes: [.posixPermissions: 0o600])
        guard isMade, rename(draft, path) == 0 else {
            try? FileManager.default.removeItem(atPath: draft)
            throw Fault(
                english: "can't write \(path) (try: releve exposure export --out FILE)",
                french: "impossible d'écrire \(path) (essayez : releve exposure export --out FICHIER)")
        }
        return path
    }
}

extension Messages {
    // MARK: Taking along

    var takingAlong: String { say("Making your record…", "Votre relevé se prépare…") }
    func tookAlong(_ path: String) -> String {
        say(
            "Your record is in \(path), signed; only you were given it.",
            "Votre relevé est dans \(path), signé ; vous seul·e l'avez reçu.")
    }
    func settledShifts(_ count: Int) -> SafeText {
        SafeText(
            say(
                "\(count) earlier shifts are left out: daily totals stand in the place of their single looks.",
                "\(count) services antérieurs sont laissés de côté : des totaux par jour remplacent leur détail."
            ))
    }
    var handoversTitle: String { say("Handed to a physician", "Remis à un médecin") }
    func takenBackAt(_ time: String) -> String { say("taken back \(time)", "repris \(time)") }
    func opened(_ count: Int, last: String?) -> String {
        guard let last else { return say("not opened yet", "pas encore ouvert") }
        return say(
            "opened \(count == 1 ? "once" : "\(count) times"), last \(last)",
            "ouvert \(count) fois, en dernier \(last)")
    }
}
