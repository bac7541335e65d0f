import TerminalKit

extension KeyMap {
    /// What leads do on their screens.
    static let leading: [Binding] = [
        Binding(
            .lowerLimits, [key("L")], [.team, .limits], footer: true,
            en: ("lower limits", "Lowers a limit at once, after a dry run and a typed word."),
            fr: ("abaisser", "Abaisse une limite aussitôt, après un essai à blanc et un mot tapé.")),
        Binding(
            .proposeLimits, [key("c")], [.limits], footer: true,
            en: (
                "change…", "Proposes to change a limit: a reason, a dry run, and a second person who signs."
            ),
            fr: ("changer…", "Propose de changer une limite : motif, essai à blanc, seconde signature.")),
        Binding(
            .askOverride, [key("O")], [.limits], footer: true,
            en: (
                "override…",
                "Asks that somebody may go beyond a limit in one shift; another signs, they consent."
            ),
            fr: (
                "dérogation…",
                "Demande une dérogation pour une personne et un service ; seconde signature, et son accord."
            )),
        Binding(
            .withdraw, [key("w")], [.limits],
            en: ("withdraw", "Takes your own proposal back."),
            fr: ("retirer", "Retire votre propre proposition.")),
        Binding(
            .addPerson, [key("a")], [.roster], footer: true,
            en: ("add…", "Adds somebody to the roster, as a moderator at first."),
            fr: ("ajouter…", "Ajoute quelqu'un à l'équipe, d'abord en modération.")),
        Binding(
            .changeRoles, [key("r")], [.roster], footer: true,
            en: ("roles…", "Gives or takes a role of the selected person."),
            fr: ("rôles…", "Donne ou retire un rôle à la personne choisie.")),
        Binding(
            .changeLanguages, [key("e")], [.roster], footer: true,
            en: ("languages…", "Says which languages the selected person works in."),
            fr: ("langues…", "Dit dans quelles langues la personne choisie travaille.")),
        Binding(
            .changeActive, [key("d")], [.roster], footer: true,
            en: ("works here…", "Says that the selected person works here no more, or again."),
            fr: ("travaille ici…", "Dit que la personne choisie ne travaille plus ici, ou de nouveau.")),
    ]

    /// The ways to their screens, and the answer to what anybody is asked.
    static let leadScreens: [Binding] = [
        Binding(
            .openLimits, [key("l")], [.team, .backlog, .roster], footer: true,
            en: ("limits", "Shows limits, their history, and what waits for a signature."),
            fr: ("limites", "Montre les limites, leur histoire, et ce qui attend une signature.")),
        Binding(
            .openBacklog, [key("b")], [.team, .limits, .roster], footer: true,
            en: ("backlog", "Shows what waits by hazard, deadline, age and language, with a forecast."),
            fr: ("attente", "Montre ce qui attend, par risque, échéance, âge et langue, et une prévision.")),
        Binding(
            .openRoster, [key("p")], [.team, .limits, .backlog], footer: true,
            en: ("roster", "Shows who works here, with roles and languages."),
            fr: ("effectif", "Montre qui travaille ici, avec rôles et langues.")),
        Binding(
            .answerAsked, [key("A")],
            [
                .start, .review, .pause, .ended, .record, .team, .limits, .backlog, .roster, .ledger, .audit,
                .samples, .openings, .oversight, .collective, .handed,
            ],
            en: ("answer limits…", "Answers what you are asked about limits: seen, no, yes."),
            fr: ("répondre…", "Répond à ce qu'on vous demande sur les limites : vu, non, oui.")),
    ]
}
