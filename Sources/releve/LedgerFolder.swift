import Desk
import Foundation
import Glibc
import Ledger
import Moderation
import Store

/// A ledger exported into a folder: `entries.jsonl`, `checkpoints/SIZE.txt` and `policies/DIGEST.json`.
struct LedgerFolder {
    let path: String

    /// The folder, if it is one that holds a ledger; `nil` for a file.
    init?(path: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Complaint("there is no \(path)")
        }
        guard isFolder.boolValue else { return nil }
        guard FileManager.default.fileExists(atPath: path + "/entries.jsonl") else {
            throw Complaint("\(path) holds no exported ledger (entries.jsonl is missing)")
        }
        self.path = path
    }

    // MARK: Verifying

    /// Recomputes the log of the folder, and the digests of its policies.
    ///
    /// - Parameters:
    ///   - keys: the site's keys, as it makes them known; its log must have been made with one of them.
    ///   - notes: checkpoints kept elsewhere.
    func verify(keys: [String], notes: [String]) throws -> LedgerVerification {
        var waiting = try (self.notes() + notes).map { (try Self.size(of: $0), $0) }.sorted { $0.0 < $1.0 }[
            ...]
        var verifier = LedgerVerifier()
        let progress = Progress(what: "entries")
        try Lines.read(path + "/entries.jsonl") { line in
            verifier.check(line, storedLeafHash: nil)
            while let first = waiting.first, first.0 == verifier.size {
                verifier.compare(first.1)
                waiting = waiting.dropFirst()
            }
            if verifier.size % 10_000 == 0 { progress.report(done: verifier.size, of: nil) }
        }
        progress.finish()
        if let beyond = waiting.last?.0 { verifier.miss(beyond) }
        var result = verifier.finish(stored: nil)
        if result.problem == nil, !keys.isEmpty, Set(keys).isDisjoint(with: result.keys.tenures.map(\.key)) {
            result.problem = "this log was not made with the key given"
        }
        if result.problem == nil, result.checkpoints == 0 {
            result.problem = "no checkpoint vouches for it (export after releve ledger checkpoint)"
        }
        if result.problem == nil { result.problem = try wrongPolicy() }
        return result
    }

    private func notes() throws -> [String] {
        let folder = path + "/checkpoints"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return try names.filter { $0.hasSuffix(".txt") }.sorted().map {
            try LedgerCommand.Verify.text(folder + "/" + $0)
        }
    }

    private static func size(of note: String) throws -> Int64 {
        guard let size = Checkpoint.size(ofNote: note) else { throw LedgerError.notACheckpoint }
        return size
    }

    private func wrongPolicy() throws -> String? {
        let folder = path + "/policies"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names.sorted() where name.hasSuffix(".json") {
            let text = try LedgerCommand.Verify.text(folder + "/" + name)
            if ContentCommitment.sha256(Array(text.utf8)) + ".json" != name {
                return "the policies in \(name) are not those of that name"
            }
        }
        return nil
    }

    // MARK: Writing

    /// Writes the ledger of a desk into a new folder, which appears when it is whole.
    static func write(_ desk: Desk, to path: String, progress: Progress) throws -> Int64 {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw Complaint("\(path) is there already (name a new folder)")
        }
        Partial.removeAbandoned(of: path)
        let (draft, lock) = try Partial.folder(of: path)
        defer {
            try? FileManager.default.removeItem(atPath: draft)
            close(lock)
        }
        for folder in ["/checkpoints", "/policies"] where mkdir(draft + folder, 0o700) != 0 {
            throw Complaint.unwritable(path, errno)
        }
        let size = try writeEntries(desk, to: draft, as: path, progress: progress)
        for folder in ["/checkpoints", "/policies", ""] { Partial.sync(folder: draft + folder) }
        try Partial.publish(draft, as: path)
        return size
    }

    private static func writeEntries(_ desk: Desk, to draft: String, as path: String, progress: Progress)
        throws -> Int64
    {
        let total = try desk.ledgerTree().size
        let entries = try SyncedFile(draft + "/entries.jsonl", of: path)
        var bundles: Set<String> = []
        var index: Int64 = 0
        while index < total {
            let page = try desk.ledgerBytes(from: index, limit: Int(min(2000, total - index)))
            guard !page.isEmpty else {
                throw Complaint("entry \(index) of the ledger is missing (verify it)")
            }
            for bytes in page {
                try entries.write(bytes + [0x0A])
                if let entry = try? LedgerEntry(canonicalBytes: bytes), entry.kind == .bundleInForce,
                    case .string(let digest)? = entry.fields["bundle"]
                {
                    bundles.insert(digest)
                }
            }
            index += Int64(page.count)
            progress.report(done: index, of: total)
        }
        try entries.close()
        for digest in bundles.sorted() {
            guard let bundle = try desk.storedBundle(BundleDigest(hex: digest)) else { continue }
            let file = try SyncedFile("\(draft)/policies/\(bundle.digest.hex).json", of: path)
            try file.write(Array(bundle.canonical.utf8))
            try file.close()
        }
        var from: Int64 = 0
        while let page = Optional(try desk.checkpoints(from: from, limit: 500)), let last = page.last {
            for checkpoint in page where checkpoint.size <= total {
                let file = try SyncedFile("\(draft)/checkpoints/\(checkpoint.size).txt", of: path)
                try file.write(Array(checkpoint.note.utf8))
                try file.close()
            }
            from = last.size + 1
        }
        return total
    }
}

/// A file that is on the disk when it is closed.
final class SyncedFile {
    private let whole: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    /// Makes a file.
    ///
    /// - Parameter whole: what it is a part of, to be named when it can't be written.
    init(_ path: String, of whole: String) throws {
        self.whole = whole
        descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        if descriptor < 0 { throw Complaint.unwritable(whole, errno) }
    }

    deinit { Glibc.close(descriptor) }

    func write(_ bytes: [UInt8]) throws {
        buffer += bytes
        if buffer.count >= 1 << 18 { try flush() }
    }

    func close() throws {
        try flush()
        guard fsync(descriptor) == 0 else { throw Complaint.unwritable(whole, errno) }
    }

    private func flush() throws {
        let code = writeAll(buffer, to: descriptor)
        if code != 0 { throw Complaint.unwritable(whole, code) }
        buffer.removeAll(keepingCapacity: true)
    }
}

/// Lines of a file, one at a time.
enum Lines {
    static func read(_ path: String, _ body: ([UInt8]) throws -> Void) throws {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw Complaint("can't read \(path) (check its path and permissions)")
        }
        defer { try? handle.close() }
        var rest: [UInt8] = []
        while let piece = try handle.read(upToCount: 1 << 18), !piece.isEmpty {
            rest += piece
            var start = rest.startIndex
            while let end = rest[start...].firstIndex(of: 0x0A) {
                try body(Array(rest[start..<end]))
                start = end + 1
            }
            rest.removeFirst(start)
            guard rest.count <= 16 << 20 else { throw Complaint("\(path) has a line of more than 16 MiB") }
        }
        if !rest.isEmpty { try body(rest) }
    }
}
