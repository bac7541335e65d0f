import ArgumentParser
import Desk
import Moderation

/// `releve`: the console for who you are.
struct ConsoleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "console", abstract: "Open the console for who you are.")

    @OptionGroup var site: SiteOptions
    @Option(
        help: "A role you hold: moderator, lead, auditor, representative, physician (default: the first).")
    var role: String?
    @OptionGroup var screen: ScreenOptions

    func run() throws {
        let (desk, person) = try site.signIn()
        let role = try chosenRole(of: person)
        try screen.open(desk, person, role: role)
    }

    private func chosenRole(of person: Person) throws -> Moderation.Role {
        guard let name = role else {
            let first = Moderation.Role.allCases.first { person.roles.contains($0) }
            guard let first else { throw Complaint("\(person.user) holds no role (ask your lead)") }
            return first
        }
        guard let role = Moderation.Role(rawValue: name) else {
            let all = Moderation.Role.allCases.map(\.rawValue).joined(separator: ", ")
            throw Complaint("--role: unknown \(name.debugDescription) (one of \(all))")
        }
        guard person.roles.contains(role) else { throw DeskError.needsRole(role) }
        return role
    }
}
