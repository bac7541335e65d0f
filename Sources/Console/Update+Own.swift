import Exposure
import Moderation
import TerminalKit

/// What a person does for themselves: stopping, their record, their check-ins.
extension ConsoleState {
    // MARK: Stopping

    /// Ends exposure at once, from wherever it is; nothing is asked, and the draft is kept.
    mutating func stopNow() -> [Effect] {
        let effects = cover(.broke, saying: nil) + saveDraft()
        hand = nil
        shelf = []
        overlay = nil
        return effects + [.own(.stop)]
    }

    /// Whatever could not be written: nothing is shown, and what can be done is.
    mutating func stoppedWithoutBreak() -> [Effect] {
        let fault = news
        let effects = screen == .review || screen == .watch ? show(Self.firstScreen(of: role)) : []
        overlay = .stop(selected: 0)
        news = fault
        return effects
    }

    // MARK: My record

    mutating func showRecord() -> [Effect] {
        show(.record) + [.readRecord, .own(.readSupport), .own(.readCheckIns), .welfare(.readPhysicians)]
    }

    mutating func performInRecord(_ command: Command) -> [Effect] {
        switch command {
        case .personalLimit: overlay = .personalLimit(InputLine())
        case .showAgain:
            if optOutList.isEmpty {
                news = News(text: words.noOptOuts, role: .muted)
            } else {
                overlay = .optOuts(selected: 0)
            }
        case .takeAlong: return takeAlong()
        case .handOver: return askHandOver()
        case .takeBack: return askTakeBack()
        case .refresh: return [.readRecord, .own(.readCheckIns)]
        case .nextPage: turn(to: own.page.turned(by: 1))
        case .previousPage: turn(to: own.page.turned(by: -1))
        case .recordDay: turn(to: .day)
        case .recordWeek: turn(to: .week)
        case .recordMonth: turn(to: .month)
        case .recordOutcomes: turn(to: .outcomes)
        case .recordLimits: turn(to: .limits)
        case .recordLooks: turn(to: .looks)
        case .recordCheckIns: return openCheckIns()
        case .deleteCheckIns where own.page == .checkIns && own.checkIns.isBegun == true:
            overlay = .own(.deleteCheckIns(InputLine()))
        default: break
        }
        return []
    }

    private mutating func turn(to page: RecordPage) {
        own.page = page
        selected = 0
        if page != .checkIns { own.checkIns.opened = nil }
    }

    // MARK: Not today

    private mutating func notToday(_ selected: Int) -> [Effect] {
        let all = optOutsOfHand
        overlay = nil
        guard let hand, selected > 0, all.indices.contains(selected) else { return [] }
        return cover(.released, saying: nil) + saveDraft()
            + [.own(.notToday(all[selected], utcOffset: utcOffset)), .skip(hand.card.post, .notForMe)]
    }

    // MARK: Check-ins

    /// One key: the scale, or what check-ins are where none were begun.
    mutating func checkIn() -> [Effect] {
        let effects = cover(.covered, saying: nil) + saveDraft()
        guard let isBegun = own.checkIns.isBegun else {
            // Asked again with the answer.
            overlay = .own(.level(selected: 2))
            return effects + [.own(.readCheckIns)]
        }
        guard isBegun || !isLinear else {
            news = News(text: words.beginByCommand, role: .muted)
            return effects
        }
        overlay = .own(isBegun ? .level(selected: 2) : .checkInBegin(selected: 0))
        return effects
    }

    private mutating func openCheckIns() -> [Effect] {
        turn(to: .checkIns)
        guard own.checkIns.isBegun == true, own.checkIns.opened == nil, own.checkIns.count > 0 else {
            return own.checkIns.isBegun == nil ? [.own(.readCheckIns)] : []
        }
        overlay = .own(.passphrase(InputLine(limit: Self.longestPassphrase)))
        return []
    }

    static let longestPassphrase = 200

    mutating func acceptOwn(_ own: OwnOverlay) -> [Effect] {
        overlay = nil
        switch own {
        case .support, .evidence: break
        case .handOver(let selected): return acceptHandOver(selected)
        case .takeBack(let selected): return acceptTakeBack(selected)
        case .notToday(let selected): return notToday(selected)
        case .checkInBegin(let selected):
            if selected == 1 { overlay = .own(.newPassphrase(InputLine(limit: Self.longestPassphrase))) }
        case .newPassphrase(let line):
            guard line.text.count >= 12 else {
                news = News(text: words.passphraseTooShort, role: .warning)
                overlay = .own(own)
                break
            }
            overlay = .own(
                .samePassphrase(InputLine(limit: Self.longestPassphrase), first: line.text))
        case .samePassphrase(let line, let first):
            guard line.text == first else {
                news = News(text: words.passphrasesDiffer, role: .warning)
                overlay = .own(.newPassphrase(InputLine(limit: Self.longestPassphrase)))
                break
            }
            return [.own(.beginCheckIns(passphrase: first))]
        case .passphrase(let line): return [.own(.openCheckIns(passphrase: line.text))]
        case .level(let selected):
            overlay = .own(.checkInNote(level: 5 - selected, InputLine(limit: Self.longestNote)))
        case .checkInNote(let level, let line): return [.own(.addCheckIn(level: level, note: line.text))]
        case .deleteCheckIns(let line):
            guard line.text == words.deleteWord else {
                news = News(text: words.nothingChanged, role: .muted)
                break
            }
            return [.own(.deleteCheckIns)]
        }
        return []
    }

    /// Whatever the alphabet, so many characters fit into a check-in.
    static let longestNote = 150

    // MARK: Answers

    mutating func take(_ answer: OwnAnswer) -> [Effect] {
        switch answer {
        case .stopped(let isBreak):
            endPastime()
            own.hasStopped = true
            let effects = show(isBreak ? .pause : Self.firstScreen(of: role))
            overlay = .stop(selected: 0)
            return effects + [.readStanding, .brief, .own(.readSupport)]
        case .support(let contacts): own.support = contacts
        case .checkIns(let isBegun, let count):
            let wasBegun = own.checkIns.isBegun
            own.checkIns.isBegun = isBegun
            own.checkIns.count = count
            if wasBegun == false, isBegun {
                news = News(text: words.checkInsBegun, role: .good)
                overlay = .own(.level(selected: 2))
            }
            if case .own(.level) = overlay, !isBegun {
                overlay = nil
                return checkIn()
            }
        case .checkInAdded:
            own.checkIns.count += 1
            own.checkIns.opened = nil
            news = News(text: words.checkInKept, role: .good)
        case .checkInsOpened(let lines):
            own.checkIns.opened = lines
            own.checkIns.count = lines.count
        case .checkInsDeleted:
            own.checkIns = CheckInView(isBegun: false)
            news = News(text: words.checkInsDeleted, role: .good)
        }
        return []
    }
}

extension OwnOverlay {
    /// With another line selected or first; `nil` where nothing can be moved.
    func moved(to place: (Int) -> Int) -> OwnOverlay? {
        switch self {
        case .notToday(let selected): .notToday(selected: place(selected))
        case .support(let first): .support(first: place(first))
        case .evidence(let first): .evidence(first: place(first))
        case .checkInBegin(let selected): .checkInBegin(selected: place(selected))
        case .level(let selected): .level(selected: place(selected))
        case .handOver(let selected): .handOver(selected: place(selected))
        case .takeBack(let selected): .takeBack(selected: place(selected))
        default: nil
        }
    }

    /// With what was typed or pasted.
    func written(_ event: Event) -> OwnOverlay {
        func taken(_ line: InputLine) -> InputLine {
            var line = line
            _ = line.take(event)
            return line
        }
        switch self {
        case .newPassphrase(let line): return .newPassphrase(taken(line))
        case .samePassphrase(let line, let first): return .samePassphrase(taken(line), first: first)
        case .passphrase(let line): return .passphrase(taken(line))
        case .checkInNote(let level, let line): return .checkInNote(level: level, taken(line))
        case .deleteCheckIns(let line): return .deleteCheckIns(taken(line))
        default: return self
        }
    }
}
