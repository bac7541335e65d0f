import Exposure
import Moderation

/// Words of what concerns the person alone: stopping, support, check-ins.
extension Messages {
    // MARK: Stopping

    var stopTitle: String { say("Stopped: all is covered", "Arrêt : tout est recouvert") }
    func stopText(isBreak: Bool) -> String {
        isBreak
            ? say(
                "This is a break now. What was in hand went back with its draft. Nobody is told why.",
                "C'est une pause. Ce qui était en main est rendu avec son brouillon. Personne ne sait pourquoi."
            )
            : say(
                "Nothing is uncovered. Nobody is told why.",
                "Rien n'est découvert. Personne ne sait pourquoi.")
    }
    var stopChoices: [String] {
        language == .french
            ? ["rester là", "à qui parler", "reprendre le travail", "finir le service"]
            : ["stay here", "whom to talk to", "go back to work", "end the shift"]
    }
    var needsScreen: String {
        say(
            "Not line by line: it needs the whole screen, or the command releve check-in.",
            "Pas ligne à ligne : il faut l'écran entier, ou la commande releve check-in.")
    }

    // MARK: Support

    var supportTitle: String { say("Whom you may turn to", "À qui vous pouvez parler") }
    var noSupport: String {
        say(
            "The site has named nobody yet. A lead does: releve support add.",
            "Le site n'a encore nommé personne. Un responsable peut le faire : releve support add.")
    }
    var supportPrivate: String {
        say(
            "Nothing records that you looked here. In danger: your emergency number.",
            "Rien n'enregistre que vous avez regardé ici. En danger : le numéro d'urgence.")
    }
    func supportKey(_ key: String) -> String {
        say("\(key) shows whom you may turn to.", "\(key) montre à qui vous pouvez parler.")
    }
    func supportFirst(_ name: String, _ reach: String, _ key: String) -> String {
        say("\(name): \(reach) (\(key): all)", "\(name) : \(reach) (\(key) : tous)")
    }

    // MARK: Not today

    var notTodayTitle: String { say("Not this kind today", "Pas ce genre aujourd'hui") }
    var notTodayText: String {
        say(
            "Until the day and this shift are over. No reason is asked; My record takes it back.",
            "Jusqu'à la fin du jour et de ce service. Aucun motif demandé ; Mon relevé permet d'y revenir.")
    }
    func notToday(_ list: String, until: String) -> String {
        say("Not shown to you until \(until): \(list)", "Pas montré jusqu'à \(until) : \(list)")
    }
    func allOfToday(_ list: String) -> String {
        say("today only: \(list)", "aujourd'hui seulement : \(list)")
    }

    // MARK: Check-ins

    func title(_ own: OwnOverlay) -> String {
        switch own {
        case .notToday: notTodayTitle
        case .support: supportTitle
        case .evidence: evidenceTitle
        case .checkInBegin: say("Check-ins, for you alone", "Vos états, pour vous seul")
        case .newPassphrase: say("A passphrase of your own", "Une phrase secrète à vous")
        case .samePassphrase: say("The same again", "La même encore")
        case .passphrase: say("Your passphrase", "Votre phrase secrète")
        case .level: say("How are you?", "Comment allez-vous ?")
        case .checkInNote: say("A word on it, if you like", "Un mot, si vous voulez")
        case .deleteCheckIns: say("Delete all check-ins", "Effacer tous vos états")
        case .handOver: handOverTitle
        case .takeBack: takeBackTitle
        }
    }

    /// What stands above the choices, or the line to be written.
    func body(_ own: OwnOverlay, count: Int) -> [String] {
        switch own {
        case .notToday: [notTodayText]
        case .handOver: [handOverText]
        case .takeBack: [takeBackText]
        case .checkInBegin: [checkInPromise, checkInLoss]
        case .newPassphrase: [passphraseAdvice, checkInLoss]
        case .passphrase:
            [
                say(
                    "It opens them here, until you turn the page.",
                    "Elle les ouvre ici, jusqu'à la page suivante.")
            ]
        case .checkInNote:
            [
                say(
                    "Nothing is a note too. Only your passphrase opens it.",
                    "Rien, c'est bien aussi. Seule votre phrase secrète l'ouvre.")
            ]
        case .deleteCheckIns:
            [
                say(
                    "All of them, for good, and the passphrase with them.",
                    "Tous, pour de bon, et la phrase secrète avec."),
                say("Type \"\(deleteWord)\" to do it.", "Tapez « \(deleteWord) » pour le faire."),
            ]
        default: []
        }
    }

    private var checkInPromise: String {
        say(
            "A level and a word, when you like. They stay in a file of yours, not in the site's store; no entry tells of them, nobody else can read or export them, and nothing is concluded from them.",
            "Un niveau et un mot, quand vous voulez. Ils restent dans un fichier à vous, hors de la base du site ; aucune entrée n'en parle, personne d'autre ne peut les lire ni les exporter, et rien n'en est conclu."
        )
    }
    private var checkInLoss: String {
        say(
            "If the passphrase is lost, they are gone: nobody can open them again.",
            "Si la phrase secrète est perdue, ils le sont aussi : personne ne peut les rouvrir.")
    }
    private var passphraseAdvice: String {
        say(
            "12 characters at least; some words that belong together for you only are good.",
            "12 caractères au moins ; quelques mots liés pour vous seul vont bien.")
    }
    var beginChoices: [String] {
        language == .french ? ["pas maintenant", "commencer"] : ["not now", "begin"]
    }
    /// From good to bad, as they are listed.
    var levels: [String] {
        language == .french
            ? ["5 bien", "4 plutôt bien", "3 entre les deux", "2 plutôt mal", "1 mal"]
            : ["5 well", "4 rather well", "3 in between", "2 rather bad", "1 bad"]
    }
    func level(_ level: Int) -> String { levels.indices.contains(5 - level) ? levels[5 - level] : "\(level)" }
    var passphraseTooShort: String {
        say("Too short: 12 characters at least.", "Trop court : 12 caractères au moins.")
    }
    var passphrasesDiffer: String {
        say("The two differ; once more, please.", "Les deux diffèrent ; encore une fois.")
    }
    var checkInsBegun: String {
        say(
            "Begun. Check in with i, whenever you like.",
            "C'est commencé. La touche i note votre état, quand vous voulez.")
    }
    var checkInKept: String { say("Kept, for you alone.", "C'est noté, pour vous seul.") }
    var checkInsDeleted: String {
        say("Deleted, all of them.", "Tout est effacé.")
    }
    var deleteWord: String { say("delete", "effacer") }
    var beginByCommand: String {
        say(
            "Begin with: releve check-in begin. There the passphrase is not shown.",
            "Commencez par : releve check-in begin. La phrase secrète n'y est pas montrée.")
    }
    func checkInsClosed(_ number: Int, _ key: String) -> String {
        let all = count(number, ("check-in", "état"), ("check-ins", "états"))
        return say(
            "\(all), closed. \(key) opens them with your passphrase.",
            "\(all), fermés. \(key) les ouvre avec votre phrase secrète.")
    }
    func noCheckIns(_ key: String) -> String {
        say(
            "None. \(key) notes how you are, if you want that: for you alone.",
            "Aucun. \(key) note comment vous allez, si vous le voulez : pour vous seul.")
    }
    var checkInsMeanNothing: String {
        say(
            "The scale means what you mean by it; nothing is concluded from it.",
            "L'échelle veut dire ce que vous y mettez ; rien n'en est conclu.")
    }
    func deleteKey(_ key: String) -> String {
        say("\(key) deletes all of them.", "\(key) les efface tous.")
    }
}
