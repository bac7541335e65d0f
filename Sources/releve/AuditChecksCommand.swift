import ArgumentParser
import Desk
import Moderation
import Store

extension AuditCommand {
    /// `releve audit checks`: where to look in the ledger as a whole.
    struct Checks: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Overrides by lead, drift of hazards, uncoverings after a stop, gaps in clocks.",
            discussion: """
                Goes through the whole ledger. What it names accuses nobody: it says at which entries to look \
                (releve ledger log --from N).
                """)
        @OptionGroup var site: SiteOptions
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            let (desk, auditor) = try site.signIn()
            let progress = Progress(what: "entries")
            let checks = try desk.auditChecks(for: auditor) { progress.report(done: $0, of: $1) }
            progress.finish()
            if json { return try Output.json(Card(checks)) }
            Output.line("\(checks.entries) entries")
            Output.line(checks.overrides.isEmpty ? "no overrides were asked for" : "overrides by lead:")
            for (lead, counts) in checks.overrides.sorted(by: { $0.key < $1.key }) {
                Output.line(
                    "  \(lead)  asked \(counts.asked), countersigned \(counts.countersigned), agreed to "
                        + "\(counts.agreed), refused \(counts.refused)")
            }
            Output.line("hazards of decisions (none 0, extreme 4), by month and policy:")
            for row in checks.driftRows {
                Output.line(
                    "  \(row.month)  \((row.policy?.rawValue ?? "-").padded(24)) \(row.drift.decisions) decisions, "
                        + "mean \(Self.level(row.drift)), \(row.drift.differing) not as expected")
            }
            for kind in AuditChecks.Finding.Kind.allCases {
                Output.line("\(kind.rawValue): \(checks.counts[kind] ?? 0)")
                for finding in checks.findings where finding.kind == kind {
                    let by = finding.by.map { ", by \($0) ms" } ?? ""
                    Output.line("  entry \(finding.entry)  \(finding.at)  \(finding.person)\(by)")
                }
            }
        }

        /// A mean level with two digits.
        static func level(_ drift: AuditChecks.Drift) -> String {
            let hundredths = drift.meanHundredths
            return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
        }

        private struct Card: Encodable {
            struct Overrides: Encodable {
                let lead: String
                let asked, countersigned, agreed, refused: Int
            }
            struct Drift: Encodable {
                let month: String
                let policy: String?
                let decisions, differing: Int
                // swift-format-ignore: AlwaysUseLowerCamelCase
                let mean_level_hundredths: Int
            }
            struct Finding: Encodable {
                let kind, person, at: String
                let entry: Int64
                // swift-format-ignore: AlwaysUseLowerCamelCase
                let by_ms: Int64?
            }
            let entries: Int64
            let overrides: [Overrides]
            let drift: [Drift]
            let counts: [String: Int]
            let findings: [Finding]

            init(_ checks: AuditChecks) {
                entries = checks.entries
                overrides = checks.overrides.sorted { $0.key < $1.key }.map {
                    Overrides(
                        lead: $0.key.rawValue, asked: $0.value.asked, countersigned: $0.value.countersigned,
                        agreed: $0.value.agreed, refused: $0.value.refused)
                }
                drift = checks.driftRows.map {
                    Drift(
                        month: $0.month.description, policy: $0.policy?.rawValue,
                        decisions: $0.drift.decisions, differing: $0.drift.differing,
                        mean_level_hundredths: $0.drift.meanHundredths)
                }
                counts = Dictionary(
                    uniqueKeysWithValues: AuditChecks.Finding.Kind.allCases.map {
                        ($0.rawValue, checks.counts[$0] ?? 0)
                    })
                findings = checks.findings.map {
                    Finding(
                        kind: $0.kind.rawValue, person: $0.person.rawValue, at: $0.at.rfc3339,
                        entry: $0.entry, by_ms: $0.by)
                }
            }
        }
    }
}
