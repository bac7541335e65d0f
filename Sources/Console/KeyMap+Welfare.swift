import TerminalKit

extension KeyMap {
    /// The representative's and the physician's screens, and handing one's record over.
    static let welfare: [Binding] = [
        Binding(
            .collectiveMonths, [key("f")], [.collective], footer: true,
            en: ("figures", "The team's exposure, a month at a time."),
            fr: ("chiffres", "L'exposition de l'équipe, mois par mois.")),
        Binding(
            .collectiveCourse, [key("t")], [.collective], footer: true,
            en: ("over time", "The collective dose per thousand decisions, month by month."),
            fr: ("évolution", "La dose collective pour mille décisions, de mois en mois.")),
        Binding(
            .collectiveObjections, [key("o")], [.collective], footer: true,
            en: ("objections", "How often moderators said that a rule is wrong."),
            fr: ("objections", "Combien de fois une règle a été dite fausse.")),
        Binding(
            .collectiveLimits, [key("l")], [.collective], footer: true,
            en: ("limits", "How limits changed, and how many overrides there were."),
            fr: ("limites", "Comment les limites ont changé, et combien de dérogations.")),
        Binding(
            .openHanded, [.enter], [.handed], footer: true,
            en: ("open", "Opens the record; whose it is, is told each time."),
            fr: ("ouvrir", "Ouvre le relevé ; la personne en est avertie chaque fois.")),
        Binding(
            .handOver, [key("h")], [.record],
            en: ("hand over…", "Hands your record, as it is now, to one physician; you can take it back."),
            fr: ("remettre…", "Remet votre relevé, tel qu'il est, à un médecin ; vous pouvez le reprendre.")),
        Binding(
            .takeBack, [key("b")], [.record],
            en: ("take back…", "Takes a record back that you handed over; it can't be opened any more."),
            fr: ("reprendre…", "Reprend un relevé que vous avez remis ; il ne s'ouvre plus.")),
        Binding(
            .openCollective, [], [.anywhere],
            en: ("team figures", "Shows what a workers' representative is told of the team."),
            fr: ("chiffres d'équipe", "Montre ce qu'on dit de l'équipe à sa représentation.")),
        Binding(
            .openHandedList, [], [.anywhere],
            en: ("handed records", "Shows the records that were handed to you as a physician."),
            fr: ("relevés remis", "Montre les relevés qu'on vous a remis comme médecin.")),
    ]
}
