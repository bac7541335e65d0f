import Moderation

/// What one evaluation works with, kept for the next one.
///
/// Only one thread holds a session at a time: it is taken out of the evaluator's pool and put back.
final class Session: @unchecked Sendable {
    /// Changed by one call at a time, so that whether two change it is asked once for a post.
    private var search: TextSearch

    init(table: RuleTable, database: PatternDatabase?, budget: Budget) {
        search = TextSearch(table: table, database: database, budget: budget)
    }

    /// Where each test that looks for patterns finds one, by test.
    func hits(in post: FlaggedPost) -> Hits { search.hits(in: post) }

    /// The patterns of which some matches were not gathered in the last post.
    var cutShort: Set<Int> { search.cutShort }
    /// The fields of which something was not looked at in the last post.
    var cutFields: Set<Field> { search.cutFields }
}

/// Looks in the texts of one post after the other for the patterns of the rules.
struct TextSearch {
    /// One reading of the texts.
    enum Reading: CaseIterable { case exact, folded, undisguised, squeezed }

    private let table: RuleTable
    private let database: PatternDatabase?
    private let scratch: PatternDatabase.Scratch?
    private let foldingTable = FoldingTable()
    private var exact = FoldedView()
    private var folded = FoldedView()
    private var undisguised = FoldedView()
    private var squeezed = FoldedView()
    /// For every segment of the squeezed view, the reading and the segment it was made from.
    private var sources: [(reading: Reading, segment: FoldedView.Segment)] = []
    private var matches = ScanMatches()
    private var hits: Hits
    /// Where words begin, by reading and segment.
    private var wordStarts: [Place: [Int]] = [:]
    /// The patterns of which some matches were not gathered.
    private(set) var cutShort: Set<Int> = []

    private struct Place: Hashable {
        let reading: Reading
        let start: Int
    }

    /// The fields of which something was not looked at.
    private(set) var cutFields: Set<Field> = []
    private let budget: Budget
    /// How many bytes of text may still be looked at.
    private var left = 0

    init(table: RuleTable, database: PatternDatabase?, budget: Budget) {
        self.table = table
        self.budget = budget
        self.database = database
        scratch = database?.makeScratch()
        hits = Hits(tests: table.tests.count)
    }

    /// Where each test that looks for patterns finds one, by test.
    mutating func hits(in post: FlaggedPost) -> Hits {
        hits.removeAll()
        cutShort.removeAll()
        cutFields = budget.cut(post)
        guard let database else { return hits }
        guard let scratch else {
            // There is no memory to scan with, so that no rule could look anywhere.
            cutShort.formUnion(table.patterns.indices)
            return hits
        }
        read(post)
        for reading in Reading.allCases where reading == .exact ? table.scansExact : table.scansFolded {
            let view = view(reading)
            guard !view.isEmpty else { continue }
            // Disguises are looked through for words alone.
            database.scan(
                view.bytes, with: scratch, findsExpressions: reading == .exact || reading == .folded,
                into: &matches)
            note(matches)
            var crossing: [Int: Set<Int>] = [:]
            for match in matches.all {
                if let index = view.indexOfSegment(holding: match.range) {
                    gather(match, reading, view, index)
                } else if let index = view.indexOfSegment(
                    holding: match.range.upperBound - 1..<match.range.upperBound)
                {
                    crossing[index, default: []].insert(match.pattern)
                }
            }
            for (index, patterns) in crossing { scanAlone(index, for: patterns, reading, view) }
        }
        return hits
    }

    /// Looks again in one text for expressions that began in the text before it: there they may begin later.
    private mutating func scanAlone(
        _ index: Int, for patterns: Set<Int>, _ reading: Reading, _ view: FoldedView
    ) {
        guard let database, let scratch else { return }
        let start = view.segments[index].range.lowerBound
        database.scanExpressions(
            view.bytes[view.segments[index].range] + PatternDatabase.padding, with: scratch, into: &matches)
        note(matches)
        for match in matches.all where patterns.contains(match.pattern) {
            let range = match.range.lowerBound + start..<match.range.upperBound + start
            gather(ScanMatch(pattern: match.pattern, range: range), reading, view, index)
        }
    }

    private mutating func note(_ matches: ScanMatches) {
        guard matches.isWhole else { return cutShort.formUnion(table.patterns.indices) }
        cutShort.formUnion(matches.cutShort)
    }

    // MARK: Reading

    private mutating func read(_ post: FlaggedPost) {
        exact.removeAll()
        wordStarts.removeAll(keepingCapacity: true)
        folded.removeAll()
        undisguised.removeAll()
        squeezed.removeAll()
        sources.removeAll(keepingCapacity: true)
        left = budget.text
        let scanned = table.scanned
        if scanned.title { fold(post.title, .title) }
        if scanned.body { fold(post.body, .body) }
        if scanned.handle { fold(post.author.handle, .authorHandle) }
        if scanned.displayName { fold(post.author.displayName, .authorDisplayName) }
        if scanned.links {
            for (index, link) in post.links.prefix(budget.elements).enumerated() {
                fold(link.url, .links, index)
            }
        }
        if scanned.altText {
            for (index, media) in post.media.prefix(budget.elements).enumerated() {
                fold(media.altText, .mediaAltText, index)
            }
        }
        if scanned.reasons {
            for (index, flag) in post.flags.prefix(budget.elements).enumerated() {
                fold(flag.reason, .flagsReasons, index)
            }
        }
        for segment in folded.segments where !segment.signs.isEmpty { readAgain(segment) }
        exact.pad()
        folded.pad()
        undisguised.pad()
        squeezed.pad()
    }

    private mutating func fold(_ text: String?, _ field: Field, _ element: Int = 0) {
        guard var text, !text.isEmpty else { return }
        if text.utf8.count > left {
            cutFields.insert(field)
            text = String(decoding: text.utf8.prefix(left), as: UTF8.self)
        }
        left -= text.utf8.count
        if table.scansFolded { folded.append(text, field, element: element, table: foldingTable) }
        if table.scansExact { exact.append(exactly: text, field, element: element) }
    }

    /// Only what stands around disguised and stretched words is read again; the rest would be found once more.
    private mutating func readAgain(_ segment: FoldedView.Segment) {
        if segment.signs.contains(.stretched) { squeeze(.folded, segment) }
        guard segment.signs.contains(.disguise) else { return }
        let count = undisguised.segments.count
        undisguised.appendUndisguised(segment, of: folded, margin: table.hasNear ? nil : table.margin)
        for made in undisguised.segments[count...] where made.signs.contains(.stretched) {
            squeeze(.undisguised, made)
        }
    }

    private mutating func squeeze(_ reading: Reading, _ segment: FoldedView.Segment) {
        let count = squeezed.segments.count
        squeezed.appendSqueezed(segment, of: view(reading), margin: table.margin)
        if squeezed.segments.count > count { sources.append((reading, segment)) }
    }

    private func view(_ reading: Reading) -> FoldedView {
        switch reading {
        case .exact: exact
        case .folded: folded
        case .undisguised: undisguised
        case .squeezed: squeezed
        }
    }

    // MARK: Gathering

    private mutating func gather(
        _ match: ScanMatch, _ reading: Reading, _ view: FoldedView, _ index: Int
    ) {
        let segment = view.segments[index]
        switch reading {
        case .exact, .folded:
            add(match, Found(reading, segment, match.range), view)
        case .undisguised:
            // A disguise is looked through for words, not for expressions, which would see too much.
            guard !table.patterns[match.pattern].isRegex, !view.isCut(beside: match.range, in: segment) else {
                return
            }
            add(match, Found(reading, segment, match.range), view)
        case .squeezed:
            guard let stretches = table.stretches[match.pattern],
                !view.isCut(beside: match.range, in: segment)
            else { return }
            let source = sources[index]
            let text = self.view(source.reading)
            let places = squeezed.original(match.range, in: segment)
            let range = text.wholeRuns(places, in: source.segment.range)
            for pattern in stretches where text.isStretched(range, from: table.patterns[pattern].bytes) {
                add(
                    ScanMatch(pattern: pattern, range: match.range),
                    Found(source.reading, source.segment, range, isSqueezed: true), view)
            }
        }
    }

    /// A match in the reading that says where it is in the original.
    private struct Found {
        let reading: Reading
        let segment: FoldedView.Segment
        let range: Range<Int>
        let isSqueezed: Bool

        init(_ reading: Reading, _ segment: FoldedView.Segment, _ range: Range<Int>, isSqueezed: Bool = false)
        {
            self.reading = reading
            self.segment = segment
            self.range = range
            self.isSqueezed = isSqueezed
        }
    }

    /// Adds a match to what every test finds that looks for its pattern in this field, in this reading and here.
    private mutating func add(_ match: ScanMatch, _ found: Found, _ view: FoldedView) {
        let pattern = match.pattern
        let whole =
            found.isSqueezed ? view.segments[view.indexOfSegment(holding: match.range) ?? 0] : found.segment
        let isUnchanged = found.reading == .folded && !found.isSqueezed
        for use in table.uses[table.useStarts[pattern]..<table.useStarts[pattern + 1]] {
            guard use.field.scans(found.segment.field), !use.isPlain || isUnchanged,
                view.fits(match.range, in: whole.range, use.anchor, joint: use.joint),
                table.patterns[pattern].isExact == (found.reading == .exact),
                hasRoom(for: pattern, use)
            else { continue }
            var hit = Hit(
                field: found.segment.field, element: found.segment.element, range: original(found),
                pattern: pattern)
            if use.isNear {
                hit.word = word(at: found.range.lowerBound, in: found.segment.range, found.reading)
                hit.isUndisguised = found.reading == .undisguised
            }
            hits.add(hit, to: use.test)
        }
    }

    private mutating func original(_ found: Found) -> Range<Int> {
        switch found.reading {
        case .exact: exact.original(found.range, in: found.segment)
        case .folded: folded.original(found.range, in: found.segment)
        case .undisguised: undisguised.original(found.range, in: found.segment)
        case .squeezed: squeezed.original(found.range, in: found.segment)
        }
    }

    /// Whether a further place matters: the first ones are shown, and others count when different words, or words
    /// near each other, are asked for.
    private mutating func hasRoom(for pattern: Int, _ use: RuleTable.Use) -> Bool {
        let known = hits[use.test]
        guard known.count >= Hit.most else { return true }
        if use.isNear {
            if known.count < Hit.mostNear { return true }
            cutShort.insert(pattern)
            return false
        }
        return use.least > 1 && known.count < Hit.mostNear && !known.contains { $0.pattern == pattern }
    }

    /// Which word of a text stands at a place, from 1.
    private mutating func word(at place: Int, in range: Range<Int>, _ reading: Reading) -> Int {
        let key = Place(reading: reading, start: range.lowerBound)
        let starts = wordStarts[key] ?? WordBoundary.starts(in: range, of: view(reading).bytes)
        wordStarts[key] = starts
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= place { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension FoldedView {
    /// The range with its last run of letters whole.
    fileprivate func wholeRuns(_ range: Range<Int>, in whole: Range<Int>) -> Range<Int> {
        var end = range.upperBound
        while end > range.lowerBound, end < whole.upperBound, bytes[end] == bytes[end - 1],
            Folding.isLatinLetter(bytes[end])
        {
            end += 1
        }
        return range.lowerBound..<end
    }

    /// Whether these bytes are the word with at least one letter written three times or more, and more often than
    /// the word has it.
    fileprivate func isStretched(_ range: Range<Int>, from word: [UInt8]) -> Bool {
        var place = range.lowerBound
        var index = 0
        var isLonger = false
        func run(_ at: Int, _ end: Int, _ byte: (Int) -> UInt8) -> Int {
            var next = at + 1
            while next < end, byte(next) == byte(at) { next += 1 }
            return next - at
        }
        while place < range.upperBound, index < word.count, bytes[place] == word[index] {
            let seen = run(place, range.upperBound) { bytes[$0] }
            let wanted = run(index, word.count) { word[$0] }
            guard seen == wanted || (seen >= 3 && seen > wanted) else { return false }
            isLonger = isLonger || seen > wanted
            place += seen
            index += wanted
        }
        return isLonger && place == range.upperBound && index == word.count
    }

    /// Whether a match stands where its test wants it.
    fileprivate func fits(
        _ range: Range<Int>, in whole: Range<Int>, _ anchor: FieldTest.Anchor, joint: UInt8?
    ) -> Bool {
        switch anchor {
        case .anywhere: true
        case .start: range.lowerBound == whole.lowerBound
        case .end: range.upperBound == whole.upperBound
        case .whole: range == whole
        case .word:
            WordBoundary.isBoundary(range.lowerBound, in: bytes, joinedBy: joint)
                && WordBoundary.isBoundary(range.upperBound, in: bytes, joinedBy: joint)
        }
    }
}
