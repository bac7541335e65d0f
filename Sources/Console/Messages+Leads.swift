import Desk
import Exposure
import Moderation
import Store

/// Words of the lead's screens, and of what people are asked about limits.
extension Messages {
    // MARK: Limits

    var changesLimits: String { say("Proposals, overrides, history", "Propositions, dérogations, histoire") }
    func ceilingLine(_ ceiling: Int) -> String {
        say(
            "; the ceiling is \(ceiling) %, passed by nothing",
            " ; plafond \(ceiling) %, sans dérogation possible")
    }
    func pendingLine(_ pending: LimitsPage.Pending) -> String {
        say(
            "Version \(pending.version): \(pending.pending) of \(pending.people) people have not said yet that they saw it.",
            "Version \(pending.version) : \(pending.pending) personnes sur \(pending.people) n'ont pas encore dit l'avoir vue."
        )
    }
    var limitsHeadings: [String] {
        language == .french ? ["quand", "quoi", "état", "changement"] : ["when", "what", "state", "change"]
    }
    func rowKind(_ row: LimitsPage.Row) -> String {
        switch row {
        case .proposal: say("proposal", "proposition")
        case .override: say("override", "dérogation")
        case .version(let version):
            say("version \(version.stored.limits.version)", "version \(version.stored.limits.version)")
        }
    }
    func rowState(_ row: LimitsPage.Row) -> String {
        switch row {
        case .proposal(let card): proposalState(card.state)
        case .override(let card): overrideState(card.state)
        case .version: ""
        }
    }
    func proposalState(_ state: ProposalState) -> String {
        switch state {
        case .open: say("to sign", "à signer")
        case .approved: say("signed", "signée")
        case .refused: say("refused", "refusée")
        case .withdrawn: say("withdrawn", "retirée")
        case .outdated: say("outdated", "dépassée")
        case .lapsed: say("lapsed", "échue")
        }
    }
    func overrideState(_ state: OverrideState) -> String {
        switch state {
        case .asked: say("to sign", "à signer")
        case .signed: say("to consent", "à accepter")
        case .refused: say("refused", "refusée")
        case .declined: say("declined", "déclinée")
        case .inForce: say("in force", "en vigueur")
        case .ended: say("ended", "finie")
        case .lapsed: say("lapsed", "échue")
        }
    }
    func rowChanges(_ row: LimitsPage.Row) -> String {
        let changes = self.changes(row.changes)
        switch row {
        case .override(let card): return "\(card.person)\(colon) \(changes)"
        case .version where row.changes.isEmpty: return say("the first limits", "les premières limites")
        default: return changes
        }
    }
    /// Who and why, of the selected line.
    func rowPeople(_ row: LimitsPage.Row) -> String {
        switch row {
        case .proposal(let card):
            let owner =
                card.needsOwner ? say("; the store's owner has to sign", " ; signature du propriétaire") : ""
            let answered = card.answerer.map { say(", answered by \($0)", ", réponse de \($0)") } ?? ""
            return say("proposed by \(card.proposer)", "proposée par \(card.proposer)") + answered + owner
        case .override(let card):
            let second = card.countersigner.map { say(", second \($0)", ", seconde réponse \($0)") } ?? ""
            return say(
                "asked by \(card.requester), for one shift", "demandée par \(card.requester), pour un service"
            )
                + second
        case .version(let version):
            let who = version.setBy ?? say("the site's defaults", "les valeurs du site")
            let signed = version.countersigner.map { say(", signed by \($0)", ", signée par \($0)") } ?? ""
            return say("set by \(who)", "par \(who)") + signed
        }
    }
    func rowReason(_ row: LimitsPage.Row) -> String {
        switch row {
        case .proposal(let card): card.proposal.reason
        case .override(let card): card.leave.reason
        case .version(let version): version.reason ?? ""
        }
    }
    func changes(_ changes: [LimitChange]) -> String {
        changes.map { change in
            "\(limitName(change.field)) \(figure(change.old, change.field)) → \(figure(change.new, change.field))"
        }.joined(separator: ", ")
    }
    /// A figure with its unit.
    func figure(_ value: Int64, _ field: LimitField) -> String {
        switch field {
        case .daily, .weekly, .ceiling, .firstNotice, .secondNotice: "\(value) %"
        case .autoCover, .beat, .finishInHand, .floor: value % 1000 == 0 ? "\(value / 1000) s" : "\(value) ms"
        case .breakLength, .continuous, .lastHour, .longBreak, .longBreakBefore, .rest, .shiftHard,
            .shiftLength:
            hours(.milliseconds(value))
        default: "\(value)"
        }
    }
    /// A limit in a few words, without its unit.
    func limitName(_ field: LimitField) -> String {
        switch field {
        case .autoCover: say("no key", "sans touche")
        case .beat: say("beat", "battement")
        case .breakLength: say("break", "pause")
        case .ceiling: say("ceiling", "plafond")
        case .continuous: say("before a break", "avant la pause")
        case .daily: say("24 h", "24 h")
        case .finishInHand: say("to finish", "pour finir")
        case .firstNotice: say("first notice", "premier avis")
        case .floor: say("least charge", "compte minimal")
        case .lastHour: say("last hour", "dernière heure")
        case .lighterAfterRun: say("lighter after", "plus légers après")
        case .longBreakBefore: say("before the long break", "avant la longue pause")
        case .longBreak: say("long break", "longue pause")
        case .rest: say("rest", "repos")
        case .runOfSevere: say("severe in a row", "graves de suite")
        case .secondNotice: say("second notice", "second avis")
        case .shiftHard: say("longest shift", "service au plus")
        case .shiftLength: say("shift", "service")
        case .smallestGroup: say("smallest group", "plus petit groupe")
        case .extremeWeight: say("weight of extreme", "poids extrême")
        case .mildWeight: say("weight of mild", "poids léger")
        case .moderateWeight: say("weight of moderate", "poids modéré")
        case .severeWeight: say("weight of severe", "poids grave")
        case .weekly: say("7 days", "7 jours")
        }
    }
    /// The same with the unit that a figure of it is typed in.
    func limitNameWithUnit(_ field: LimitField) -> String {
        let unit =
            switch field {
            case .daily, .weekly, .ceiling, .firstNotice, .secondNotice: ", %"
            case .autoCover, .beat, .finishInHand, .floor: ", s"
            case _ where field.unit == 60_000: ", min"
            default: ""
            }
        return limitName(field) + unit
    }

    // MARK: Changing them

    func lead(_ overlay: LeadOverlay, _ state: ConsoleState) -> String {
        switch overlay {
        case .which(let lowering, _), .figure(_, let lowering, _): lowering ? lowerTitle : proposeTitle
        case .reason: proposeTitle
        case .confirm(let plan, _): plan.reason == nil ? lowerTitle : proposeTitle
        case .overrideWho, .overrideWhich, .overrideFigure, .overrideReason:
            say("Override: one person, one shift", "Dérogation : une personne, un service")
        case .asked:
            switch state.lead.asked.first {
            case .override(let card)?:
                card.state == .inForce
                    ? say("A wider limit holds in this shift", "Une limite plus large vaut pour ce service")
                    : say(
                        "You are asked: one shift, wider limits",
                        "On vous demande : un service, limites plus larges")
            default: say("Limits were loosened", "Des limites ont été relâchées")
            }
        case .addPerson: say("Who joins?", "Qui rejoint l'équipe ?")
        case .roles: say("Roles", "Rôles")
        case .languages: say("Languages", "Langues")
        case .active: say("Works here now?", "Travaille ici ?")
        }
    }
    var proposeTitle: String { say("Change which limit?", "Changer quelle limite ?") }
    var proposeWord: String { say("propose", "proposer") }
    var proposeType: String {
        say("Type \"\(proposeWord)\" to do it.", "Tapez « \(proposeWord) » pour le faire.")
    }
    var proposeReason: String {
        say(
            "Why? Everybody who works here is shown it.",
            "Pourquoi ? Toutes les personnes qui travaillent ici le verront.")
    }
    var proposeWarning: String {
        say(
            "A second lead has to sign. It holds for each person from their next shift.",
            "Une seconde signature est nécessaire. Effet dès le prochain service de chaque personne.")
    }
    /// What a dry run found, a line each.
    func trial(_ trial: LimitsTrial) -> [String] {
        var lines = [
            say(
                "Dry run: touches \(trial.people) people, \(trial.inShift) of them in a shift.",
                "Essai à blanc : \(trial.people) personnes touchées, dont \(trial.inShift) en service.")
        ]
        if let counts = trial.atCap {
            func text(_ count: Int) -> String {
                count == 0
                    ? say("fewer than \(counts.least)", "moins de \(counts.least)")
                    : say("\(count) or more", "\(count) ou plus")
            }
            lines.append(
                say(
                    "At a cap at midnight (UTC): \(text(counts.before)), under these \(text(counts.after)).",
                    "À une limite à minuit (UTC) : \(text(counts.before)), avec celles-ci \(text(counts.after))."
                ))
        }
        let (before, after) = (trial.before, trial.after)
        lines.append(
            say(
                "Waiting in \(after.days) days: \(before.waitingAtEnd) → \(after.waitingAtEnd) posts, with \(after.staff) people.",
                "En attente dans \(after.days) jours : \(before.waitingAtEnd) → \(after.waitingAtEnd) messages, à \(after.staff)."
            ))
        let waits = Hazard.allCases.compactMap { hazard -> String? in
            guard let old = before.kinds[hazard], let new = after.kinds[hazard] else { return nil }
            return "\(self.hazard(hazard)) \(span(old.wait)) → \(span(new.wait))"
        }
        if !waits.isEmpty {
            lines.append(say("95 of 100 wait: ", "95 sur 100 attendent : ") + waits.joined(separator: ", "))
        }
        if before.due > 0 {
            lines.append(
                say("Deadlines kept: ", "Échéances tenues : ")
                    + "\(share(before.met, before.due)) → \(share(after.met, after.due))")
        }
        return lines
    }
    private func share(_ part: Int, _ all: Int) -> String {
        all > 0 ? "\((part * 100 + all / 2) / all) %" : "–"
    }
    func proposed(_ id: ProposalID) -> String {
        say("Proposed: a second lead has to sign \(id).", "Proposé : une seconde signature manque (\(id)).")
    }
    var answerKept: String { say("Your answer is kept.", "Votre réponse est enregistrée.") }
    var nothingToAnswer: String {
        say("This line waits for no answer of a lead.", "Cette ligne n'attend aucune réponse.")
    }

    // MARK: Overrides

    var nobodyElse: String { say("There is nobody else.", "Il n'y a personne d'autre.") }
    var overrideText: String {
        say(
            "A second lead has to sign, and the person to consent. It ends with the shift.",
            "Il faut une seconde signature et l'accord de la personne. Elle finit avec le service.")
    }
    func overrideFigure(_ name: String, _ field: LimitField, _ now: Int64) -> String {
        say(
            "\(name), \(self.field(field)): now \(now). To what?",
            "\(name), \(self.field(field)) : \(now). À combien ?")
    }
    var overrideReason: String {
        say("Why? The person is shown it.", "Pourquoi ? La personne le verra.")
    }
    var overrideOnlyRaises: String {
        say("An override only widens a limit.", "Une dérogation ne fait qu'élargir une limite.")
    }
    var overrideAsked: String {
        say("Asked: a second lead has to sign.", "Demandé : une seconde signature manque.")
    }

    // MARK: What people are asked

    /// What an asked person reads above the choices.
    func askedText(_ asked: Asked) -> [String] {
        switch asked {
        case .seen(let limits):
            let when =
                limits.waits
                ? say("It holds for you from your next shift.", "Effet pour vous dès le prochain service.")
                : say("It holds for you now.", "Effet pour vous dès maintenant.")
            return [
                changes(limits.changes) + ".",
                say(
                    "\(limits.proposer), signed by \(limits.countersigner): \(limits.reason)",
                    "\(limits.proposer), signé par \(limits.countersigner) : \(limits.reason)"), when,
                say(
                    "To have seen it is no consent. To refuse needs no reason, and nobody is told.",
                    "L'avoir vu n'est pas y consentir. Refuser n'appelle aucun motif ; personne ne le saura."),
            ]
        case .override(let card):
            let second =
                card.countersigner.map { say("signed by \($0)", "signé par \($0)") }
                ?? say("not yet signed by a second lead", "pas encore de seconde signature")
            return [
                say("In one shift: ", "Pour un service : ") + changes(card.changes) + ".",
                say(
                    "\(card.requester), \(second): \(card.leave.reason)",
                    "\(card.requester), \(second) : \(card.leave.reason)"),
                say(
                    "To say no needs no reason, now or later.",
                    "Dire non n'appelle aucun motif, ni maintenant ni plus tard."),
            ]
        }
    }
    var seenChoices: [String] {
        language == .french
            ? ["vu (ce n'est pas consentir)", "vu, et je refuse : rien ne change pour moi", "plus tard"]
            : ["seen (that is no consent)", "seen, and I refuse: nothing changes for me", "later"]
    }
    var overrideChoices: [String] {
        language == .french
            ? ["j'y consens pour ce service", "non", "plus tard"]
            : ["I consent, for this shift", "no", "later"]
    }
    var inForceChoices: [String] {
        language == .french ? ["continuer ainsi", "y mettre fin maintenant"] : ["go on so", "end it now"]
    }
    /// One line that says that something is asked.
    func askedLine(_ asked: Asked, key: String) -> String {
        switch asked {
        case .seen(let limits):
            let loosened = changes(limits.changes.filter(\.loosens))
            return say(
                "Limits were loosened: \(loosened). \(key) answers.",
                "Limites relâchées : \(loosened). \(key) répond.")
        case .override(let card) where card.state == .inForce:
            return say(
                "In this shift \(changes(card.changes)), with your consent. \(key) ends it.",
                "Dans ce service \(changes(card.changes)), avec votre accord. \(key) y met fin.")
        case .override(let card):
            return say(
                "You are asked to accept, for one shift, \(changes(card.changes)). \(key) answers.",
                "On vous demande d'accepter, pour un service, \(changes(card.changes)). \(key) répond.")
        }
    }
    var nothingAsked: String { say("You are asked nothing.", "On ne vous demande rien.") }
    var acknowledged: String {
        say("Kept that you saw it; no consent.", "Noté que vous l'avez vu, sans accord.")
    }
    var refusedQuietly: String {
        say("It loosens nothing for you; nobody is told.", "Rien ne change pour vous ; personne ne le saura.")
    }
    var consented: String {
        say(
            "It holds until this shift ends, or until you end it.",
            "Valable jusqu'à la fin du service, ou votre refus.")
    }
    var declined: String {
        say("Your limits are those of everybody.", "Vos limites sont celles de tout le monde.")
    }

    // MARK: Backlog

    func backlogTitle(_ posts: Int) -> String {
        "\(say("Waiting", "En attente"))\(colon) " + count(posts, ("post", "message"), ("posts", "messages"))
    }
    var backlogHeads: (deadline: String, age: String) {
        (say("deadline within", "échéance dans"), say("taken in within", "reçus depuis"))
    }
    var deadlineHeadings: [String] {
        language == .french
            ? ["passé", "1 h", "4 h", "1 j", "plus", "sans"] : ["past", "1 h", "4 h", "1 d", "later", "none"]
    }
    var ageHeadings: [String] {
        language == .french ? ["1 h", "4 h", "1 j", "3 j", "plus"] : ["1 h", "4 h", "1 d", "3 d", "older"]
    }
    var postsHeading: String { say("posts", "total") }
    var languagesWord: String { say("languages", "langues") }
    func aheadTitle(_ ahead: Foresight) -> String {
        let learned = count(ahead.learnedDays, ("day", "jour"), ("days", "jours"))
        let people = count(ahead.staff, ("person", "personne"), ("people", "personnes"))
        return say(
            "Forecast: waiting over \(ahead.days) days with \(people), learned from \(learned)",
            "Prévision : en attente sur \(ahead.days) jours à \(ahead.staff), d'après \(learned)"
        )
    }
    var aheadRule: String {
        say(
            "A forecast, not a promise. A queue that grows wants people, not higher limits.",
            "Prévision, sans promesse. Si la file croît : du monde, pas d'autres limites.")
    }
    func dayTick(_ day: Int) -> String { day == 0 ? say("now", "ici") : say("day \(day)", "jour \(day)") }
    var postsUnit: String { say("posts", "messages") }

    // MARK: Roster

    var rosterTitle: String { say("Roster", "Équipe au complet") }
    var rosterRule: String {
        say(
            "Who works here; nothing of anybody's work. Every change is in the ledger.",
            "Qui travaille ici ; rien de leur travail. Tout changement est au registre.")
    }
    var rosterHeadings: [String] {
        language == .french
            ? ["nom", "utilisateur", "rôles", "langues", "ici"]
            : ["name", "user", "roles", "languages", "here"]
    }
    var anyLanguage: String { say("any", "toutes") }
    func here(_ isActive: Bool) -> String { isActive ? say("yes", "oui") : say("no", "non") }
    func activeChoices(_ isActive: Bool) -> [String] {
        [
            cancel,
            isActive
                ? say("no longer works here", "ne travaille plus ici")
                : say("works here again", "travaille de nouveau ici"),
        ]
    }
    var addPersonText: String {
        say(
            "OS user, then the name, such as: ben Ben Ortiz. They begin as a moderator.",
            "Utilisateur du système, puis le nom : ben Ben Ortiz. La personne commence en modération.")
    }
    var languagesText: String {
        say(
            "Codes such as: en fr. Nothing means any language.",
            "Codes comme : en fr. Rien veut dire toutes les langues.")
    }
    var rosterKept: String { say("Changed; it is in the ledger.", "Changé ; c'est au registre.") }
}
