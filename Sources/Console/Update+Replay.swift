import Desk
import Exposure
import Moderation
import TerminalKit

/// The screens on which recorded work is gone through again.
extension ConsoleState {
    mutating func openReplay() -> [Effect] {
        let effects = cover(.covered, saying: nil) + saveDraft() + show(.replay)
        return effects + (role == .auditor ? [.readShifts, .readBundles] : [.readBundles])
    }

    mutating func performInReplay(_ command: Command) -> [Effect] {
        switch command {
        case .watchShift:
            guard let shifts = replay.shifts, shifts.indices.contains(replay.selected) else { return [] }
            return [.openTimeline(shifts[replay.selected].shift)]
        case .recompute:
            replay.recomputed = nil
            replay.done = 0
            return [.recompute]
        case .whatIf: overlay = .whatIf(selected: 0)
        case .endShift: return isShiftOpen ? [.endShift(.ended)] : []
        case .refresh: return [.brief, .readShifts, .readBundles]
        default: break
        }
        return []
    }

    /// What can be asked, in the order of the list; `nil` for a limit that is to be named.
    var whatIfChoices: [WhatIfChoice?] {
        [.trialsCount, .hazardUp, .anyFindingRemoves, nil] + replay.bundles.map { .bundle($0) }
    }

    mutating func acceptWhatIf(_ selected: Int) -> [Effect] {
        overlay = nil
        guard whatIfChoices.indices.contains(selected) else { return [] }
        if let choice = whatIfChoices[selected] { return askWhatIf(choice) }
        overlay = .whatIfLimit(selected: 0)
        return []
    }

    mutating func acceptWhatIfLimit(_ selected: Int) -> [Effect] {
        guard Self.changeable.indices.contains(selected) else { return [] }
        overlay = .whatIfFigure(Self.changeable[selected], InputLine())
        return []
    }

    mutating func acceptWhatIfFigure(_ text: String, _ field: LimitField) -> [Effect] {
        guard let figure = figure(text, field) else { return [] }
        var limits = siteLimits
        limits[field] = figure
        do throws(LimitsError) { _ = try limits.validated() } catch {
            news = News(text: error.description, role: .warning)
            return []
        }
        overlay = nil
        return askWhatIf(.limit(field, figure))
    }

    private mutating func askWhatIf(_ choice: WhatIfChoice) -> [Effect] {
        replay.asked = choice
        replay.answer = nil
        return show(.whatIf) + [.whatIf(choice)]
    }

    // MARK: Watching

    mutating func performInWatch(_ command: Command) -> [Effect] {
        guard watch != nil else { return [] }
        switch command {
        case .play: return play()
        case .faster: watch?.player.change(by: 1, at: now.monotonic)
        case .slower: watch?.player.change(by: -1, at: now.monotonic)
        case .stepForward: return moveInWatch(by: 1)
        case .stepBack: return moveInWatch(by: -1)
        case .nextDecision: return goToDecision(forwards: true)
        case .previousDecision: return goToDecision(forwards: false)
        case .search: overlay = .search(InputLine(watch?.search ?? ""))
        case .nextMatch: return goToMatch(forwards: true)
        case .previousMatch: return goToMatch(forwards: false)
        case .look: return look()
        case .lookLine: return lookLine()
        case .endShift: return cover(.covered, saying: nil) + (isShiftOpen ? [.endShift(.ended)] : [])
        default: break
        }
        return []
    }

    /// Steps through events, or through the lines of what is uncovered.
    mutating func performMovingInWatch(_ command: Command) -> [Effect]? {
        let page = max(1, size.rows - 12)
        let step: Int
        switch command {
        case .down: step = 1
        case .up: step = -1
        case .pageDown: step = page
        case .pageUp: step = -page
        case .first: step = -1_000_000
        case .last: step = 1_000_000
        default: return nil
        }
        guard let watch, watch.words != nil else { return moveInWatch(by: step) }
        self.watch?.line = min(max(0, watch.line + step), max(0, watch.shownLineCount - 1))
        return []
    }

    private mutating func play() -> [Effect] {
        watch?.player.advance(to: now.monotonic)
        guard watch?.player.isPlaying == false else {
            watch?.player.pause()
            return []
        }
        let effects = cover(.covered, saying: nil)
        watch?.player.play(at: now.monotonic)
        return effects
    }

    /// Goes some events on or back; what was uncovered belongs to the event before, so it is covered.
    mutating func moveInWatch(by step: Int) -> [Effect] {
        guard let player = watch?.player else { return [] }
        return goInWatch(to: player.index + step)
    }

    private mutating func goInWatch(to place: Int) -> [Effect] {
        let effects = cover(.covered, saying: nil)
        watch?.player.jump(to: place, at: now.monotonic)
        return effects
    }

    private mutating func goToDecision(forwards: Bool) -> [Effect] {
        go(forwards: forwards, around: false) { $0.isDecision }
    }

    mutating func searchInWatch(for text: String) -> [Effect] {
        overlay = nil
        watch?.search = text
        return goToMatch(forwards: true)
    }

    private mutating func goToMatch(forwards: Bool) -> [Effect] {
        guard let watch, !watch.search.isEmpty else { return [] }
        let needle = watch.search.lowercased()
        let words = words
        return go(forwards: forwards, around: true) { event in
            let post = event.post?.rawValue ?? ""
            return "\(words.fact(event)) \(words.detail(event)) \(post)".lowercased().contains(needle)
        }
    }

    private mutating func go(forwards: Bool, around: Bool, to isWanted: (TimelineEvent) -> Bool) -> [Effect] {
        guard let watch else { return [] }
        let events = watch.timeline.events
        let here = watch.player.index
        var places =
            forwards ? Array(events.indices.dropFirst(here + 1)) : events.indices.prefix(here).reversed()
        if around {
            places +=
                forwards ? Array(events.indices.prefix(here + 1)) : events.indices.dropFirst(here).reversed()
        }
        guard let place = places.first(where: { isWanted(events[$0]) }) else {
            news = News(text: words.notFound, role: .muted)
            return []
        }
        return goInWatch(to: place)
    }

    /// Uncovers the post of this moment for the watcher, whose exposure it is, or covers it again.
    private mutating func look() -> [Effect] {
        guard let watch else { return [] }
        if watch.words != nil { return cover(.covered, saying: nil) }
        guard let post = watch.post else {
            news = News(text: words.nothingToLookAt, role: .muted)
            return []
        }
        guard !post.isErased else {
            news = News(text: words.erased, role: .muted)
            return []
        }
        // Time stands still meanwhile, so that nobody looks longer than they mean to.
        self.watch?.player.pause()
        return [.lookAt(post.name)]
    }

    private mutating func lookLine() -> [Effect] {
        guard let watch else { return [] }
        guard let shown = watch.words else { return look() }
        guard watch.isByLine, watch.revealed < shown.lines.count else {
            news = News(text: words.allShown, role: .muted)
            return []
        }
        self.watch?.revealed += 1
        return []
    }

    /// Goes on playing, whatever the event was.
    mutating func tendWatch() {
        guard screen == .watch else {
            watch?.player.pause()
            return
        }
        if overlay == nil { watch?.player.advance(to: now.monotonic) } else { watch?.player.pause() }
    }

    var timeToNextInWatch: Duration? {
        screen == .watch && overlay == nil ? watch?.player.timeToNext(at: now.monotonic) : nil
    }

    // MARK: Answers

    mutating func take(_ answer: ReplayAnswer) -> [Effect] {
        switch answer {
        case .shifts(let shifts):
            replay.shifts = shifts
            replay.selected = min(replay.selected, max(0, shifts.count - 1))
        case .bundles(let bundles): replay.bundles = bundles
        case .timeline(let timeline):
            watch = WatchView(timeline, speed: startSpeed)
            return show(.watch)
        case .looked(let name, let outcome): return take(outcome, of: name)
        case .recomputing(let done, let total):
            replay.done = done
            replay.total = total
        case .recomputed(let result):
            replay.done = nil
            replay.recomputed = result
            news = News(text: words.recomputed(result), role: result.isSame ? .good : .danger)
        case .whatIf(let answer): replay.answer = answer
        }
        return []
    }

    private mutating func take(_ outcome: UncoverAnswer, of name: TimelinePost.Name) -> [Effect] {
        switch outcome {
        case .uncovered(let shown):
            guard screen == .watch, watch?.post?.name == name, !isTooSmall else { return [.cover(.covered)] }
            watch?.words = shown
            watch?.looked = name
            watch?.revealed = 1
            watch?.line = 0
            layOutWords()
            lastBeatAt = now.monotonic
            lastKeyAt = now.monotonic
            news = News(text: words.lookCounts, role: .warning)
            return [.readStanding]
        case .refused(let refusal, let standing):
            self.standing = standing
            isShiftOpen = standing.shift?.isOpen ?? false
            news = News(text: words.refusal(refusal, offset: utcOffset), role: .warning)
            return []
        }
    }
}
