import TerminalKit

/// What concerns the person alone: stopping, support, check-ins, pages of My record, what to do in a break.
extension KeyMap {
    static let stopKeys: [Key] = [key("X"), key("Q"), .ctrl("x")]
    static let stopText = (
        "Stops now: covers, keeps the draft, begins a break. Nobody is told why.",
        "Arrête tout : recouvre, garde le brouillon, commence une pause. Personne ne sait pourquoi."
    )

    static let own: [Binding] = [
        Binding(
            .notToday, [key("T")], [.review],
            en: ("not today", "Doesn't show you this kind for the rest of the day; no reason is asked."),
            fr: ("pas ce jour", "Ne vous montre plus ce genre aujourd'hui ; aucun motif demandé.")),
        Binding(
            .checkIn, [key("i")],
            [
                .start, .review, .pause, .blocks, .ended, .record, .team, .ledger, .collective, .handed,
            ],
            en: ("check in", "Notes how you are, for you alone, under your own passphrase."),
            fr: ("mon état", "Note comment vous allez, pour vous seul, sous votre phrase secrète.")),
        page(.recordDay, "d", ("day", "The last 24 hours."), ("jour", "Les dernières 24 heures.")),
        page(.recordWeek, "w", ("week", "The last 7 days."), ("semaine", "Les 7 derniers jours.")),
        page(.recordMonth, "m", ("month", "The last 28 days."), ("mois", "Les 28 derniers jours.")),
        page(
            .recordOutcomes, "r", ("results", "What your decisions led to, and your decisions."),
            ("résultats", "Ce que vos décisions ont donné, et vos décisions.")),
        page(
            .recordLimits, "l", ("limits", "The limits in force, who changed them and when."),
            ("limites", "Les limites en vigueur, qui les a changées et quand.")),
        page(
            .recordLooks, "a", ("looks", "Who looked at your work or your name."),
            ("regards", "Qui a regardé votre travail ou votre nom.")),
        page(
            .recordCheckIns, "c", ("check-ins", "Your check-ins; your passphrase opens them."),
            ("états", "Vos états ; votre phrase secrète les ouvre.")),
        Binding(
            .nextPage, [.tab, .right], [.record, .collective],
            en: ("next page", "The next page."),
            fr: ("page suivante", "La page suivante.")),
        Binding(
            .previousPage, [.backtab, .left], [.record, .collective],
            en: ("previous page", "The page before."), fr: ("page précédente", "La page d'avant.")),
        Binding(
            .deleteCheckIns, [key("D")], [.record],
            en: ("delete check-ins", "Deletes all your check-ins, after a typed word."),
            fr: ("effacer états", "Efface tous vos états, après un mot tapé.")),
        Binding(
            .support, [key("H")], [.anywhere],
            en: ("support", "Shows whom you may turn to."),
            fr: ("soutien", "Montre à qui vous pouvez parler.")),
        Binding(
            .stop, stopKeys, [.anywhere], en: ("stop now", stopText.0), fr: ("arrêter", stopText.1)),
        Binding(
            .stop, [.ctrl("x")], [.writing], footer: true, en: ("stop now", stopText.0),
            fr: ("arrêter", stopText.1)),
    ]

    private static func page(
        _ command: Command, _ letter: Character, _ english: (String, String), _ french: (String, String)
    ) -> Binding {
        Binding(command, [key(letter)], [.record], en: english, fr: french)
    }

    static let resting: [Binding] = [
        Binding(
            .restNothing, [key("n")], [.pause, .blocks], footer: true,
            en: ("nothing", "Nothing at all; also ends the pacer and the blocks."),
            fr: ("rien", "Rien du tout ; finit aussi le souffle et les blocs.")),
        Binding(
            .restPacer, [key("p")], [.pause], footer: true,
            en: ("breathing", "A slow breath to follow: in for 4 s, out for 6 s."),
            fr: ("souffle", "Un souffle lent à suivre : 4 s dedans, 6 s dehors.")),
        Binding(
            .restBlocks, [key("b")], [.pause], footer: true,
            en: ("blocks", "Falling blocks: no score, no hurry; they end with the break."),
            fr: ("blocs", "Des blocs qui tombent : sans points ni hâte ; finis avec la pause.")),
        Binding(
            .restEvidence, [key("e")], [.pause],
            en: ("why these", "What is known of these pastimes, and what is not."),
            fr: ("pourquoi", "Ce qu'on sait de ces passe-temps, et ce qu'on ne sait pas.")),
    ]

    static let blocks: [Binding] = [
        Binding(
            .blockLeft, [.left, key("h")], [.blocks], footer: true,
            en: ("left", "One square to the left."), fr: ("gauche", "Une case à gauche.")),
        Binding(
            .blockRight, [.right, key("l")], [.blocks], footer: true,
            en: ("right", "One square to the right."), fr: ("droite", "Une case à droite.")),
        Binding(
            .blockTurn, [.up, key("k")], [.blocks], footer: true,
            en: ("turn", "A quarter turn."), fr: ("tourner", "Un quart de tour.")),
        Binding(
            .blockDown, [.down, key("j")], [.blocks],
            en: ("down", "One row down."), fr: ("descendre", "Une rangée plus bas.")),
        Binding(
            .blockDrop, [key(" ")], [.blocks], footer: true,
            en: ("drop", "Down to where it rests."), fr: ("poser", "Tout en bas.")),
        Binding(
            .blockPause, [key("p")], [.blocks], footer: true,
            en: ("hold", "Holds the blocks, or lets them go on."),
            fr: ("suspendre", "Suspend les blocs, ou les relance.")),
    ]
}
