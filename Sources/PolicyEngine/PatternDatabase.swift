import CVectorscan
import Foundation

/// All patterns of a bundle: whole words and phrases in a table, other literals and expressions compiled into Vectorscan
/// databases.
///
/// Most expressions are looked for only in texts that hold the beginning of a word without which there is no match of
/// any of them. To know where an expression's match begins costs the scanner as much again as to know that there is one,
/// so that it is asked of a database of its own, and only for texts in which an expression was found.
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

    /// The databases, `nil` where there is nothing to look for.
    private struct Scanners {
        var literals: OpaquePointer?
        /// The expressions of which it can't be told what every match holds.
        var open: OpaquePointer?
        /// The others.
        var gated: OpaquePointer?
        /// All expressions with where their matches begin.
        var starts: OpaquePointer?

        var all: [OpaquePointer?] { [literals, open, gated, starts] }
    }

    private let scanners: Scanners
    /// `nil` when no pattern is.
    private let words: WordTable?
    private let gate: StartGate
    private let lengths: [Int]

    /// The memory that one scan at a time works in.
    final class Scratch {
        fileprivate var pointer: OpaquePointer?
        fileprivate let scalars = WordScalars()
        fileprivate init() {}
        deinit { hs_free_scratch(pointer) }
    }

    /// Patterns by who looks for them, with their numbers.
    private struct Parts {
        var literals: [(number: Int, pattern: Pattern)] = []
        var open: [(number: Int, pattern: Pattern)] = []
        var gated: [(number: Int, pattern: Pattern)] = []
        /// What every match of those that are gated holds one of.
        var starts: Set<[UInt8]> = []

        var expressions: [(number: Int, pattern: Pattern)] { (open + gated).sorted { $0.number < $1.number } }

        init(_ patterns: [Pattern]) {
            for (number, pattern) in patterns.enumerated() where !pattern.isWhole {
                if pattern.hasOneLength {
                    literals.append((number, pattern))
                } else if let required = RequiredStarts(of: pattern) {
                    gated.append((number, pattern))
                    starts.formUnion(required.texts)
                } else {
                    open.append((number, pattern))
                }
            }
        }
    }

    private init(_ scanners: Scanners, _ patterns: [Pattern], gate: StartGate) {
        self.scanners = scanners
        self.gate = gate
        let whole = patterns.enumerated().lazy.filter { $1.isWhole }.map { ($0, $1) }
        words = whole.isEmpty ? nil : WordTable(Array(whole))
        lengths = patterns.map { $0.hasOneLength ? $0.text.utf8.count : 0 }
    }

    deinit { scanners.all.forEach { hs_free_database($0) } }

    /// Compiles patterns.
    static func compile(_ patterns: [Pattern]) throws -> PatternDatabase {
        let parts = Parts(patterns)
        var made = Scanners()
        do {
            made.literals = try compile(parts.literals, flags: \.flags)
            made.open = try compile(parts.open, flags: \.flagsWithoutStart)
            made.gated = try compile(parts.gated, flags: \.flagsWithoutStart)
            made.starts = try compile(parts.expressions, flags: \.flags)
        } catch {
            made.all.forEach { hs_free_database($0) }
            throw error
        }
        return PatternDatabase(made, patterns, gate: StartGate(parts.starts))
    }

    private static func compile(_ patterns: [(number: Int, pattern: Pattern)], flags: (Pattern) -> UInt32)
        throws -> OpaquePointer?
    {
        guard !patterns.isEmpty else { return nil }
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
    /// Eight bytes say how long each is. Words are not among them: their table is made faster than it is read.
    func serialized() -> [UInt8] {
        var result: [UInt8] = []
        for database in scanners.all {
            let bytes = Self.serialized(database)
            guard bytes.isEmpty == (database == nil) else { return [] }
            result += withUnsafeBytes(of: UInt64(bytes.count).littleEndian, Array.init) + bytes
        }
        return result
    }

    /// All patterns in one database, as bytes.
    static func serializedTogether(_ patterns: [Pattern]) throws -> [UInt8] {
        let database = try compile(patterns.enumerated().map { ($0, $1) }, flags: \.flagsWithoutStart)
        defer { hs_free_database(database) }
        return serialized(database)
    }

    private static func serialized(_ database: OpaquePointer?) -> [UInt8] {
        var bytes: UnsafeMutablePointer<CChar>?
        var count = 0
        guard let database, hs_serialize_database(database, &bytes, &count) == HS_SUCCESS, let bytes else {
            return []
        }
        defer { free(bytes) }
        return Array(UnsafeRawBufferPointer(start: bytes, count: count))
    }

    /// The databases that were serialized; `nil` when this scanner can't use them here.
    static func deserialize(_ bytes: ArraySlice<UInt8>, patterns: [Pattern]) -> PatternDatabase? {
        var rest = bytes
        func next() -> OpaquePointer? {
            let head = rest.prefix(8)
            let count = head.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            guard head.count == 8, count <= UInt64(rest.count - 8) else { return nil }
            let end = head.endIndex + Int(count)
            defer { rest = rest[end...] }
            return database(from: rest[head.endIndex..<end])
        }
        let parts = Parts(patterns)
        let result = PatternDatabase(
            Scanners(literals: next(), open: next(), gated: next(), starts: next()), patterns,
            gate: StartGate(parts.starts))
        let wanted = [parts.literals, parts.open, parts.gated, parts.expressions].map { !$0.isEmpty }
        return result.scanners.all.map { $0 != nil } == wanted && rest.isEmpty ? result : nil
    }

    private static func database(from bytes: ArraySlice<UInt8>) -> OpaquePointer? {
        guard !bytes.isEmpty else { return nil }
        var database: OpaquePointer?
        let code = bytes.withUnsafeBytes { buffer in
            hs_deserialize_database(
                buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count, &database)
        }
        return code == HS_SUCCESS ? database : nil
    }

    /// Memory for scans; `nil` when there is none left.
    func makeScratch() -> Scratch? {
        let made = Scratch()
        for database in scanners.all {
            // The same memory, grown as far as each database needs.
            guard let database else { continue }
            guard hs_alloc_scratch(database, &made.pointer) == HS_SUCCESS else { return nil }
        }
        return made
    }

    /// All matches in texts that end with ``padding``, by where they end; `matches.cutShort` tells of patterns with too
    /// many to gather.
    ///
    /// - Parameter findsExpressions: whether matches of expressions are wanted, not of literals alone.
    func scan(
        _ bytes: [UInt8], with scratch: Scratch, findsExpressions: Bool = true,
        into matches: inout ScanMatches
    ) {
        matches.removeAll()
        guard !bytes.isEmpty else { return }
        if let words {
            bytes.withUnsafeBytes { words.find(in: $0, scalars: scratch.scalars, into: &matches) }
        }
        matches.isWhole = scanOthers(bytes, with: scratch, findsExpressions: findsExpressions, &matches)
        matches.sort()
    }

    /// All matches of expressions in texts that end with ``padding``.
    func scanExpressions(_ bytes: [UInt8], with scratch: Scratch, into matches: inout ScanMatches) {
        matches.removeAll()
        guard let starts = scanners.starts else { return }
        matches.isWhole = scan(bytes, starts, scratch, &matches)
    }

    private func scanOthers(
        _ bytes: [UInt8], with scratch: Scratch, findsExpressions: Bool, _ matches: inout ScanMatches
    ) -> Bool {
        var isWhole = true
        if let literals = scanners.literals { isWhole = scan(bytes, literals, scratch, &matches) }
        guard findsExpressions, let starts = scanners.starts,
            mayMatch(bytes, scanners.open, scratch)
                || (bytes.withUnsafeBytes(gate.isOpen) && mayMatch(bytes, scanners.gated, scratch))
        else { return isWhole }
        return scan(bytes, starts, scratch, &matches) && isWhole
    }

    /// Whether anything matches; the scanner stops at the first.
    private func mayMatch(_ bytes: [UInt8], _ database: OpaquePointer?, _ scratch: Scratch) -> Bool {
        guard let database else { return false }
        return bytes.withUnsafeBytes { buffer in
            var text = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            var length = UInt32(clamping: buffer.count)
            // Whatever went wrong does so once more where it is noted.
            return hs_scan_vector(
                database, &text, &length, 1, 0, scratch.pointer, { _, _, _, _, _ in 1 }, nil) != HS_SUCCESS
        }
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
