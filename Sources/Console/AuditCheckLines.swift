import Desk
import Moderation
import Store
import TerminalKit

extension ConsoleState {
    /// What going through the ledger found, as lines.
    func checkLines() -> [Line] {
        guard let checks = audit.checks else { return [] }
        return [Line(words.checksNote, .muted), .blank] + overrideLines(checks) + [.blank]
            + driftLines(checks) + [.blank] + findingLines(checks)
    }

    private func overrideLines(_ checks: AuditChecks) -> [Line] {
        let leads = checks.overrides.sorted { $0.key < $1.key }
        return [Line(words.overridesByLead, .title)]
            + (leads.isEmpty ? [Line(words.noOverrides, .muted)] : [])
            + leads.map { lead, counts in
                Line(
                    SafeText(
                        words.overrides(
                            of: lead.rawValue, asked: counts.asked, signed: counts.countersigned,
                            agreed: counts.agreed, refused: counts.refused)))
            }
    }

    private func driftLines(_ checks: AuditChecks) -> [Line] {
        [Line(words.driftTitle, .title)]
            + checks.driftRows.map { row in
                let mean = words.decimal(Double(row.drift.meanHundredths), 2)
                return Line(
                    SafeText(
                        words.drift(
                            row.policy?.rawValue ?? "–", month: row.month.description,
                            decisions: row.drift.decisions, mean: mean, differing: row.drift.differing)))
            }
    }

    private func findingLines(_ checks: AuditChecks) -> [Line] {
        AuditChecks.Finding.Kind.allCases.flatMap { kind in
            let count = checks.counts[kind] ?? 0
            let title = Line(words.finding(kind, count), count == 0 ? .muted : .warning)
            return [title]
                + checks.findings.filter { $0.kind == kind }.map { finding in
                    let time = words.moment(finding.at, now: now.wall, offset: utcOffset)
                    return Line(
                        SafeText("  \(words.entryNumber(finding.entry)) · \(time) · \(finding.person)"))
                }
        }
    }
}

extension Messages {
    var checksTitle: String { say("Checks of the ledger", "Contrôles du registre") }
    var checksNote: String {
        say(
            "Places to look at, and no accusation: a set clock or a lost terminal looks the same.",
            "Des endroits à regarder, sans accuser : une horloge réglée ou un terminal perdu s'y voit aussi.")
    }
    var overridesByLead: String { say("Overrides by lead", "Dérogations par responsable") }
    var noOverrides: String { say("None was asked for.", "Aucune n'a été demandée.") }
    func overrides(of lead: String, asked: Int, signed: Int, agreed: Int, refused: Int) -> String {
        say(
            "\(lead): asked \(asked), countersigned \(signed), agreed to \(agreed), refused \(refused)",
            "\(lead) : demandées \(asked), contresignées \(signed), acceptées \(agreed), refusées \(refused)")
    }
    var driftTitle: String {
        say(
            "Hazards charged, by policy and month (none 0, extreme 4)",
            "Niveaux comptés, par règle et mois (aucun 0, extrême 4)")
    }
    func drift(_ policy: String, month: String, decisions: Int, mean: String, differing: Int) -> String {
        say(
            "\(policy) \(month): mean \(mean) of \(decisions), \(differing) not as the rules expected",
            "\(policy) \(month) : moyenne \(mean) sur \(decisions), \(differing) autres que prévu")
    }
    func finding(_ kind: AuditChecks.Finding.Kind, _ count: Int) -> String {
        let what =
            switch kind {
            case .inBreak: say("Uncovered in a break", "Découvert pendant une pause")
            case .afterShift: say("Uncovered after the shift", "Découvert après le service")
            case .afterLimit:
                say("Uncovered after a limit was reached", "Découvert après une limite atteinte")
            case .clockBack: say("Clock went back", "Horloge reculée")
            case .crashed: say("Ended by a crash", "Fini par un arrêt brutal")
            case .leftOpen: say("Never covered", "Jamais recouvert")
            }
        return what + colon + " \(count)"
    }
    func entryNumber(_ number: Int64) -> String { say("entry \(number)", "entrée \(number)") }
}
