import Exposure
import Moderation

extension Messages {
    var helpTitle: String { say("Help", "Aide") }
    var helpHere: String { say("Here", "Ici") }
    var helpEverywhere: String { say("Everywhere", "Partout") }
    var closeHint: String { say("Esc closes, j k scroll", "Échap ferme, j k défilent") }
    var chooseHint: String {
        say("Enter chooses, Esc leaves all as it is", "Entrée choisit, Échap laisse tout tel quel")
    }
    var writeHint: String { say("Enter keeps, Esc cancels", "Entrée garde, Échap abandonne") }
    var paletteTitle: String { say("Commands", "Commandes") }
    var noCommand: String { say("no such command", "aucune commande") }
    func guidanceTitle(_ policy: String) -> String { say("Policy: \(policy)", "Règle : \(policy)") }
    var noGuidance: String { say("This policy has no guidance.", "Cette règle n'a pas de guide.") }
    var noPolicyHere: String {
        say(
            "No policy is cited or recommended; c chooses one.",
            "Aucune règle citée ni recommandée ; c en choisit une.")
    }
    func ground(_ text: String) -> String { say("Legal ground: \(text)", "Fondement : \(text)") }
    func allows(_ actions: String) -> String { say("Provides for: \(actions)", "Prévoit : \(actions)") }
    func policyHazard(_ hazard: String) -> String {
        say("Hazard of looking: \(hazard)", "Risque à regarder : \(hazard)")
    }
    var whyTitleLong: String { say("Findings and why", "Constats et motifs") }
    var nothingFound: String {
        say("No rule matched; people flagged it.", "Aucune règle ne s'applique ; il a été signalé.")
    }
    func finding(_ rule: String, _ policy: String, _ hazard: String) -> String {
        say("\(rule) · \(policy) · \(hazard)", "\(rule) · \(policy) · \(hazard)")
    }
    func recommends(_ action: String) -> String { say("recommends: \(action)", "recommande : \(action)") }
    var informs: String { say("informs only", "informe seulement") }
    func evidence(_ field: String, _ test: String, _ range: String) -> String {
        say("in \(field)\(range): \(test)", "dans \(field)\(range) : \(test)")
    }
    func characters(_ from: Int, _ to: Int) -> String {
        say(", characters \(from)–\(to)", ", caractères \(from)–\(to)")
    }
    var neverDecides: String {
        say(
            "A recommendation never decides: a person does.",
            "Un avis ne décide jamais : une personne décide.")
    }
    var bundleTitle: String { say("Policies in force", "Règles en vigueur") }
    func pickPolicy(_ action: String?) -> String {
        guard let action else { return say("Cite which policy?", "Citer quelle règle ?") }
        return say("\(action): under which policy?", "\(action) : selon quelle règle ?")
    }
    var noteTitle: String { say("Note for the record", "Note pour le registre") }
    var noteText: String {
        say(
            "Kept with the decision. Don't quote the post.",
            "Gardée avec la décision. Ne citez pas le message.")
    }
    var escalateTitle: String { say("Hand to a lead", "Confier à un responsable") }
    var escalateText: String {
        say(
            "A word on why, if you like. The post leaves your hand.",
            "Un mot, si vous voulez. Le message quitte votre main.")
    }
    var skipTitle: String { say("Pass over this post", "Passer ce message") }
    var skipText: String {
        say(
            "It goes back and is not offered to you again. Never held against you.",
            "Il est rendu et ne vous sera plus proposé. Jamais retenu contre vous.")
    }
    var neverTitle: String { say("Never show me this kind", "Ne plus me montrer ce genre") }
    var neverText: String {
        say(
            "No reason is asked. My record takes it back.",
            "Aucun motif demandé. Mon relevé permet d'y revenir.")
    }
    func sayWrong(_ key: String) -> String {
        say("\(key) says that a rule is wrong here.", "\(key) dit qu'un test se trompe ici.")
    }
    var wrongTitle: String { say("Which rule is wrong here?", "Quel test se trompe ici ?") }
    var wrongText: String {
        say(
            "Leads see it by rule. It decides nothing and is never held against you.",
            "Les responsables le voient, par test. Cela ne décide rien et n'est jamais retenu contre vous.")
    }
    func ruleDisputed(_ title: String) -> String {
        say("Noted that this rule is wrong here: \(title)", "Noté, ce test se trompe ici : \(title)")
    }
    func disputedBefore(_ title: String) -> String {
        say("You noted that before: \(title)", "Vous l'aviez déjà noté : \(title)")
    }
    var disputesTitle: String {
        say("Rules that moderators called wrong, 30 days", "Tests jugés en tort par l'équipe, 30 jours")
    }
    func dispute(_ count: Int, _ rule: String, _ title: String) -> String {
        "\(count) × \(rule)" + (title.isEmpty ? "" : " · \(title)")
    }
    func mistakes(_ text: String) -> String {
        say("known to be wrong on: \(text)", "se trompe parfois sur : \(text)")
    }
    var nothingInstead: String { say("leave all as it is", "laisser tout tel quel") }
    func allOfHazard(_ hazard: String) -> String {
        say("posts of hazard: \(hazard)", "messages de risque : \(hazard)")
    }
    func allOfPolicy(_ policy: String) -> String {
        say("posts under: \(policy)", "messages relevant de : \(policy)")
    }
    var confirmTitle: String { say("Hard to reverse", "Difficile à défaire") }
    func confirmSuspend(_ author: String, _ source: String, _ policy: String) -> String {
        say(
            "Remove 1 post and suspend 1 account, \(author) on \(source), under \(policy).",
            "Retirer 1 message et suspendre 1 compte, \(author) sur \(source), selon \(policy).")
    }
    var cancel: String { say("cancel", "annuler") }
    var doSuspend: String { say("remove and suspend", "retirer et suspendre") }
    var leaveTitle: String { say("Nothing was lost", "Rien n'est perdu") }
    var leaveText: String {
        say(
            "Ctrl-C covers and keeps the draft; it ends nothing. To leave: choose below, or q on the Start screen.",
            "Ctrl-C recouvre et garde le brouillon ; il n'arrête rien. Pour sortir : ci-dessous, ou q à l'accueil."
        )
    }
    var leaveChoices: [String] {
        language == .french ? ["rester", "quitter la console"] : ["stay", "leave the console"]
    }
    var optOutsTitle: String { say("Show again which kind?", "Montrer à nouveau quel genre ?") }
    var ownLimitTitle: String { say("Your own lower limit", "Votre propre limite") }
    var ownLimitText: String {
        say(
            "Percent of a full dose in 24 hours, 1 to 100; nothing clears it. Nobody else sees it.",
            "Pour cent d'une dose pleine en 24 heures, de 1 à 100 ; rien l'efface. Personne d'autre ne la voit."
        )
    }
    var lowerTitle: String { say("Lower which limit?", "Abaisser quelle limite ?") }
    func lowerFigure(_ field: String, _ now: Int64) -> String {
        say("\(field): now \(now). To what?", "\(field) : \(now). À combien ?")
    }
    func dryRun(_ field: String, _ old: Int64, _ new: Int64) -> String { "\(field): \(old) → \(new)" }
    var lowerWarning: String {
        say(
            "It acts at once. Raising it again needs a countersigner.",
            "Effet immédiat. La relever exigera une seconde signature.")
    }
    var lowerWord: String { say("lower", "abaisser") }
    var lowerType: String { say("Type \"\(lowerWord)\" to do it.", "Tapez « \(lowerWord) » pour le faire.") }
    var searchTitle: String { say("Search", "Chercher") }
    var filterTitle: String { say("Filter", "Filtrer") }

    // MARK: Linear

    var linearIntro: String {
        say(
            "Relève, line by line. Answer with a number, a key, or the name of a command; ? lists all.",
            "Relève, ligne à ligne. Répondez par un numéro, une touche ou le nom d'une commande ; ? les liste."
        )
    }
    var linearChoice: String { say("Choices", "Choix") }
    var linearMore: String { say("? explains all.", "? explique tout.") }
    var linearUnknown: String {
        say(
            "Not understood; nothing was done. ? lists what can be done here.",
            "Pas compris ; rien n'a été fait. ? liste ce qu'on peut faire ici.")
    }
    func linearWrite(_ key: String) -> String {
        say(
            "Write one line; a dot alone cancels, \(key) alone stops now.",
            "Écrivez une ligne ; un point seul abandonne, \(key) seul arrête tout.")
    }
    var linearCovered: String {
        say(
            "Covered. What was printed stays above: clear your screen if you wish.",
            "Recouvert. Ce qui est imprimé reste au-dessus : effacez l'écran si vous voulez.")
    }
    var goodbye: String {
        say(
            "Left. What was in hand waits for you for a few minutes.",
            "Sorti. Ce qui était en main vous attend quelques minutes.")
    }
}
