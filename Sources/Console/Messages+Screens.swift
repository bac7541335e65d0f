import Exposure
import Moderation

extension Messages {
    // MARK: Start

    var startTitle: String { say("Start", "Accueil") }
    func greeting(_ name: String) -> String { say("Good day, \(name).", "Bonjour, \(name).") }
    var limitsTitle: String { say("Limits in force", "Limites en vigueur") }
    func limitsLine(_ limits: Limits) -> String {
        let (day, week) = (limits.daily.value, limits.weekly.value)
        return say(
            "\(day) % in 24 hours, \(week) % in 7 days", "\(day) % en 24 heures, \(week) % en 7 jours")
    }
    func breaksLine(_ limits: Limits) -> String {
        let (after, length) = (hours(limits.continuous), hours(limits.breakLength))
        let shift = hours(limits.shiftLength)
        return say(
            "a break of \(length) after \(after) of exposure, shifts of \(shift)",
            "une pause de \(length) après \(after) d'exposition, services de \(shift)")
    }
    func limitsBy(_ name: String?, version: Int, since: String) -> String {
        let who = name ?? say("the site's defaults", "les valeurs du site")
        return say(
            "version \(version), set by \(who), since \(since)",
            "version \(version), par \(who), depuis \(since)")
    }
    var precaution: String {
        say(
            "Precaution, not prediction: no dose is known to be safe.",
            "Précaution, pas prédiction : aucune dose n'est réputée sûre.")
    }
    func queueTitle(_ number: Int) -> String {
        say("Queue: ", "File : ")
            + count(number, ("post waits", "message attend"), ("posts wait", "messages attendent"))
    }
    var queueEmpty: String { say("nothing waits", "rien n'attend") }
    func escalated(_ number: Int) -> String {
        count(
            number, ("post waits for a lead", "message attend un responsable"),
            ("posts wait for a lead", "messages attendent un responsable"))
    }
    var whyTitle: String { say("Why this work", "Pourquoi ce travail") }
    func askedBy(_ sources: String) -> String {
        sources.isEmpty
            ? say("No platform asks at the moment.", "Aucune plateforme ne demande rien pour l'instant.")
            : say("Asked for by \(sources).", "Demandé par \(sources).")
    }
    var whatDecisionDoes: String {
        say(
            "A decision can be undone for 30 s; then the platform is told, and the ledger keeps it.",
            "Une décision s'annule pendant 30 s ; puis la plateforme est prévenue, et le registre la garde.")
    }
    func decidedToday(mine: Int, people: Int, rules: Int) -> String {
        let made = count(
            people, ("decided by people", "décision humaine"), ("decided by people", "décisions humaines"))
        return say(
            "In 24 h: \(made), \(mine) of them by you; \(rules) by rules.",
            "En 24 h : \(made), dont \(mine) de vous ; \(rules) par des règles.")
    }
    func enterStarts(_ key: String) -> String {
        say(
            "\(key) starts the shift and takes the first post, covered.",
            "\(key) commence le service et prend un premier message, couvert.")
    }
    func enterGoesOn(_ key: String) -> String {
        say(
            "The shift is open. \(key) goes on with the review.",
            "Le service est ouvert. \(key) reprend l'examen.")
    }
    var noLanguage: String { say("no language", "sans langue") }

    // MARK: Review

    var coverKey: String { say("cover", "recouvrir") }
    var covered: String { say("covered", "couvert") }
    var uncoveredWord: String { say("uncovered, the clock runs", "découvert, l'horloge tourne") }
    func lineByLine(_ shown: Int, _ all: Int) -> String {
        say(
            "uncovered \(shown) of \(all) lines, the clock runs",
            "\(shown) lignes sur \(all), l'horloge tourne")
    }
    func howToUncover(_ key: String) -> String {
        say(
            "\(key) uncovers it; the clock runs from then on.",
            "\(key) le découvre ; l'horloge tourne dès lors.")
    }
    func howToUncoverByLine(_ key: String, _ line: String) -> String {
        say(
            "\(line) or \(key) uncovers the first line only, \(line) one more each time; \(key) covers again.",
            "\(line) ou \(key) découvre la première ligne, \(line) une de plus ; \(key) recouvre.")
    }
    var decideCovered: String {
        say(
            "It can also be decided, skipped or returned covered.",
            "On peut aussi décider, passer ou rendre sans découvrir.")
    }
    var erased: String {
        say("Its content was erased; nothing can be shown.", "Son contenu a été effacé ; rien à montrer.")
    }
    var emptyPost: String { say("(no text)", "(sans texte)") }
    func age(_ span: String) -> String { say("\(span) old", "il y a \(span)") }
    func due(_ span: String) -> String { say("due in \(span)", "à rendre d'ici \(span)") }
    var overdue: String { say("! overdue", "! en retard") }
    func by(_ author: String) -> String { say("by \(author)", "de \(author)") }
    var unknownAuthor: String { say("unknown author", "auteur inconnu") }
    func account(_ span: String) -> String { say("account \(span) old", "compte de \(span)") }
    func removals(_ number: Int) -> String {
        count(number, ("removal before", "retrait avant"), ("removals before", "retraits avant"))
    }
    func flagsBefore(_ number: Int) -> String {
        count(number, ("flag before", "signalement avant"), ("flags before", "signalements avant"))
    }
    func flags(_ number: Int, trusted: Int) -> String {
        let all = count(number, ("flag", "signalement"), ("flags", "signalements"))
        guard trusted > 0 else { return all }
        return all + say(" (\(trusted) trusted)", " (\(trusted) de confiance)")
    }
    func size(_ scalars: Int) -> String {
        count(scalars, ("character", "caractère"), ("characters", "caractères"))
    }
    func thread(_ number: Int) -> String {
        count(number, ("post above", "message au-dessus"), ("posts above", "messages au-dessus"))
    }
    func links(_ number: Int) -> String { count(number, ("link", "lien"), ("links", "liens")) }
    func media(_ number: Int) -> String { count(number, ("medium", "média"), ("media", "médias")) }
    func inHand(since: String) -> String { say("yours since \(since)", "à vous depuis \(since)") }
    var linksTitle: String { say("Links (shown, never followed)", "Liens (montrés, jamais suivis)") }
    var mediaTitle: String { say("Media (descriptions only)", "Médias (descriptions seules)") }
    var noDescription: String { say("no description", "sans description") }
    var threadTitle: String { say("Thread, outermost first", "Fil, du plus ancien") }
    func recommended(_ action: String, _ policy: String) -> String {
        say("Recommended: \(action) · \(policy)", "Avis : \(action) · \(policy)")
    }
    var noRecommendation: String { say("The rules recommend nothing.", "Les règles ne recommandent rien.") }
    func because(_ rule: String, _ test: String) -> String {
        say("because rule \(rule) found \(test)", "car la règle \(rule) a trouvé \(test)")
    }
    func because(_ rule: String) -> String { say("because: \(rule)", "motif : \(rule)") }
    func cites(_ policy: String) -> String { say("Cites: \(policy)", "Cite : \(policy)") }
    var citesNothing: String { say("Cites: nothing yet", "Cite : rien encore") }
    func draftIs(_ action: String) -> String { say("Begun: \(action)", "Commencé : \(action)") }
    func noteIs(_ note: String) -> String { say("Note: \(note)", "Note : \(note)") }
    func findings(_ number: Int) -> String { count(number, ("finding", "constat"), ("findings", "constats")) }
    var findingsTitle: String { say("What the rules found", "Ce que les règles ont trouvé") }
    func nothingFits(_ elsewhere: Int) -> String {
        guard elsewhere > 0 else { return say("The queue is empty.", "La file est vide.") }
        let waiting = count(elsewhere, ("other waits", "autre attend"), ("others wait", "autres attendent"))
        return say("No post fits you now (\(waiting)).", "Aucun message pour vous maintenant (\(waiting)).")
    }
    func lookAgain(_ key: String) -> String { say("\(key) looks again.", "\(key) regarde à nouveau.") }

    // MARK: Break and end

    var breakTitle: String { say("Break", "Pause") }
    var breakRequired: String {
        say(
            "This break belongs to the work: it is paid time.",
            "Cette pause fait partie du travail : c'est du temps payé.")
    }
    func breakLeft(_ time: String) -> String { say("\(time) left", "encore \(time)") }
    func breakMayEnd(_ key: String) -> String {
        say("The break may end whenever you like: \(key).", "La pause peut finir quand vous voulez : \(key).")
    }
    func breakUntil(_ time: String) -> String {
        say("Work may go on at \(time).", "Le travail peut reprendre à \(time).")
    }
    var breakAdvice: String {
        say(
            "Nothing is uncovered and no clock runs. Look far away, stand up, talk to somebody.",
            "Rien n'est découvert, aucune horloge ne tourne. Regardez au loin, levez-vous, parlez à quelqu'un."
        )
    }
    var postsReturned: String {
        say(
            "What was in hand went back with its draft, without penalty.",
            "Ce qui était en main est rendu avec son brouillon, sans pénalité.")
    }
    var endedTitle: String { say("Shift ended", "Service fini") }
    var restTitle: String { say("No more exposure for now", "Plus d'exposition pour l'instant") }
    var whatHappened: String { say("What happened", "Ce qui s'est passé") }
    var whatIsLeft: String { say("What is left to do", "Ce qui reste à faire") }
    var whenAgain: String { say("When work may resume", "Quand le travail peut reprendre") }
    var endedByYou: String { say("The shift is ended. Thank you.", "Le service est fini. Merci.") }
    func shiftReached(_ reason: LimitReason) -> String { limit(reason) + "." }
    func decidedHere(_ number: Int) -> String {
        count(
            number, ("decision was recorded in this session.", "décision enregistrée dans cette séance."),
            ("decisions were recorded in this session.", "décisions enregistrées dans cette séance."))
    }
    var nothingLost: String {
        say(
            "Nothing was lost: drafts are kept, posts went back without penalty.",
            "Rien n'est perdu : brouillons gardés, messages rendus sans pénalité.")
    }
    var timeCounts: String {
        say(
            "The time until the end of the shift counts as worked.",
            "Le temps jusqu'à la fin du service compte comme travaillé.")
    }
    var leftNothing: String { say("Nothing: you may go.", "Rien : vous pouvez partir.") }
    var leftHarmless: String {
        say(
            "Posts without hazard remain, if you wish: Enter, then Enter.",
            "Il reste des messages sans risque, si vous voulez : Entrée, puis Entrée.")
    }
    func resumeAt(_ time: String) -> String {
        say(
            "Work with exposure may resume at \(time).",
            "Le travail avec exposition peut reprendre à \(time).")
    }
    func shiftMayStart(_ time: String) -> String {
        say("The next shift may begin at \(time).", "Le prochain service peut commencer à \(time).")
    }
    var mayStartNow: String { say("A shift may begin now.", "Un service peut commencer maintenant.") }

    // MARK: My record

    var recordTitle: String { say("My record", "Mon relevé") }
    var recordPrivate: String { say("Only you see this page.", "Vous seul voyez cette page.") }
    var dayHeading: String { say("day", "jour") }
    var doseHeading: String { say("dose", "dose") }
    func minutes(_ number: Int64) -> String { number == 0 ? "·" : "\(number) min" }
    var noExposure: String { say("No exposure on record.", "Aucune exposition enregistrée.") }
    func ownLimit(_ limit: Int?) -> String {
        guard let limit else { return say("Own lower limit: none", "Limite à vous : aucune") }
        return say("Own lower limit: \(limit) %", "Limite à vous : \(limit) %")
    }
    func neverShown(_ list: String) -> String {
        list.isEmpty
            ? say("Never shown to you: nothing set", "Jamais montré : rien de choisi")
            : say("Never shown to you: \(list)", "Jamais montré : \(list)")
    }
    var decisionsTitle: String { say("Your decisions, newest first", "Vos décisions, les dernières d'abord") }
    var noDecisions: String { say("none yet", "aucune encore") }
    var takenBack: String { say("taken back", "annulée") }

    // MARK: Lead and auditor

    var teamTitle: String { say("Team", "Équipe") }
    var teamRule: String {
        say(
            "Only availability is shown: nobody's dose, breaks or history.",
            "Seule la disponibilité est montrée : ni dose, ni pauses, ni historique.")
    }
    var peopleTitle: String { say("People", "Personnes") }
    var ledgerTitle: String { say("Ledger", "Registre") }
    var readOnly: String { say("read-only", "lecture seule") }
    func entries(_ shown: Int, _ size: Int64) -> String {
        say("\(shown) shown of \(size) entries", "\(shown) montrées sur \(size) entrées")
    }
    func filtered(_ text: String) -> String { say("filter: \(text)", "filtre : \(text)") }
    func checking(_ done: Int64, _ size: Int64) -> String {
        say("checked \(done) of \(size) …", "\(done) vérifiées sur \(size) …")
    }
    var notChecked: String { say("not verified in this session", "pas vérifié dans cette séance") }
    var ledgerHeadings: [String] {
        language == .french
            ? ["n°", "heure", "fait", "qui", "message"] : ["no.", "time", "fact", "who", "post"]
    }
}
