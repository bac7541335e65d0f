import CVectorscan
import Crypto
import Foundation

/// A pattern for the scanner.
struct Pattern: Hashable {
    let text: String
    let isRegex: Bool
    /// Whether it is looked for in the text as written, not in a folded reading.
    var isExact = false

    /// The literal's UTF-8.
    var bytes: [UInt8] { Array(text.utf8) }

    /// The regular expression: literals with their signs escaped.
    var expression: String {
        guard !isRegex else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar.isASCII, !scalar.properties.isAlphabetic, !("0"..."9").contains(scalar), scalar != " " {
                result += "\\"
            }
            result.unicodeScalars.append(scalar)
        }
        return result
    }

    /// Literals have one length, so where they start is known; only expressions need the costly search for it.
    ///
    /// An expression is read as bytes unless a character class of it holds characters beyond ASCII: bounded
    /// repeats of whole characters soon grow too large for the scanner. `\b` and `\w` know ASCII only.
    var flags: UInt32 {
        guard isRegex else { return 0 }
        // Texts stand one behind the other, a line each.
        return (hasWideClass ? UInt32(HS_FLAG_UTF8) : 0) | UInt32(HS_FLAG_SOM_LEFTMOST | HS_FLAG_MULTILINE)
            | (isExact ? 0 : UInt32(HS_FLAG_CASELESS))
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

    /// From this many matches in one text on, patterns found often are gathered no more; the others still are, or
    /// a flood of one word would hide the next.
    static let mostMatches = 50_000
    /// As many of one pattern are found often.
    static let mostOfOne = 5000

    /// A text is given as a list of one piece, which is read forwards only, at the same speed: Vectorscan 5.4.9 looks
    /// backwards through a block for the two bytes that an expression such as `a+b` must end with, and there it
    /// writes beyond its stack and misses matches.
    private static let mode = UInt32(HS_MODE_VECTORED)
    /// Line feeds after each text: on processors with AVX-512 the same version overlooks some matches in the last 63
    /// bytes, such as those of `l+`.
    private static let padding = [UInt8](repeating: 0x0A, count: 64)

    private let database: OpaquePointer
    private let lengths: [Int]

    /// The memory that one scan at a time works in.
    final class Scratch {
        fileprivate let pointer: OpaquePointer
        fileprivate var text: [UInt8] = []
        fileprivate init(_ pointer: OpaquePointer) { self.pointer = pointer }
        deinit { hs_free_scratch(pointer) }
    }

    private init(database: OpaquePointer, patterns: [Pattern]) {
        self.database = database
        lengths = patterns.map { $0.isRegex ? 0 : $0.text.utf8.count }
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

    /// Memory for scans; `nil` when there is none left.
    func makeScratch() -> Scratch? {
        var scratch: OpaquePointer?
        guard hs_alloc_scratch(database, &scratch) == HS_SUCCESS, let scratch else { return nil }
        return Scratch(scratch)
    }

    /// All matches in a text; `matches.cutShort` tells of patterns with too many to gather.
    func scan(_ bytes: [UInt8], with scratch: Scratch, into matches: inout ScanMatches) {
        matches.removeAll(end: bytes.count)
        guard !bytes.isEmpty else { return }
        scratch.text.removeAll(keepingCapacity: true)
        scratch.text += bytes
        scratch.text += Self.padding
        let code = scratch.text.withUnsafeBytes { buffer in
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
    /// Where the text ends; what is found behind it is not in it.
    private var end = 0

    fileprivate mutating func removeAll(end: Int) {
        self.end = end
        all.removeAll(keepingCapacity: true)
        if !counts.isEmpty { counts = [:] }
        if !cutShort.isEmpty { cutShort = [] }
        isWhole = true
    }

    fileprivate mutating func take(_ id: Int, _ from: Int, _ to: Int) {
        guard to <= end else { return }
        if all.count >= PatternDatabase.mostMatches {
            if counts.isEmpty { for match in all { counts[match.pattern, default: 0] += 1 } }
            guard counts[id, default: 0] < PatternDatabase.mostOfOne else {
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

extension PatternDatabase {
    /// The database from the cache, or compiled and put there.
    ///
    /// The file holds the SHA-256 of what follows it, is written whole under another name first, and only its
    /// owner can read or write it. What doesn't check out is compiled anew.
    static func cached(_ patterns: [Pattern], directory: String?, name: String) throws -> PatternDatabase {
        guard let directory else { return try compile(patterns) }
        let path = "\(directory)/\(name)-\(fingerprint(of: patterns)).hsdb"
        if let known = read(path, patterns: patterns) { return known }
        let made = try compile(patterns)
        made.write(to: path, directory: directory)
        return made
    }

    /// Of the patterns as they are compiled, and of the scanner: another version of either makes other files.
    private static func fingerprint(of patterns: [Pattern]) -> String {
        var hash = SHA256()
        hash.update(data: Array(String(cString: hs_version()).utf8))
        withUnsafeBytes(of: mode.littleEndian) { hash.update(bufferPointer: $0) }
        for pattern in patterns {
            hash.update(data: Array(pattern.expression.utf8))
            withUnsafeBytes(of: pattern.flags.littleEndian) { hash.update(bufferPointer: $0) }
            hash.update(data: [0])
        }
        return hash.finalize().prefix(8).map { String($0, radix: 16) }.joined()
    }

    private static func read(_ path: String, patterns: [Pattern]) -> PatternDatabase? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let attributes, (attributes[.posixPermissions] as? Int ?? 0o777) & 0o077 == 0,
            (attributes[.ownerAccountID] as? Int).map({ UInt32($0) == getuid() }) == true,
            let bytes = FileManager.default.contents(atPath: path), bytes.count > 32,
            bytes.prefix(32) == Data(SHA256.hash(data: bytes.dropFirst(32)))
        else { return nil }
        let body = Array(bytes.dropFirst(32))
        var database: OpaquePointer?
        let code = body.withUnsafeBytes { buffer in
            hs_deserialize_database(
                buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count, &database)
        }
        guard code == HS_SUCCESS, let database else { return nil }
        return PatternDatabase(database: database, patterns: patterns)
    }

    /// A cache that can't be written costs time, nothing else.
    private func write(to path: String, directory: String) {
        var bytes: UnsafeMutablePointer<CChar>?
        var count = 0
        guard hs_serialize_database(database, &bytes, &count) == HS_SUCCESS, let bytes else { return }
        defer { free(bytes) }
        let body = Data(bytes: bytes, count: count)
        let manager = FileManager.default
        try? manager.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let draft = "\(path).\(getpid())"
        let whole = Data(SHA256.hash(data: body)) + body
        guard manager.createFile(atPath: draft, contents: whole, attributes: [.posixPermissions: 0o600])
        else {
            return
        }
        if rename(draft, path) != 0 { unlink(draft) }
    }
}
