import Exposure
import Moderation
import TerminalKit

/// The lead's and the auditor's screens.
extension ConsoleState {
    mutating func performInTeam(_ command: Command) -> [Effect] {
        switch command {
        case .lowerLimits: overlay = .lead(.which(lowering: true, selected: 0))
        case .refresh: return [.brief, .readTeam, .readDisputes, .readDispatch]
        default: break
        }
        return []
    }

    mutating func performInLedger(_ command: Command) -> [Effect] {
        switch command {
        case .verify:
            ledger.finding = nil
            ledger.checked = 0
            return [.verifyLedger]
        case .filter: overlay = .filter(InputLine(ledger.filter))
        case .search: overlay = .search(InputLine(ledger.search))
        case .nextMatch: jump(forwards: true)
        case .previousMatch: jump(forwards: false)
        case .refresh: return [.brief, .readLedger]
        default: break
        }
        return []
    }

    mutating func filterLedger(_ text: String) {
        overlay = nil
        ledger.filter = text
        ledger.selected = max(0, ledger.shown.count - 1)
    }

    mutating func search(for text: String) {
        overlay = nil
        ledger.search = text
        jump(forwards: true)
    }

    private mutating func jump(forwards: Bool) {
        let shown = ledger.shown
        guard !ledger.search.isEmpty, !shown.isEmpty else { return }
        let count = shown.count
        for step in 1...count {
            let place = (ledger.selected + (forwards ? step : count - step)) % count
            if shown[place].contains(ledger.search) {
                ledger.selected = place
                return
            }
        }
        news = News(text: words.notFound, role: .muted)
    }
}

extension LimitField {
    /// How much one of the figures people type is worth: a minute, a second or one.
    var unit: Int64 {
        switch self {
        case .continuous, .breakLength, .shiftLength, .rest, .longBreak, .longBreakBefore, .shiftHard,
            .lastHour:
            60_000
        case .autoCover, .beat, .finishInHand, .floor: 1000
        default: 1
        }
    }
}
