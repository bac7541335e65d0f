extension SafeText {
    /// Where text stands in a wider space.
    public enum Alignment: Hashable, Sendable {
        case left, right, center
    }

    /// The text cut to a width, with `…` at the end when anything was cut.
    ///
    /// Never wider than asked.
    public func truncated(to limit: Int) -> SafeText {
        guard width > limit else { return self }
        guard limit > 0 else { return .empty }
        var kept = head(limit - 1)
        let at = kept.last.map { $0.start + $0.length } ?? clusters[0].start
        kept.append(Cluster(glyph: "…", start: at, length: 0, columns: 1, flags: .mark))
        return SafeText(clusters: kept)
    }

    /// The text with spaces around it up to a width.
    public func padded(to wanted: Int, align: Alignment = .left) -> SafeText {
        let missing = wanted - width
        guard missing > 0 else { return self }
        let left =
            switch align {
            case .left: 0
            case .right: missing
            case .center: missing / 2
            }
        return Self.spaces(left) + self + Self.spaces(missing - left)
    }

    /// The text cut or padded to exactly this width; a wide cluster that doesn't fit leaves a space.
    public func fitted(to width: Int, align: Alignment = .left) -> SafeText {
        truncated(to: width).padded(to: width, align: align)
    }

    /// So many spaces.
    public static func spaces(_ count: Int) -> SafeText {
        let space = Cluster(glyph: " ", start: 0, length: 0, columns: 1, flags: .space)
        return SafeText(clusters: Array(repeating: space, count: max(0, count)))
    }

    /// The text without its first cells, for scrolling sideways; a wide cluster that is cut in half leaves a
    /// space.
    public func dropping(columns: Int) -> SafeText {
        var left = columns
        guard
            let first = clusters.firstIndex(where: {
                left -= $0.width; return left < 0
            })
        else {
            return columns <= 0 ? self : .empty
        }
        let cut = clusters[first].width + left
        guard cut > 0 else { return SafeText(clusters: Array(clusters[first...])) }
        return Self.spaces(-left) + SafeText(clusters: Array(clusters[(first + 1)...]))
    }

    /// The lines of a string, each wrapped to a width.
    public static func wrapped(_ untrusted: String, to width: Int, marks: MarkStyle = .unicode) -> [SafeText]
    {
        lines(of: untrusted, marks: marks).flatMap { $0.wrapped(to: width) }
    }

    /// The text in lines no wider than asked, broken at spaces and between wide characters, else where the
    /// line is full.
    ///
    /// A space for which the line has no room any more is left out at the break; every other cluster is kept,
    /// in order. No lines when the width is not positive. Linear in the text's length.
    public func wrapped(to limit: Int) -> [SafeText] {
        guard limit > 0 else { return [] }
        let source = clusters.contains { $0.width > limit } ? clusters.flatMap { $0.pieces(limit) } : clusters
        var lines: [SafeText] = []
        var start = 0
        var lineWidth = 0
        var breakAt = 0
        var breakWidth = 0
        func close(_ end: Int) { lines.append(SafeText(clusters: Array(source[start..<end]))) }
        for (index, cluster) in source.enumerated() {
            while lineWidth + cluster.width > limit {
                if cluster.isSpace { break }
                if breakAt > start {
                    close(breakAt)
                    start = breakAt
                    lineWidth -= breakWidth
                } else {
                    let end = Self.graphemeStart(source, index, after: start)
                    close(end)
                    start = end
                    lineWidth = source[end..<index].reduce(0) { $0 + $1.width }
                }
                breakWidth = 0
                breakAt = start
            }
            if lineWidth + cluster.width > limit {
                close(index)
                start = index + 1
                (lineWidth, breakAt, breakWidth) = (0, start, 0)
                continue
            }
            lineWidth += cluster.width
            if Self.mayBreak(after: cluster, before: index + 1 < source.count ? source[index + 1] : nil) {
                breakAt = index + 1
                breakWidth = lineWidth
            }
        }
        if start < source.count || lines.isEmpty { close(source.count) }
        return lines
    }

    /// The text with its right-to-left runs turned to the order in which they are read, figures inside them
    /// kept; for terminals that leave cells where they are.
    ///
    /// Apply to a finished line.
    public func inVisualOrder() -> SafeText {
        guard clusters.contains(where: { $0.flags.contains(.rightToLeft) }) else { return self }
        var turned: [Cluster] = []
        var index = 0
        while index < clusters.count {
            guard clusters[index].flags.contains(.rightToLeft) else {
                turned.append(clusters[index])
                index += 1
                continue
            }
            let end = Self.endOfRightToLeftRun(clusters, from: index)
            turned += Self.turn(clusters[index..<end])
            index = end
        }
        return SafeText(clusters: turned)
    }

    private func head(_ limit: Int) -> [Cluster] {
        var used = 0
        var end = 0
        while end < clusters.count, used + clusters[end].width <= limit {
            used += clusters[end].width
            end += 1
        }
        let whole = Self.graphemeStart(clusters, end, after: 0)
        return Array(clusters[..<whole])
    }

    /// The nearest place at or before `index` where a grapheme cluster begins; `index` itself if there is
    /// none.
    private static func graphemeStart(_ source: [Cluster], _ index: Int, after start: Int) -> Int {
        var place = index
        while place > start, place < source.count, source[place].continuesGrapheme { place -= 1 }
        return place > start ? place : index
    }

    // Punctuation that doesn't begin or end a line of Chinese or Japanese.
    private static let neverFirst = Set("、。，．！？；：」』）】〉》々ー…!?,.;:)]}".unicodeScalars)
    private static let neverLast = Set("「『（【〈《([{".unicodeScalars)

    private static func mayBreak(after cluster: Cluster, before next: Cluster?) -> Bool {
        guard let next, !next.continuesGrapheme else { return false }
        if cluster.isSpace { return true }
        if cluster.isMark || next.isMark { return false }
        guard cluster.width == 2 || next.width == 2 else { return false }
        return !(next.glyph.unicodeScalars.first.map(neverFirst.contains) ?? false)
            && !(cluster.glyph.unicodeScalars.first.map(neverLast.contains) ?? false)
    }

    /// A run ends at its last right-to-left cluster before a left-to-right letter.
    private static func endOfRightToLeftRun(_ source: [Cluster], from start: Int) -> Int {
        var end = start + 1
        var index = start + 1
        while index < source.count {
            if source[index].flags.contains(.rightToLeft) {
                end = index + 1
            } else if source[index].isMark || source[index].isLetter {
                break
            }
            index += 1
        }
        return end
    }

    private static func turn(_ run: ArraySlice<Cluster>) -> [Cluster] {
        var turned: [Cluster] = []
        var figures: [Cluster] = []
        for cluster in run.reversed() {
            if cluster.isDigit {
                figures.append(cluster)
            } else {
                turned += figures.reversed()
                figures = []
                turned.append(cluster)
            }
        }
        return turned + figures.reversed()
    }
}

extension SafeText.Cluster {
    fileprivate var isLetter: Bool { glyph.unicodeScalars.first?.properties.isAlphabetic ?? false }
    fileprivate var isDigit: Bool { glyph.unicodeScalars.first?.properties.numericType == .decimal }

    /// The cluster in parts no wider than the line: a mark letter by letter, anything else as `?`.
    ///
    /// The first part keeps the source range.
    fileprivate func pieces(_ limit: Int) -> [SafeText.Cluster] {
        guard width > limit else { return [self] }
        guard isMark else {
            return [
                SafeText.Cluster(glyph: "?", start: start, length: length, columns: 1, flags: [flags, .mark])
            ]
        }
        return glyph.enumerated().map { index, character in
            SafeText.Cluster(
                glyph: String(character), start: index == 0 ? start : start + length,
                length: index == 0 ? length : 0, columns: 1, flags: flags)
        }
    }
}
