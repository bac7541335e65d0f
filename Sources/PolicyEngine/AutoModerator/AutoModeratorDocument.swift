/// The policy file that a configuration becomes.
enum AutoModeratorDocument {
    static func policy(id: String, origin: String, options: AutoModeratorOptions, rules: [YAMLText])
        -> YAMLText
    {
        .map([
            .init(
                "id", .text(id),
                comments: [
                    "Imported from AutoModerator; from here on this file is the policy: change it here."
                ]),
            .init(
                "title",
                localized("\(origin): rules from AutoModerator", "\(origin) : règles d'AutoModerator")),
            .init(
                "guidance",
                .map([
                    .init(
                        "en",
                        .text(
                            "A rule of the community found this post. Read it, and decide by the community's rules.\n"
                                + "The rule's title and reason say what it looks for.\n")),
                    .init(
                        "fr",
                        .text(
                            "Une règle de la communauté a relevé ce message. Lisez-le et décidez selon ses règles.\n"
                                + "Le titre et le motif de la règle disent ce qu'elle cherche.\n")),
                ])),
            .init(
                "neutral",
                .map([
                    .init("en", .text("A post that a rule of the community found.")),
                    .init("fr", .text("Un message relevé par une règle de la communauté.")),
                ])),
            .init(
                "dsa", .map([.init("category", .text(options.category)), .init("ground", .text("terms"))])),
            .init(
                "hazard", .text(options.hazard),
                comments: ["AutoModerator does not say how harmful looking at such posts may be: check this."]
            ),
            .init("actions", .texts(["remove", "restrict", "label", "keep"])),
            .init("rules", .list(rules)),
        ])
    }

    /// A rule, with the examples that it is known to keep.
    static func rule(
        _ rule: AutoModeratorRule, policy: String, origin: String, unless: [String],
        examples pair: AutoModeratorExamples.Pair?
    ) -> YAMLText {
        let reasons = rule.obstacles.map { "Draft: " + $0 }
        var entries: [YAMLText.Entry] = [.init("id", .text("\(policy)/\(rule.name)"), comments: reasons)]
        if let title = rule.title { entries.append(.init("title", localized(title, title))) }
        entries.append(.init("why", why(rule, origin: origin)))
        if !rule.obstacles.isEmpty { entries.append(.init("status", .text("draft"))) }
        entries.append(.init("selections", .map(rule.selections.map { .init($0.name, $0.value) })))
        entries.append(.init("when", .text(rule.conditions.joined(separator: " and "))))
        if !unless.isEmpty { entries.append(.init("unless", .texts(unless.map { "\(policy)/\($0)" }))) }
        if let action = rule.verdict?.recommends { entries.append(.init("recommend", .text(action))) }
        var examples: [YAMLText.Entry] = []
        if let post = pair?.matching { examples.append(.init("match", .list([.example(post)]))) }
        if let post = pair?.passing { examples.append(.init("pass", .list([.example(post)]))) }
        if !examples.isEmpty { entries.append(.init("examples", .map(examples))) }
        return .map(entries)
    }

    /// What its author told the moderators, and where it stood.
    private static func why(_ rule: AutoModeratorRule, origin: String) -> YAMLText {
        let place = "\(origin):\(rule.line)"
        guard let why = rule.why else {
            return localized("From AutoModerator, \(place)", "Repris d'AutoModerator, \(place)")
        }
        let text = "\(why) (AutoModerator, \(place))"
        return localized(text, text)
    }

    private static func localized(_ english: String, _ french: String) -> YAMLText {
        .map([.init("en", .text(english)), .init("fr", .text(french))])
    }

    /// A name of small letters, digits and single hyphens; empty when nothing of the text can stand in one.
    static func name(_ text: String) -> String {
        var result = ""
        for byte in text.lowercased().utf8 {
            if byte &- 0x61 < 26 || byte &- 0x30 < 10 {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else if !result.isEmpty, !result.hasSuffix("-") {
                result += "-"
            }
            if result.utf8.count >= 40 { break }
        }
        while result.hasSuffix("-") { result.removeLast() }
        return result
    }
}
