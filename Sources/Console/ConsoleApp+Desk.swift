public import Desk
public import Moderation
public import TerminalKit

extension ConsoleApp {
    /// A console for a person in one of their roles.
    ///
    ///     let app = ConsoleApp(desk: desk, person: ada, role: .moderator, terminal: try NcursesTerminal())
    ///     let reason = app.run()
    public convenience init(
        desk: Desk, person: Person, role: Moderation.Role, terminal: any Terminal,
        settings: ConsoleSettings = ConsoleSettings()
    ) {
        self.init(
            desk: LiveDesk(desk: desk, person: person) as any ConsoleDesk, person: person, role: role,
            terminal: terminal, settings: settings)
    }
}

extension LinearConsole {
    /// A line-by-line console for a person in one of their roles.
    ///
    /// - Parameters:
    ///   - input: gives the next line within a time; `nil` waits for ever.
    ///   - output: takes one safe line.
    public convenience init(
        desk: Desk, person: Person, role: Moderation.Role, settings: ConsoleSettings = ConsoleSettings(),
        input: @escaping (Duration?) -> LinearInput, output: @escaping (SafeText) -> Void
    ) {
        self.init(
            desk: LiveDesk(desk: desk, person: person) as any ConsoleDesk, person: person, role: role,
            settings: settings, input: input, output: output)
    }
}
