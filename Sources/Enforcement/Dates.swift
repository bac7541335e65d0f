import Moderation

/// Days as the transparency database writes them, and what it takes.
enum Day {
    /// From the first to the last day it takes for content: 2000-01-01 to 2038-01-01.
    static let content = span("2000-01-01", "2038-01-01")
    /// For decisions: 2020-01-01 to 2038-01-01.
    static let application = span("2020-01-01", "2038-01-01")

    /// `YYYY-MM-DD` in UTC.
    static func text(_ moment: Timestamp) -> String { UTCDay(of: moment).text }

    private static func span(_ first: String, _ last: String) -> ClosedRange<String> { first...last }
}

extension String {
    /// At most so many Unicode scalars, the last one "…" where something is cut; without controls and line breaks.
    func clipped(to most: Int) -> String {
        var result = ""
        var count = 0
        for scalar in unicodeScalars {
            let isBreak = scalar == "\n" || scalar == "\t" || scalar == "\u{2028}" || scalar == "\u{2029}"
            if scalar.properties.generalCategory == .control, !isBreak { continue }
            count += 1
            if count > most {
                result.unicodeScalars.removeLast()
                return result + "…"
            }
            result.unicodeScalars.append(isBreak ? " " : scalar)
        }
        return result
    }
}

/// Languages as ISO 639-1 names them.
enum LanguageCode {
    /// Two capital letters, if the language has such a name.
    static func iso6391(_ language: String?) -> String? {
        guard let language, known.contains(language) else { return nil }
        return language.uppercased()
    }

    private static let known = Set(
        """
        aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el
        en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu
        ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na
        nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so
        sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
