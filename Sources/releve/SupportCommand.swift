import ArgumentParser
import Desk
import Moderation
import Store

/// `releve support`: whom people of this site may turn to.
struct SupportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "support", abstract: "See whom you may turn to; leads name them.",
        subcommands: [Show.self, Add.self, Remove.self], defaultSubcommand: Show.self)

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the contacts; that you looked is recorded nowhere.")
        @OptionGroup var site: SiteOptions
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            let (desk, _) = try site.signIn()
            let contacts = try desk.support()
            if json { return try Output.json(["contacts": contacts]) }
            if contacts.isEmpty { Output.line("nobody is named yet (a lead does: releve support add)") }
            for (place, contact) in contacts.enumerated() {
                let more = [
                    contact.hours, contact.languages.isEmpty ? nil : contact.languages.joined(separator: ","),
                ]
                Output.line(
                    ([" \(place + 1)  \(contact.name)", contact.reach] + more.compactMap(\.self))
                        .joined(separator: "  "))
            }
        }
    }

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Name another contact; for leads.",
            discussion: "releve support add --name \"Occupational physician\" --reach \"+33 1 23 45 67 89\"")
        @OptionGroup var site: SiteOptions
        @Option(help: "Who it is.") var name: String
        @Option(help: "How to reach them: a number, an address, a room.") var reach: String
        @Option(help: "When they can be reached.") var hours: String?
        @Option(help: "The languages they speak, such as en,fr.") var languages: String?
        @Option(help: "Its place in the list, from 1 (default: the last).") var at: Int?

        func run() throws {
            let (desk, lead) = try site.signIn()
            var contacts = try desk.support()
            let place = at ?? contacts.count + 1
            guard (1...contacts.count + 1).contains(place) else {
                throw Complaint("--at: 1 to \(contacts.count + 1)")
            }
            contacts.insert(
                SupportContact(name: name, reach: reach, hours: hours, languages: Choices.words(languages)),
                at: place - 1)
            try desk.setSupport(contacts, by: lead)
            Output.line("named \(name); \(contacts.count) in all")
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take a contact out; for leads.")
        @OptionGroup var site: SiteOptions
        @Argument(help: "Its number in the list.") var number: Int

        func run() throws {
            let (desk, lead) = try site.signIn()
            var contacts = try desk.support()
            guard contacts.indices.contains(number - 1) else {
                throw Complaint("there is no contact \(number) (see: releve support)")
            }
            let gone = contacts.remove(at: number - 1)
            try desk.setSupport(contacts, by: lead)
            Output.line("took out \(gone.name); \(contacts.count) left")
        }
    }
}
