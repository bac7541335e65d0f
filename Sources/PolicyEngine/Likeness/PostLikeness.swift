import Crypto
public import Moderation

/// How much two posts say the same.
public enum Likeness: String, Comparable, Hashable, Sendable, Codable {
    /// The same words but for numbers, names addressed, tails of links, and slips of the pen.
    case near
    /// The same texts, links and media.
    case identical

    /// Orders from less alike to more.
    public static func < (left: Likeness, right: Likeness) -> Bool { left == .near && right == .identical }
}

/// A post in the form in which it is compared with others.
///
///     guard let form = PostLikeness(post), let other = PostLikeness(another) else { return }
///     form.likeness(to: other)  // .identical, .near or nil
///
/// Careful on purpose: whoever decides for a group sees one of its posts. So a word that one post has and the other
/// hasn't keeps them apart, for that is what a negation, another target or another meaning looks like.
public struct PostLikeness: Hashable, Sendable {
    /// Fewer words of letters than this are compared in full only, together with what they answer to.
    public static let shortest = 12
    /// The Jaccard similarity, in percent, of sets of ``shingle`` words in a row from which texts are near.
    public static let threshold = 90
    /// How many words make one shingle.
    public static let shingle = 3

    let kind: String
    let texts: [String]
    let folded: [String]
    let thread: [String]
    let links: [String]
    let media: [String]
    let words: ComparableWords
    private let shingles: Set<String>

    /// The post's form; `nil` for one without anything to compare, or with media of which no hash is known.
    public init?(_ post: FlaggedPost) {
        let hashes = post.media.compactMap(\.hash).filter { !$0.isEmpty }
        guard hashes.count == post.media.count else { return nil }
        kind = post.kind
        media = Set(hashes.map { $0.lowercased() }).sorted()
        links = Set(post.links.map(ComparableWords.normalized)).sorted()
        let written = [post.title ?? "", post.body]
        texts = written.map(Self.plain)
        folded = written.map { text in
            Folding.fold(literal: text).split(separator: " ").joined(separator: " ")
        }
        thread = post.thread.map { Self.plain($0.body) }
        words = ComparableWords(folded, links: post.links)
        shingles = words.isShort ? [] : words.shingles
        guard texts.contains(where: { !$0.isEmpty }) || !media.isEmpty || !links.isEmpty else { return nil }
    }

    /// How much the other one says the same; `nil` when a person has to look at both.
    public func likeness(to other: PostLikeness) -> Likeness? {
        guard kind == other.kind, media == other.media else { return nil }
        if texts == other.texts, links == other.links, !words.isShort || thread == other.thread {
            return .identical
        }
        guard !words.isShort, !other.words.isShort, words.hosts == other.words.hosts,
            words.isSlipAway(from: other.words)
        else { return nil }
        let common = shingles.intersection(other.shingles).count
        let all = shingles.count + other.shingles.count - common
        return common * 100 >= Self.threshold * all ? .near : nil
    }

    /// The numbers to find it by, made with a secret of the site, so that nobody can guess a text from them.
    public func keys(secret: [UInt8]) -> LikenessKeys {
        var hash = SHA256()
        hash.update(data: secret)
        for part in [kind] + folded + links + media {
            hash.update(data: Array(part.utf8))
            hash.update(data: [0])
        }
        let exact = hash.finalize().prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard !words.isShort else { return LikenessKeys(exact: Int64(bitPattern: exact), bands: []) }
        let around = ([kind] + media + words.hosts.sorted()).joined(separator: "\u{0}")
        let bands = MinHash(secret: secret).bands(of: shingles, around: around)
        return LikenessKeys(exact: Int64(bitPattern: exact), bands: bands)
    }

    /// A text without case, hidden characters and differences of white space.
    ///
    /// Accents and look-alike letters stay: folding takes them away, and in a short text that can be another word.
    static func plain(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var isSpace = true
        for scalar in text.lowercased().unicodeScalars where !isHidden(scalar) {
            if scalar.properties.isWhitespace {
                if !isSpace { result.append(" ") }
                isSpace = true
            } else {
                result.append(scalar)
                isSpace = false
            }
        }
        if result.last == " " { result.removeLast() }
        return String(result)
    }

    /// Characters that nobody sees; joiners stay, for in some scripts they tell words apart.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00AD, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069, 0xFEFF,
            0xE0000...0xE007F:
            true
        default: false
        }
    }
}
