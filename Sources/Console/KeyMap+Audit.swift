import TerminalKit

extension KeyMap {
    /// The auditor's desk.
    static let auditing: [Binding] = [
        Binding(
            .openCase, [.enter], [.audit, .samples], footer: true,
            en: ("open", "Opens the decision or the sample, covered; that is an entry of the ledger."),
            fr: ("ouvrir", "Ouvre la décision ou l'échantillon, recouvert ; c'est une entrée du registre.")),
        Binding(
            .auditUncover, [key(" ")], [.auditCase], footer: true,
            en: ("uncover", "Uncovers the post, or covers it again; it counts as your exposure."),
            fr: ("découvrir", "Découvre le message, ou le recouvre ; cela compte comme votre exposition.")),
        Binding(
            .auditLine, [key(".")], [.auditCase], footer: true,
            en: ("one line", "Uncovers the next line of a severe or extreme post."),
            fr: ("une ligne", "Découvre la ligne suivante d'un message grave ou extrême.")),
        Binding(
            .judge, [key("J")], [.auditCase], footer: true,
            en: ("judge…", "Says what you would have decided; then the decision is shown."),
            fr: ("juger…", "Dit ce que vous auriez décidé ; puis la décision est montrée.")),
        Binding(
            .agree, [key("a")], [.auditCase], footer: true,
            en: ("agree", "Marks the decision as right; it changes nothing of it."),
            fr: ("d'accord", "Dit que la décision est juste ; elle n'en change pas.")),
        Binding(
            .disagree, [key("d")], [.auditCase], footer: true,
            en: ("disagree…", "Marks the decision as wrong, with a reason; it changes nothing of it."),
            fr: ("contre…", "Dit que la décision est fausse, avec un motif ; elle n'en change pas.")),
        Binding(
            .unclear, [key("u")], [.auditCase], footer: true,
            en: ("unclear…", "Says, with a reason, that it can't be told."),
            fr: ("incertain…", "Dit, avec un motif, qu'on ne peut pas savoir.")),
        Binding(
            .nextCase, [key("n")], [.auditCase], footer: true,
            en: ("next", "Opens the next decision of the list."),
            fr: ("suivante", "Ouvre la décision suivante de la liste.")),
        Binding(
            .previousCase, [key("p")], [.auditCase],
            en: ("previous", "Opens the decision before."),
            fr: ("précédente", "Ouvre la décision d'avant.")),
        Binding(
            .askName, [key("o")], [.auditCase],
            en: ("open pseudonym…", "Asks, with a reason, to see who it is; a second person has to approve."),
            fr: (
                "ouvrir le nom…",
                "Demande, avec un motif, à voir qui c'est ; une autre personne doit approuver."
            )),
        Binding(
            .drawSample, [key("D")], [.samples], footer: true,
            en: ("draw…", "Announces a sample with its seed in the ledger, and draws it."),
            fr: ("tirer…", "Annonce un échantillon et sa graine au registre, puis le tire.")),
        Binding(
            .figures, [key("f")], [.audit, .samples], footer: true,
            en: ("agreement", "Shows how far auditors agree, with the decisions and each other."),
            fr: ("accord", "Montre l'accord des audits, avec les décisions et entre eux.")),
        Binding(
            .approve, [key("y")], [.openings, .limits], footer: true,
            en: ("approve", "Approves, as a second person, what somebody else asks or proposes."),
            fr: ("approuver", "Approuve, en seconde personne, ce qu'une autre demande ou propose.")
        ),
        Binding(
            .refuse, [key("n")], [.openings, .limits], footer: true,
            en: ("refuse", "Refuses what somebody else asks or proposes."),
            fr: ("refuser", "Refuse ce qu'une autre personne demande ou propose.")),
        Binding(
            .seeName, [.enter], [.openings], footer: true,
            en: ("see name", "Shows the name of your approved request, once."),
            fr: ("voir le nom", "Montre le nom de votre demande approuvée, une fois.")),
    ]

    /// The ways to its screens.
    static let auditScreens: [Binding] = [
        Binding(
            .openAudit, [key("d")], [.ledger, .audit, .samples, .openings, .oversight], footer: true,
            en: ("decisions", "Shows decisions to filter, open and mark; never your own."),
            fr: ("décisions", "Montre les décisions à filtrer, ouvrir et juger ; jamais les vôtres.")),
        Binding(
            .openSamples, [key("s")], [.ledger, .audit, .samples, .openings, .oversight], footer: true,
            en: ("samples", "Shows random samples that anybody can draw again."),
            fr: ("échantillons", "Montre les échantillons, que chacun peut tirer à nouveau.")),
        Binding(
            .openOpenings, [key("o")], [.ledger, .audit, .samples, .openings, .oversight, .team],
            footer: true,
            en: ("pseudonyms", "Shows requests to open a pseudonym."),
            fr: ("pseudonymes", "Montre les demandes d'ouvrir un pseudonyme.")),
        Binding(
            .openOversight, [key("l")], [.ledger, .audit, .samples, .openings],
            en: (
                "limits",
                "Shows overrides, proposals and the history of limits, and the exposure that grouping saved."
            ),
            fr: (
                "limites",
                "Montre dérogations, propositions et histoire des limites, et l'exposition évitée en groupant."
            )),
        Binding(
            .auditChecks, [key("c")], [.oversight], footer: true,
            en: (
                "checks", "Goes through the ledger: overrides, hazards, looks after a stop, clocks."
            ),
            fr: (
                "contrôles",
                "Parcourt le registre : dérogations, niveaux, regards après un arrêt, horloges."
            )),
    ]
}
