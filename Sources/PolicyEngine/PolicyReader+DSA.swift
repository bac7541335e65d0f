import Yams

extension PolicyReader {
    /// What the policy says for statements of reasons.
    mutating func dsa(_ node: Node?) -> StatementBasis {
        var result = StatementBasis(category: "")
        let known = [
            "category", "ground", "basis", "explanation", "url", "keywords", "keyword_other", "also",
            "restrict",
        ]
        guard let node, let fields = object(node, "dsa", known: known) else { return result }
        if let node = fields["category"] {
            result.category = term(node, "category", "DSA category", among: DSA.categories) ?? ""
        } else {
            fail(node, .missingField, "dsa needs a category (such as \(DSA.categories.last ?? ""))")
        }
        if let node = fields["ground"], let ground = word(node, "ground") {
            result.ground = ground
            if !["terms", "illegal"].contains(ground) {
                fail(node, .unknownChoice, "unknown ground \"\(ground)\" (one of terms, illegal)")
            }
        }
        result.basis = fields["basis"].flatMap { localized($0, "basis") }
        result.explanation = fields["explanation"].flatMap { localized($0, "explanation") }
        result.otherKeyword = fields["keyword_other"].flatMap { localized($0, "keyword_other") }
        result.url = fields["url"].flatMap { address($0) }
        result.keywords = terms(fields["keywords"], "keywords", "DSA keyword", among: DSA.keywords)
        result.also = terms(fields["also"], "also", "DSA category", among: DSA.categories)
        if let node = fields["restrict"], let choice = choice(node, "restrict", DSA.Restriction.self) {
            result.restriction = choice
        }
        return result
    }

    private mutating func terms(_ node: Node?, _ field: String, _ what: String, among known: [String])
        -> [String]
    {
        guard let node else { return [] }
        var seen: Set<String> = []
        return list(node, field).compactMap { term($0, field, what, among: known) }
            .filter { seen.insert($0).inserted }
    }

    private mutating func term(_ node: Node, _ field: String, _ what: String, among known: [String])
        -> String?
    {
        guard let word = word(node, field) else { return nil }
        if known.contains(word) { return word }
        fail(node, .unknownChoice, "unknown \(what) \"\(word)\"" + Suggestion.text(for: word, among: known))
        return nil
    }

    /// An address that everybody can open; the database takes up to 500 characters.
    private mutating func address(_ node: Node) -> String? {
        guard let word = word(node, "url") else { return nil }
        let isPlain = word.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        let scheme = ["https://", "http://"].first { word.hasPrefix($0) }
        if let scheme, isPlain, word.utf8.count <= scheme.utf8.count + 492 { return word }
        fail(
            node, .unknownChoice,
            "url must be a web address of up to 500 characters, such as https://example.org/rules")
        return nil
    }
}
