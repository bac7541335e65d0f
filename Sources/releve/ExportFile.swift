import Crypto
import Foundation
import Glibc

/// A file that appears whole or not at all: written beside its name, synced, then renamed into place.
///
/// A process that is killed leaves the former file, or none, and a draft that the next export of that name takes away.
/// Without a path it is standard output, which gets the bytes when all is well.
final class ExportFile {
    /// Where it is to be; `nil` for standard output.
    let path: String?
    private let isOnce: Bool
    private var draft: String?
    private var descriptor: Int32
    private var buffer: [UInt8] = []
    private var hash = SHA256()
    private static let bufferSize = 1 << 18

    /// Starts a file.
    ///
    /// - Parameter isOnce: whether no later export holds the same again. Then a sealed draft is not thrown away, and
    ///   standard output gets the bytes when they are sealed, before anything counts as exported.
    init(path: String?, isOnce: Bool = false) throws {
        self.path = path
        self.isOnce = isOnce
        if let path {
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
                throw Complaint("\(path) is a folder (name a file in it)")
            }
            Partial.removeAbandoned(of: path)
            (draft, descriptor) = try Partial.file(of: path)
        } else {
            // No name: whatever happens, nothing of it is left.
            let name = NSTemporaryDirectory() + "releve-export-" + UUID().uuidString
            descriptor = open(name, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard descriptor >= 0 else { throw Complaint.unwritable(NSTemporaryDirectory(), errno) }
            unlink(name)
        }
    }

    deinit {
        Glibc.close(descriptor)
        if let draft { unlink(draft) }
    }

    /// Writes a whole file at once.
    static func write(_ text: String, to path: String?) throws {
        let file = try ExportFile(path: path)
        try file.write(text)
        _ = try file.seal()
        try file.publish()
    }

    func write(_ text: String) throws {
        buffer += text.utf8
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Puts all bytes onto the disk and gives their SHA-256 in hexadecimal.
    func seal() throws -> String {
        try flush()
        if let path {
            if fsync(descriptor) != 0 { throw Complaint.unwritable(path, errno) }
        } else if isOnce {
            try copyToOutput()
        }
        return Self.hexadecimal(hash.finalize())
    }

    /// Shows what was sealed under its name, or on standard output.
    func publish() throws {
        guard let path, let draft else { return isOnce ? () : try copyToOutput() }
        // From now on it is the only copy of what counts as exported.
        if isOnce { self.draft = nil }
        try Partial.publish(draft, as: path)
        self.draft = nil
    }

    private func flush() throws {
        hash.update(data: buffer)
        let code = writeAll(buffer, to: descriptor)
        if code != 0 { throw Complaint.unwritable(path ?? NSTemporaryDirectory(), code) }
        buffer.removeAll(keepingCapacity: true)
    }

    private func copyToOutput() throws {
        lseek(descriptor, 0, SEEK_SET)
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        var line: [UInt8] = []
        while let piece = try handle.read(upToCount: Self.bufferSize), !piece.isEmpty {
            guard Output.isTerminal else {
                let code = writeAll(piece, to: STDOUT_FILENO)
                if code != 0 { throw Complaint.unwritable("standard output", code) }
                continue
            }
            // A terminal gets lines in which nothing can be obeyed.
            for byte in piece {
                if byte == 0x0A {
                    Output.line(String(decoding: line, as: UTF8.self))
                    line.removeAll(keepingCapacity: true)
                } else {
                    line.append(byte)
                }
            }
        }
        if !line.isEmpty { Output.line(String(decoding: line, as: UTF8.self)) }
    }

    private static func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
        digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    // MARK: What was broken off at its last step

    /// Shows the draft of a killed export under its name, if the ledger tells of it already.
    ///
    /// - Returns: whether there was one.
    static func recover(_ path: String, ifTold isTold: (String) throws -> Bool) throws -> Bool {
        var isFound = false
        try Partial.forEachAbandoned(of: path) { draft in
            guard !isFound, let digest = digest(of: draft), try isTold(digest) else { return }
            try Partial.publish(draft, as: path)
            isFound = true
        }
        return isFound
    }

    private static func digest(of path: String) -> String? {
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? handle.close() }
        var hash = SHA256()
        while let piece = try? handle.read(upToCount: bufferSize), !piece.isEmpty { hash.update(data: piece) }
        return hexadecimal(hash.finalize())
    }
}
