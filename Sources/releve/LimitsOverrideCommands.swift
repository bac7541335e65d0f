import ArgumentParser
import Desk
import Exposure
import Moderation
import Store

extension LimitsCommand {
    /// `releve limits override`: beyond some limits for one person and one shift.
    struct OverrideCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "override",
            abstract: "Let one person go beyond some limits in one shift: asked, signed, consented to.",
            discussion: """
                A lead asks with a reason, a second one signs, and the person consents in the shift it is for, or \
                declines without a reason. It ends with that shift and never passes the ceiling.
                """,
            subcommands: [Ask.self, Sign.self, Consent.self, Decline.self, List.self],
            defaultSubcommand: List.self)

        struct Ask: ParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Ask for an override; for leads.",
                discussion:
                    "Example: releve limits override ask ben daily=115 --reason \"the court's deadline is tonight\""
            )
            @OptionGroup var site: SiteOptions
            @Argument(help: "Their OS user or pseudonym.") var person: String
            @Argument(help: "NAME=FIGURE, as releve limits show prints them.") var changes: [String]
            @Option(help: "Why; the person is shown it.") var reason: String
            @Flag(help: "One JSON object.") var json = false

            func run() throws {
                let (desk, lead) = try site.signIn()
                let people = try desk.people().filter(\.isActive)
                guard let concerned = people.first(where: { $0.user == person || $0.id.rawValue == person })
                else { throw DeskError.notOnRoster(user: person) }
                let inForce = try desk.limitsInForce(for: lead).stored.limits
                var figures: [LimitField: Int64] = [:]
                for change in changes {
                    var limits = inForce
                    let field = try Figure.apply(change, to: &limits)
                    figures[field] = limits[field]
                }
                let leave = try desk.askOverride(of: figures, for: concerned.id, reason: reason, by: lead)
                if json { return try Output.json(["override": leave.id.rawValue]) }
                Output.line(
                    "override \(leave.id): a second lead signs with releve limits override sign \(leave.id), "
                        + "then \(concerned.name) consents or declines")
            }
        }

        struct Sign: ParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Sign or refuse an override that another lead asked for.")
            @OptionGroup var site: SiteOptions
            @Argument(help: "The override's id, or its beginning.") var id: String
            @Flag(help: "Refuse it.") var refuse = false

            func run() throws {
                let (desk, lead) = try site.signIn()
                let leave = try desk.countersign(
                    desk.resolveOverride(prefix: id, for: lead), approving: !refuse, by: lead)
                Output.line(
                    refuse ? "refused: \(leave.id)" : "signed: \(leave.id) waits for the person's consent")
            }
        }

        struct Consent: ParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Consent to an override for the shift that you are in.")
            @OptionGroup var site: SiteOptions
            @Argument(help: "The override's id, or its beginning.") var id: String

            func run() throws {
                let (desk, person) = try site.signIn()
                let leave = try desk.consent(to: desk.resolveOverride(prefix: id, for: person), by: person)
                Output.line(
                    "override \(leave.id) holds until your shift ends (end it with: releve limits override decline "
                        + "\(leave.id))")
            }
        }

        struct Decline: ParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Say no to an override, at any time; no reason is asked for.")
            @OptionGroup var site: SiteOptions
            @Argument(help: "The override's id, or its beginning.") var id: String

            func run() throws {
                let (desk, person) = try site.signIn()
                let leave = try desk.decline(desk.resolveOverride(prefix: id, for: person), by: person)
                Output.line("declined: \(leave.id); your limits are those of everybody")
            }
        }

        struct List: ParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "List overrides: your own, and everybody's for leads and auditors.")
            @OptionGroup var site: SiteOptions
            @OptionGroup var length: ListLength
            @Flag(help: "One JSON object.") var json = false

            func run() throws {
                let (desk, person) = try site.signIn()
                let found = try desk.overrides(limit: length.limit, for: person)
                if json { return try Output.json(["overrides": found.map(Card.init)]) }
                for card in found {
                    let signed = card.countersigner.map { ", second \($0)" } ?? ""
                    Output.line(
                        [
                            card.leave.id.rawValue, card.leave.requestedAt.rfc3339,
                            card.state.rawValue.padded(8), "for \(card.person)", Figure.text(card.changes),
                            "asked by \(card.requester)\(signed)", card.leave.reason,
                        ].joined(separator: "  "))
                }
            }

            private struct Card: Encodable {
                let override, at, state, person, askedBy, reason: String
                let secondBy, shift: String?
                let changes: [Figure.ChangeCard]

                init(_ card: OverrideCard) {
                    self.override = card.leave.id.rawValue
                    at = card.leave.requestedAt.rfc3339
                    state = card.state.rawValue
                    person = card.person
                    askedBy = card.requester
                    reason = card.leave.reason
                    secondBy = card.countersigner
                    shift = card.leave.shift?.rawValue
                    changes = card.changes.map(Figure.ChangeCard.init)
                }

                enum CodingKeys: String, CodingKey {
                    case override, at, state, person, reason, shift, changes
                    case askedBy = "asked_by"
                    case secondBy = "second_by"
                }
            }
        }
    }
}
