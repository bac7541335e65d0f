import Exposure
import Moderation
import TerminalKit

/// What came from the reader of lines.
public enum LinearInput: Hashable, Sendable {
    /// A line, without its end.
    case line(String)
    /// Nothing came in the time given.
    case timedOut
    /// A wish to stop what is going on.
    case interrupt
    /// A wish to end in order.
    case terminate
    /// There is no more.
    case end
}

/// The console line by line: append-only, numbered choices; for screen readers and plain pipes.
///
/// It has the same core, the same desk and the same limits as the screen.
public final class LinearConsole {
    private let look: Look
    private let input: (Duration?) -> LinearInput
    private let output: (SafeText) -> Void
    private let desk: any ConsoleDesk
    private let runner: EffectRunner
    private(set) var state: ConsoleState
    private var exit: ExitReason?
    private var shown: [SafeText] = []
    private var shownPost: PostID?
    private var offered: [Command] = []
    private var lastNews: News?

    init(
        desk: any ConsoleDesk, person: Person, role: Moderation.Role, settings: ConsoleSettings,
        start: ConsoleStart = .usual, input: @escaping (Duration?) -> LinearInput,
        output: @escaping (SafeText) -> Void
    ) {
        self.desk = desk
        self.input = input
        self.output = output
        look = Look(settings)
        runner = EffectRunner(desk: desk)
        state = ConsoleState(
            role: role, person: person, language: settings.language,
            keymap: KeyMap.overridden(by: settings.keys).keymap, repeatGuard: .zero,
            utcOffset: settings.utcOffset, now: desk.now(), size: Size(rows: 24, columns: 80),
            start: start)
        state.isLinear = true
    }

    /// Runs until the person leaves or the input ends.
    ///
    /// - Returns: why it ended.
    public func run() -> ExitReason {
        output(SafeText(state.words.linearIntro))
        handle(.begin)
        while exit == nil {
            tell()
            // Who waits for a post here asks again now and then; there is no terminal to wake.
            let isWaiting = state.isWaitingForWork
            let time =
                isWaiting
                ? min(state.timeToNextTask ?? WorkWatch.longest, WorkWatch.longest) : state.timeToNextTask
            switch input(time) {
            case .line(let line): take(line)
            case .timedOut: handle(.terminal(isWaiting ? .woken : .deadline, pending: false))
            case .interrupt: handle(.terminal(.interrupt, pending: false))
            case .terminate: handle(.terminal(.terminate, pending: false))
            case .end: handle(.terminal(.hangup, pending: false))
            }
        }
        output(SafeText(state.words.goodbye))
        return exit ?? .left
    }

    // MARK: Telling

    /// Says what is new: news, the page when it changed, and what can be done.
    private func tell() {
        if let news = state.news, news != lastNews { output(SafeText(news.text)) }
        lastNews = state.news
        let page = LinearPage(state: state, look: look)
        let lines = page.lines()
        guard lines != shown else { return }
        // What was just read is not read again: only from the first line that differs.
        let known = state.hand?.card.post == shownPost && state.overlay == nil
        let same = known ? zip(lines, shown).prefix { $0 == $1 }.count : 0
        for line in lines[same...] { output(line) }
        shown = lines
        shownPost = state.hand?.card.post
        let commands = page.commands()
        if commands != offered || same == 0, !commands.isEmpty {
            offered = commands
            output(page.shortChoices(commands))
        }
        if case .some(let overlay) = state.overlay, overlay.context == .reading {
            // A text is read once it is printed.
            handle(.command(.back))
            shown = LinearPage(state: state, look: look).lines()
            offered = LinearPage(state: state, look: look).commands()
        }
    }

    // MARK: Taking

    private func take(_ raw: String) {
        let line = raw.filter { !$0.isNewline }
        switch state.context {
        case .writing: takeWriting(line)
        case .choosing: takeChoice(line)
        default: takeCommand(line.trimmingSpaces)
        }
    }

    private func takeWriting(_ line: String) {
        guard line != "." else { return handle(.command(.back)) }
        // The one key that stops at once does so here too, as the key itself or by its name.
        if state.stops(line) { return handle(.command(.stop)) }
        handle(.terminal(.key(.ctrl("u")), pending: false))
        if !line.isEmpty { handle(.terminal(.paste(line), pending: false)) }
        handle(.command(.accept))
    }

    private func takeChoice(_ line: String) {
        guard let overlay = state.overlay, let number = Int(line.trimmingSpaces),
            (1...max(1, state.choices(overlay).count)).contains(number)
        else { return handle(.command(.back)) }
        handle(.command(.first))
        for _ in 1..<number { handle(.command(.down)) }
        handle(.command(.accept))
    }

    private func takeCommand(_ line: String) {
        guard !line.isEmpty else {
            shown = []
            return
        }
        if line == "?" {
            offered = LinearPage(state: state, look: look).allCommands()
            for choice in LinearPage(state: state, look: look).choices(offered) { output(choice) }
            return
        }
        guard let command = command(for: line), isMeant(command) else {
            return output(SafeText(state.words.linearUnknown))
        }
        let wasUncovered = state.isUncovered
        handle(.command(command))
        if wasUncovered, !state.isUncovered, state.hand != nil { output(SafeText(state.words.linearCovered)) }
    }

    /// Whether a command means something on this screen; a forbidden one does: it says why.
    private func isMeant(_ command: Command) -> Bool {
        let rows = state.keymap.bindings.filter { $0.command == command }
        return state.forbidden(command) != nil
            || rows.contains { $0.contexts.contains(state.screen.context) || $0.contexts.contains(.anywhere) }
    }

    private func command(for line: String) -> Command? {
        if let number = Int(line), offered.indices.contains(number - 1) { return offered[number - 1] }
        if let key = KeyName.key(line), let found = state.keymap.command(for: key, in: state.context) {
            return found
        }
        if let command = Command(rawValue: line.lowercased()) { return command }
        return state.keymap.bindings.first {
            $0.naming(state.language).title.lowercased() == line.lowercased()
        }?.command
    }

    private func handle(_ event: ConsoleEvent) {
        var waiting = update(&state, event, at: desk.now())[...]
        while let effect = waiting.popFirst() {
            switch effect {
            case .exit(let reason): exit = exit ?? reason
            case .repaint: shown = []
            case .pauseTerminal: break
            case .verifyLedger:
                if let answer = runner.verify({ _ in }) {
                    waiting += update(&state, .answer(answer), at: desk.now())
                }
            case .recompute:
                if let answer = runner.recompute({ _, _ in }) {
                    waiting += update(&state, .answer(answer), at: desk.now())
                }
            default:
                if let answer = runner.run(effect) {
                    waiting += update(&state, .answer(answer), at: desk.now())
                }
            }
        }
    }
}

extension ConsoleState {
    /// Whether a line that was written is nothing but the key that stops now.
    fileprivate func stops(_ line: String) -> Bool {
        let key = line == "\u{18}" ? Key.ctrl("x") : line.count > 1 ? KeyName.key(line) : nil
        return key.flatMap { keymap.command(for: $0, in: .writing) } == .stop
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
