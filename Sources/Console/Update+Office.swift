import Exposure
import Moderation
import TerminalKit

/// The lead's and the auditor's screens.
extension ConsoleState {
    mutating func performInTeam(_ command: Command) -> [Effect] {
        switch command {
        case .lowerLimits: overlay = .lowerWhich(selected: 0)
        case .refresh: return [.brief, .readTeam, .readDisputes, .readDispatch]
        default: break
        }
        return []
    }

    /// The limits a lead lowers here; those with few words for them are left to the command line.
    static let lowerable: [LimitField] = [
        .daily, .weekly, .continuous, .breakLength, .shiftLength, .runOfSevere, .autoCover,
    ]

    mutating func acceptLowering(_ overlay: Overlay) -> [Effect] {
        switch overlay {
        case .lowerWhich(let selected):
            guard Self.lowerable.indices.contains(selected) else { return [] }
            self.overlay = .lowerFigure(Self.lowerable[selected], InputLine())
        case .lowerFigure(let field, let line): return tryFigure(line.text, field)
        case .lowerConfirm(let plan, let line): return confirm(plan, typed: line.text)
        default: break
        }
        return []
    }

    private mutating func tryFigure(_ text: String, _ field: LimitField) -> [Effect] {
        let digits = text.filter(\.isNumber)
        guard let shown = Int64(digits), shown < 1_000_000 else {
            news = News(text: words.numberWanted, role: .warning)
            return []
        }
        let old = limits[field]
        let new = shown * field.unit
        var changed = limits
        changed[field] = new
        let change = LimitChange(field: field, old: old, new: new)
        guard change.tightens else {
            news = News(text: change.loosens ? words.loosening : words.sameFigure, role: .warning)
            return []
        }
        return [.tryLimits(LowerPlan(field: field, limits: changed, old: old, before: 0, after: 0))]
    }

    private mutating func confirm(_ plan: LowerPlan, typed: String) -> [Effect] {
        guard typed == words.lowerWord else {
            news = News(text: words.typeTheWord, role: .warning)
            return []
        }
        overlay = nil
        return [.lower(plan.limits), .brief, .readTeam]
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
