import CVectorscan
import Crypto
import Foundation

/// Compiled patterns on disk, one file for each bundle, scanner and kind of processor.
///
/// A file holds what it is for, the SHA-256 of everything else in it, and the scanner's own bytes. It is read only if
/// it and its folder belong to the user and to nobody else, is no link, and is for these patterns and whole; else
/// the patterns are compiled anew and the file is replaced in one step. Whoever can write as the user needs no such
/// file to do harm, so the digest keeps out damage, and the file's owner and mode keep out others.
struct PatternCache {
    /// Compiled patterns, and whether they came from the cache.
    struct Entry {
        let database: PatternDatabase
        let isKnown: Bool
    }

    private static let magic = Array("releve patterns 6\n".utf8)
    private static let digestSize = 32
    /// No bundle comes near it; a larger file is not read.
    private static let largest = 1 << 30
    /// Bundles come and go; as many files are kept.
    private static let most = 16

    let directory: String
    /// The scanner's version.
    var scanner = String(cString: hs_version())

    /// The compiled patterns: from the cache, or compiled and put there.
    ///
    /// A cache that can't be used costs time,
    /// nothing else.
    func entry(for patterns: [Pattern], name: String) throws -> Entry {
        let purpose = fingerprint(of: patterns)
        let file = "\(name)-\(purpose.prefix(8).map { Self.hex($0) }.joined()).hsdb"
        let folder = openFolder()
        defer { if folder >= 0 { close(folder) } }
        if folder >= 0, let known = read(file, in: folder, purpose: purpose, patterns: patterns) {
            return Entry(database: known, isKnown: true)
        }
        let made = try PatternDatabase.compile(patterns)
        if folder >= 0 { write(made.serialized(), to: file, in: folder, purpose: purpose) }
        return Entry(database: made, isKnown: false)
    }

    /// Of the patterns as they are compiled, of the scanner and of the processor it compiles for.
    private func fingerprint(of patterns: [Pattern]) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: Array("\(scanner) \(PatternDatabase.mode)".utf8) + [0])
        var platform = hs_platform_info_t()
        if hs_populate_platform(&platform) == HS_SUCCESS {
            hash.update(data: Array("\(platform.tune) \(platform.cpu_features)".utf8) + [0])
        }
        for pattern in patterns {
            hash.update(data: Array(pattern.expression.utf8) + [0])
            withUnsafeBytes(of: pattern.flags.littleEndian) { hash.update(bufferPointer: $0) }
            hash.update(data: [pattern.isWhole ? 1 : 0])
        }
        return Array(hash.finalize())
    }

    private static func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
    }

    // MARK: Folder

    /// The folder, made if need be; negative unless it is the user's alone.
    private func openFolder() -> CInt {
        try? FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let folder = open(directory, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard folder >= 0 else { return -1 }
        var status = stat()
        guard fstat(folder, &status) == 0, status.st_uid == geteuid(),
            status.st_mode & 0o077 == 0 || fchmod(folder, 0o700) == 0
        else {
            close(folder)
            return -1
        }
        // What others could write before is looked at file by file.
        return folder
    }

    // MARK: Reading

    private func read(_ name: String, in folder: CInt, purpose: [UInt8], patterns: [Pattern])
        -> PatternDatabase?
    {
        let file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var status = stat()
        let head = Self.magic.count + 2 * Self.digestSize
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(),
            status.st_mode & 0o077 == 0, status.st_nlink == 1, status.st_size > head,
            status.st_size <= Self.largest,
            let bytes = Self.contents(of: file, count: Int(status.st_size))
        else { return nil }
        let digest = Array(bytes[Self.magic.count..<Self.magic.count + Self.digestSize])
        guard bytes.starts(with: Self.magic), Array(bytes[(head - Self.digestSize)..<head]) == purpose,
            digest == Self.digest(purpose: purpose, body: bytes[head...])
        else { return nil }
        return PatternDatabase.deserialize(bytes[head...], patterns: patterns)
    }

    private static func contents(of file: CInt, count: Int) -> [UInt8]? {
        var done = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            while done < count {
                let part = Glibc.read(file, buffer.baseAddress.map { $0 + done }, count - done)
                guard part > 0 else { break }
                done += part
            }
            initialized = done
        }
        return done == count ? bytes : nil
    }

    private static func digest(purpose: [UInt8], body: ArraySlice<UInt8>) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: magic)
        hash.update(data: purpose)
        body.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return Array(hash.finalize())
    }

    // MARK: Writing

    /// Whole under another name first, so that nobody reads half of it; of several writers the last one's stays.
    private func write(_ body: [UInt8], to name: String, in folder: CInt, purpose: [UInt8]) {
        guard !body.isEmpty else { return }
        let draft = "\(name).\(UInt64.random(in: 0...UInt64.max)).draft"
        let file = openat(folder, draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        let head = Self.magic + Self.digest(purpose: purpose, body: body[...]) + purpose
        let isWritten = fchmod(file, 0o600) == 0 && Self.write(head, to: file) && Self.write(body, to: file)
        close(file)
        guard isWritten, renameat(folder, draft, folder, name) == 0 else {
            unlinkat(folder, draft, 0)
            return
        }
        prune(except: name, in: folder)
    }

    private static func write(_ bytes: [UInt8], to file: CInt) -> Bool {
        var done = 0
        while done < bytes.count {
            let part = bytes.withUnsafeBytes { buffer in
                Glibc.write(file, buffer.baseAddress.map { $0 + done }, bytes.count - done)
            }
            guard part > 0 else { return false }
            done += part
        }
        return true
    }

    /// Takes the files away that were written longest ago.
    private func prune(except name: String, in folder: CInt) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        var known: [(name: String, time: Int)] = []
        for other in names where other != name && (other.hasSuffix(".hsdb") || other.hasSuffix(".draft")) {
            var status = stat()
            guard fstatat(folder, other, &status, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
            known.append((other, status.st_mtim.tv_sec))
        }
        guard known.count >= Self.most else { return }
        known.sort { ($0.time, $0.name) < ($1.time, $1.name) }
        for old in known.prefix(known.count - Self.most + 1) { unlinkat(folder, old.name, 0) }
    }
}
