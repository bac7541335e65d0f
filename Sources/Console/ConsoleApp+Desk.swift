public import CheckIn
public import Desk
public import Moderation
public import TerminalKit

extension ConsoleApp {
    /// A console for a person in one of their roles; `checkIns` is where they keep their check-ins.
    ///
    ///     let app = ConsoleApp(desk: desk, person: ada, role: .moderator, terminal: try NcursesTerminal())
    ///     let reason = app.run()
    public convenience init(
        desk: Desk, person: Person, role: Moderation.Role, terminal: any Terminal,
        settings: ConsoleSettings = ConsoleSettings(), start: ConsoleStart = .usual,
        checkIns: CheckInFile? = nil
    ) {
        self.init(
            desk: LiveDesk(desk: desk, person: person, checkIns: checkIns) as any ConsoleDesk, person: person,
            role: role, terminal: terminal, settings: settings, start: start,
            waiting: { desk.waitForWork(upTo: $0) })
    }
}

extension LinearConsole {
    /// A line-by-line console for a person in one of their roles.
    ///
    /// - Parameters:
    ///   - start: the screen on which it begins.
    ///   - input: gives the next line within a time; `nil` waits for ever.
    ///   - output: takes one safe line.
    ///   - checkIns: where the person keeps their check-ins.
    public convenience init(
        desk: Desk, person: Person, role: Moderation.Role, settings: ConsoleSettings = ConsoleSettings(),
        start: ConsoleStart = .usual, checkIns: CheckInFile? = nil,
        input: @escaping (Duration?) -> LinearInput, output: @escaping (SafeText) -> Void
    ) {
        self.init(
            desk: LiveDesk(desk: desk, person: person, checkIns: checkIns) as any ConsoleDesk, person: person,
            role: role,
            settings: settings, start: start, input: input, output: output)
    }
}
