import Exposure
import Moderation
import TerminalKit

/// The console: takes a terminal, and has a person work until they leave.
///
/// Everything is decided by ``update(_:_:at:)`` and painted by ``render(_:_:)``, which are pure; this shell
/// carries effects out and passes events on.
public final class ConsoleApp {
    private let desk: any ConsoleDesk
    private let terminal: any Terminal
    private let look: Look
    private let settings: ConsoleSettings
    private(set) var state: ConsoleState
    private var runner: EffectRunner
    private var exit: ExitReason?
    private let watch: WorkWatch?

    init(
        desk: any ConsoleDesk, person: Person, role: Moderation.Role, terminal: any Terminal,
        settings: ConsoleSettings, start: ConsoleStart = .usual,
        waiting: (@Sendable (Duration) -> Void)? = nil
    ) {
        self.desk = desk
        watch = waiting.map { WorkWatch(waking: terminal.waker, waiting: $0) }
        self.terminal = terminal
        self.settings = settings
        look = Look(settings)
        let keys = KeyMap.overridden(by: settings.keys)
        state = ConsoleState(
            role: role, person: person, language: settings.language, keymap: keys.keymap,
            repeatGuard: settings.repeatGuard, utcOffset: settings.utcOffset, now: desk.now(),
            size: terminal.size, start: start)
        if let problem = keys.problems.first { state.news = News(text: problem, role: .warning) }
        runner = EffectRunner(desk: desk)
    }

    /// Runs until the person leaves or the terminal ends; the terminal is restored in any case.
    ///
    /// - Returns: why it ended.
    public func run() -> ExitReason {
        defer {
            watch?.end()
            terminal.close()
        }
        if settings.mouse { terminal.setMouse(true) }
        // An empty screen first, then the data: nobody waits before a blank terminal.
        draw()
        handle(.begin)
        while exit == nil {
            draw()
            watch?.want(state.isWaitingForWork)
            let event = terminal.nextEvent(timeout: state.timeToNextTask)
            handle(.terminal(event, pending: terminal.hasPendingInput))
        }
        return exit ?? .left
    }

    private func draw() {
        state.now = desk.now()
        terminal.draw(render(state, look))
    }

    /// Passes an event on, carries out what follows, and what follows from that.
    private func handle(_ event: ConsoleEvent) {
        var waiting = update(&state, event, at: desk.now())[...]
        while let effect = waiting.popFirst() {
            waiting += carryOut(effect)
        }
    }

    private func carryOut(_ effect: Effect) -> [Effect] {
        switch effect {
        case .exit(let reason):
            exit = exit ?? reason
            return []
        case .pauseTerminal:
            draw()
            terminal.suspend()
            return []
        case .repaint:
            // Every cell differs from the next frame, so that every cell is written again.
            var blank = Frame(terminal.size)
            blank.fill(blank.bounds, style: Style(.reverse))
            terminal.draw(blank)
            return []
        case .verifyLedger:
            draw()
            return runner.verify { done in
                _ = update(&state, .answer(.verifying(done)), at: desk.now())
                draw()
            }.map { update(&state, .answer($0), at: desk.now()) } ?? []
        case .recompute:
            draw()
            return runner.recompute { done, total in
                _ = update(&state, .answer(.replay(.recomputing(done, of: total))), at: desk.now())
                draw()
            }.map { update(&state, .answer($0), at: desk.now()) } ?? []
        default:
            if case .whatIf = effect { draw() }
            guard let answer = runner.run(effect) else { return [] }
            return update(&state, .answer(answer), at: desk.now())
        }
    }
}
