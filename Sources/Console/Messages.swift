import Exposure
import Moderation

/// Every word on the screens, in English and French side by side, so that neither can be forgotten.
struct Messages: Hashable, Sendable {
    let language: Language

    init(_ language: Language) { self.language = language }

    func say(_ english: String, _ french: String) -> String { language == .french ? french : english }

    func count(_ number: Int, _ one: (String, String), _ many: (String, String)) -> String {
        let isOne = language == .french ? abs(number) < 2 : number == 1
        return "\(number) " + (isOne ? say(one.0, one.1) : say(many.0, many.1))
    }

    // MARK: Words of the trade

    func hazard(_ hazard: Hazard) -> String {
        switch hazard {
        case .none: say("no hazard", "sans risque")
        case .mild: say("mild", "léger")
        case .moderate: say("moderate", "modéré")
        case .severe: say("severe", "grave")
        case .extreme: say("extreme", "extrême")
        }
    }

    func action(_ action: Action) -> String {
        switch action {
        case .keep: say("keep", "garder")
        case .label: say("label", "signaler")
        case .restrict: say("restrict", "limiter")
        case .remove: say("remove", "retirer")
        case .suspend: say("remove and suspend the account", "retirer et suspendre le compte")
        }
    }

    func role(_ role: Role) -> String {
        switch role {
        case .moderator: say("moderator", "modération")
        case .lead: say("lead", "responsable")
        case .auditor: say("auditor", "audit")
        case .representative: say("representative", "représentation")
        case .physician: say("physician", "médecine")
        }
    }

    func skipWhy(_ why: SkipWhy) -> String {
        switch why {
        case .language:
            say("a language I don't read well enough", "une langue que je ne lis pas assez bien")
        case .context: say("too little context to tell", "trop peu de contexte pour juger")
        case .notForMe: say("not for me, not now", "pas pour moi, pas maintenant")
        case .technical: say("it can't be shown properly", "il ne s'affiche pas bien")
        case .other: say("something else", "autre chose")
        }
    }

    func availability(_ availability: Teammate.Availability) -> String {
        switch availability {
        case .available: say("available", "disponible")
        case .breakDue: say("break due", "pause due")
        case .unavailable: say("unavailable", "indisponible")
        }
    }

    func contextTitle(_ context: Context) -> String {
        switch context {
        case .anywhere: say("Everywhere", "Partout")
        case .start: say("Start", "Accueil")
        case .review: say("Review", "Examen")
        case .pause: say("Break", "Pause")
        case .blocks: say("Break: blocks", "Pause : les blocs")
        case .ended: say("Shift ended", "Fin du service")
        case .record: say("My record", "Mon relevé")
        case .team: say("Team (leads)", "Équipe (responsables)")
        case .ledger: say("Ledger (auditors)", "Registre (audit)")
        case .replay: say("Replay (auditors and leads)", "Relecture (audit et responsables)")
        case .watch: say("Watching a shift (auditors)", "Suivre un service (audit)")
        case .whatIf: say("What if (auditors and leads)", "Et si (audit et responsables)")
        case .audit: say("Decisions (auditors)", "Décisions (audit)")
        case .auditCase: say("A decision (auditors)", "Une décision (audit)")
        case .samples: say("Samples (auditors)", "Échantillons (audit)")
        case .openings: say("Pseudonyms (auditors and leads)", "Pseudonymes (audit et responsables)")
        case .oversight: say("Limits and overrides (auditors)", "Limites et dérogations (audit)")
        case .limits: say("Limits (leads)", "Limites (responsables)")
        case .backlog: say("Backlog (leads)", "Attente (responsables)")
        case .roster: say("Roster (leads)", "Effectif (responsables)")
        case .collective: say("Team figures (representatives)", "Chiffres d'équipe (représentation)")
        case .handed: say("Handed records (physicians)", "Relevés remis (médecins)")
        case .choosing: say("Lists", "Listes")
        case .reading: say("Texts", "Textes")
        case .writing: say("Writing", "Écriture")
        }
    }

    var manualHeading: String { say("| keys | action | what it does |", "| touches | action | effet |") }

    /// What stands between a name and what it names.
    var colon: String { say(":", " :") }

    // MARK: Header, gauge

    var demo: String { say("DEMO", "DÉMO") }
    func policies(_ digest: String) -> String { say("policies \(digest)", "règles \(digest)") }
    var doseToday: String { say("Dose, 24 h", "Dose, 24 h") }
    func used(_ percent: Int, of limit: Int) -> String {
        say("\(percent) % used, limit \(limit) %", "\(percent) % reçus, limite \(limit) %")
    }
    func level(_ notice: Notice?) -> String {
        switch notice {
        case nil: say("within limits", "dans les limites")
        case .half: say("half used", "moitié reçue")
        case .fourFifths: say("near the limit", "près de la limite")
        case .full: say("limit reached", "limite atteinte")
        }
    }
    func today(people: Int, rules: Int) -> String {
        say(
            "decided: \(people) by people, \(rules) by rules", "décisions : \(people) humaines, \(rules) auto"
        )
    }
    func todayShort(people: Int, rules: Int) -> String {
        say("people \(people) · rules \(rules)", "humains \(people) · auto \(rules)")
    }
    var loading: String { say("reading …", "lecture …") }
    func tooSmall(_ rows: Int, _ columns: Int) -> String {
        say(
            "Too small: needs \(columns)×\(rows). All is covered and kept.",
            "Trop petit : il faut \(columns)×\(rows). Tout est recouvert et gardé.")
    }
    var more: String { say("more", "plus") }
    var title: String { "Relève" }

    // MARK: News

    var keyNotTaken: String {
        say(
            "That came too fast to be a choice: the key was not taken. Press it again.",
            "Trop rapide pour un choix : la touche n'a pas été prise. Appuyez à nouveau.")
    }
    var pasteNotTaken: String {
        say(
            "Pasted text is never taken as keys; nothing was done.",
            "Un texte collé n'est jamais pris pour des touches ; rien n'a été fait.")
    }
    var coveredByFocus: String {
        say(
            "Covered: another window has the focus. The clock stands still.",
            "Recouvert : une autre fenêtre est active. L'horloge est arrêtée.")
    }
    var coveredByPause: String { say("Covered while the console rests.", "Recouvert pendant l'arrêt.") }
    var coveredByIdling: String {
        say(
            "Covered, because no key came for a while. The clock stands still.",
            "Recouvert, faute de touche depuis un moment. L'horloge est arrêtée.")
    }
    var returnedAtLimit: String {
        say(
            "The time to finish is over: the post went back with your draft, without penalty.",
            "Le temps pour finir est passé : le message est rendu avec votre brouillon, sans pénalité.")
    }
    var allShown: String { say("All of it is uncovered.", "Tout est découvert.") }
    var nothingInHand: String {
        say("No post is in hand. Enter takes the next.", "Aucun message en main. Entrée prend le suivant.")
    }
    var nothingToUndo: String {
        say(
            "There is no decision of yours that can still be taken back.",
            "Aucune de vos décisions ne peut plus être annulée.")
    }
    func noPolicyAllows(_ action: Action) -> String {
        say(
            "No policy in force provides for: \(self.action(action)).",
            "Aucune règle en vigueur ne prévoit : \(self.action(action)).")
    }
    var stillInHand: String {
        say(
            "A post of yours is still in hand, with its draft. Enter goes on with it.",
            "Un message est encore en main, avec son brouillon. Entrée le reprend.")
    }
    var optOutsKept: String {
        say(
            "Kept. It holds from the next post on; no reason is asked.",
            "C'est noté, dès le prochain message ; aucun motif n'est demandé.")
    }
    var personalLimitKept: String {
        say("Kept. It is nobody else's business.", "C'est noté. Cela ne regarde personne d'autre.")
    }
    var limitsLowered: String {
        say("Lowered, in force now.", "Abaissée, en vigueur dès maintenant.")
    }
    var nothingChanged: String { say("Nothing was changed.", "Rien n'a changé.") }
    var noOptOuts: String {
        say("There is nothing you opted out of.", "Vous n'avez rien refusé.")
    }
    var percentWanted: String {
        say("A figure from 1 to 100, or nothing at all.", "Un nombre de 1 à 100, ou rien du tout.")
    }
    var numberWanted: String { say("A whole number.", "Un nombre entier.") }
    var loosening: String {
        say(
            "That would loosen the limit: it needs a second lead (l, then c).",
            "Cela relâcherait la limite : il faut une seconde signature (releve limits propose).")
    }
    var sameFigure: String { say("That is what is in force.", "C'est déjà en vigueur.") }
    var typeTheWord: String {
        say("Type the word to confirm, or Esc.", "Tapez le mot pour confirmer, ou Échap.")
    }
    var notFound: String { say("Not found.", "Introuvable.") }
    var undone: String {
        say(
            "Taken back, as a new entry. The post is in your hand again, covered.",
            "Annulé, par une nouvelle entrée. Le message est de nouveau en main, recouvert.")
    }
    func decided(_ action: Action) -> String {
        say("Decided: \(self.action(action)).", "Décidé : \(self.action(action)).")
    }
    func undoLine(_ action: Action, key: String, seconds: Int64?) -> String {
        guard let seconds else {
            return say(
                "Last: \(self.action(action)) · \(key) undoes it while this post is in hand",
                "Dernière : \(self.action(action)) · \(key) annule tant que ce message est en main")
        }
        return say(
            "Last: \(self.action(action)) · \(key) undoes it for \(seconds) s",
            "Dernière : \(self.action(action)) · \(key) l'annule encore \(seconds) s")
    }
    func newPosts(_ number: Int) -> String {
        count(
            number, ("new post waits", "nouveau message attend"),
            ("new posts wait", "nouveaux messages attendent"))
    }
    func finishing(_ time: String, release: String) -> String {
        say(
            "Limit reached: finish this post within \(time), or \(release) returns it with your draft.",
            "Limite atteinte : finissez d'ici \(time), ou \(release) rend le message avec le brouillon.")
    }
    func notice(_ notice: Notice, percent: Int) -> String {
        switch notice {
        case .half:
            say(
                "For your information: \(percent) % used in 24 h.",
                "Pour information : \(percent) % reçus en 24 h.")
        case .fourFifths:
            say(
                "For your information: \(percent) % used in 24 h. B takes a break.",
                "Pour information : \(percent) % reçus en 24 h. B fait une pause.")
        case .full:
            say(
                "The limit is reached. Nothing more is uncovered.",
                "La limite est atteinte. Plus rien n'est découvert.")
        }
    }
    /// What was not done, short enough for one line where the disk is full: nothing else can be read then.
    func fault(_ fault: Fault, of effect: Effect) -> String {
        switch effect {
        case .decide where fault.isDiskFull:
            say(
                "Disk full: NOT decided; your draft stays here. Free some space, then decide.",
                "Disque plein : NON décidé ; le brouillon reste. Libérez de la place, puis décidez.")
        case .uncover where fault.isDiskFull:
            say(
                "Disk full: stays covered, as your time can't be recorded. Free some space.",
                "Disque plein : reste couvert, le temps ne peut être compté. Libérez de la place.")
        case .beat where fault.isDiskFull:
            say(
                "Disk full: covered, as your time can't be recorded. Free some space.",
                "Disque plein : couvert, le temps ne peut être compté. Libérez de la place.")
        case .save where fault.isDiskFull:
            say(
                "Disk full: your draft is kept in this window only. Free some space.",
                "Disque plein : brouillon gardé dans cette fenêtre seulement. Libérez de la place.")
        case .beat:
            say("Covered: ", "Couvert : ") + fault.message(language)
        default: fault.message(language)
        }
    }
    func needsRole(_ role: Role) -> String {
        say(
            "Not here: that needs the role \(self.role(role)), and this is another one's console.",
            "Pas ici : il faut le rôle \(self.role(role)), et cette console en a un autre.")
    }
    func verified(_ finding: LedgerFinding) -> String {
        if finding.problems.isEmpty {
            return say(
                "The ledger is sound: \(finding.entries) entries, root \(finding.root.prefix(12)).",
                "Le registre est intact : \(finding.entries) entrées, racine \(finding.root.prefix(12)).")
        }
        return say(
            "The ledger is NOT sound: \(finding.problems[0])",
            "Le registre n'est PAS intact : \(finding.problems[0])")
    }
}
