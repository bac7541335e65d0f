import ArgumentParser
import Desk
import Moderation
import Store

extension AuditCommand {
    /// `releve audit sample`.
    struct SampleCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "sample", abstract: "Draw random samples that others can draw again.",
            subcommands: [Draw.self, List.self, Show.self, Redraw.self], defaultSubcommand: List.self)

        struct Draw: ParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Announce a sample with its seed in the ledger, then draw it.",
                discussion: """
                    Decisions of yours, and of those named by --for, are left out. Without --seed one is drawn; either
                    is in the ledger before anything is drawn.
                    """)
            @OptionGroup var site: SiteOptions
            @OptionGroup var wish: AuditFilterOptions
            @Option(help: "How many decisions.") var size: Int
            @Option(help: "By policy, action, language, hazard, moderator; several by commas.") var strata:
                String?
            @Option(help: "At least so many of each stratum.") var minimum = 1
            @Option(help: "A seed agreed on before: letters a-z, digits, hyphens.") var seed: String?
            @Option(help: "Pseudonyms of other auditors who will judge it, by commas.") var `for`: String?
            @Flag(help: "Show the decisions at once, not only after the own judgement.") var open = false
            @Flag(help: "One JSON object.") var json = false

            func run() throws {
                let (desk, auditor) = try site.signIn()
                var request = SampleRequest(size: size)
                request.filter = try wish.filter(at: desk)
                request.strata = try Choices.set(strata, StratumFacet.self, option: "--strata")
                request.minimum = minimum
                request.seed = seed
                request.isBlind = !open
                request.auditors = Set(Choices.words(self.for).map { PersonID($0) })
                let sample = try desk.drawSample(request, by: auditor)
                if json { return try Output.json(SampleCard(sample)) }
                Output.line(sample.headline)
                for stratum in sample.draw?.strata ?? [] where !stratum.key.isEmpty {
                    Output.line(
                        "  \(stratum.key.joined(separator: " · ")): \(stratum.drawn) of \(stratum.population)"
                    )
                }
                Output.line("digest \(sample.draw?.digest ?? "")")
            }
        }

        struct List: ParsableCommand {
            static let configuration = CommandConfiguration(abstract: "List samples, newest first.")
            @OptionGroup var site: SiteOptions
            @Flag(help: "One JSON object.") var json = false

            func run() throws {
                let (desk, auditor) = try site.signIn()
                let samples = try desk.samples(for: auditor)
                if json { return try Output.json(["samples": samples.map(SampleCard.init)]) }
                for sample in samples { Output.line(sample.headline) }
            }
        }

        struct Show: ParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Show what is to be judged of a sample; your own decisions are withheld.")
            @OptionGroup var site: SiteOptions
            @Argument(help: "The sample's id, or its beginning.") var id: String
            @Option(help: "After this position.") var after = 0
            @Option(help: "At most so many.") var limit = 50
            @Flag(help: "One JSON object.") var json = false

            func validate() throws {
                guard (1...10_000).contains(limit), after >= 0 else {
                    throw ValidationError("--limit is from 1 to 10000, --after from 0")
                }
            }

            func run() throws {
                let (desk, auditor) = try site.signIn()
                let served = try desk.serve(
                    desk.resolveSample(prefix: id, for: auditor), after: after, limit: limit, to: auditor)
                if json { return try Output.json(ServedCard(served)) }
                Output.line(served.sample.headline)
                for item in served.items {
                    let verdict = item.verdict?.rawValue ?? (item.isJudged ? "judged" : "-")
                    Output.line(
                        "\(String(item.position).padded(4))  \(verdict.padded(8))  \(AuditText.line(item.line))"
                    )
                }
                if served.withheld > 0 { Output.note("\(served.withheld) withheld: your own decisions") }
            }
        }

        struct Redraw: ParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Draw a sample again from what the ledger recorded, and compare.")
            @OptionGroup var site: SiteOptions
            @Argument(help: "The sample's id, or its beginning.") var id: String
            @Flag(help: "One JSON object.") var json = false

            func run() throws {
                let (desk, auditor) = try site.signIn()
                let again = try desk.redraw(desk.resolveSample(prefix: id, for: auditor), by: auditor)
                if json {
                    try Output.json(
                        Card(
                            sample: again.sample.id.rawValue, digest: again.digest,
                            recorded: again.recorded, same: again.isSame))
                } else if again.isFirst {
                    Output.line("drawn for the first time: digest \(again.digest)")
                } else if again.isSame {
                    Output.line("the same \(again.sample.draw?.count ?? 0) decisions: digest \(again.digest)")
                }
                guard again.isSame else {
                    throw Complaint(
                        "sample \(again.sample.id) comes out differently: drawn now \(again.digest), "
                            + "recorded \(again.recorded) (releve ledger verify)", code: 1)
                }
            }

            private struct Card: Encodable {
                let sample, digest, recorded: String
                let same: Bool
            }
        }
    }
}

extension Sample {
    /// A sample in one line.
    fileprivate var headline: String {
        let drawn = draw.map { "\($0.count) of \($0.population)" } ?? "announced, not drawn"
        let parts = strata.map(\.rawValue).joined(separator: ",")
        return [
            "sample \(id)", at.rfc3339, "by \(by)", drawn, parts.isEmpty ? "one stratum" : "by \(parts)",
            isBlind ? "blind" : "open", "seed \(seed)" + (isSeedGiven ? " (given)" : ""),
            "ledger \(ledgerSize)", AuditQuery.text(filter),
        ].joined(separator: "  ")
    }
}

/// A sample as JSON.
private struct SampleCard: Encodable {
    let id, at, by, filter, seed: String
    let strata, without: [String]
    let size, minimum: Int
    let blind, seedGiven: Bool
    let ledgerSize: Int64
    let draw: Sample.Draw?

    enum CodingKeys: String, CodingKey {
        case id, at, by, filter, seed, strata, without, size, minimum, blind, draw
        case seedGiven = "seed_given"
        case ledgerSize = "ledger_size"
    }

    init(_ sample: Sample) {
        id = sample.id.rawValue
        at = sample.at.rfc3339
        by = sample.by.rawValue
        filter = AuditQuery.text(sample.filter)
        seed = sample.seed
        strata = sample.strata.map(\.rawValue)
        without = sample.without.map(\.rawValue).sorted()
        size = sample.size
        minimum = sample.minimum
        blind = sample.isBlind
        seedGiven = sample.isSeedGiven
        ledgerSize = sample.ledgerSize
        draw = sample.draw
    }
}

/// A sample as it is served, as JSON.
private struct ServedCard: Encodable {
    let sample: SampleCard
    let items: [Item]
    let withheld: Int

    struct Item: Encodable {
        let position: Int
        let judged: Bool
        let verdict: String?
        let line: AuditLineCard
    }

    init(_ served: ServedSample) {
        sample = SampleCard(served.sample)
        withheld = served.withheld
        items = served.items.map {
            Item(
                position: $0.position, judged: $0.isJudged, verdict: $0.verdict?.rawValue,
                line: AuditLineCard($0.line))
        }
    }
}
