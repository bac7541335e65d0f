import Desk
import Moderation
import Store

extension Messages {
    // MARK: The list

    var auditTitle: String { say("Decisions", "Décisions") }
    var ownLeftOut: String { say("your own left out", "sans les vôtres") }
    func decisionsShown(_ shown: Int, _ total: Int) -> String { of(shown, total) }
    func of(_ part: Int, _ whole: Int) -> String { say("\(part) of \(whole)", "\(part) sur \(whole)") }
    var auditHeadings: [String] {
        language == .french
            ? ["heure", "risque", "lng", "décision", "règle", "par", "signes"]
            : ["time", "hazard", "lng", "decision", "policy", "by", "signs"]
    }
    var ruleAlone: String { say("rule", "test seul") }
    var hiddenWord: String { say("hidden", "cachée") }
    func hazardShort(_ hazard: Hazard) -> String {
        hazard == .none ? say("none", "aucun") : self.hazard(hazard)
    }
    func actionShort(_ action: Action) -> String {
        action == .suspend ? say("suspend", "suspendre") : self.action(action)
    }
    func auditSigns(_ row: AuditRow) -> [String] {
        var signs: [String] = []
        if let verdict = row.verdict { signs.append(self.verdict(verdict)) }
        if row.outcome?.differs == true { signs.append(say("not as advised", "contre l'avis")) }
        if row.outcome?.isUndone == true { signs.append(say("undone", "annulée")) }
        if row.isEscalated { signs.append(say("escalated", "transmis")) }
        return signs
    }
    func verdict(_ verdict: AuditVerdict) -> String {
        switch verdict {
        case .agree: say("agree", "d'accord")
        case .disagree: say("disagree", "pas d'accord")
        case .unclear: say("unclear", "incertain")
        }
    }
    var auditFilterText: String {
        say(
            "Such as: policy:spam action:remove hazard:severe lang:en who:PSEUDONYM by:rule since:2026-03-01 "
                + "differs undone escalated",
            "Par exemple : policy:spam action:remove hazard:severe lang:fr who:PSEUDONYME by:rule "
                + "since:2026-03-01 differs undone escalated")
    }

    // MARK: One decision

    func decisionOf(_ id: String, _ time: String) -> String {
        say("Decision \(id), \(time)", "Décision \(id), \(time)")
    }
    func decidedBy(_ name: String, _ who: String) -> String {
        say("Decided: \(name), by \(who)", "Décidé : \(name), par \(who)")
    }
    func wouldHave(_ name: String) -> String { say("You would have: \(name)", "Vous auriez : \(name)") }
    func hiddenUntilJudged(_ key: String) -> String {
        say(
            "The decision is hidden: \(key) says first what you would have decided.",
            "La décision est cachée : \(key) dit d'abord ce que vous auriez décidé.")
    }
    func uncoverCounts(_ key: String) -> String {
        say(
            "\(key) uncovers it, and counts as your exposure.",
            "\(key) découvre, et compte comme votre exposition.")
    }
    var you: String { say("you", "vous") }
    var judgedAlready: String {
        say("The decision is shown; mark it.", "La décision est montrée ; dites ce que vous en pensez.")
    }
    var nobodyToOpen: String {
        say("There is no pseudonym to open here.", "Il n'y a pas de pseudonyme à ouvrir ici.")
    }
    var noFurtherCase: String { say("There is no further one.", "Il n'y en a pas d'autre.") }
    var reasonWanted: String { say("A reason is needed.", "Il faut un motif.") }
    func marked(_ verdict: AuditVerdict) -> String {
        say("Recorded: \(self.verdict(verdict)).", "Enregistré : \(self.verdict(verdict)).")
    }
    func reasonTitle(_ verdict: AuditVerdict) -> String {
        say("Why: \(self.verdict(verdict))", "Motif : \(self.verdict(verdict))")
    }
    var reasonText: String {
        say("Kept with the mark. Don't quote the post.", "Gardé avec l'avis. Ne citez pas le message.")
    }
    var judgeTitle: String { say("What would you have decided?", "Qu'auriez-vous décidé ?") }
    var judgeText: String {
        say(
            "It is said once; then the decision is shown.",
            "C'est dit une fois ; puis la décision est montrée.")
    }

    // MARK: Samples

    var samplesTitle: String { say("Samples", "Échantillons") }
    func sampleTitle(_ id: String) -> String { say("Sample \(id)", "Échantillon \(id)") }
    var sampleHeadings: [String] {
        language == .french
            ? ["n°", "annoncé", "tirés", "", "par", "strates, filtre"]
            : ["no.", "announced", "drawn", "", "by", "strata, filter"]
    }
    var blind: String { say("blind", "aveugle") }
    var openSample: String { say("open", "ouvert") }
    var notDrawn: String { say("not drawn", "pas tiré") }
    func withheld(_ number: Int) -> String {
        say("\(number) withheld: your own", "\(number) retenues : les vôtres")
    }
    var drawTitle: String { say("Draw a sample", "Tirer un échantillon") }
    var drawText: String {
        say(
            "How many decisions? From those of the list's filter, by policy and action, blind; the seed is "
                + "announced in the ledger first.",
            "Combien de décisions ? Parmi celles du filtre de la liste, par règle et action, à l'aveugle ; la "
                + "graine est d'abord annoncée au registre.")
    }
    func sampleDrawn(_ row: SampleRow) -> String {
        let count = of(row.count ?? 0, row.population ?? 0)
        return say("Sample \(row.id): \(count) drawn.", "Échantillon \(row.id) : \(count).")
    }

    // MARK: Figures

    var figuresTitle: String { say("Agreement", "Accord") }
    func tally(_ decisions: Int, _ raters: Int) -> String {
        say(
            "\(decisions) decisions marked, \(raters) raters",
            "\(decisions) décisions jugées, \(raters) juges")
    }
    func upheld(_ figure: String) -> String { say("Upheld: \(figure)", "Confirmées : \(figure)") }
    func alphaVerdicts(_ figure: String) -> String {
        say("Verdicts, Krippendorff's α: \(figure)", "Avis, α de Krippendorff : \(figure)")
    }
    func alphaJudgements(_ figure: String) -> String {
        say("Own judgements, Krippendorff's α: \(figure)", "Jugements propres, α de Krippendorff : \(figure)")
    }
    var theDecisions: String { say("the decisions", "les décisions") }
    var leftOut: String {
        say("left out: too few decisions or people", "omis : trop peu de décisions ou de personnes")
    }
    func facet(_ facet: StratumFacet) -> String {
        switch facet {
        case .policy: say("policy", "règle")
        case .action: say("decision", "décision")
        case .language: say("language", "langue")
        case .hazard: say("hazard", "risque")
        case .moderator: say("moderator", "modération")
        }
    }
    func intervals(_ seed: UInt64, _ draws: Int) -> String {
        say(
            "95 % intervals: Wilson's for shares, bootstrap (seed \(seed), \(draws) draws) for α and κ.",
            "Intervalles à 95 % : Wilson pour les parts, bootstrap (graine \(seed), \(draws) tirages) pour α et κ."
        )
    }
    func share(_ figure: Agreement.Figure) -> String {
        guard case .known(let value, let interval, let units) = figure else { return undefined(figure) }
        func percent(_ value: Double) -> String { decimal(value * 1000, 1) }
        let range = interval.map { " (\(percent($0.lowerBound))–\(percent($0.upperBound)))" } ?? ""
        return "\(percent(value)) %\(range), n = \(units)"
    }
    func coefficient(_ figure: Agreement.Figure) -> String {
        guard case .known(let value, let interval, let units) = figure else { return undefined(figure) }
        func places(_ value: Double) -> String { decimal(value * 1000, 3) }
        let range = interval.map { " (\(places($0.lowerBound))–\(places($0.upperBound)))" } ?? ""
        return "\(places(value))\(range), n = \(units)"
    }
    private func undefined(_ figure: Agreement.Figure) -> String {
        guard case .undefined(let why) = figure else { return "" }
        return switch why {
        case .nothing: say("undefined, nothing was rated", "indéfini, rien n'est jugé")
        case .noPairs: say("undefined, nothing was rated by two", "indéfini, rien n'est jugé par deux")
        case .oneCategory: say("undefined, all is of one kind", "indéfini, tout est du même genre")
        }
    }
    /// A number with so many decimals, of so many times ten of it.
    func decimal(_ scaled: Double, _ places: Int) -> String {
        let whole = Int(scaled.rounded())
        let base = (0..<places).reduce(1) { base, _ in base * 10 }
        let digits = String(abs(whole) % base)
        let padded = String(repeating: "0", count: places - digits.count) + digits
        return "\(whole < 0 ? "−" : "")\(abs(whole) / base)\(say(".", ","))\(padded)"
    }

    // MARK: Openings

    var openingsTitle: String { say("Requests to open a pseudonym", "Demandes d'ouvrir un pseudonyme") }
    var openingsRule: String {
        say(
            "Two people and a reason; the name is shown once, and its owner comes to know.",
            "Deux personnes et un motif ; montré une fois, et l'intéressé l'apprend.")
    }
    var openingHeadings: [String] {
        language == .french
            ? ["demandé", "état", "qui", "par", "motif"] : ["asked", "state", "whose", "by", "reason"]
    }
    func openingState(_ state: OpeningState) -> String {
        switch state {
        case .asked: say("asked", "demandée")
        case .approved: say("approved", "approuvée")
        case .refused: say("refused", "refusée")
        case .opened: say("opened", "ouverte")
        case .expired: say("expired", "expirée")
        }
    }
    var askNameTitle: String { say("Open this pseudonym", "Ouvrir ce pseudonyme") }
    var askNameText: String {
        say(
            "Why? A second person answers, and whose name it is comes to know that it was seen.",
            "Pourquoi ? Une autre personne répond, et l'intéressé saura que son nom a été vu.")
    }
    func openingAsked(_ id: OpeningID) -> String {
        say(
            "Request \(id): a second person has to answer.",
            "Demande \(id) : une autre personne doit répondre.")
    }
    func nameShown(_ name: String, _ id: OpeningID) -> String {
        say("Request \(id), shown this once: \(name)", "Demande \(id), montré cette fois : \(name)")
    }
    func nameOpened(_ time: String, _ who: String) -> String {
        say("\(time) · \(who) saw your name", "\(time) · \(who) a vu votre nom")
    }
    var namesOpenedTitle: String { say("Your name was opened", "Votre nom a été ouvert") }
}
