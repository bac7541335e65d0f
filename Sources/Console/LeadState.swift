import Desk
import Exposure
import Moderation
import Store
import TerminalKit

/// What the lead's screens show, and what the person is asked about limits.
struct LeadView: Hashable, Sendable {
    var limits: LimitsPage?
    var backlog: BacklogPage?
    var roster: [RosterRow]?
    /// What the person at this console is to see or to consent to.
    var asked: [Asked] = []
}

/// What lies over the lead's screens, and the one with which anybody answers what they are asked.
enum LeadOverlay: Hashable, Sendable {
    case which(lowering: Bool, selected: Int)
    case figure(LimitField, lowering: Bool, InputLine)
    case reason(LimitsPlan, InputLine)
    case confirm(LimitsPlan, InputLine)
    case overrideWho(selected: Int)
    case overrideWhich(PersonID, selected: Int)
    case overrideFigure(PersonID, LimitField, InputLine)
    case overrideReason(PersonID, LimitField, Int64, InputLine)
    case asked(selected: Int)
    case addPerson(InputLine)
    case roles(PersonID, selected: Int)
    case languages(PersonID, InputLine)
    case active(PersonID, selected: Int)

    var context: Context { line == nil ? .choosing : .writing }

    /// The line it writes, if it does.
    var line: InputLine? {
        switch self {
        case .figure(_, _, let line), .reason(_, let line), .confirm(_, let line),
            .overrideFigure(_, _, let line), .overrideReason(_, _, _, let line), .addPerson(let line),
            .languages(_, let line):
            line
        case .which, .overrideWho, .overrideWhich, .asked, .roles, .active: nil
        }
    }

    /// The selected choice, if it has some.
    var selected: Int {
        switch self {
        case .which(_, let place), .overrideWho(let place), .overrideWhich(_, let place), .asked(let place),
            .roles(_, let place), .active(_, let place):
            place
        default: 0
        }
    }

    func selecting(_ place: Int) -> LeadOverlay {
        switch self {
        case .which(let lowering, _): .which(lowering: lowering, selected: place)
        case .overrideWho: .overrideWho(selected: place)
        case .overrideWhich(let person, _): .overrideWhich(person, selected: place)
        case .asked: .asked(selected: place)
        case .roles(let person, _): .roles(person, selected: place)
        case .active(let person, _): .active(person, selected: place)
        default: self
        }
    }

    func writing(_ line: InputLine) -> LeadOverlay {
        switch self {
        case .figure(let field, let lowering, _): .figure(field, lowering: lowering, line)
        case .reason(let plan, _): .reason(plan, line)
        case .confirm(let plan, _): .confirm(plan, line)
        case .overrideFigure(let person, let field, _): .overrideFigure(person, field, line)
        case .overrideReason(let person, let field, let figure, _):
            .overrideReason(person, field, figure, line)
        case .addPerson: .addPerson(line)
        case .languages(let person, _): .languages(person, line)
        default: self
        }
    }
}

extension ConsoleState {
    /// The limits in force for the site, which the person's own may differ from.
    var siteLimits: Limits { lead.limits?.inForce ?? briefing?.siteLimits ?? limits }

    /// The limits a lead lowers in a few keys; those with few words for them are among the proposals' list.
    static let lowerable: [LimitField] = [
        .daily, .weekly, .continuous, .breakLength, .shiftLength, .runOfSevere, .autoCover,
    ]

    /// All limits, those first that people know by name.
    static let changeable: [LimitField] = lowerable + LimitField.allCases.filter { !lowerable.contains($0) }

    /// What can be loosened for one person, in the same order.
    static let grantable: [LimitField] = changeable.filter(LimitField.grantable.contains)

    /// Everybody for whom an override can be asked: not oneself.
    var overridable: [RosterRow] { (lead.roster ?? []).filter { $0.isActive && $0.id != person.id } }

    func colleague(_ id: PersonID) -> RosterRow? { lead.roster?.first { $0.id == id } }

    /// The choices of a list.
    func choices(_ overlay: LeadOverlay) -> [String] {
        switch overlay {
        case .which(let lowering, _):
            (lowering ? Self.lowerable : Self.changeable).map(figureInForce)
        case .overrideWho: overridable.map(\.name)
        case .overrideWhich:
            Self.grantable.map(figureInForce)
        case .asked:
            switch lead.asked.first {
            case .seen?: words.seenChoices
            case .override(let card)?: card.state == .inForce ? words.inForceChoices : words.overrideChoices
            case nil: []
            }
        case .roles(let id, _):
            Moderation.Role.allCases.map { role in
                (colleague(id)?.roles.contains(role) == true ? "[x] " : "[ ] ") + words.role(role)
            }
        case .active(let id, _): words.activeChoices(colleague(id)?.isActive ?? true)
        default: []
        }
    }

    /// A limit and what it is.
    func figureInForce(_ field: LimitField) -> String {
        "\(words.field(field)): \(siteLimits[field] / field.unit)"
    }

    // MARK: Screens

    mutating func openLimits() -> [Effect] { show(.limits) + [.lead(.readLimits), .lead(.readRoster)] }

    mutating func performInLimits(_ command: Command) -> [Effect] {
        switch command {
        case .lowerLimits: overlay = .lead(.which(lowering: true, selected: 0))
        case .proposeLimits: overlay = .lead(.which(lowering: false, selected: 0))
        case .askOverride:
            if overridable.isEmpty { news = News(text: words.nobodyElse, role: .muted); return [] }
            overlay = .lead(.overrideWho(selected: 0))
        case .approve: return answerSelected(approving: true)
        case .refuse: return answerSelected(approving: false)
        case .withdraw:
            guard case .proposal(let card)? = selectedLimitsRow else { return nothingToAnswer() }
            return [.lead(.withdraw(card.proposal.id))]
        case .refresh: return [.brief, .lead(.readLimits)]
        default: break
        }
        return []
    }

    var selectedLimitsRow: LimitsPage.Row? {
        guard let rows = lead.limits?.rows, rows.indices.contains(selected) else { return nil }
        return rows[selected]
    }

    private mutating func answerSelected(approving: Bool) -> [Effect] {
        switch selectedLimitsRow {
        case .proposal(let card)? where card.state == .open:
            return [.lead(.answer(card.proposal.id, approving: approving))]
        case .override(let card)? where card.state == .asked:
            return [.lead(.countersign(card.leave.id, approving: approving))]
        default: return nothingToAnswer()
        }
    }

    private mutating func nothingToAnswer() -> [Effect] {
        news = News(text: words.nothingToAnswer, role: .muted)
        return []
    }

    mutating func performInRoster(_ command: Command) -> [Effect] {
        if command == .refresh { return [.brief, .lead(.readRoster)] }
        if command == .addPerson {
            overlay = .lead(.addPerson(InputLine()))
            return []
        }
        guard let rows = lead.roster, rows.indices.contains(selected) else { return [] }
        let row = rows[selected]
        switch command {
        case .changeRoles: overlay = .lead(.roles(row.id, selected: 0))
        case .changeLanguages:
            overlay = .lead(.languages(row.id, InputLine(row.languages.joined(separator: " "))))
        case .changeActive: overlay = .lead(.active(row.id, selected: 0))
        default: break
        }
        return []
    }

    /// Shows what the person is asked; one after the other.
    mutating func answerAsked() -> [Effect] {
        guard !lead.asked.isEmpty else {
            news = News(text: words.nothingAsked, role: .muted)
            return [.lead(.readAsked)]
        }
        let effects = cover(.covered, saying: nil)
        overlay = .lead(.asked(selected: 0))
        return effects
    }

    // MARK: Answers

    mutating func take(_ answer: LeadAnswer) -> [Effect] {
        switch answer {
        case .limits(let page): lead.limits = page
        case .backlog(let page): lead.backlog = page
        case .roster(let rows): lead.roster = rows
        case .asked(let asked): lead.asked = asked
        case .tried(let plan): overlay = .lead(.confirm(plan, InputLine()))
        case .lowered:
            news = News(text: words.limitsLowered, role: .good)
            return screen == .limits ? [.lead(.readLimits)] : []
        case .proposed(let id):
            news = News(text: words.proposed(id), role: .good)
            return [.lead(.readLimits)]
        case .answered(let page):
            lead.limits = page
            news = News(text: words.answerKept, role: .good)
            return [.brief]
        case .overrideAsked(let page):
            lead.limits = page
            news = News(text: words.overrideAsked, role: .good)
        case .acknowledged(let refusing, let asked):
            lead.asked = asked
            news = News(text: refusing ? words.refusedQuietly : words.acknowledged, role: .good)
            return [.readStanding]
        case .consented(let asked):
            lead.asked = asked
            news = News(text: words.consented, role: .good)
            return [.readStanding]
        case .declined(let asked):
            lead.asked = asked
            news = News(text: words.declined, role: .good)
            return [.readStanding]
        case .rosterChanged(let rows):
            lead.roster = rows
            news = News(text: words.rosterKept, role: .good)
        }
        return []
    }
}

extension ConsoleState {
    /// Whether the selected line of limits waits for a lead's answer, and this lead may give it.
    var waitsForAnswer: Bool {
        switch selectedLimitsRow {
        case .proposal(let card)?: card.state == .open && !card.isOwn
        case .override(let card)?: card.isToSign
        default: false
        }
    }

    /// What stands above what is chosen or written.
    func text(over overlay: LeadOverlay) -> [String] {
        switch overlay {
        case .figure(let field, _, _): [words.lowerFigure(words.field(field), siteLimits[field] / field.unit)]
        case .reason(let plan, _): [change(plan), words.proposeReason]
        case .confirm(let plan, _):
            [change(plan)] + (plan.trial.map(words.trial) ?? [])
                + (plan.reason == nil
                    ? [words.lowerWarning, words.lowerType] : [words.proposeWarning, words.proposeType])
        case .overrideWho, .overrideWhich: [words.overrideText]
        case .overrideFigure(let id, let field, _):
            [words.overrideFigure(colleague(id)?.name ?? "", field, siteLimits[field] / field.unit)]
        case .overrideReason: [words.overrideReason]
        case .asked: lead.asked.first.map(words.askedText) ?? []
        case .addPerson: [words.addPersonText]
        case .languages: [words.languagesText]
        case .roles(let id, _), .active(let id, _): [colleague(id)?.name ?? ""]
        case .which: []
        }
    }

    private func change(_ plan: LimitsPlan) -> String {
        words.dryRun(
            words.field(plan.field), plan.old / plan.field.unit, plan.limits[plan.field] / plan.field.unit)
    }
}
