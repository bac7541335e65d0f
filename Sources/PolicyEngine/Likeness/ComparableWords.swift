import Moderation

/// The words of a post, folded, without what differs from copy to copy of one text.
///
/// Left out are marks at the edges of words, names addressed (`@somebody`), long numbers, mixtures of letters and digits
/// as in tracking codes, and links, of which only hosts count. Question marks, short numbers and pictures made of
/// characters stay: they can turn a sentence round.
struct ComparableWords: Hashable, Sendable {
    let words: [String]
    let hosts: Set<String>
    private let lettered: Int

    var isShort: Bool { lettered < PostLikeness.shortest }

    init(_ folded: [String], links: [Link]) {
        var words: [String] = []
        var hosts = Set(links.map { Self.host(of: $0) })
        for (place, text) in folded.enumerated() {
            if place > 0 { words.append("\u{1F}") }
            for chunk in text.split(separator: " ") {
                if chunk.first == "@", chunk.count > 1 { continue }
                if chunk.contains("://") || chunk.hasPrefix("www.") {
                    hosts.insert(Self.host(of: Link(url: Self.trimmed(chunk))))
                    continue
                }
                let word = Self.trimmed(chunk)
                if !word.isEmpty, !Self.isPassing(word) { words.append(word) }
                if chunk.last == "?" { words.append("?") }
            }
        }
        self.words = words
        self.hosts = hosts
        lettered = words.count { $0.unicodeScalars.contains(where: \.properties.isAlphabetic) }
    }

    /// Sets of words in a row.
    var shingles: Set<String> {
        let size = PostLikeness.shingle
        guard words.count > size else { return [words.joined(separator: " ")] }
        return Set((0...words.count - size).map { words[$0..<$0 + size].joined(separator: " ") })
    }

    /// Whether these are the same words in the same order, but for slips of the pen.
    func isSlipAway(from other: ComparableWords) -> Bool {
        words.count == other.words.count
            && zip(words, other.words).allSatisfy { $0 == $1 || Self.isSlip($0, $1) }
    }

    /// Whether one word is the other with a letter too many or two in the wrong order.
    ///
    /// Long words only, from the second letter on: `can't`, `woman`, `amoral` are no slips. Nor is another letter in
    /// the same place, which makes another word too easily.
    static func isSlip(_ left: String, _ right: String) -> Bool {
        var (few, many) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
        if few.count > many.count { swap(&few, &many) }
        guard few.count >= 6, few.first == many.first,
            (few + many).allSatisfy(\.properties.isAlphabetic)
        else { return false }
        let place = few.indices.first { few[$0] != many[$0] } ?? few.endIndex
        if few.count == many.count {
            guard place + 1 < few.count else { return false }
            return few[place] == many[place + 1] && few[place + 1] == many[place]
                && few[(place + 2)...] == many[(place + 2)...]
        }
        return few.count + 1 == many.count && few[place...] == many[(place + 1)...]
    }

    // MARK: Chunks

    /// A long number, or a mixture as of a tracking code.
    private static func isPassing(_ word: String) -> Bool {
        let digits = word.unicodeScalars.count { $0.isASCII && $0.properties.numericType != nil }
        guard digits >= 3 else { return false }
        let hasLetters = word.unicodeScalars.contains(where: \.properties.isAlphabetic)
        return hasLetters ? word.unicodeScalars.count >= 8 : digits >= 5
    }

    private static func trimmed(_ chunk: Substring) -> String {
        var scalars = Substring(chunk).unicodeScalars
        while let first = scalars.first, isMark(first) { scalars.removeFirst() }
        while let last = scalars.last, isMark(last) { scalars.removeLast() }
        return String(scalars)
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .otherPunctuation:
            true
        default: false
        }
    }

    // MARK: Links

    static func host(of link: Link) -> String {
        let host = link.host
        return host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
    }

    /// An address without scheme, `www.`, fragment and parameters that only follow people around.
    static func normalized(_ link: Link) -> String {
        var path = link.path
        if path.hasSuffix("/") { path.removeLast() }
        let address = link.url.prefix { $0 != "#" }
        guard let mark = address.firstIndex(of: "?") else { return host(of: link) + path }
        let query = address[address.index(after: mark)...].split(separator: "&").filter { part in
            let name = part.prefix { $0 != "=" }.lowercased()
            return !name.hasPrefix("utm_") && !followers.contains(name)
        }
        return host(of: link) + path + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }

    private static let followers: Set<String> = [
        "fbclid", "gclid", "dclid", "msclkid", "igshid", "mc_cid", "mc_eid", "yclid", "twclid",
    ]
}
