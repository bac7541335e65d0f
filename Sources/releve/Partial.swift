import Foundation
import Glibc

/// What is being written lies beside its name under a hidden one, locked by who writes it.
///
/// A writer that was killed leaves such a file or folder behind with nobody's lock on it.
enum Partial {
    /// A new file under such a name, open and locked.
    static func file(of path: String) throws -> (name: String, descriptor: Int32) {
        try make(of: path) { name in
            open(name, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
        }
    }

    /// A new folder under such a name, open and locked.
    static func folder(of path: String) throws -> (name: String, descriptor: Int32) {
        try make(of: path) { name in
            guard mkdir(name, 0o700) == 0 else { return -1 }
            return open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        }
    }

    private static func make(of path: String, _ open: (String) -> Int32) throws -> (String, Int32) {
        while true {
            let name = prefix(of: path) + UUID().uuidString
            let descriptor = open(name)
            guard descriptor >= 0 else { throw Complaint.unwritable(path, errno) }
            // Where locks aren't possible nobody takes it for abandoned either.
            while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
            // Somebody who cleans up may have been quicker than the lock.
            if access(name, F_OK) == 0 { return (name, descriptor) }
            close(descriptor)
        }
    }

    /// Goes through what killed writers of that name left behind; nobody else can take it meanwhile.
    static func forEachAbandoned(of path: String, _ body: (String) throws -> Void) throws {
        let folder = folderPath(of: path)
        let prefix = (prefix(of: path) as NSString).lastPathComponent
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names.sorted() where name.hasPrefix(prefix) {
            let name = folder + "/" + name
            let descriptor = open(name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
            guard descriptor >= 0 else { continue }
            defer { close(descriptor) }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { try body(name) }
        }
    }

    static func removeAbandoned(of path: String) {
        try? forEachAbandoned(of: path) { try FileManager.default.removeItem(atPath: $0) }
    }

    /// Shows what is whole and synced under its own name.
    static func publish(_ name: String, as path: String) throws {
        guard rename(name, path) == 0 else { throw Complaint.unwritable(path, errno) }
        sync(folder: folderPath(of: path))
    }

    /// Makes names in a folder durable.
    static func sync(folder: String) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private static func folderPath(of path: String) -> String {
        let folder = (path as NSString).deletingLastPathComponent
        return folder.isEmpty ? "." : folder
    }

    private static func prefix(of path: String) -> String {
        "\(folderPath(of: path))/.\((path as NSString).lastPathComponent).partial-"
    }
}

extension Complaint {
    /// Something can't be written; what stood there before stays.
    static func unwritable(_ path: String, _ code: Int32) -> Complaint {
        let remedy =
            switch code {
            case ENOSPC, EDQUOT: "free some space and try again"
            case ENOENT, ENOTDIR: "make the folder first"
            case EROFS: "name a place that can be written to"
            case EACCES, EPERM: "check its permissions"
            default: "free some space or check permissions, and try again"
            }
        let reason = String(cString: strerror(code))
        return Complaint("can't write \(path): \(reason) (\(remedy); what was there before is as it was)")
    }
}

/// Writes all of some bytes to an open file.
///
/// - Returns: what went wrong, as in `errno`; 0 for nothing.
func writeAll(_ bytes: some ContiguousBytes, to descriptor: Int32) -> Int32 {
    bytes.withUnsafeBytes { buffer in
        var start = 0
        while start < buffer.count {
            let count = write(
                descriptor, buffer.baseAddress.map { $0 + start }, buffer.count - start)
            if count >= 0 {
                start += count
            } else if errno == EAGAIN {
                var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&waiting, 1, -1)
            } else if errno != EINTR {
                return errno
            }
        }
        return 0
    }
}
