import Desk
import Exposure
import Moderation
import Store

/// Words of My record.
extension Messages {
    func page(_ page: RecordPage) -> String {
        switch page {
        case .day: say("day", "jour")
        case .week: say("week", "semaine")
        case .month: say("month", "mois")
        case .outcomes: say("results", "résultats")
        case .limits: say("limits", "limites")
        case .looks: say("looks", "regards")
        case .checkIns: say("check-ins", "états")
        }
    }

    // MARK: Exposure

    var rollingTitle: String {
        say(
            "Dose of 24 hours as it stood, quarter of an hour by quarter of an hour",
            "Dose sur 24 heures telle qu'elle était, quart d'heure par quart d'heure")
    }
    var percentInDay: String { say("% in 24 h", "% en 24 h") }
    var percentADay: String { say("% a day", "% par jour") }
    var daysTitle: String {
        say("Dose day by day, in % of a full dose", "Dose jour par jour, en % d'une dose pleine")
    }
    var minutesToday: String {
        say("Minutes uncovered today, by hazard", "Minutes découvertes ce jour, par risque")
    }
    var minutesByHazard: String { say("Minutes uncovered, by hazard", "Minutes découvertes, par risque") }
    func minutesInAll(_ list: String) -> String {
        list.isEmpty ? noExposure : say("Minutes uncovered: \(list)", "Minutes découvertes : \(list)")
    }
    func hour(_ hour: Int) -> String { say("\(hour):00", "\(hour) h") }
    var noBreaks: String { say("No break in the last 24 hours.", "Aucune pause ces dernières 24 heures.") }
    func breaksTaken(_ list: String) -> String { say("Breaks: \(list)", "Pauses : \(list)") }
    func lastingSince(_ time: String) -> String { say("since \(time)", "depuis \(time)") }
    func dayNote(breaks: Int, time: String) -> String {
        guard breaks > 0 else { return "" }
        return "· " + count(breaks, ("break", "pause"), ("breaks", "pauses")) + ", \(time)"
    }
    func totalOfDays(_ days: Int, percent: Int, breaks: Int, time: String) -> String {
        let pauses = count(breaks, ("break", "pause"), ("breaks", "pauses"))
        return say(
            "\(days) days together: \(percent) % of a full dose; \(pauses), \(time)",
            "\(days) jours ensemble : \(percent) % d'une dose pleine ; \(pauses), \(time)")
    }
    func weekNow(_ percent: Int) -> String {
        say("In the rolling 7 days: \(percent) % used", "Sur 7 jours glissants : \(percent) % reçus")
    }

    /// A day such as `Mon 03-02`, or `lun. 02/03`.
    func weekday(_ moment: Timestamp, offset: Int) -> String {
        let day: Int64 = 86_400_000
        let local = moment.milliseconds + Int64(offset) * 1000
        // 1 January 1970 was a Thursday.
        let number = ((local / day - (local % day < 0 ? 1 : 0) + 3) % 7 + 7) % 7
        let names =
            language == .french
            ? ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."]
            : ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        return "\(names[Int(number)]) \(shortDay(moment, offset: offset))"
    }

    /// Month and day, in the order of the language.
    func shortDay(_ moment: Timestamp, offset: Int) -> String {
        let civil = moment.civil(offset: offset)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return say("\(two(civil.month))-\(two(civil.day))", "\(two(civil.day))/\(two(civil.month))")
    }

    // MARK: Results

    var outcomesTitle: String {
        say("What auditors held of your decisions", "Ce que l'audit pense de vos décisions")
    }
    var noOutcomes: String { say("None was audited yet.", "Aucune n'a encore été examinée.") }
    func outcomes(upheld: Int, overturned: Int, unclear: Int) -> String {
        say(
            "\(upheld) upheld, \(overturned) held to be wrong, \(unclear) that can't be told",
            "\(upheld) confirmées, \(overturned) jugées fausses, \(unclear) indécidables")
    }
    func outcome(_ verdict: AuditVerdict?) -> String {
        switch verdict {
        case .agree: say("upheld", "confirmée")
        case .disagree: say("held to be wrong", "jugée fausse")
        case .unclear, nil: say("can't be told", "indécidable")
        }
    }
    func reason(_ text: String) -> String { say("reason: \(text)", "motif : \(text)") }

    // MARK: Limits

    func restLine(_ rest: String, ceiling: Int) -> String {
        say(
            "rest of \(rest) between shifts; a ceiling of \(ceiling) % that nothing passes",
            "repos de \(rest) entre services ; un plafond de \(ceiling) % que rien ne passe")
    }
    var ownTitle: String { say("Your own", "Les vôtres") }
    var limitsHistory: String {
        say("Who changed the limits, newest first", "Qui a changé les limites, du plus récent")
    }
    var loosened: String { say("loosened", "relâchée") }
    var tightened: String { say("tightened", "resserrée") }

    // MARK: Who looked

    var looksTitle: String { say("Who looked, newest first", "Qui a regardé, du plus récent") }
    var nobodyLooked: String {
        say(
            "Nobody opened your name or watched a shift of yours.",
            "Personne n'a ouvert votre nom ni suivi un de vos services.")
    }
    func shiftWatched(_ time: String, _ who: String, shift: String) -> String {
        say(
            "\(time) · \(who) watched your shift of \(shift), by pseudonym",
            "\(time) · \(who) a suivi votre service du \(shift), sous pseudonyme")
    }
    var whoSeesWhat: String {
        say(
            "Leads see only whether you are available. Auditors see pseudonyms; opening a name takes two people and a reason. This page only you see.",
            "Les responsables voient seulement si vous êtes disponible. L'audit voit des pseudonymes ; ouvrir un nom demande deux personnes et un motif. Cette page, vous seul la voyez."
        )
    }
}
