import ArgumentParser
import Console
import Desk
import Foundation
import Glibc
import Moderation
import TerminalKit

/// `releve`: the console for who you are.
struct ConsoleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "console", abstract: "Open the console for who you are.")

    @OptionGroup var site: SiteOptions
    @Option(help: "moderator, lead or auditor, if you hold that role (default: the first you hold).")
    var role: String?
    @Flag(help: "Line by line, without taking the screen: for screen readers and plain pipes.")
    var linear = false
    @Option(help: "dark, light, monochrome or colour-blind-safe.") var theme = "dark"
    @Flag(help: "Draw boxes and rules with + - and |.") var ascii = false
    @Flag(help: "Use the mouse; copying by dragging then needs Shift.") var mouse = false

    func run() throws {
        let (desk, person) = try site.signIn()
        let role = try chosenRole(of: person)
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
            ? runLinear(desk, person, role, settings) : try runOnScreen(desk, person, role, settings)
        if reason == .terminated { throw ExitCode(143) }
        if reason == .hungUp { throw ExitCode(129) }
    }

    private func chosenRole(of person: Person) throws -> Moderation.Role {
        guard let name = role else {
            let first = Moderation.Role.allCases.first { person.roles.contains($0) }
            guard let first else { throw Complaint("\(person.user) holds no role (ask your lead)") }
            return first
        }
        guard let role = Moderation.Role(rawValue: name) else {
            throw Complaint("--role: unknown \(name.debugDescription) (moderator, lead or auditor)")
        }
        guard person.roles.contains(role) else { throw DeskError.needsRole(role) }
        return role
    }

    private func runOnScreen(
        _ desk: Desk, _ person: Person, _ role: Moderation.Role, _ settings: ConsoleSettings
    ) throws -> ExitReason {
        let terminal: NcursesTerminal
        do throws(TerminalError) { terminal = try NcursesTerminal() } catch {
            throw Complaint(String(describing: error))
        }
        return ConsoleApp(desk: desk, person: person, role: role, terminal: terminal, settings: settings)
            .run()
    }

    private func runLinear(
        _ desk: Desk, _ person: Person, _ role: Moderation.Role, _ settings: ConsoleSettings
    ) -> ExitReason {
        let reader = LineReader()
        let writer = LinearWriter(descriptor: STDOUT_FILENO)
        return LinearConsole(
            desk: desk, person: person, role: role, settings: settings,
            input: { reader.next(within: $0) }, output: { writer.write($0) }
        ).run()
    }
}
