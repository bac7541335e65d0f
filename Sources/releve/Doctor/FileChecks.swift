import Foundation
import Glibc

/// Who may touch the files of a site, and whether there is room for more.
enum FileChecks {
    /// Less than this is not enough for a day.
    private static let leastRoom: Int64 = 100 << 20
    private static let amplest: Int64 = 1 << 30

    /// The file of a store, those that SQLite makes beside it, and its folder.
    static func store(_ path: String) -> [DoctorFinding] {
        guard let facts = status(path) else { return [] }
        var findings: [DoctorFinding] = []
        for name in [path, path + "-wal", path + "-shm"] {
            guard let mode = status(name)?.st_mode, mode & 0o077 != 0 else { continue }
            findings.append(
                .wrong(
                    "files", "others may read or change \(name) (mode \(octal(mode)))", "chmod 600 \(name)"))
        }
        let folder = (path as NSString).deletingLastPathComponent
        if let mode = status(folder.isEmpty ? "." : folder)?.st_mode, mode & 0o022 != 0, mode & S_ISVTX == 0 {
            findings.append(
                .wrong(
                    "files", "others may put files into the store's folder (mode \(octal(mode)))",
                    "chmod go-w \(folder)"))
        }
        if facts.st_uid != geteuid() {
            findings.append(
                .note(
                    "files", "\(path) is somebody else's (user \(facts.st_uid))",
                    "run this as its owner to see all"))
        }
        if findings.isEmpty { findings.append(.ok("files", "\(path) is its owner's alone")) }
        return findings + room(path, size: Int64(facts.st_size))
    }

    /// Room on the disk: writing the store anew, as erasing does, takes its size again.
    private static func room(_ path: String, size: Int64) -> [DoctorFinding] {
        var disk = statvfs()
        guard statvfs(path, &disk) == 0 else { return [] }
        let free = Int64(disk.f_bavail) * Int64(disk.f_frsize)
        let text = "\(free >> 20) MB are free on the store's disk"
        if free < leastRoom {
            return [.wrong("disk", text, "free some space: without it no decision can be kept")]
        }
        return free < max(amplest, 2 * size)
            ? [
                .note(
                    "disk", text,
                    "erasing and backups need as much as the store has, which is \(size >> 20) MB")
            ]
            : [.ok("disk", text)]
    }

    /// Compiled policies: whoever could change them could change what rules find.
    static func cache(_ folder: String) -> [DoctorFinding] {
        guard let facts = status(folder) else { return [.ok("cache", "none yet in \(folder)")] }
        if facts.st_uid != geteuid() {
            return [
                .wrong(
                    "cache", "\(folder) is somebody else's: policies are compiled anew each time",
                    "set XDG_CACHE_HOME to a folder of your own")
            ]
        }
        return facts.st_mode & 0o022 != 0
            ? [
                .wrong(
                    "cache", "others may change \(folder) (mode \(octal(facts.st_mode)))",
                    "chmod 700 \(folder)")
            ]
            : [.ok("cache", folder)]
    }

    static func status(_ path: String) -> stat? {
        var facts = stat()
        return stat(path, &facts) == 0 ? facts : nil
    }

    static func octal(_ mode: mode_t) -> String { String(mode & 0o777, radix: 8) }
}
