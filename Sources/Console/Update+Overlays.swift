import Exposure
import Moderation
import TerminalKit

extension ConsoleState {
    /// Does what a command means in an overlay; `nil` when it means nothing special there.
    mutating func performInOverlay(_ command: Command) -> [Effect]? {
        guard let overlay else { return nil }
        switch command {
        case .back:
            self.overlay = nil
            if case .lead(.confirm) = overlay { news = News(text: words.nothingChanged, role: .muted) }
            return []
        case .accept: return accept(overlay)
        case .down: moveOverlay(by: 1)
        case .up: moveOverlay(by: -1)
        case .pageDown: moveOverlay(by: max(1, size.rows - 6))
        case .pageUp: moveOverlay(by: -max(1, size.rows - 6))
        case .first: moveOverlay(by: -1_000_000)
        case .last: moveOverlay(by: 1_000_000)
        default: return nil
        }
        return []
    }

    private mutating func moveOverlay(by step: Int) {
        guard let overlay else { return }
        func moved(_ place: Int, _ count: Int) -> Int { min(max(0, place + step), max(0, count - 1)) }
        let count = overlayCount(overlay)
        switch overlay {
        case .help(let first): self.overlay = .help(first: moved(first, count))
        case .guidance(let first): self.overlay = .guidance(first: moved(first, count))
        case .why(let first): self.overlay = .why(first: moved(first, count))
        case .figures(let first): self.overlay = .figures(first: moved(first, count))
        case .checks(let first): self.overlay = .checks(first: moved(first, count))
        case .judge(let place): self.overlay = .judge(selected: moved(place, count))
        case .palette(let line, let place): self.overlay = .palette(line, selected: moved(place, count))
        case .policies(let place, let then):
            self.overlay = .policies(selected: moved(place, count), then: then)
        case .skip(let place): self.overlay = .skip(selected: moved(place, count))
        case .never(let place): self.overlay = .never(selected: moved(place, count))
        case .wrong(let place): self.overlay = .wrong(selected: moved(place, count))
        case .confirmSuspend(let place): self.overlay = .confirmSuspend(selected: moved(place, count))
        case .alike(let action, let place):
            self.overlay = .alike(action, selected: moved(place, count))
        case .stop(let place): self.overlay = .stop(selected: moved(place, count))
        case .leaving(let place): self.overlay = .leaving(selected: moved(place, count))
        case .optOuts(let place): self.overlay = .optOuts(selected: moved(place, count))
        case .whatIf(let place): self.overlay = .whatIf(selected: moved(place, count))
        case .whatIfLimit(let place): self.overlay = .whatIfLimit(selected: moved(place, count))
        case .lead(let lead): self.overlay = .lead(lead.selecting(moved(lead.selected, count)))
        case .own(let own):
            if let moved = own.moved(to: { moved($0, count) }) { self.overlay = .own(moved) }
        case .note, .escalate, .personalLimit, .search, .filter, .auditReason, .askName, .drawSample,
            .whatIfFigure:
            break
        }
    }

    /// How many lines or choices an overlay has.
    private func overlayCount(_ overlay: Overlay) -> Int {
        switch overlay {
        case .help, .guidance, .why, .figures, .checks, .own(.support), .own(.evidence):
            max(1, readingLines(overlay, width: readingSize.columns).count - readingSize.rows + 1)
        case .palette(let line, _): paletteMatches(line.text).count
        default: choices(overlay).count
        }
    }

    /// Something typed or pasted while an overlay takes writing.
    mutating func write(_ event: Event) -> [Effect] {
        guard let overlay else { return [] }
        switch overlay {
        case .palette(var line, let selected):
            switch event {
            case .key(.down), .key(.tab): moveOverlay(by: 1)
            case .key(.up), .key(.backtab): moveOverlay(by: -1)
            default:
                let changed = line.take(event)
                self.overlay = .palette(line, selected: changed ? 0 : selected)
            }
        case .note(var line):
            guard line.take(event) else { return [] }
            self.overlay = .note(line)
            hand?.note = line.text
            noteChange()
        case .escalate(var line) where line.take(event): self.overlay = .escalate(line)
        case .personalLimit(var line) where line.take(event): self.overlay = .personalLimit(line)
        case .lead(let lead):
            guard var line = lead.line, line.take(event) else { return [] }
            self.overlay = .lead(lead.writing(line))
        case .search(var line) where line.take(event): self.overlay = .search(line)
        case .filter(var line) where line.take(event): self.overlay = .filter(line)
        case .auditReason(let verdict, var line) where line.take(event):
            self.overlay = .auditReason(verdict, line)
        case .askName(var line) where line.take(event): self.overlay = .askName(line)
        case .drawSample(var line) where line.take(event): self.overlay = .drawSample(line)
        case .whatIfFigure(let field, var line) where line.take(event):
            self.overlay = .whatIfFigure(field, line)
        case .own(let own): self.overlay = .own(own.written(event))
        default: break
        }
        return []
    }

    /// Takes the selected choice, or what was written.
    private mutating func accept(_ overlay: Overlay) -> [Effect] {
        switch overlay {
        case .help, .guidance, .why, .figures, .checks: self.overlay = nil
        case .palette(let line, let selected): return acceptPalette(line.text, selected)
        case .policies(let selected, let then): return acceptPolicy(selected, then)
        case .note(let line): return acceptNote(line.text)
        case .escalate(let line): return escalate(line.text)
        case .skip(let selected): return skip(selected)
        case .never(let selected): return neverShow(selected)
        case .wrong(let selected): return dispute(selected)
        case .confirmSuspend(let selected):
            self.overlay = nil
            return selected == 1 ? record(.suspend) : []
        case .alike(let action, let selected): return acceptAlike(action, selected)
        case .stop(let selected): return stop(selected)
        case .leaving(let selected): return acceptLeaving(selected)
        case .optOuts(let selected): return showAgain(selected)
        case .personalLimit(let line): return setOwnLimit(line.text)
        case .lead(let lead): return acceptLead(lead)
        case .search(let line):
            if screen == .watch { return searchInWatch(for: line.text) }
            search(for: line.text)
        case .whatIf(let selected): return acceptWhatIf(selected)
        case .whatIfLimit(let selected): return acceptWhatIfLimit(selected)
        case .whatIfFigure(let field, let line): return acceptWhatIfFigure(line.text, field)
        case .filter(let line):
            if screen == .audit { return filterAudit(line.text) }
            filterLedger(line.text)
        case .auditReason, .judge, .askName, .drawSample: return acceptAudit(overlay)
        case .own(let own): return acceptOwn(own)
        }
        return []
    }

    private mutating func acceptPalette(_ text: String, _ selected: Int) -> [Effect] {
        let found = paletteMatches(text)
        overlay = nil
        guard found.indices.contains(selected) else { return [] }
        return perform(found[selected].command)
    }

    /// Commands that can be meant here whose name or description has all the words typed.
    func paletteMatches(_ text: String) -> [Binding] {
        let wanted = text.lowercased().split(separator: " ")
        let here = keymap.bindings.filter { binding in
            guard ![.accept, .palette].contains(binding.command) else { return false }
            return binding.contexts.contains(place) || binding.contexts.contains(.anywhere)
                || forbidden(binding.command) != nil
        }
        var seen: Set<Command> = []
        return here.filter { binding in
            let naming = binding.naming(language)
            let text = "\(binding.command.rawValue) \(naming.title) \(naming.text)".lowercased()
            return wanted.allSatisfy(text.contains) && seen.insert(binding.command).inserted
        }.sorted { rank($0, wanted) < rank($1, wanted) }
    }

    /// Names that begin as typed come first, what is forbidden last.
    private func rank(_ binding: Binding, _ wanted: [Substring]) -> Int {
        if forbidden(binding.command) != nil { return 2 }
        guard let first = wanted.first else { return 0 }
        let naming = binding.naming(language)
        return naming.title.lowercased().hasPrefix(first) || binding.command.rawValue.hasPrefix(first) ? 0 : 1
    }

    private mutating func acceptPolicy(_ selected: Int, _ action: Action?) -> [Effect] {
        let found = policies(for: action)
        overlay = nil
        guard found.indices.contains(selected) else { return [] }
        hand?.policy = found[selected].id
        noteChange()
        return action.map { decide($0) } ?? []
    }

    private mutating func acceptNote(_ text: String) -> [Effect] {
        hand?.note = text
        overlay = nil
        return saveDraft()
    }

    private mutating func escalate(_ note: String) -> [Effect] {
        overlay = nil
        guard let hand else { return [] }
        return cover(.released, saying: nil) + [.escalate(hand.card.post, note: note)]
    }

    private mutating func skip(_ selected: Int) -> [Effect] {
        overlay = nil
        guard let hand, SkipWhy.allCases.indices.contains(selected) else { return [] }
        return cover(.released, saying: nil) + [.skip(hand.card.post, SkipWhy.allCases[selected])]
    }

    /// What can be opted out of because of the post in hand: first nothing, then its hazard, its policies.
    var optOutsOfHand: [OptOuts] {
        guard let hand else { return [] }
        let hazards = hand.card.hazard == .none ? [] : [OptOuts(hazards: [hand.card.hazard])]
        var ids: [PolicyID] = []
        for finding in hand.card.evaluation.findings where !ids.contains(finding.policy) {
            ids.append(finding.policy)
        }
        return [OptOuts()] + hazards + ids.map { OptOuts(policies: [$0]) }
    }

    private mutating func neverShow(_ selected: Int) -> [Effect] {
        let all = optOutsOfHand
        overlay = nil
        guard let hand, selected > 0, all.indices.contains(selected) else { return [] }
        return cover(.released, saying: nil) + saveDraft()
            + [.neverShow(all[selected]), .skip(hand.card.post, .notForMe)]
    }

    /// What can be called wrong of the post in hand: first nothing, then every rule that found something.
    var disputable: [RuleID?] {
        guard let hand else { return [] }
        return [nil] + hand.card.evaluation.findings.map(\.rule)
    }

    /// One key is enough where one rule found something; else it is asked which.
    mutating func disputeRule() -> [Effect] {
        guard let hand else { return [] }
        let rules = hand.card.evaluation.findings.map(\.rule)
        guard let first = rules.first else {
            news = News(text: words.nothingFound, role: .muted)
            return []
        }
        if rules.count == 1 { return [.dispute(hand.card.post, first)] }
        let advised = hand.card.evaluation.recommendation?.rule
        overlay = .wrong(selected: disputable.firstIndex(of: advised ?? first) ?? 1)
        return []
    }

    private mutating func dispute(_ selected: Int) -> [Effect] {
        let all = disputable
        overlay = nil
        guard let hand, all.indices.contains(selected), let rule = all[selected] else { return [] }
        return [.dispute(hand.card.post, rule)]
    }

    /// What the person has opted out of, one by one; what holds for today comes last, as a whole.
    var optOutList: [OptOuts] {
        let today = optOuts.today.flatMap { now.wall < $0.until ? OptOuts(today: $0) : nil }
        return optOuts.hazards.sorted().map { OptOuts(hazards: [$0]) }
            + optOuts.policies.sorted().map { OptOuts(policies: [$0]) } + (today.map { [$0] } ?? [])
    }

    private mutating func showAgain(_ selected: Int) -> [Effect] {
        overlay = nil
        guard optOutList.indices.contains(selected) else { return [] }
        if optOutList[selected].today != nil { return [.own(.showTodayAgain), .readRecord] }
        return [.showAgain(optOutList[selected]), .readRecord]
    }

    private mutating func stop(_ selected: Int) -> [Effect] {
        overlay = nil
        switch selected {
        case 1: return perform(.support)
        case 2: return standing?.shift?.openBreak == nil ? [] : [.endBreak]
        case 3: return isShiftOpen ? [.endShift(.ended)] : []
        default: return []
        }
    }

    private mutating func acceptLeaving(_ selected: Int) -> [Effect] {
        overlay = nil
        return selected == 1 ? leave(.left) : []
    }

    // MARK: My record

    private mutating func setOwnLimit(_ text: String) -> [Effect] {
        let digits = text.filter { !$0.isWhitespace && $0 != "%" }
        if digits.isEmpty {
            overlay = nil
            return [.setPersonalLimit(nil), .readRecord]
        }
        guard let value = Int(digits), (1...100).contains(value) else {
            news = News(text: words.percentWanted, role: .warning)
            return []
        }
        overlay = nil
        return [.setPersonalLimit(Percent(value)), .readRecord]
    }
}
