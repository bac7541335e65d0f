import TerminalKit

extension KeyMap {
    static let standardBindings: [Binding] =
        reviewDeciding + reviewLooking + reviewLettingGo + auditing + leading + welfare + blocks + screens
        + leadScreens
        + replays + auditScreens + lists + own + resting + everywhere

    static func key(_ character: Character) -> Key { .character(character) }

    private static let reviewLooking: [Binding] = [
        Binding(
            .uncover, [key(" ")], [.review], footer: true,
            en: ("uncover", "Uncovers the post, or covers it again; severe ones line by line."),
            fr: ("découvrir", "Découvre le message, ou le recouvre ; les plus graves ligne à ligne.")),
        Binding(
            .uncoverLine, [key(".")], [.review], footer: true,
            en: ("one line", "Uncovers the next line of a severe or extreme post."),
            fr: ("une ligne", "Découvre la ligne suivante d'un message grave ou extrême.")),
        Binding(
            .undo, [key("u")], [.review, .start, .pause, .ended], footer: true,
            en: ("undo", "Takes your last decision back while that is possible."),
            fr: ("annuler", "Revient sur votre dernière décision tant que c'est possible.")),
        Binding(
            .guidance, [key("p")], [.review], footer: true,
            en: ("policy", "Shows the guidance of the policy cited or recommended."),
            fr: ("règle", "Montre le guide de la règle citée ou recommandée.")),
        Binding(
            .why, [key("e")], [.review], footer: true,
            en: ("why", "Shows what the rules found and why they recommend it."),
            fr: ("pourquoi", "Montre ce que les règles ont trouvé et le motif de leur avis.")),
        Binding(
            .ruleWrong, [key("W")], [.review, .reading],
            en: ("rule is wrong", "Says that a rule is wrong on this post; leads see it, by rule."),
            fr: ("test en tort", "Dit qu'un test se trompe ici ; les responsables le voient, par test.")),
        Binding(
            .cite, [key("c")], [.review], footer: true,
            en: ("cite", "Chooses the policy that the decision cites."),
            fr: ("citer", "Choisit la règle que la décision cite.")),
        Binding(
            .note, [key("n")], [.review], footer: true,
            en: ("note", "Writes a note that goes with the decision."),
            fr: ("note", "Écrit une note qui va avec la décision.")),
    ]

    private static let reviewDeciding: [Binding] = [
        Binding(
            .keep, [key("a"), key("1")], [.review], footer: true,
            en: ("keep", "Decides that the post stays as it is."),
            fr: ("garder", "Décide que le message reste tel quel.")),
        Binding(
            .label, [key("l"), key("2")], [.review], footer: true,
            en: ("label", "Decides that the post stays with a label."),
            fr: ("signaler", "Décide que le message reste, avec un avertissement.")),
        Binding(
            .restrict, [key("t"), key("3")], [.review], footer: true,
            en: ("restrict", "Decides that fewer people see the post."),
            fr: ("limiter", "Décide que moins de gens voient le message.")),
        Binding(
            .remove, [key("r"), key("4")], [.review], footer: true,
            en: ("remove", "Decides that the post goes."),
            fr: ("retirer", "Décide que le message est retiré.")),
        Binding(
            .suspend, [key("x"), key("5")], [.review], footer: true,
            en: ("suspend…", "Decides that the post goes and its author's account is suspended; asks first."),
            fr: (
                "suspendre…",
                "Décide de retirer le message et de suspendre le compte ; demande confirmation."
            )),
    ]

    private static let reviewLettingGo: [Binding] = [
        Binding(
            .skip, [key("S")], [.review], footer: true,
            en: ("skip", "Passes over the post with a reason; never held against you."),
            fr: ("passer", "Passe ce message avec un motif ; jamais retenu contre vous.")),
        Binding(
            .release, [key("R")], [.review], footer: true,
            en: ("return", "Gives the post back to the queue with your draft."),
            fr: ("rendre", "Rend le message à la file avec votre brouillon.")),
        Binding(
            .escalate, [key("E")], [.review], footer: true,
            en: ("escalate", "Hands the post to a lead with a word on why."),
            fr: ("transmettre", "Confie le message à un responsable, avec un mot.")),
        Binding(
            .neverShow, [key("N")], [.review], footer: true,
            en: ("never show", "Never shows you posts of this kind again; no reason is asked."),
            fr: ("ne plus montrer", "Ne vous montre plus ce genre de message ; aucun motif demandé.")),
        Binding(
            .takeBreak, [key("B")], [.review, .start], footer: true,
            en: ("break", "Covers and begins a break, at any time."),
            fr: ("pause", "Recouvre et commence une pause, à tout moment.")),
        Binding(
            .stop, stopKeys, [.review, .reading, .choosing], footer: true,
            en: ("stop now", stopText.0), fr: ("arrêter", stopText.1)),
    ]

    private static let screens: [Binding] = [
        Binding(
            .startReview, [.enter], [.start, .review], footer: true,
            en: ("review", "Starts the shift, or goes on with it, and takes the next post."),
            fr: ("examiner", "Commence le service, ou le reprend, et prend le message suivant.")),
        Binding(
            .endBreak, [.enter], [.pause, .blocks], footer: true,
            en: ("back to work", "Ends the break, once it has been long enough."),
            fr: ("reprendre", "Finit la pause, une fois qu'elle a assez duré.")),
        Binding(
            .home, [.enter], [.ended], footer: true,
            en: ("start screen", "Goes to the Start screen."),
            fr: ("accueil", "Va à l'écran d'accueil.")),
        Binding(
            .endShift, [key("F")], [.start, .pause, .blocks, .replay, .watch], footer: true,
            en: ("end shift", "Ends the shift; posts in hand go back with their drafts."),
            fr: ("finir", "Finit le service ; les messages en main sont rendus avec leur brouillon.")),
        Binding(
            .openRecord, [key("m")],
            [
                .start, .review, .pause, .ended, .team, .ledger, .replay, .audit, .auditCase, .samples,
                .openings, .oversight, .limits, .backlog, .roster, .collective, .handed,
            ],
            footer: true,
            en: ("my record", "Shows your own exposure and decisions; nobody else sees it."),
            fr: ("mon relevé", "Montre votre exposition et vos décisions ; personne d'autre ne le voit.")),
        Binding(
            .personalLimit, [key("L")], [.record], footer: true,
            en: ("own limit", "Sets a lower limit of your own; it is nobody else's business."),
            fr: ("ma limite", "Fixe une limite plus basse pour vous ; cela ne regarde personne.")),
        Binding(
            .showAgain, [key("O")], [.record], footer: true,
            en: ("opt-outs", "Takes back a choice of what is never shown to you."),
            fr: ("refus", "Revient sur un choix de ce qui ne vous est jamais montré.")),
        Binding(
            .takeAlong, [key("T")], [.record], footer: true,
            en: ("take with me", "Writes your record as a signed file of your own, to take with you."),
            fr: ("emporter", "Écrit votre relevé dans un fichier signé, à vous, pour l'emporter.")),
        Binding(
            .verify, [key("V")], [.ledger], footer: true,
            en: ("verify", "Recomputes every hash of the ledger."),
            fr: ("vérifier", "Recalcule chaque empreinte du registre.")),
        Binding(
            .filter, [key("\\")], [.ledger, .audit], footer: true,
            en: ("filter", "Shows only what fits: entries with a text, decisions of a kind."),
            fr: ("filtrer", "Ne montre que ce qui convient : un texte, un genre de décisions.")),
        Binding(
            .search, [key("/")], [.ledger, .watch], footer: true,
            en: ("search", "Goes to the next entry or event that contains a text."),
            fr: ("chercher", "Va à l'entrée ou au fait suivant qui contient un texte.")),
        Binding(
            .nextMatch, [key("n")], [.ledger, .watch],
            en: ("next match", "Goes to the next match."),
            fr: ("suivant", "Va à la correspondance suivante.")),
        Binding(
            .previousMatch, [key("N")], [.ledger, .watch],
            en: ("previous match", "Goes to the match before."),
            fr: ("précédent", "Va à la correspondance précédente.")),
        Binding(
            .refresh, [.ctrl("r"), .function(5)],
            [
                .start, .team, .ledger, .record, .replay, .audit, .samples, .openings, .oversight,
                .limits, .backlog, .roster, .collective, .handed,
            ],
            en: ("refresh", "Reads the figures on the screen again."),
            fr: ("relire", "Relit les chiffres de l'écran.")),
    ]

    /// Where there may be more than fits.
    private static let scrolling: [Context] = [
        .review, .record, .team, .ledger, .replay, .watch, .whatIf, .audit, .auditCase, .samples,
        .openings, .oversight, .limits, .backlog, .roster, .collective, .handed, .choosing, .reading,
    ]

    private static let lists: [Binding] = [
        Binding(
            .accept, [.enter], [.choosing, .writing], footer: true,
            en: ("choose", "Takes the selected line, or what was written."),
            fr: ("choisir", "Prend la ligne choisie, ou ce qui est écrit.")),
        Binding(
            .back, [.escape], [.writing], footer: true,
            en: ("cancel", "Leaves without changing anything."),
            fr: ("abandonner", "Sort sans rien changer.")),
        Binding(
            .down, [key("j"), .down],
            scrolling + [.start],
            en: ("down", "One line down."), fr: ("bas", "Une ligne plus bas.")),
        Binding(
            .up, [key("k"), .up],
            scrolling + [.start],
            en: ("up", "One line up."), fr: ("haut", "Une ligne plus haut.")),
        Binding(
            .pageDown, [.pageDown, .ctrl("d")],
            scrolling,
            en: ("page down", "A page down."), fr: ("page bas", "Une page plus bas.")),
        Binding(
            .pageUp, [.pageUp, .ctrl("u")],
            scrolling,
            en: ("page up", "A page up."), fr: ("page haut", "Une page plus haut.")),
        Binding(
            .first, [key("g"), .home],
            scrolling,
            en: ("first", "To the first line."), fr: ("début", "À la première ligne.")),
        Binding(
            .last, [key("G"), .end],
            scrolling,
            en: ("last", "To the last line."), fr: ("fin", "À la dernière ligne.")),
    ]

    private static let everywhere: [Binding] = [
        Binding(
            .help, [key("?"), .function(1)], [.anywhere], footer: true,
            en: ("help", "Shows what can be done here."), fr: ("aide", "Montre ce qu'on peut faire ici.")),
        Binding(
            .palette, [key(":")], [.anywhere], footer: true,
            en: ("commands", "Finds a command by its name or description."),
            fr: ("commandes", "Trouve une commande par son nom ou sa description.")),
        Binding(
            .back, [.escape, key("q")], [.anywhere], footer: true,
            en: ("out", "One step out: from an overlay, to the Start screen, out of the console."),
            fr: ("sortir", "Un pas dehors : d'une fenêtre, vers l'accueil, hors de la console.")),
        Binding(
            .openTeam, [], [.anywhere],
            en: ("team", "Shows the queue, the limits and who is available."),
            fr: ("équipe", "Montre la file, les limites et qui est disponible.")),
        Binding(
            .openLedger, [], [.anywhere],
            en: ("ledger", "Shows the record of everything that was done."),
            fr: ("registre", "Montre l'enregistrement de tout ce qui a été fait.")),
        Binding(
            .repaint, [.ctrl("l")], [.anywhere],
            en: ("repaint", "Draws the screen again."), fr: ("redessiner", "Redessine l'écran.")),
        Binding(
            .leave, [], [.anywhere],
            en: ("leave", "Covers, keeps the draft and leaves the console."),
            fr: ("quitter", "Recouvre, garde le brouillon et quitte la console.")),
    ]
}
