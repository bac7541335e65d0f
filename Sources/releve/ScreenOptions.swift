import ArgumentParser
import Console
import Desk
import Foundation
import Glibc
import Moderation
import TerminalKit

/// How a console is shown: the same for every command that opens one.
struct ScreenOptions: ParsableArguments {
    @Flag(help: "Line by line, without taking the screen: for screen readers and plain pipes.")
    var linear = false
    @Option(help: "dark, light, monochrome or colour-blind-safe.") var theme = "dark"
    @Flag(help: "Draw boxes and rules with + - and |.") var ascii = false
    @Flag(help: "Use the mouse; copying by dragging then needs Shift.") var mouse = false

    /// Opens the console and stays in it until the person leaves.
    func open(_ desk: Desk, _ person: Person, role: Moderation.Role, start: ConsoleStart = .usual) throws {
        guard let theme = Theme.named(theme) else {
            let known = Theme.all.map(\.name).joined(separator: ", ")
            throw Complaint("--theme: unknown \(self.theme.debugDescription) (one of \(known))")
        }
        let settings = ConsoleSettings(
            language: Language(locale: Settings.language), themeName: theme.name,
            noColor: Settings.variable("NO_COLOR") != nil, lines: ascii ? .ascii : .unicode, mouse: mouse,
            utcOffset: TimeZone.current.secondsFromGMT())
        let reason =
            linear
            ? runLinear(desk, person, role, settings, start)
            : try runOnScreen(desk, person, role, settings, start)
        if reason == .terminated { throw ExitCode(143) }
        if reason == .hungUp { throw ExitCode(129) }
    }

    private func runOnScreen(
        _ desk: Desk, _ person: Person, _ role: Moderation.Role, _ settings: ConsoleSettings,
        _ start: ConsoleStart
    ) throws -> ExitReason {
        let terminal: NcursesTerminal
        do throws(TerminalError) { terminal = try NcursesTerminal() } catch {
            throw Complaint(String(describing: error))
        }
        return ConsoleApp(
            desk: desk, person: person, role: role, terminal: terminal, settings: settings,
            start: start, checkIns: try? SiteOptions.checkIns(of: person, at: desk)
        )
        .run()
    }

    private func runLinear(
        _ desk: Desk, _ person: Person, _ role: Moderation.Role, _ settings: ConsoleSettings,
        _ start: ConsoleStart
    ) -> ExitReason {
        let reader = LineReader()
        let writer = LinearWriter(descriptor: STDOUT_FILENO)
        return LinearConsole(
            desk: desk, person: person, role: role, settings: settings, start: start,
            checkIns: try? SiteOptions.checkIns(of: person, at: desk),
            input: { reader.next(within: $0) }, output: { writer.write($0) }
        ).run()
    }
}
