import ArgumentParser
import Desk
import Moderation
import Store

/// A pseudonym opens only by two people and a logged reason.
extension AuditCommand {
    struct Open: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ask to see whose pseudonym it is; a second person has to approve.")
        @OptionGroup var site: SiteOptions
        @Argument(help: "The pseudonym.") var pseudonym: String
        @Option(help: "Why.") var reason: String

        func run() throws {
            let (desk, auditor) = try site.signIn()
            let opening = try desk.askToOpen(PersonID(pseudonym), reason: reason, by: auditor)
            Output.line(
                "request \(opening.id): a second auditor or a lead answers with releve audit approve \(opening.id)"
            )
        }
    }

    struct Approve: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Approve somebody else's request; for auditors and leads.")
        @OptionGroup var site: SiteOptions
        @Argument(help: "The request's id, or its beginning.") var request: String

        func run() throws {
            let (desk, person) = try site.signIn()
            let opening = try desk.answer(
                desk.resolveOpening(prefix: request, for: person), approving: true, by: person)
            Output.line("approved: \(opening.requester) can see the name once, within 24 hours")
        }
    }

    struct Refuse: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Refuse somebody else's request; for auditors and leads.")
        @OptionGroup var site: SiteOptions
        @Argument(help: "The request's id, or its beginning.") var request: String

        func run() throws {
            let (desk, person) = try site.signIn()
            let opening = try desk.answer(
                desk.resolveOpening(prefix: request, for: person), approving: false, by: person)
            Output.line("refused: \(opening.id)")
        }
    }

    struct Name: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "See the name of an approved request of yours: once, within 24 hours.")
        @OptionGroup var site: SiteOptions
        @Argument(help: "The request's id, or its beginning.") var request: String

        func run() throws {
            let (desk, auditor) = try site.signIn()
            Output.line(try desk.name(of: desk.resolveOpening(prefix: request, for: auditor), for: auditor))
        }
    }

    struct Openings: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List requests to open pseudonyms; for auditors and leads.")
        @OptionGroup var site: SiteOptions
        @OptionGroup var length: ListLength
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            let (desk, person) = try site.signIn()
            let found = try desk.openings(limit: length.limit, for: person)
            if json { return try Output.json(["openings": found.map { Card($0.opening, $0.state) }]) }
            for (opening, state) in found {
                Output.line(
                    [
                        opening.id.rawValue, opening.requestedAt.rfc3339, state.rawValue.padded(8),
                        "whose \(opening.concerned), asked by \(opening.requester)", opening.reason,
                    ].joined(separator: "  "))
            }
        }

        private struct Card: Encodable {
            let request, whose, by, at, state, reason: String
            let answered: String?

            init(_ opening: Opening, _ state: OpeningState) {
                request = opening.id.rawValue
                whose = opening.concerned.rawValue
                by = opening.requester.rawValue
                at = opening.requestedAt.rfc3339
                self.state = state.rawValue
                reason = opening.reason
                answered = opening.answeredBy?.rawValue
            }
        }
    }
}
