import Moderation
import TerminalKit

/// What the representative's and the physician's screens say, and handing over.
extension Messages {
    // MARK: The representative

    var collectiveTitle: String {
        say("The whole team, in months that are over", "Toute l'équipe, par mois écoulés")
    }
    func page(_ page: CollectivePage) -> String {
        switch page {
        case .months: say("figures", "chiffres")
        case .course: say("over time", "évolution")
        case .objections: say("objections", "objections")
        case .limits: say("limits", "limites")
        }
    }
    var noMonth: String {
        say(
            "No month is told yet: each is from the 10th of the next month on, when nothing in it changes any more.",
            "Aucun mois n'est encore donné : chacun l'est à partir du 10 du mois suivant, quand rien n'y change plus."
        )
    }
    var monthHeadings: [String] {
        [
            say("month", "mois"), say("dose", "dose"), say("decisions", "décisions"),
            say("per 1,000 decisions", "pour 1 000 décisions"),
        ]
    }
    func minutesOf(_ month: String) -> String {
        say("Minutes uncovered and dose in \(month)", "Minutes découvertes et dose en \(month)")
    }
    func monthHidden(_ month: String) -> String {
        say(
            "Of \(month) nothing is told: too few people.",
            "De \(month) rien n'est dit : trop peu de personnes.")
    }
    func collectiveRule(_ least: Int) -> String {
        say(
            "Sums over everybody; a hazard with fewer than \(least) people, or with one who did most, is left out.",
            "Sommes sur tous ; sans les niveaux de moins de \(least) personnes, ou dont une a fait l'essentiel."
        )
    }
    var courseTitle: String {
        say(
            "Collective dose per thousand decisions: the figure to lower",
            "Dose collective pour mille décisions : le chiffre à baisser")
    }
    var perThousand: String { say("% per 1,000 decisions", "% pour 1 000 décisions") }
    var noCourse: String { say("No month tells it.", "Aucun mois ne le dit.") }
    var objectionsTitle: String {
        say("Rules that moderators called wrong", "Règles que la modération dit fausses")
    }
    var noObjections: String {
        say(
            "In the months that are told nobody said that a rule is wrong.",
            "Dans les mois donnés, personne n'a dit une règle fausse.")
    }
    var changesTitle: String { say("Changes and overrides", "Changements et dérogations") }
    func changesOf(_ month: String, raised: Int, lowered: Int, asked: Int, agreed: Int) -> String {
        say(
            "\(month)  loosened \(raised), only tightened \(lowered) · overrides asked \(asked), agreed to \(agreed)",
            "\(month)  assouplies \(raised), resserrées \(lowered) · dérogations demandées \(asked), acceptées \(agreed)"
        )
    }
    var changesRule: String {
        say(
            "Each change and each override is an entry of the ledger; whom an override concerned is not told.",
            "Chaque changement et chaque dérogation est au registre ; qui elle concernait n'est pas dit.")
    }

    // MARK: The physician

    var handedTitle: String { say("Records handed to you", "Relevés qu'on vous a remis") }
    var handedRule: String {
        say(
            "Whose record it is sees each time that you open it, and can take it back.",
            "La personne voit chaque ouverture de son relevé, et peut le reprendre.")
    }
    var noHanded: String { say("Nobody has handed you a record.", "Personne ne vous a remis de relevé.") }
    var handedHeadings: [String] { [say("whose", "de qui"), say("handed over", "remis")] }
    func openedNow(_ name: String) -> String {
        say("Opened; \(name) is told.", "Ouvert ; \(name) en est averti·e.")
    }
    func recordOf(_ name: String) -> String { say("Record of \(name)", "Relevé de \(name)") }
    func recordSums(_ percent: Int, days: Int, shifts: Int) -> String {
        say(
            "\(percent) % of a day's limit in all, on \(days) days (UTC), in \(shifts) shifts",
            "\(percent) % de la limite d'un jour en tout, sur \(days) jours (UTC), en \(shifts) services")
    }

    // MARK: Handing over

    var handOverTitle: String { say("Hand your record to a physician", "Remettre votre relevé à un médecin") }
    var handOverText: String {
        say(
            "Your record as it is now. You see each time it is opened, and can take it back.",
            "Votre relevé tel qu'il est. Vous voyez chaque ouverture, et pouvez le reprendre.")
    }
    func handTo(_ name: String, _ user: String) -> String { say("\(name) (\(user))", "\(name) (\(user))") }
    var takeBackTitle: String { say("Take a record back", "Reprendre un relevé") }
    var takeBackText: String {
        say(
            "It is gone from the site then, and can't be opened any more.",
            "Il disparaît du site et ne s'ouvre plus.")
    }
    func takeBackFrom(_ name: String, _ time: String) -> String {
        say("from \(name), handed over \(time)", "à \(name), remis le \(time)")
    }
    func handOverHint(_ key: String, back: String) -> String {
        say(
            "\(key) hands your record to a physician, \(back) takes it back.",
            "\(key) remet votre relevé à un médecin, \(back) le reprend.")
    }
    func handedOver(_ name: String) -> String {
        say("\(name) can open your record now.", "\(name) peut ouvrir votre relevé.")
    }
    var tookBack: String { say("Taken back; it can't be opened any more.", "Repris ; il ne s'ouvre plus.") }
    var noPhysician: String {
        say("This site has no physician on its roster.", "Ce site n'a pas de médecin dans son effectif.")
    }
    var nothingHanded: String {
        say("You handed no record over that could be taken back.", "Vous n'avez aucun relevé à reprendre.")
    }
}
