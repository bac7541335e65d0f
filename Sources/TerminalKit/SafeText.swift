/// Text that can be painted on a terminal and can do nothing else there.
///
/// `SafeText(post.body)` turns any string into clusters of known width. What a terminal would obey, reorder
/// or hide (control characters, bidirectional controls, zero-width and tag characters, unassigned code
/// points) becomes a visible mark such as `⟨U+202E⟩`, because it is evidence. Cells of a ``Frame`` are made
/// from this type only.
///
/// How the difficult cases are painted, so that columns align on terminals that disagree about them:
/// - An emoji sequence is painted as its parts: a family is its members with a `+` mark for each joiner, a
///   skin tone is a raised digit (the Fitzpatrick type) after its emoji, a flag is its two letters. No
///   terminal measures a part differently, and nothing of the sequence is hidden.
/// - An emoji made by variation selector 16 or a keycap is painted as its base and a space: two cells
///   everywhere.
/// - At most four combining marks are painted on a base; a mark such as `⟨+37⟩` counts the others.
/// - Right-to-left letters stay in logical order. The driver tells terminals that know bidirectional text not
///   to reorder cells, so that neighbouring columns stay in place; ``inVisualOrder()`` reverses runs for
///   reading.
/// - Scalars newer than Unicode 14, and those on whose width the sources disagree, are marks.
public struct SafeText: Hashable, Sendable {
    /// How marks are written.
    public enum MarkStyle: Hashable, Sendable {
        /// `⟨U+202E⟩`
        case unicode
        /// `<U+202E>`
        case ascii
    }

    /// The least piece of text: what is painted into one cell or two, or a mark of several cells.
    public struct Cluster: Hashable, Sendable {
        /// What is painted; no control, bidirectional control or line break is ever in it.
        public let glyph: String
        let start: UInt32
        let length: UInt32
        let columns: UInt8
        var flags: Flags

        struct Flags: OptionSet, Hashable, Sendable {
            let rawValue: UInt8
            static let mark = Flags(rawValue: 1)
            static let evidence = Flags(rawValue: 2)
            static let space = Flags(rawValue: 4)
            static let continues = Flags(rawValue: 8)
            static let rightToLeft = Flags(rawValue: 16)
        }

        /// Cells it takes: 1 or 2, for marks up to 255.
        public var width: Int { Int(columns) }
        /// Whether it stands for something that is not painted itself.
        public var isMark: Bool { flags.contains(.mark) }
        /// Whether it was underlined by ``SafeText/highlighted(ranges:)``.
        public var isEvidence: Bool { flags.contains(.evidence) }
        /// Whether a line may be broken after it.
        public var isSpace: Bool { flags.contains(.space) }
        /// Whether it belongs to the same grapheme cluster as the one before it.
        public var continuesGrapheme: Bool { flags.contains(.continues) }
        /// Offsets, in Unicode scalars of the original string, of what it shows; empty for padding and the
        /// like.
        public var sourceRange: Range<Int> { Int(start)..<Int(start) + Int(length) }
    }

    /// The clusters in logical order.
    public let clusters: [Cluster]
    /// Cells that the text takes.
    public let width: Int

    /// Makes any string safe; line breaks become marks (see ``lines(of:marks:)`` to split at them).
    public init(_ untrusted: String, marks: MarkStyle = .unicode) {
        var scanner = SafeTextScanner(marks: marks, splitsLines: false)
        self = scanner.lines(of: untrusted)[0]
    }

    /// Makes each line of a string safe: split at LF and CRLF, with source ranges that count from the whole
    /// string's start.
    ///
    /// An empty string is one empty line.
    public static func lines(of untrusted: String, marks: MarkStyle = .unicode) -> [SafeText] {
        var scanner = SafeTextScanner(marks: marks, splitsLines: true)
        return scanner.lines(of: untrusted)
    }

    /// No text.
    public static let empty = SafeText(clusters: [])

    init(clusters: [Cluster]) {
        self.clusters = clusters
        width = clusters.reduce(0) { $0 + $1.width }
    }

    /// Whether there is nothing to paint.
    public var isEmpty: Bool { clusters.isEmpty }

    /// What is painted, as a string: for tests and plain output, safe like the text itself.
    public var plain: String { clusters.reduce(into: "") { $0 += $1.glyph } }

    /// Whether anything in it had to be shown as a mark.
    public var hasMarks: Bool { clusters.contains(where: \.isMark) }

    /// One text after another; source ranges stay those of each text's own original.
    public static func + (first: SafeText, second: SafeText) -> SafeText {
        SafeText(clusters: first.clusters + second.clusters)
    }

    /// Adds a text at the end.
    public static func += (text: inout SafeText, more: SafeText) {
        text = text + more
    }

    /// The texts with a separator between them.
    public static func joined(_ texts: [SafeText], separator: SafeText = .empty) -> SafeText {
        SafeText(clusters: Array(texts.map(\.clusters).joined(separator: separator.clusters)))
    }

    /// The text with clusters underlined that overlap any of these ranges of source scalars.
    public func highlighted(ranges: [Range<Int>]) -> SafeText {
        let sorted = ranges.filter { !$0.isEmpty }.sorted { $0.lowerBound < $1.lowerBound }
        guard !sorted.isEmpty else { return self }
        var merged: [Range<Int>] = []
        for range in sorted {
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        var next = 0
        let marked = clusters.map { cluster -> Cluster in
            let source = cluster.sourceRange
            if next > 0, merged[next - 1].upperBound > source.lowerBound { next = 0 }
            while next < merged.count, merged[next].upperBound <= source.lowerBound { next += 1 }
            guard next < merged.count, merged[next].overlaps(source) else { return cluster }
            var evidence = cluster
            evidence.flags.insert(.evidence)
            return evidence
        }
        return SafeText(clusters: marked)
    }
}

extension SafeText: ExpressibleByStringInterpolation {
    /// Makes a literal safe, by the same way as any string.
    public init(stringLiteral value: String) { self.init(value) }
}

extension SafeText: CustomStringConvertible {
    /// The same as ``plain``.
    public var description: String { plain }
}
