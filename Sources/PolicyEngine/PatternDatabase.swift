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

/// All patterns of a bundle, compiled into one Vectorscan database.
///
/// The compiled database is never changed; each scan takes a scratch of its own from a pool.
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
    private let lengths: [Int]

    /// The memory that one scan at a time works in.
    final class Scratch {
        fileprivate let pointer: OpaquePointer
        fileprivate init(_ pointer: OpaquePointer) { self.pointer = pointer }
        deinit { hs_free_scratch(pointer) }
    }

    private init(database: OpaquePointer, patterns: [Pattern]) {
        self.database = database
        lengths = patterns.map { $0.hasOneLength ? $0.text.utf8.count : 0 }
    }

    deinit { hs_free_database(database) }

    /// Compiles patterns.
    static func compile(_ patterns: [Pattern]) throws -> PatternDatabase {
        let expressions = patterns.map { strdup($0.expression) }
        defer { expressions.forEach { free($0) } }
        let pointers = expressions.map { UnsafePointer<CChar>($0) }
        let flags = patterns.map(\.flags)
        let ids = patterns.indices.map { UInt32($0) }
        var database: OpaquePointer?
        var problem: UnsafeMutablePointer<hs_compile_error_t>?
        let code = hs_compile_multi(
            pointers, flags, ids, UInt32(patterns.count), mode, nil, &database, &problem)
        defer { hs_free_compile_error(problem) }
        guard code == HS_SUCCESS, let database else {
            let reason =
                problem.flatMap { $0.pointee.message }.map { String(cString: $0) } ?? "it can't be compiled"
            throw Refusal(index: Int(problem?.pointee.expression ?? 0), reason: reason)
        }
        return PatternDatabase(database: database, patterns: patterns)
    }

    /// The compiled database as bytes that this version of the scanner reads again; empty when it can't.
    func serialized() -> [UInt8] {
        var bytes: UnsafeMutablePointer<CChar>?
        var count = 0
        guard hs_serialize_database(database, &bytes, &count) == HS_SUCCESS, let bytes else { return [] }
        defer { free(bytes) }
        return Array(UnsafeRawBufferPointer(start: bytes, count: count))
    }

    /// The database that was serialized; `nil` when this scanner can't use it here.
    static func deserialize(_ bytes: ArraySlice<UInt8>, patterns: [Pattern]) -> PatternDatabase? {
        var database: OpaquePointer?
        let code = bytes.withUnsafeBytes { buffer in
            hs_deserialize_database(
                buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count, &database)
        }
        guard code == HS_SUCCESS, let database else { return nil }
        return PatternDatabase(database: database, patterns: patterns)
    }

    /// Memory for scans; `nil` when there is none left.
    func makeScratch() -> Scratch? {
        var scratch: OpaquePointer?
        guard hs_alloc_scratch(database, &scratch) == HS_SUCCESS, let scratch else { return nil }
        return Scratch(scratch)
    }

    /// All matches in texts that end with ``padding``; `matches.cutShort` tells of patterns with too many to gather.
    func scan(_ bytes: [UInt8], with scratch: Scratch, into matches: inout ScanMatches) {
        matches.removeAll()
        guard !bytes.isEmpty else { return }
        let code = bytes.withUnsafeBytes { buffer in
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
                    }, matches)
            }
        }
        matches.finish(isWhole: code == HS_SUCCESS, lengths: lengths)
    }
}

/// What one scan found.
struct ScanMatches {
    private(set) var all: [ScanMatch] = []
    /// Whether the scanner came to the end of the text.
    private(set) var isWhole = true
    /// The patterns of which some were left out.
    private(set) var cutShort: Set<Int> = []
    private var counts: [Int: Int] = [:]

    fileprivate mutating func removeAll() {
        all.removeAll(keepingCapacity: all.capacity <= PatternDatabase.mostMatches)
        if !counts.isEmpty { counts = [:] }
        if !cutShort.isEmpty { cutShort = [] }
        isWhole = true
    }

    fileprivate mutating func take(_ id: Int, _ from: Int, _ to: Int) {
        if all.count >= PatternDatabase.mostMatches {
            if counts.isEmpty { for match in all { counts[match.pattern, default: 0] += 1 } }
            let most = all.count < PatternDatabase.mostByFar ? PatternDatabase.mostOfOne : 1
            guard counts[id, default: 0] < most else {
                cutShort.insert(id)
                return
            }
            counts[id, default: 0] += 1
        }
        all.append(ScanMatch(pattern: id, range: min(from, to)..<to))
    }

    /// Literals have one length, so the scanner need not say where they start.
    fileprivate mutating func finish(isWhole: Bool, lengths: [Int]) {
        self.isWhole = isWhole
        for index in all.indices {
            let match = all[index]
            let length = lengths[match.pattern]
            if length > 0 {
                let end = match.range.upperBound
                all[index] = ScanMatch(pattern: match.pattern, range: max(0, end - length)..<end)
            }
        }
    }
}
