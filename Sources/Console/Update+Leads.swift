import Desk
import Exposure
import Moderation
import Store
import TerminalKit

/// What is chosen and written over the lead's screens.
extension ConsoleState {
    mutating func acceptLead(_ overlay: LeadOverlay) -> [Effect] {
        switch overlay {
        case .which(let lowering, let selected):
            let fields = lowering ? Self.lowerable : Self.changeable
            guard fields.indices.contains(selected) else { return [] }
            self.overlay = .lead(.figure(fields[selected], lowering: lowering, InputLine()))
        case .figure(let field, let lowering, let line):
            return takeFigure(line.text, field, lowering: lowering)
        case .reason(var plan, let line):
            guard let reason = written(line) else { return [] }
            plan.reason = reason
            return [.lead(.tryOut(plan))]
        case .confirm(let plan, let line): return confirm(plan, typed: line.text)
        case .asked(let selected): return answerFirst(selected)
        case .overrideWho, .overrideWhich, .overrideFigure, .overrideReason: return acceptOverride(overlay)
        case .addPerson, .roles, .languages, .active: return acceptRoster(overlay)
        }
        return []
    }

    private mutating func takeFigure(_ text: String, _ field: LimitField, lowering: Bool) -> [Effect] {
        let old = siteLimits[field]
        guard let new = figure(text, field) else { return [] }
        var changed = siteLimits
        changed[field] = new
        let plan = LimitsPlan(field: field, limits: changed, old: old)
        let change = LimitChange(field: field, old: old, new: new)
        if change.tightens { return [.lead(.tryOut(plan))] }
        if change.loosens, !lowering {
            overlay = .lead(.reason(plan, InputLine()))
            return []
        }
        news = News(text: change.loosens ? words.loosening : words.sameFigure, role: .warning)
        return []
    }

    /// A figure as people write it, in the field's own unit.
    mutating func figure(_ text: String, _ field: LimitField) -> Int64? {
        let digits = text.filter(\.isNumber)
        guard let shown = Int64(digits), shown < 1_000_000 else {
            news = News(text: words.numberWanted, role: .warning)
            return nil
        }
        return shown * field.unit
    }

    private mutating func written(_ line: InputLine) -> String? {
        let text = line.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !text.isEmpty else {
            news = News(text: words.reasonWanted, role: .warning)
            return nil
        }
        return text
    }

    private mutating func confirm(_ plan: LimitsPlan, typed: String) -> [Effect] {
        guard typed == (plan.reason == nil ? words.lowerWord : words.proposeWord) else {
            news = News(text: words.typeTheWord, role: .warning)
            return []
        }
        overlay = nil
        guard let reason = plan.reason else { return [.lead(.lower(plan.limits)), .brief, .readTeam] }
        return [.lead(.propose(plan.limits, reason: reason))]
    }

    private mutating func acceptOverride(_ overlay: LeadOverlay) -> [Effect] {
        switch overlay {
        case .overrideWho(let selected):
            guard overridable.indices.contains(selected) else { return [] }
            self.overlay = .lead(.overrideWhich(overridable[selected].id, selected: 0))
        case .overrideWhich(let person, let selected):
            guard Self.grantable.indices.contains(selected) else { return [] }
            self.overlay = .lead(.overrideFigure(person, Self.grantable[selected], InputLine()))
        case .overrideFigure(let person, let field, let line):
            guard let new = figure(line.text, field) else { return [] }
            guard LimitChange(field: field, old: siteLimits[field], new: new).loosens else {
                news = News(text: words.overrideOnlyRaises, role: .warning)
                return []
            }
            self.overlay = .lead(.overrideReason(person, field, new, InputLine()))
        case .overrideReason(let person, let field, let figure, let line):
            guard let reason = written(line) else { return [] }
            self.overlay = nil
            return [.lead(.askOverride(person, field, figure, reason: reason))]
        default: break
        }
        return []
    }

    /// Answers the first of what the person is asked; the last choice leaves it for later.
    private mutating func answerFirst(_ selected: Int) -> [Effect] {
        overlay = nil
        switch lead.asked.first {
        case .seen(let limits)?:
            guard selected < 2 else { return [] }
            return [.lead(.acknowledge(limits.version, refusing: selected == 1 ? true : nil))]
        case .override(let card)?:
            if card.state == .inForce { return selected == 1 ? [.lead(.decline(card.leave.id))] : [] }
            switch selected {
            case 0: return [.lead(.consent(card.leave.id))]
            case 1: return [.lead(.decline(card.leave.id))]
            default: return []
            }
        case nil: return []
        }
    }

    private mutating func acceptRoster(_ overlay: LeadOverlay) -> [Effect] {
        switch overlay {
        case .addPerson(let line):
            let parts = line.text.split(separator: " ", maxSplits: 1).map(String.init)
            guard let user = parts.first else {
                news = News(text: words.addPersonText, role: .warning)
                return []
            }
            self.overlay = nil
            return [.lead(.add(user: user, name: parts.count > 1 ? parts[1] : user))]
        case .roles(let id, let selected):
            guard var roles = colleague(id)?.roles, Moderation.Role.allCases.indices.contains(selected) else {
                return []
            }
            let role = Moderation.Role.allCases[selected]
            if roles.remove(role) == nil { roles.insert(role) }
            self.overlay = nil
            return [.lead(.change(id, .roles(roles)))]
        case .languages(let id, let line):
            let codes = line.text.split { " ,".contains($0) }.map(String.init)
            self.overlay = nil
            return [.lead(.change(id, .languages(Set(codes))))]
        case .active(let id, let selected):
            self.overlay = nil
            guard selected == 1, let row = colleague(id) else { return [] }
            return [.lead(.change(id, .active(!row.isActive)))]
        default: return []
        }
    }
}
