import CVectorscan
import Foundation

/// A pattern for the scanner.
struct Pattern: Hashable {
    let text: String
    let isRegex: Bool
    /// Whether it is looked for in the text as written, not in a folded reading.
    var isExact = false
    /// Whether, looked for as written, capital and small letters are the same.
    var ignoresCase = false

    /// The literal's UTF-8.
    var bytes: [UInt8] { Array(text.utf8) }

    /// The regular expression: literals with their signs escaped.
    var expression: String {
        // The scanner takes expressions up to their first zero.
        guard !isRegex else { return text.replacing("\0", with: "\\x00") }
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar == "\0" {
                result += "\\x00"
                continue
            }
            if scalar.isASCII, !scalar.properties.isAlphabetic, !("0"..."9").contains(scalar), scalar != " " {
                result += "\\"
            }
            result.unicodeScalars.append(scalar)
        }
        return result
    }

    /// Whether every match of it is as long: not when a capital letter may take more bytes than the small one.
    var hasOneLength: Bool { !isRegex && (!ignoresCase || isASCII) }

    private var isASCII: Bool { text.utf8.allSatisfy { $0 < 0x80 } }

    /// Literals have one length, so where they start is known; only expressions need the costly search for it.
    ///
    /// An expression is read as bytes unless a character class of it holds characters beyond ASCII: bounded
    /// repeats of whole characters soon grow too large for the scanner. `\b` and `\w` know ASCII only.
    var flags: UInt32 {
        let ignored = isExact && !ignoresCase ? 0 : UInt32(HS_FLAG_CASELESS)
        guard !hasOneLength else { return ignoresCase ? ignored : 0 }
        let isWide = hasWideClass || (ignoresCase && !isASCII)
        // Texts stand one behind the other, a line each.
        return (isWide ? UInt32(HS_FLAG_UTF8) : 0) | UInt32(HS_FLAG_SOM_LEFTMOST | HS_FLAG_MULTILINE)
            | ignored
    }

    private var hasWideClass: Bool {
        guard isRegex else { return false }
        var isInside = false
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if isInside, !scalar.isASCII { return true }
            if !isEscaped, scalar == "[" { isInside = true }
            if !isEscaped, scalar == "]" { isInside = false }
            isEscaped = !isEscaped && scalar == "\\"
        }
        return false
    }
}

/// Where a pattern matched, in bytes of the folded text.
struct ScanMatch {
    let pattern: Int
    let range: Range<Int>
}

/// All patterns of a bundle, compiled into one Vectorscan database, and its expressions once more into a second.
///
/// To know where an expression's match begins costs the scanner as much again as to know that there is one, so that
/// it is asked of the second database, and only for texts in which the first found an expression.
///
/// The compiled databases are never changed; each scan takes a scratch of its own from a pool.
final class PatternDatabase: @unchecked Sendable {
    /// What is wrong with a pattern.
    struct Refusal: Error {
        let index: Int
        let reason: String
    }

    /// What must follow the texts that are scanned.
    ///
    /// Vectorscan 5.4.9 now and then misses a literal in the last 64 bytes of what it scans, where it has no whole
    /// block left for AVX-512, depending on where the bytes lie in memory; so those are never of a text.
    static let padding = [UInt8](repeating: 0x0A, count: 64)

    /// From this many matches in one text on, patterns found often are gathered no more; the others still are, or
    /// a flood of one word would hide the next.
    static let mostMatches = 50_000
    /// From this many on, each pattern is gathered once.
    static let mostByFar = 500_000
    /// As many of one pattern are found often.
    static let mostOfOne = 5000

    /// A text is given as a list of one piece, which is read forwards only, at the same speed: Vectorscan 5.4.9 looks
    /// backwards through a block for the two bytes that an expression such as `a+b` must end with, and there it
    /// writes beyond its stack and misses matches.
    static let mode = UInt32(HS_MODE_VECTORED)

    private let database: OpaquePointer
    /// The expressions alone, with where their matches begin; `nil` when there are none.
    private let expressions: OpaquePointer?
    private let lengths: [Int]

    /// The memory that one scan at a time works in.
    final class Scratch {
        fileprivate var pointer: OpaquePointer?
        fileprivate init(_ pointer: OpaquePointer) { self.pointer = pointer }
        deinit { hs_free_scratch(pointer) }
    }

    private init(database: OpaquePointer, expressions: OpaquePointer?, patterns: [Pattern]) {
        self.database = database
        self.expressions = expressions
        lengths = patterns.map { $0.hasOneLength ? $0.text.utf8.count : 0 }
    }

    deinit {
        hs_free_database(database)
        if let expressions { hs_free_database(expressions) }
    }

    /// Compiles patterns.
    static func compile(_ patterns: [Pattern]) throws -> PatternDatabase {
        let all = try compile(patterns.enumerated().map { ($0, $1) }) {
            $0.flags & ~UInt32(HS_FLAG_SOM_LEFTMOST)
        }
        let searched = patterns.enumerated().filter { !$1.hasOneLength }.map { ($0, $1) }
        do {
            let expressions = searched.isEmpty ? nil : try compile(searched, flags: \.flags)
            return PatternDatabase(database: all, expressions: expressions, patterns: patterns)
        } catch {
            hs_free_database(all)
            throw error
        }
    }

    private static func compile(_ patterns: [(number: Int, pattern: Pattern)], flags: (Pattern) -> UInt32)
        throws -> OpaquePointer
    {
        let expressions = patterns.map { strdup($0.pattern.expression) }
        defer { expressions.forEach { free($0) } }
        let pointers = expressions.map { UnsafePointer<CChar>($0) }
        let flags = patterns.map { flags($0.pattern) }
        let ids = patterns.map { UInt32($0.number) }
        var database: OpaquePointer?
        var problem: UnsafeMutablePointer<hs_compile_error_t>?
        let code = hs_compile_multi(
            pointers, flags, ids, UInt32(patterns.count), mode, nil, &database, &problem)
        defer { hs_free_compile_error(problem) }
        guard code == HS_SUCCESS, let database else {
            let reason =
                problem.flatMap { $0.pointee.message }.map { String(cString: $0) } ?? "it can't be compiled"
            let place = Int(problem?.pointee.expression ?? 0)
            throw Refusal(
                index: patterns.indices.contains(place) ? patterns[place].number : 0, reason: reason)
        }
        return database
    }

    /// The compiled databases as bytes that this version of the scanner reads again; empty when it can't.
    ///
    /// Eight bytes say how long the first one is; the second one follows it.
    func serialized() -> [UInt8] {
        let first = serializedScanner()
        let second = expressions.map(Self.serialized) ?? []
        guard !first.isEmpty, expressions == nil || !second.isEmpty else { return [] }
        return withUnsafeBytes(of: UInt64(first.count).littleEndian, Array.init) + first + second
    }

    /// The database alone that every text is scanned with.
    func serializedScanner() -> [UInt8] { Self.serialized(database) }

    private static func serialized(_ database: OpaquePointer) -> [UInt8] {
        var bytes: UnsafeMutablePointer<CChar>?
        var count = 0
        guard hs_serialize_database(database, &bytes, &count) == HS_SUCCESS, let bytes else { return [] }
        defer { free(bytes) }
        return Array(UnsafeRawBufferPointer(start: bytes, count: count))
    }

    /// The databases that were serialized; `nil` when this scanner can't use them here.
    static func deserialize(_ bytes: ArraySlice<UInt8>, patterns: [Pattern]) -> PatternDatabase? {
        let head = bytes.prefix(8)
        let count = head.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard head.count == 8, count <= UInt64(bytes.count - 8),
            let first = database(from: bytes[head.endIndex..<head.endIndex + Int(count)])
        else { return nil }
        let rest = bytes[(head.endIndex + Int(count))...]
        let second = rest.isEmpty ? nil : database(from: rest)
        let result = PatternDatabase(database: first, expressions: second, patterns: patterns)
        return (second != nil) == patterns.contains { !$0.hasOneLength } ? result : nil
    }

    private static func database(from bytes: ArraySlice<UInt8>) -> OpaquePointer? {
        var database: OpaquePointer?
        let code = bytes.withUnsafeBytes { buffer in
            hs_deserialize_database(
                buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count, &database)
        }
        return code == HS_SUCCESS ? database : nil
    }

    /// Memory for scans; `nil` when there is none left.
    func makeScratch() -> Scratch? {
        var scratch: OpaquePointer?
        guard hs_alloc_scratch(database, &scratch) == HS_SUCCESS, let scratch else { return nil }
        let made = Scratch(scratch)
        guard let expressions else { return made }
        // The same memory, grown as far as the second database needs.
        return hs_alloc_scratch(expressions, &made.pointer) == HS_SUCCESS ? made : nil
    }

    /// All matches in texts that end with ``padding``; `matches.cutShort` tells of patterns with too many to gather.
    ///
    /// - Parameter findsExpressions: whether matches of expressions are wanted, not of literals alone.
    func scan(
        _ bytes: [UInt8], with scratch: Scratch, findsExpressions: Bool = true,
        into matches: inout ScanMatches
    ) {
        matches.removeAll()
        guard !bytes.isEmpty else { return }
        matches.skipsExpressions = true
        var isWhole = scan(bytes, database, scratch, &matches)
        matches.skipsExpressions = false
        if findsExpressions, let expressions, matches.hasExpressions {
            isWhole = scan(bytes, expressions, scratch, &matches) && isWhole
        }
        matches.isWhole = isWhole
    }

    private func scan(
        _ bytes: [UInt8], _ database: OpaquePointer, _ scratch: Scratch, _ matches: inout ScanMatches
    ) -> Bool {
        lengths.withUnsafeBufferPointer { lengths in
            matches.lengths = lengths
            defer { matches.lengths = UnsafeBufferPointer(start: nil, count: 0) }
            return bytes.withUnsafeBytes { buffer in
                var text = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
                var length = UInt32(clamping: buffer.count)
                return withUnsafeMutablePointer(to: &matches) { matches in
                    hs_scan_vector(
                        database, &text, &length, 1, 0, scratch.pointer,
                        { id, from, to, _, context in
                            guard let matches = context?.assumingMemoryBound(to: ScanMatches.self) else {
                                return 1
                            }
                            matches.pointee.take(Int(id), Int(from), Int(to))
                            return 0
                        }, matches) == HS_SUCCESS
                }
            }
        }
    }
}

/// What one scan found.
struct ScanMatches {
    private(set) var all: [ScanMatch] = []
    /// Whether the scanner came to the end of the text.
    fileprivate(set) var isWhole = true
    /// The patterns of which some were left out.
    private(set) var cutShort: Set<Int> = []
    private var counts: [Int: Int] = [:]
    /// Whether any expression matched, of which it is only known where it ends.
    fileprivate private(set) var hasExpressions = false
    fileprivate var skipsExpressions = false
    /// How long each pattern's matches are, 0 for expressions; there during a scan only.
    fileprivate var lengths = UnsafeBufferPointer<Int>(start: nil, count: 0)

    fileprivate mutating func removeAll() {
        all.removeAll(keepingCapacity: all.capacity <= PatternDatabase.mostMatches)
        if !counts.isEmpty { counts = [:] }
        if !cutShort.isEmpty { cutShort = [] }
        isWhole = true
        hasExpressions = false
    }

    /// Literals have one length, so that the scanner need not say where they start.
    fileprivate mutating func take(_ id: Int, _ from: Int, _ to: Int) {
        let length = lengths[id]
        if length == 0, skipsExpressions {
            hasExpressions = true
            return
        }
        if all.count >= PatternDatabase.mostMatches {
            if counts.isEmpty { for match in all { counts[match.pattern, default: 0] += 1 } }
            let most = all.count < PatternDatabase.mostByFar ? PatternDatabase.mostOfOne : 1
            guard counts[id, default: 0] < most else {
                cutShort.insert(id)
                return
            }
            counts[id, default: 0] += 1
        }
        let start = length > 0 ? max(0, to - length) : min(from, to)
        all.append(ScanMatch(pattern: id, range: start..<to))
    }
}
