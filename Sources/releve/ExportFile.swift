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
    private var draft: String?
    private var descriptor: Int32
    private var buffer: [UInt8] = []
    private var hash = SHA256()
    private static let bufferSize = 1 << 18

    init(path: String?) throws {
        self.path = path
        if let path {
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
                throw Complaint("\(path) is a folder (name a file in it)")
            }
            Self.removeDrafts(of: path)
            let name = Self.draftPrefix(of: path) + String(getpid())
            draft = name
            descriptor = open(name, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
        } else {
            // No name: whatever happens, nothing of it is left.
            let name = NSTemporaryDirectory() + "releve-export-" + UUID().uuidString
            descriptor = open(name, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
            if descriptor >= 0 { unlink(name) }
        }
        if descriptor < 0 {
            draft = nil
            throw complaint()
        }
    }

    deinit {
        if descriptor >= 0 { Glibc.close(descriptor) }
        if let draft { unlink(draft) }
    }

    func write(_ text: String) throws {
        buffer += text.utf8
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Puts all bytes onto the disk and gives their SHA-256 in hexadecimal.
    func seal() throws -> String {
        try flush()
        if path != nil, fsync(descriptor) != 0 { throw complaint() }
        return hash.finalize().map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }

    /// Shows what was sealed under its name, or on standard output.
    func publish() throws {
        guard let path, let draft else { return try copyToOutput() }
        guard rename(draft, path) == 0 else { throw complaint() }
        self.draft = nil
        let folder = open(Self.folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if folder >= 0 {
            fsync(folder)
            Glibc.close(folder)
        }
    }

    private func flush() throws {
        hash.update(data: buffer)
        var start = 0
        while start < buffer.count {
            let count = buffer[start...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw complaint()
            }
            start += count
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private func copyToOutput() throws {
        lseek(descriptor, 0, SEEK_SET)
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        var line: [UInt8] = []
        while let piece = try handle.read(upToCount: Self.bufferSize), !piece.isEmpty {
            guard Output.isTerminal else {
                try FileHandle.standardOutput.write(contentsOf: piece)
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

    // MARK: Drafts

    private static func folder(of path: String) -> String {
        let folder = (path as NSString).deletingLastPathComponent
        return folder.isEmpty ? "." : folder
    }

    private static func draftPrefix(of path: String) -> String {
        "\(folder(of: path))/.\((path as NSString).lastPathComponent).partial-"
    }

    /// Takes away what killed exports of the same name left behind.
    private static func removeDrafts(of path: String) {
        let prefix = (draftPrefix(of: path) as NSString).lastPathComponent
        let folder = folder(of: path)
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        where name.hasPrefix(prefix) {
            guard let process = pid_t(name.dropFirst(prefix.count)), process > 0 else { continue }
            if process == getpid() || (kill(process, 0) != 0 && errno == ESRCH) {
                unlink(folder + "/" + name)
            }
        }
    }

    private func complaint() -> Complaint {
        let reason = String(cString: strerror(errno))
        return Complaint(
            "can't write \(path ?? "the export"): \(reason) (free some space or check permissions; a former file is "
                + "as it was)")
    }
}
