public import Moderation

/// What flags are about, by kinds from a fixed list: their own words are hostile and may name people.
public enum FlagKinds {
    /// A name for each kind, in words for the public.
    public static func names(in language: String) -> [String] {
        FlagKind.allCases.map { $0.name(in: language) }
    }

    /// How many flags are of each kind, the most harmful kind first, by its place in ``names(in:)``; `nil` counts
    /// those of no known kind and comes last.
    public static func counts(of flags: [Flag]) -> [(kind: Int?, count: Int)] {
        var counts: [Int?: Int] = [:]
        for flag in flags { counts[FlagKind.kind(of: flag.reason)?.rawValue, default: 0] += 1 }
        return counts.sorted { ($0.key ?? .max) < ($1.key ?? .max) }.map { ($0.key, $0.value) }
    }
}

extension FlagKind {
    fileprivate func name(in language: String) -> String {
        let isFrench = language == "fr"
        return switch self {
        case .childSafety: isFrench ? "protection des mineurs" : "child safety"
        case .graphic: isFrench ? "images ou récits de violence" : "graphic violence"
        case .selfHarm: isFrench ? "automutilation ou suicide" : "self-harm"
        case .threat: isFrench ? "menaces ou violence" : "threats or violence"
        case .hate: isFrench ? "haine" : "hate"
        case .sexual: isFrench ? "contenu sexuel" : "sexual content"
        case .harassment: isFrench ? "harcèlement" : "harassment"
        case .misinformation: isFrench ? "information fausse" : "false information"
        case .fraud: isFrench ? "arnaque" : "fraud"
        case .spam: isFrench ? "message indésirable" : "spam"
        }
    }
}
