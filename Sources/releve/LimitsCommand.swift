import ArgumentParser
import Desk
import Exposure
import Moderation
import Store

/// `releve limits`: what is in force, and how it comes to change.
struct LimitsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "limits", abstract: "See, lower, propose, sign and simulate exposure limits.",
        discussion: """
            Lowering acts at once. What loosens anything is proposed with a reason, signed by a second lead, holds for \
            each person from their next shift, and is shown to them until they say that they have seen it.
            """,
        subcommands: [
            Show.self, Lower.self, Propose.self, Approve.self, Withdraw.self, Proposals.self,
            Acknowledge.self, OverrideCommand.self, Simulate.self, History.self,
        ], defaultSubcommand: Show.self)

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the limits in force, who set them, and what of them waits for you.")
        @OptionGroup var site: SiteOptions
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            let (desk, person) = try site.signIn()
            let limits = try desk.limitsInForce(for: person)
            if json { return try Output.json(limits.stored.limits) }
            let author = limits.setByName ?? "the defaults of the site"
            Output.line(
                "version \(limits.stored.limits.version), in force since \(limits.stored.since), by \(author)"
            )
            for (name, value) in limits.stored.limits.canonical where name != "version" {
                let shown = LimitField(rawValue: name).map(Figure.shortName) ?? name
                Output.line("\(shown.padded(20)) \(Figure.text(value, of: name))")
            }
            try showOwn(desk, person, site: limits.stored.limits)
        }

        /// What is different for the person, and what they are asked.
        private func showOwn(_ desk: Desk, _ person: Person, site: Limits) throws {
            for change in try desk.standing(of: person).limits.changes(from: site) {
                Output.line(
                    "for you \(Figure.shortName(change.field)) is \(Figure.text(change.new, of: change.field.rawValue))"
                )
            }
            for asked in try desk.loosenedLimits(for: person) where asked.acknowledgedAt == nil {
                Output.line(
                    "version \(asked.version) loosens \(Figure.text(asked.changes.filter(\.loosens))): "
                        + "\(asked.reason) (proposed by \(asked.proposer), signed by \(asked.countersigner); say that "
                        + "you have seen it with: releve limits acknowledge \(asked.version))")
            }
            for card in try desk.ownOverrides(limit: 20, of: person) where card.state.isAsked {
                Output.line(
                    "override \(card.leave.id) \(card.state.rawValue): \(Figure.text(card.changes)), "
                        + "for one shift: \(card.leave.reason) (asked by \(card.requester); releve limits override "
                        + "consent|decline \(card.leave.id))")
            }
        }
    }

    struct Lower: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lower limits; acts at once.",
            discussion:
                "Example: releve limits lower daily=80 continuous=40m. What would loosen a limit is refused.")
        @OptionGroup var site: SiteOptions
        @Argument(help: "NAME=FIGURE, as releve limits show prints them.") var changes: [String]
        @Flag(help: "Only say what it would do.") var dryRun = false
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            let (desk, person) = try site.signIn()
            let inForce = try desk.limitsInForce(for: person).stored.limits
            var limits = inForce
            for change in changes { try Figure.apply(change, to: &limits) }
            if dryRun { return try TrialText(desk.tryOut(limits, by: person)).show(asJSON: json) }
            let new = try desk.lowerLimits(to: limits, by: person)
            if json { return try Output.json(new) }
            if new == inForce { return Output.line("that is what is in force already") }
            Output.line("limits version \(new.version) are in force")
        }
    }

    struct History: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List all limits that were in force: who set them, who signed, and why.")
        @OptionGroup var site: SiteOptions
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            let (desk, person) = try site.signIn()
            let versions = try desk.limitsVersions(for: person)
            if json { return try Output.json(["versions": versions.map(Card.init)]) }
            for version in versions {
                let author = version.setBy ?? "defaults"
                let signed = version.countersigner.map { ", signed by \($0)" } ?? ""
                let why = version.reason.map { ": \($0)" } ?? ""
                Output.line(
                    "\(version.stored.since)  version \(version.stored.limits.version)  \(author)\(signed)  "
                        + Figure.text(version.changes) + why)
            }
        }

        private struct Card: Encodable {
            let version: Int
            let since: String
            let setBy, signedBy, reason: String?
            let limits: Limits
            let changes: [Figure.ChangeCard]

            init(_ version: LimitsVersion) {
                self.version = version.stored.limits.version
                since = version.stored.since.rfc3339
                setBy = version.setBy
                signedBy = version.countersigner
                reason = version.reason
                limits = version.stored.limits
                changes = version.changes.map(Figure.ChangeCard.init)
            }

            enum CodingKeys: String, CodingKey {
                case version, since, reason, limits, changes
                case setBy = "set_by"
                case signedBy = "signed_by"
            }
        }
    }
}

extension OverrideState {
    /// Whether the person concerned is asked something.
    var isAsked: Bool { [.asked, .signed].contains(self) }
}
