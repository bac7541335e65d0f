import TerminalKit

extension KeyMap {
    /// The keys of the screens on which recorded work is gone through again.
    static let replays: [Binding] = [
        Binding(
            .openReplay, [.character("w")], [.ledger, .team], footer: true,
            en: ("replay", "Goes through recorded work again: watch, recompute, what if."),
            fr: ("relecture", "Relit le travail enregistré : suivre, recalculer, et si.")),
        Binding(
            .watchShift, [.enter], [.replay], footer: true,
            en: ("watch", "Watches the selected shift as it happened; an entry says so."),
            fr: ("suivre", "Suit le service choisi tel qu'il fut ; une entrée le dit.")),
        Binding(
            .recompute, [.character("c")], [.replay], footer: true,
            en: ("recompute", "Evaluates again what was evaluated, and compares byte for byte."),
            fr: ("recalculer", "Réévalue ce qui fut évalué et compare octet par octet.")),
        Binding(
            .whatIf, [.character("i")], [.replay], footer: true,
            en: ("what if", "Says what would have been under other policies, limits or readings."),
            fr: ("et si", "Dit ce qui serait advenu sous d'autres règles, limites ou lectures.")),
        Binding(
            .play, [.character(" ")], [.watch], footer: true,
            en: ("play", "Plays on, or pauses; never uncovers anything."),
            fr: ("lire", "Lit la suite, ou s'arrête ; ne découvre jamais rien.")),
        Binding(
            .stepForward, [.right], [.watch], footer: true,
            en: ("step", "Goes to the next event."), fr: ("pas", "Va au fait suivant.")),
        Binding(
            .stepBack, [.left], [.watch],
            en: ("step back", "Goes to the event before."), fr: ("pas arrière", "Va au fait précédent.")),
        Binding(
            .faster, [.character("+"), .character("=")], [.watch], footer: true,
            en: ("faster", "Plays faster, up to 60 times."),
            fr: ("plus vite", "Lit plus vite, jusqu'à 60 fois.")),
        Binding(
            .slower, [.character("-")], [.watch], footer: true,
            en: ("slower", "Plays slower, down to real time."),
            fr: ("moins vite", "Lit moins vite, jusqu'au temps réel.")),
        Binding(
            .nextDecision, [.character("d")], [.watch], footer: true,
            en: ("decision", "Goes to the next decision."), fr: ("décision", "Va à la décision suivante.")),
        Binding(
            .previousDecision, [.character("D")], [.watch],
            en: ("decision before", "Goes to the decision before."),
            fr: ("décision avant", "Va à la décision précédente.")),
        Binding(
            .look, [.character("o")], [.watch], footer: true,
            en: ("look", "Uncovers the post as it was then, or covers it; it counts as your own exposure."),
            fr: ("voir", "Découvre le message d'alors, ou le recouvre ; c'est votre propre exposition.")),
        Binding(
            .lookLine, [.character(".")], [.watch], footer: true,
            en: ("one line", "Uncovers the next line of a severe or extreme post."),
            fr: ("une ligne", "Découvre la ligne suivante d'un message grave ou extrême.")),
    ]
}
