/// The policy file that a configuration becomes.
enum AutoModeratorDocument {
    static func policy(id: String, title: String, options: AutoModeratorOptions, rules: [YAMLText])
        -> YAMLText
    {
        .map([
            .init(
                "id", .text(id),
                comments: [
                    "Imported from AutoModerator; from here on this file is the policy: change it here."
                ]),
            .init("title", .text(title)),
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
        _ rule: AutoModeratorRule, policy: String, unless: [String], matching: String?, passing: String?
    ) -> YAMLText {
        let reasons = rule.obstacles.map { "Draft: " + $0 }
        var entries: [YAMLText.Entry] = [.init("id", .text("\(policy)/\(rule.name)"), comments: reasons)]
        if let title = rule.title { entries.append(.init("title", .text(title))) }
        if let why = rule.why { entries.append(.init("why", .text(why))) }
        if !rule.obstacles.isEmpty { entries.append(.init("status", .text("draft"))) }
        entries.append(.init("selections", .map(rule.selections.map { .init($0.name, $0.value) })))
        entries.append(.init("when", .text(rule.conditions.joined(separator: " and "))))
        if !unless.isEmpty { entries.append(.init("unless", .texts(unless.map { "\(policy)/\($0)" }))) }
        if let action = rule.verdict?.recommends { entries.append(.init("recommend", .text(action))) }
        var examples: [YAMLText.Entry] = []
        if let matching { examples.append(.init("match", .texts([matching]))) }
        if let passing { examples.append(.init("pass", .texts([passing]))) }
        if !examples.isEmpty { entries.append(.init("examples", .map(examples))) }
        return .map(entries)
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
