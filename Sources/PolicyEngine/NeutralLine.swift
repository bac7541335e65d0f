public import Moderation
import Synchronization

/// The kinds of report that platforms send, by words in their reasons.
enum FlagKind: Int, CaseIterable {
    case childSafety, graphic, selfHarm, threat, hate, sexual, harassment, misinformation, fraud, spam

    /// Beginnings of words by which a reason is known, in lower case, and whole words, which end with "|": those that
    /// common report forms use.
    private var words: [String] {
        switch self {
        case .childSafety:
            [
                "csam|", "csae|", "child|", "children|", "child_", "minor|", "minors|", "enfant", "mineur",
                "kinder",
                "kindes", "menor|", "menores|", "criança",
            ]
        case .graphic: ["graphic", "graphique", "gore|", "gewalt", "sangl", "tortur"]
        case .selfHarm:
            ["self-harm", "self harm", "self_harm", "selfharm", "suicid", "automutil", "selbst", "suicíd"]
        case .threat: ["threat", "violen", "menace", "bedroh", "amenaza", "ameaça"]
        case .hate: ["hate|", "hateful", "hatred|", "racis", "haine", "hass|", "odio|", "ódio|", "discrimin"]
        case .sexual: ["sexual", "nudity|", "porn", "sexuel", "nudit", "sexuell"]
        case .harassment:
            ["harass", "bully", "insult", "abus", "harc", "acoso|", "belästig", "assédio|", "rude|"]
        case .misinformation:
            ["misinfo", "disinfo", "false|", "désinfo", "fake|", "falsch", "bulo|", "bulos|"]
        case .fraud:
            ["fraud", "scam", "phish", "arnaque", "betrug", "estafa", "golpe|", "golpes|", "impersonat"]
        case .spam: ["spam", "advert", "publicit", "werbung"]
        }
    }

    private var hazard: Hazard {
        switch self {
        case .childSafety: .extreme
        case .graphic, .selfHarm: .severe
        case .threat, .hate, .sexual: .moderate
        case .harassment: .mild
        case .misinformation, .fraud, .spam: .none
        }
    }

    /// The words of all kinds as bytes, the most harmful kind first.
    private static let table: [(kind: FlagKind, words: [(bytes: [UInt8], isWhole: Bool)])] = allCases.map {
        kind in
        (kind, kind.words.map { (Array($0.utf8.prefix { $0 != 0x7C }), $0.hasSuffix("|")) })
    }

    /// What reasons said, for the few that report forms send again and again.
    private static let known = Mutex<[String: FlagKind?]>([:])

    /// The most harmful kind that the flags name.
    static func worst(of flags: [Flag]) -> FlagKind? {
        var worst: FlagKind?
        for flag in flags.prefix(200) {
            guard let kind = kind(of: flag.reason) else { continue }
            if worst.map({ kind.rawValue < $0.rawValue }) ?? true { worst = kind }
        }
        return worst
    }

    static func kind(of reason: String) -> FlagKind? {
        let isShort = reason.utf8.count <= 64
        if isShort, let kind = known.withLock({ $0[reason] }) { return kind }
        let text = Array(reason.prefix(500).lowercased().utf8)
        let kind = table.first { row in
            row.words.contains { holds(text, $0.bytes, isWhole: $0.isWhole) }
        }?.kind
        if isShort { known.withLock { if $0.count < 1000 { $0[reason] = .some(kind) } } }
        return kind
    }

    private static func holds(_ text: [UInt8], _ word: [UInt8], isWhole: Bool) -> Bool {
        guard text.count >= word.count else { return false }
        func isLetter(_ index: Int) -> Bool { text.indices.contains(index) && Folding.isLetter(text[index]) }
        return (0...text.count - word.count).contains { start in
            text[start] == word[0] && !isLetter(start - 1)
                && text[start..<start + word.count].elementsEqual(word)
                && (!isWhole || !isLetter(start + word.count))
        }
    }

    /// What flags alone say of the hazard; a post of which nothing at all is known counts as mild.
    static func hazard(of flags: [Flag], isFound: Bool) -> Hazard {
        worst(of: flags)?.hazard ?? (isFound ? .none : .mild)
    }

    fileprivate func line(in language: String) -> String {
        let isFrench = language == "fr"
        switch self {
        case .childSafety:
            return isFrench ? "Signalé pour la protection d'un enfant." : "Reported for a child's safety."
        case .graphic:
            return isFrench
                ? "Signalé pour des images ou récits de violence." : "Reported for graphic violence."
        case .selfHarm: return isFrench ? "Signalé : automutilation ou suicide." : "Reported for self-harm."
        case .threat:
            return isFrench ? "Signalé pour menace ou violence." : "Reported for threats or violence."
        case .hate:
            return isFrench ? "Signalé pour haine envers un groupe." : "Reported for hate against a group."
        case .sexual: return isFrench ? "Signalé pour contenu sexuel." : "Reported for sexual content."
        case .harassment: return isFrench ? "Signalé pour harcèlement." : "Reported for harassment."
        case .misinformation:
            return isFrench ? "Signalé comme information fausse." : "Reported as false information."
        case .fraud: return isFrench ? "Signalé comme arnaque." : "Reported as a scam."
        case .spam: return isFrench ? "Signalé comme indésirable." : "Reported as spam."
        }
    }
}

/// One calm line about what a post is, from the findings or, without any, from its flags; never quotes it.
public func neutralLine(
    for evaluation: Evaluation, post: FlaggedPost, bundle: PolicyBundle, language: String
) -> String {
    if let policy = evaluation.findings.lazy.compactMap({ bundle.policy($0.policy) }).first {
        return policy.neutralLine.text(in: language)
    }
    if let kind = FlagKind.worst(of: post.flags) { return kind.line(in: language) }
    return language == "fr" ? "Un message au contenu inconnu." : "A post of unknown content."
}
