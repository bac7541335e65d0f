import Desk
import Exposure
import Ledger
import Moderation

/// What commands say about a person's record, in English and French.
struct RecordWords {
    let isFrench: Bool

    private func say(_ english: String, _ french: String) -> String { isFrench ? french : english }

    private func days(_ count: some BinaryInteger) -> String {
        say(count == 1 ? "1 day" : "\(count) days", count < 2 ? "\(count) jour" : "\(count) jours")
    }

    private func shifts(_ count: Int) -> String {
        say(count == 1 ? "1 shift" : "\(count) shifts", count < 2 ? "\(count) service" : "\(count) services")
    }

    private func decisions(_ count: Int64) -> String {
        say(
            count == 1 ? "1 decision that stands" : "\(count) decisions that stand",
            count < 2 ? "\(count) décision maintenue" : "\(count) décisions maintenues")
    }

    func written(_ path: String, entries: Int) -> String {
        say(
            "\(path): your record, signed, with proofs of \(entries) entries of the ledger (keep it; it is yours)",
            "\(path) : votre relevé, signé, avec les preuves de \(entries) entrées du registre (il est à vous)"
        )
    }

    func holds(_ entries: Int) -> String {
        say(
            "all of it holds: the signature, \(entries) entries in the ledger, and every sum",
            "tout est exact : la signature, \(entries) entrées du registre et toutes les sommes")
    }

    func taken(_ taken: Taken) -> String {
        guard let first = taken.days.first, let last = taken.days.last else {
            return say(
                "nothing of it lies in the last seven days: nothing to count",
                "rien n'y date des sept derniers jours : rien à compter")
        }
        let days = first == last ? first.text : "\(first.text) – \(last.text)"
        return say(
            "\(days) at \(taken.site) counts here now: \(taken.added.percent) added to your dose",
            "\(days) chez \(taken.site) compte ici : \(taken.added.percent) de plus dans votre dose")
    }

    func settled(_ settled: Settled, keptFor days: Int) -> String {
        say(
            "settled \(self.days(settled.days)): totals for \(settled.spans) single looks (kept for \(days) days)",
            "\(self.days(settled.days)) : des totaux pour \(settled.spans) regards (gardés \(days) jours)"
        )
    }

    // MARK: The record as text

    func lines(_ record: PortableRecord) -> [String] {
        var lines = [
            say(
                "Record of \(record.person) at \(record.site)",
                "Relevé de \(record.person) chez \(record.site)"),
            say("made \(record.madeAt), key \(record.key)", "fait le \(record.madeAt), clé \(record.key)"),
        ]
        if let since = record.since { lines.append(say("from \(since) on", "à partir du \(since)")) }
        return lines + [""] + exposure(record) + [""] + work(record) + [""] + skills(record)
    }

    private func exposure(_ record: PortableRecord) -> [String] {
        let dose = Dose(units: record.dose)
        let title = say(
            "Exposure: \(dose.percent) of a day's limit in all, on \(days(record.days.count)) (UTC)",
            "Exposition : \(dose.percent) de la limite d'un jour en tout, sur \(days(record.days.count)) (UTC)"
        )
        let note = say(
            "A precaution, not a diagnosis and not a measure of performance.",
            "Une précaution, ni un diagnostic ni une mesure de rendement.")
        return [title, note]
            + record.days.map { day in
                let parts = day.hazards.filter { $0.value.visible > 0 }.sorted { $0.key < $1.key }
                    .map { "\(name($0.key)) \(Self.time($0.value.visible))" }
                return "  \(day.day)  \(Dose(units: day.dose).percent)  \(parts.joined(separator: ", "))"
            }
    }

    private func work(_ record: PortableRecord) -> [String] {
        var lines = [
            say(
                "Work: \(Self.time(record.worked)) in \(shifts(record.shifts.count)) on \(days(record.workDays)), breaks included",
                "Travail : \(Self.time(record.worked)) en \(shifts(record.shifts.count)) sur \(days(record.workDays)), pauses comprises"
            )
        ]
        for paid in record.paid {
            let currency = Currency(code: paid.currency)
            func money(_ minor: Int64) -> String {
                currency.map { $0.text(Money(minor: minor)) } ?? "\(minor)"
            }
            lines.append(
                paid.basis == "hour"
                    ? say(
                        "  paid by the hour: \(Self.time(paid.worked)) at \(money(paid.rate)) = \(money(paid.total)) \(paid.currency)",
                        "  payé à l'heure : \(Self.time(paid.worked)) à \(money(paid.rate)) = \(money(paid.total)) \(paid.currency)"
                    )
                    : say(
                        "  paid by the item: \(paid.items) at \(money(paid.rate)) = \(money(paid.total)) \(paid.currency), in \(Self.time(paid.worked))",
                        "  payé à la pièce : \(paid.items) à \(money(paid.rate)) = \(money(paid.total)) \(paid.currency), en \(Self.time(paid.worked))"
                    ))
        }
        return lines
    }

    private func skills(_ record: PortableRecord) -> [String] {
        let audits = record.audits
        let marked = audits.agree + audits.disagree + audits.unclear
        var lines = [
            say(
                "Skills: \(decisions(record.decisions)); auditors judged \(marked) and agreed with \(audits.agree)",
                "Compétences : \(decisions(record.decisions)) ; \(marked) avis d'audit, dont \(audits.agree) d'accord"
            )
        ]
        if !record.languages.isEmpty {
            let words = record.languages.map { "\($0.language) \($0.decisions)" }.joined(separator: ", ")
            lines.append("  \(say("languages", "langues")): \(words)")
        }
        for policy in record.policies {
            lines.append(
                "  \(policy.policy): \(policy.decisions)"
                    + say(
                        " (agree \(policy.audits.agree), disagree \(policy.audits.disagree), unclear \(policy.audits.unclear))",
                        " (d'accord \(policy.audits.agree), pas d'accord \(policy.audits.disagree), indécis \(policy.audits.unclear))"
                    ))
        }
        return lines
    }

    func name(_ hazard: Hazard) -> String {
        switch hazard {
        case .none: say("none", "aucun")
        case .mild: say("mild", "léger")
        case .moderate: say("moderate", "modéré")
        case .severe: say("severe", "grave")
        case .extreme: say("extreme", "extrême")
        }
    }

    /// Hours and minutes, rounded up to the minute, such as `3 h 05`.
    static func time(_ milliseconds: Int64) -> String {
        let minutes = milliseconds / 60_000 + (milliseconds % 60_000 == 0 ? 0 : 1)
        guard minutes >= 60 else { return "\(minutes) min" }
        return "\(minutes / 60) h \(minutes % 60 < 10 ? "0" : "")\(minutes % 60)"
    }
}
