import ArgumentParser
import Desk
import Exposure
import Moderation
import Store

/// Limits that are loosened: proposed by one lead, signed by another, seen by everybody.
extension LimitsCommand {
    struct Propose: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Propose to loosen limits; a second lead has to sign.",
            discussion: """
                Example: releve limits propose daily=110 --reason "two are ill, the backlog is past its deadlines"

                First says what it would do. Weights, the floor (floor=10s) and the time without a key (auto_cover=120s) \
                are changed in the same way. The ceiling is raised only by the signature of a lead who owns the store.
                """)
        @OptionGroup var site: SiteOptions
        @Argument(help: "NAME=FIGURE, as releve limits show prints them.") var changes: [String]
        @Option(help: "Why; everybody who works here is shown it.") var reason: String?
        @Flag(help: "Only say what it would do.") var dryRun = false
        @Flag(help: "One JSON object.") var json = false

        func validate() throws {
            guard dryRun || reason != nil else { throw ValidationError("a reason is needed (--reason)") }
        }

        func run() throws {
            let (desk, person) = try site.signIn()
            var limits = try desk.limitsInForce(for: person).stored.limits
            for change in changes { try Figure.apply(change, to: &limits) }
            let trial = try desk.tryOut(limits, by: person)
            guard !dryRun, let reason else { return try TrialText(trial).show(asJSON: json) }
            let proposal = try desk.propose(limits, reason: reason, by: person)
            if json { return try Output.json(Report(proposal: proposal.id.rawValue, trial: .init(trial))) }
            TrialText(trial).show()
            Output.line(
                "proposal \(proposal.id): a second lead answers with releve limits approve \(proposal.id)")
        }

        private struct Report: Encodable {
            let proposal: String
            let trial: TrialText.Report
        }
    }

    struct Approve: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sign somebody else's proposal, or refuse it; for leads.")
        @OptionGroup var site: SiteOptions
        @Argument(help: "The proposal's id, or its beginning.") var proposal: String
        @Flag(help: "Refuse it.") var refuse = false
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            let (desk, person) = try site.signIn()
            let id = try desk.resolveProposal(prefix: proposal, for: person)
            guard !refuse else {
                try desk.refuse(id, by: person)
                return try answer(id, version: nil, "refused: \(id)")
            }
            let limits = try desk.approve(id, by: person)
            try answer(
                id, version: limits.version,
                "limits version \(limits.version): what is lowered holds now, what is raised from each person's next "
                    + "shift; everybody is shown it")
        }

        private func answer(_ id: ProposalID, version: Int?, _ text: String) throws {
            guard json else { return Output.line(text) }
            try Output.json(Report(proposal: id.rawValue, approved: version != nil, version: version))
        }

        private struct Report: Encodable {
            let proposal: String
            let approved: Bool
            let version: Int?
        }
    }

    struct Withdraw: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take your own proposal back.")
        @OptionGroup var site: SiteOptions
        @Argument(help: "The proposal's id, or its beginning.") var proposal: String

        func run() throws {
            let (desk, person) = try site.signIn()
            let id = try desk.resolveProposal(prefix: proposal, for: person)
            try desk.withdraw(id, by: person)
            Output.line("withdrawn: \(id)")
        }
    }

    struct Proposals: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List proposals, and how many people have not yet seen what was loosened last.")
        @OptionGroup var site: SiteOptions
        @OptionGroup var length: ListLength
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            let (desk, person) = try site.signIn()
            let found = try desk.proposals(limit: length.limit, for: person)
            let seen = person.roles.contains(.lead) ? try desk.pendingAcknowledgements(for: person) : nil
            if json {
                return try Output.json(
                    Report(proposals: found.map(Card.init), pending: seen.map(Pending.init)))
            }
            for card in found {
                let answered = card.answerer.map { ", answered by \($0)" } ?? ""
                Output.line(
                    [
                        card.proposal.id.rawValue, card.proposal.at.rfc3339, card.state.rawValue.padded(9),
                        Figure.text(card.changes), "by \(card.proposer)\(answered)", card.proposal.reason,
                    ].joined(separator: "  "))
            }
            if let seen {
                Output.line(
                    "version \(seen.version): \(seen.pending) of \(seen.of) people have not said yet that they saw it"
                )
            }
        }

        private struct Report: Encodable {
            let proposals: [Card]
            let pending: Pending?
        }

        private struct Pending: Encodable {
            let version, pending, people: Int

            init(_ seen: (version: Int, pending: Int, of: Int)) {
                (version, pending, people) = seen
            }
        }

        private struct Card: Encodable {
            let proposal, at, state, by, reason: String
            let changes: [Figure.ChangeCard]
            let answeredBy: String?
            let version: Int?
            let needsOwner: Bool

            init(_ card: ProposalCard) {
                proposal = card.proposal.id.rawValue
                at = card.proposal.at.rfc3339
                state = card.state.rawValue
                by = card.proposer
                reason = card.proposal.reason
                changes = card.changes.map(Figure.ChangeCard.init)
                answeredBy = card.answerer
                version = card.proposal.version
                needsOwner = card.needsOwner
            }

            enum CodingKeys: String, CodingKey {
                case proposal, at, state, by, reason, changes, version
                case answeredBy = "answered_by"
                case needsOwner = "needs_owner"
            }
        }
    }

    struct Acknowledge: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say that you have seen limits which were loosened; that is no consent.",
            discussion: """
                With --refuse it loosens nothing for you. No reason is asked for, and nobody is told: the ledger says only \
                that you have seen it. --accept takes a refusal back, between shifts.
                """)
        @OptionGroup var site: SiteOptions
        @Argument(help: "The version; all that you have not seen when left out.") var version: Int?
        @Flag(help: "Go on under what held before.") var refuse = false
        @Flag(help: "Take a refusal back.") var accept = false

        func validate() throws {
            guard !(refuse && accept) else { throw ValidationError("--refuse or --accept, not both") }
            guard !accept || version != nil else { throw ValidationError("--accept goes with a version") }
        }

        func run() throws {
            let (desk, person) = try site.signIn()
            let waiting = try desk.loosenedLimits(for: person).filter { $0.acknowledgedAt == nil }
            let versions = version.map { [$0] } ?? waiting.map(\.version).sorted()
            guard !versions.isEmpty else { return Output.line("there is nothing that you have not seen") }
            for version in versions {
                try desk.acknowledge(version, refusing: refuse ? true : accept ? false : nil, by: person)
                Output.line(
                    refuse
                        ? "seen, and refused: version \(version) loosens nothing for you"
                        : "seen: version \(version)")
            }
        }
    }
}
