import Desk
import Exposure
import Moderation
import Store
import TerminalKit

/// The auditor's desk as it is shown.
struct AuditView: Hashable, Sendable {
    /// The query of the list.
    var filter = ""
    /// Decisions or a sample; `nil` before the first are read.
    var list: AuditList?
    var selected = 0
    /// The decision opened.
    var card: AuditCard?
    /// The words of its post; `nil` while it is covered, so that there is nothing to leak.
    var words: Words?
    /// How many display lines of a severe or extreme post are uncovered.
    var revealed = 0
    /// The first line shown of a case that is longer than the screen.
    var top = 0
    var samples: [SampleRow]?
    var openings: [OpeningRow]?
    var figures: AuditFigures?
    var oversight: Oversight?
    var checks: AuditChecks?

    var row: AuditRow? {
        guard let list, list.rows.indices.contains(selected) else { return nil }
        return list.rows[selected]
    }

    /// How many lines of the words can be seen.
    var shownLineCount: Int {
        guard let words, let card else { return 0 }
        return card.facts.isByLine ? min(revealed, words.lines.count) : words.lines.count
    }
}

/// The auditor's desk.
extension ConsoleState {
    mutating func performInAudit(_ command: Command) -> [Effect] {
        switch command {
        case .openCase: return audit.row.map { [.audit(.open($0.id))] } ?? []
        case .filter: overlay = .filter(InputLine(audit.filter))
        case .figures: return [.audit(.figures(audit.list?.sample?.id))]
        case .refresh: return readAuditList()
        default: break
        }
        return []
    }

    /// Reads the list anew: the sample's if one is open.
    func readAuditList(more: Bool = false) -> [Effect] {
        if let sample = audit.list?.sample { return [.audit(.sample(sample.id, more: more))] }
        return [.audit(.list(audit.filter, more: more))]
    }

    mutating func filterAudit(_ text: String) -> [Effect] {
        overlay = nil
        audit.filter = text
        audit.list = nil
        return readAuditList()
    }

    /// Leaves a sample, and goes to the list of all decisions.
    mutating func showAudit() -> [Effect] {
        audit.list = nil
        audit.selected = 0
        return show(.audit) + readAuditList()
    }

    mutating func performInAuditCase(_ command: Command) -> [Effect] {
        guard let card = audit.card else { return [] }
        switch command {
        case .auditUncover:
            return isUncovered ? cover(.covered, saying: nil) : [.audit(.uncover(card.row.id))]
        case .auditLine:
            guard isUncovered else { return [.audit(.uncover(card.row.id))] }
            audit.revealed = min(audit.revealed + 1, audit.words?.lines.count ?? 0)
        case .agree:
            return [.audit(.mark(card.row.id, .agree, reason: "", audit.list?.sample?.id))]
        case .disagree: overlay = .auditReason(.disagree, InputLine())
        case .unclear: overlay = .auditReason(.unclear, InputLine())
        case .judge:
            guard card.isHidden else {
                news = News(text: words.judgedAlready, role: .muted)
                return []
            }
            overlay = .judge(selected: 0)
        case .askName:
            guard card.row.outcome?.person != nil else {
                news = News(text: words.nobodyToOpen, role: .muted)
                return []
            }
            overlay = .askName(InputLine())
        case .nextCase: return goToCase(by: 1)
        case .previousCase: return goToCase(by: -1)
        default: break
        }
        return []
    }

    private mutating func goToCase(by step: Int) -> [Effect] {
        let place = audit.selected + step
        guard let list = audit.list, list.rows.indices.contains(place) else {
            news = News(text: words.noFurtherCase, role: .muted)
            return []
        }
        audit.selected = place
        return cover(.covered, saying: nil) + [.audit(.open(list.rows[place].id))]
    }

    mutating func performInSamples(_ command: Command) -> [Effect] {
        switch command {
        case .openCase:
            guard let samples = audit.samples, samples.indices.contains(selected) else { return [] }
            return [.audit(.sample(samples[selected].id, more: false))]
        case .drawSample: overlay = .drawSample(InputLine())
        case .figures:
            guard let samples = audit.samples, samples.indices.contains(selected) else {
                return [.audit(.figures(nil))]
            }
            return [.audit(.figures(samples[selected].id))]
        case .refresh: return [.audit(.readSamples)]
        default: break
        }
        return []
    }

    mutating func performInOpenings(_ command: Command) -> [Effect] {
        guard command != .refresh else { return [.audit(.readOpenings)] }
        guard let rows = audit.openings, rows.indices.contains(selected) else { return [] }
        switch command {
        case .approve: return [.audit(.answer(rows[selected].id, approving: true))]
        case .refuse: return [.audit(.answer(rows[selected].id, approving: false))]
        case .seeName: return [.audit(.name(rows[selected].id))]
        default: return []
        }
    }

    // MARK: Overlays

    /// What one would have done: every action, and for those that limit somebody the policies that allow it.
    var judgements: [Judgement] {
        guard let card = audit.card else { return [] }
        let policies = card.facts.policies
        return [Judgement(action: .keep)]
            + Action.allCases.filter(\.isRestrictive).flatMap { action in
                policies.filter { $0.actions.contains(action) }.map {
                    Judgement(action: action, policy: $0.id)
                }
            }
    }

    mutating func acceptAudit(_ overlay: Overlay) -> [Effect] {
        switch overlay {
        case .auditReason(let verdict, let line):
            guard let card = audit.card else { return [] }
            guard !line.text.isEmpty else {
                news = News(text: words.reasonWanted, role: .warning)
                return []
            }
            self.overlay = nil
            return [.audit(.mark(card.row.id, verdict, reason: line.text, audit.list?.sample?.id))]
        case .judge(let selected):
            self.overlay = nil
            guard let card = audit.card, judgements.indices.contains(selected) else { return [] }
            return [.audit(.judge(card.row.id, judgements[selected]))]
        case .askName(let line):
            guard let person = audit.card?.row.outcome?.person else { return [] }
            guard !line.text.isEmpty else {
                news = News(text: words.reasonWanted, role: .warning)
                return []
            }
            self.overlay = nil
            return [.audit(.ask(person, reason: line.text))]
        case .drawSample(let line):
            guard let size = Int(line.text.filter(\.isNumber)), (1...Desk.largestSample).contains(size) else {
                news = News(text: words.numberWanted, role: .warning)
                return []
            }
            self.overlay = nil
            return [.audit(.draw(size: size, filter: audit.filter))]
        default: return []
        }
    }

    // MARK: Answers

    mutating func take(_ answer: AuditAnswer) -> [Effect] {
        switch answer {
        case .list(let list, let more): take(list, more: more)
        case .card(let card): take(card)
        case .marked(let card):
            take(card)
            if let verdict = card.row.verdict { news = News(text: words.marked(verdict), role: .good) }
        case .uncovered(let id, let outcome): return take(outcome, of: id)
        case .samples(let rows): audit.samples = rows
        case .drawn(let row):
            news = News(text: words.sampleDrawn(row), role: .good)
            return [.audit(.readSamples)]
        case .figures(let figures):
            audit.figures = figures
            overlay = .figures(first: 0)
        case .asked(let id): news = News(text: words.openingAsked(id), role: .good)
        case .openings(let rows): audit.openings = rows
        case .oversight(let page): audit.oversight = page
        case .checks(let checks):
            audit.checks = checks
            overlay = .checks(first: 0)
        case .name(let name, let id):
            news = News(text: words.nameShown(name, id), role: .accent)
            return [.audit(.readOpenings)]
        }
        return []
    }

    private mutating func take(_ list: AuditList, more: Bool) {
        if more, let known = audit.list {
            audit.list = list
            audit.list?.rows = known.rows + list.rows
            audit.list?.withheld = known.withheld + list.withheld
        } else {
            audit.list = list
            audit.selected = 0
        }
        if screen == .samples, list.sample != nil { _ = show(.audit) }
    }

    private mutating func take(_ card: AuditCard) {
        let isSame = audit.card?.row.id == card.row.id
        audit.card = card
        if !isSame { audit.top = 0 }
        if let place = audit.list?.rows.firstIndex(where: { $0.id == card.row.id }) {
            audit.list?.rows[place] = card.row
        }
        if screen != .auditCase { _ = show(.auditCase) }
    }

    private mutating func take(_ outcome: UncoverAnswer, of id: DecisionID) -> [Effect] {
        switch outcome {
        case .uncovered(let shown):
            guard audit.card?.row.id == id, screen == .auditCase, !isTooSmall else {
                return [.cover(.covered)]
            }
            audit.words = shown
            audit.revealed = 1
            layOutAudit()
            lastBeatAt = now.monotonic
            lastKeyAt = now.monotonic
            return [.readStanding]
        case .refused(let refusal, let new):
            standing = new
            news = News(text: words.refusal(refusal, offset: utcOffset), role: .warning)
            return []
        }
    }

    /// Lays the uncovered words of an audited post out for the size of the screen.
    mutating func layOutAudit() {
        guard let shown = audit.words, let card = audit.card else { return }
        let picture = ContentPicture(
            content: shown.content, findings: card.facts.evaluation.findings, words: words,
            width: max(1, size.columns - 4))
        audit.words?.lines = picture.lines(withThread: true)
    }
}
