import Exposure
import Moderation
import TerminalKit

extension ConsoleState {
    /// Takes in what became of an effect.
    mutating func take(_ answer: Answer) -> [Effect] {
        switch answer {
        case .brief(let new):
            briefing = new
            waitingNow = new.waitingTotal
            optOuts = new.person.optOuts
            return take(new.standing) + [.lead(.readAsked)]
        case .standing(let new): return take(new)
        case .waiting(let count):
            waitingNow = count
            waitingThen = waitingThen ?? count
        case .shiftStarted:
            isShiftOpen = true
            return [.readStanding] + (hand == nil ? takeNext() : show(.review))
        case .shiftEnded:
            isShiftOpen = false
            endPastime()
            hand = nil
            shelf = []
            guard role == .moderator else {
                news = News(text: words.endedByYou, role: .good)
                return [.readStanding]
            }
            return show(.ended) + [.readStanding]
        case .breakStarted:
            endPastime()
            return show(.pause) + [.readStanding, .brief]
        case .breakEnded:
            endPastime()
            guard role == .moderator else {
                return show(Self.firstScreen(of: role)) + [.readStanding, .brief]
            }
            return [.readStanding] + takeNext()
        case .recalled(let cards): take(recalled: cards)
        case .claim(let claim): return take(claim)
        case .uncovered(let post, let outcome): return take(outcome, of: post)
        case .beat(let beat): return take(beat)
        case .decided(let offer, let claim): return take(offer, claim)
        case .undoable(let offer): undo = offer
        case .undone(let card): takeUndone(card)
        case .letGo(let post): return letGone(post)
        case .saved(let draft, let post):
            if hand?.card.post == post { hand?.saved = draft }
        case .optOutsChanged(let new):
            optOuts = new
            news = News(text: words.optOutsKept, role: .good)
        case .replay(let answer): return take(answer)
        case .audit(let answer): return take(answer)
        case .lead(let answer): return take(answer)
        case .alike, .tended, .dispatch: takeDispatch(answer)
        case .own(let answer): return take(answer)
        case .welfare(let answer): return take(answer)
        case .fault(let fault, let effect): return take(fault, of: effect)
        default: takePage(answer)
        }
        return []
    }

    private mutating func takePage(_ answer: Answer) {
        switch answer {
        case .record(let new):
            record = new
            record?.reckon(at: now.wall, offset: utcOffset)
            standing = new.standing
        case .tookAlong(let path): news = News(text: words.tookAlong(path), role: .good)
        case .personalLimitSet: news = News(text: words.personalLimitKept, role: .good)
        case .team(let new): team = new
        case .disputes(let new): disputes = new
        case .disputed(let rule, let isNew):
            let title = hand?.card.rule(rule)?.title(language) ?? rule.rawValue
            news = News(text: isNew ? words.ruleDisputed(title) : words.disputedBefore(title), role: .good)
        case .ledger(let size, let lines):
            ledger.size = size
            ledger.lines = lines
            ledger.selected = max(0, ledger.shown.count - 1)
        case .verifying(let done): ledger.checked = done
        case .verified(let finding):
            ledger.checked = nil
            ledger.finding = finding
            news = News(text: words.verified(finding), role: finding.problems.isEmpty ? .good : .danger)
        default: break
        }
    }

    /// Takes a standing in, and gives each quiet notice once.
    private mutating func take(_ new: Standing) -> [Effect] {
        standing = new
        isShiftOpen = new.shift?.isOpen ?? false
        if let notice = new.notice, noticed.map({ notice > $0 }) ?? true {
            noticed = notice
            news = News(text: words.notice(notice, percent: new.dayPercent.value), role: .warning)
        } else if new.notice == nil {
            noticed = nil
        }
        if new.cap == nil { isCapTold = false }
        // Work without hazard may go on at a limit; first a page says what happened.
        if new.cap != nil, !isCapTold, screen == .review, let card = hand?.card, card.hazard == .none,
            hand?.words == nil
        {
            return letGoOfAll(because: .limit) + show(.ended)
        }
        if case .onBreak = new.availability, screen == .start || screen == .review, hand == nil {
            return show(.pause)
        }
        return []
    }

    private mutating func take(recalled cards: [CaseCard]) {
        let known = Set(shelf.map(\.post) + [hand?.card.post].compactMap { $0 })
        shelf += cards.filter { !known.contains($0.post) }
        guard hand == nil, !shelf.isEmpty else { return }
        hand = pickUp(shelf.removeFirst())
        lastRenewAt = now.monotonic
        news = News(text: words.stillInHand, role: .accent)
    }

    private mutating func take(_ claim: ClaimAnswer) -> [Effect] {
        switch claim {
        case .claimed(let card):
            hold(card)
            return []
        case .nothing(let waiting):
            hand = nil
            waitingElsewhere = waiting
            return show(.review) + [.readWaiting]
        case .refused(let new):
            hand = nil
            return take(new) + refusedWork(new)
        }
    }

    /// Where to go when there is no work with exposure now.
    private mutating func refusedWork(_ standing: Standing) -> [Effect] {
        switch standing.availability {
        case .mustBreak: return [.startBreak(required: true)]
        case .onBreak: return show(.pause)
        case .shiftOver(let reason, _):
            return [.endShift(reason == .shiftHard ? .hardLength : .length)]
        case .notOnShift, .resting, .capped: return show(.ended)
        case .available: return show(.review)
        }
    }

    private mutating func take(_ outcome: UncoverAnswer, of post: PostID) -> [Effect] {
        switch outcome {
        case .uncovered(let words):
            // The world may have changed meanwhile: then nothing is shown, and the clock stops.
            guard hand?.card.post == post, screen == .review, !isTooSmall else {
                return [.cover(.covered)]
            }
            hand?.words = words
            hand?.revealed = 1
            hand?.line = 0
            layOutWords()
            lastBeatAt = now.monotonic
            lastKeyAt = now.monotonic
            return [.readStanding]
        case .refused(let refusal, let new):
            let effects = take(new)
            news = News(text: words.refusal(refusal, offset: utcOffset), role: .warning)
            return effects + refused(refusal, new)
        }
    }

    /// What follows from a limit that says no.
    private mutating func refused(_ refusal: Refusal, _ standing: Standing) -> [Effect] {
        // Auditors hold no post, and go on with what is covered.
        guard role == .moderator else { return [] }
        switch refusal {
        case .breakDue: return letGoOfAll() + [.startBreak(required: true)]
        case .onBreak: return letGoOfAll() + show(.pause)
        case .capped(let reason, _):
            // At the ceiling a post can still be decided covered while the time to finish lasts.
            let mayFinish = reason == .ceiling && (finishingTime ?? .zero) > .zero
            return mayFinish || standing.cap == nil ? [] : letGoOfAll(because: .limit) + show(.ended)
        case .shiftOver(let reason, _):
            return letGoOfAll(because: .shiftEnded)
                + [.endShift(reason == .shiftHard ? .hardLength : .length)]
        case .lastHour, .runOfSevere: return release(saying: words.refusal(refusal, offset: utcOffset))
        case .resting, .notOnShift: return letGoOfAll() + show(.ended)
        }
    }

    private mutating func release(saying text: String) -> [Effect] {
        guard let hand else { return [] }
        let effects = saveDraft() + [.release(hand.card.post)]
        news = News(text: text, role: .warning)
        return effects
    }

    private mutating func take(_ beat: BeatAnswer) -> [Effect] {
        switch beat {
        case .goOn(let new): return take(new)
        case .mustCover(let refusal, let new):
            let effects = take(new)
            let text = words.refusal(refusal, offset: utcOffset)
            let covering = cover(Self.end(for: refusal), saying: text)
            guard !covering.isEmpty, screen != .watch else { return effects + covering }
            return effects + covering + saveDraft() + refused(refusal, new)
        }
    }

    private static func end(for refusal: Refusal) -> SpanEnd {
        switch refusal {
        case .breakDue, .onBreak: .broke
        case .shiftOver, .notOnShift, .resting: .shiftEnded
        case .capped, .lastHour, .runOfSevere: .limit
        }
    }

    private mutating func take(_ offer: UndoOffer, _ claim: ClaimAnswer?) -> [Effect] {
        undo = offer
        decidedHere += 1 + offer.applied
        briefing?.decidedByMe += 1 + offer.applied
        briefing?.decidedByPeople += 1 + offer.applied
        dropWords()
        hand = nil
        let text = words.decided(offer.action) + words.appliedToo(offer.applied)
        let effects = claim.map { take($0) } ?? takeNext()
        if news == nil { news = News(text: text, role: .good) }
        return [.readStanding] + effects
    }

    private mutating func takeUndone(_ card: CaseCard) {
        if let current = hand?.card, current.post != card.post {
            var kept = current
            kept.draft = hand?.isUnsaved == true ? hand?.draft : hand?.saved
            shelf.insert(kept, at: 0)
        }
        shelf.removeAll { $0.post == card.post }
        hold(card)
        let applied = undo?.applied ?? 0
        undo = nil
        decidedHere = max(0, decidedHere - 1 - applied)
        briefing?.decidedByMe -= 1 + applied
        briefing?.decidedByPeople -= 1 + applied
        news = News(text: words.undone + words.undoneToo(applied), role: .good)
    }

    private mutating func letGone(_ post: PostID) -> [Effect] {
        shelf.removeAll { $0.post == post }
        guard hand?.card.post == post else { return [] }
        dropWords()
        hand = nil
        overlay = nil
        guard screen == .review else { return [] }
        return [.readStanding] + takeNext()
    }
}
