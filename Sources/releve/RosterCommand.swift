import ArgumentParser
import Desk
import Moderation

/// `releve roster`: who works here.
struct RosterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roster", abstract: "See and change who works here.",
        subcommands: [List.self, Add.self, Change.self, NeverShow.self, Logins.self],
        defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List people; names and opt-outs of others are not shown to everybody.")
        @OptionGroup var site: SiteOptions

        func run() throws {
            let (desk, person) = try site.signIn()
            let isLead = person.roles.contains(.lead)
            for other in try desk.people() where isLead || other.id == person.id {
                let roles = other.roles.map(\.rawValue).sorted().joined(separator: ",")
                let languages =
                    other.languages.isEmpty ? "any language" : other.languages.sorted().joined(separator: ",")
                let state = other.isActive ? "" : "  (not active)"
                Output.line("\(other.id)  \(other.user)  \(other.name)  \(roles)  \(languages)\(state)")
            }
        }
    }

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add somebody; for leads.")
        @OptionGroup var site: SiteOptions
        @Option(help: "Their OS user.") var user: String
        @Option(help: "What colleagues call them.") var name: String?
        @Option(help: "Roles, by commas: moderator, lead, auditor, representative, physician.") var roles =
            "moderator"
        @Option(help: "Languages they review in, such as en,fr; any when left out.") var languages: String?

        func run() throws {
            let (desk, lead) = try site.signIn()
            let roles = try Choices.set(roles, Role.self, option: "--roles")
            let person = try desk.addPerson(
                user: user, name: name ?? user, roles: roles, languages: Set(Choices.words(languages)),
                by: lead)
            Output.line("added \(person.user), in the ledger \(person.id)")
        }
    }

    struct Change: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Change roles or languages; for leads.")
        @OptionGroup var site: SiteOptions
        @Option(help: "Their OS user.") var user: String
        @Option(help: "Roles, by commas: moderator, lead, auditor, representative, physician.") var roles:
            String?
        @Option(help: "Languages they review in; \"any\" for all.") var languages: String?
        @Option(help: "Whether they work here now: yes or no.") var active: String?

        func run() throws {
            let (desk, lead) = try site.signIn()
            guard var person = try desk.people().first(where: { $0.user == user }) else {
                throw DeskError.notOnRoster(user: user)
            }
            if let roles { person.roles = try Choices.set(roles, Role.self, option: "--roles") }
            if let languages { person.languages = languages == "any" ? [] : Set(Choices.words(languages)) }
            if let active {
                guard ["yes", "no"].contains(active) else { throw Complaint("--active: yes or no") }
                person.isActive = active == "yes"
            }
            try desk.change(person, by: lead)
            Output.line("changed \(person.user)")
        }
    }

    struct NeverShow: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what you never want to be shown; no reason is asked for.")
        @OptionGroup var site: SiteOptions
        @OptionGroup var kinds: KindOptions
        @Flag(help: "Show them again.") var undo = false

        func run() throws {
            let (desk, person) = try site.signIn()
            let (hazards, policies) = try kinds.kinds(at: desk)
            let changed =
                try undo
                ? desk.showAgain(hazards: hazards, policies: policies, to: person)
                : desk.neverShow(hazards: hazards, policies: policies, to: person)
            let all =
                changed.optOuts.hazards.map(\.rawValue).sorted()
                + changed.optOuts.policies.map(\.rawValue).sorted()
            Output.line(
                "never shown to you: \(all.isEmpty ? "nothing is left out" : all.joined(separator: ", "))")
        }
    }
}
