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
        let draft = path + ".partial-\(getpid())"
        defer { try? FileManager.default.removeItem(atPath: draft) }
        do {
            for folder in ["", "/checkpoints", "/policies"] {
                try FileManager.default.createDirectory(
                    atPath: draft + folder, withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700])
            }
            let size = try writeEntries(desk, to: draft, progress: progress)
            guard rename(draft, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
            return size
        } catch let error as CocoaError {
            throw Complaint("can't write \(path): \(error.localizedDescription) (nothing was left behind)")
        }
    }

    private static func writeEntries(_ desk: Desk, to draft: String, progress: Progress) throws -> Int64 {
        let total = try desk.ledgerTree().size
        let entries = try SyncedFile(draft + "/entries.jsonl")
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
            let file = try SyncedFile("\(draft)/policies/\(bundle.digest.hex).json")
            try file.write(Array(bundle.canonical.utf8))
            try file.close()
        }
        var from: Int64 = 0
        while let page = Optional(try desk.checkpoints(from: from, limit: 500)), let last = page.last {
            for checkpoint in page where checkpoint.size <= total {
                let file = try SyncedFile("\(draft)/checkpoints/\(checkpoint.size).txt")
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
    private let path: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    init(_ path: String) throws {
        self.path = path
        descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        if descriptor < 0 { throw Self.complaint(path) }
    }

    func write(_ bytes: [UInt8]) throws {
        buffer += bytes
        if buffer.count >= 1 << 18 { try flush() }
    }

    func close() throws {
        try flush()
        guard fsync(descriptor) == 0, Glibc.close(descriptor) == 0 else { throw Self.complaint(path) }
    }

    private func flush() throws {
        var start = 0
        while start < buffer.count {
            let count = buffer[start...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw Self.complaint(path)
            }
            start += count
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private static func complaint(_ path: String) -> Complaint {
        Complaint(
            "can't write \(path): \(String(cString: strerror(errno))) (free some space, check permissions)")
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
