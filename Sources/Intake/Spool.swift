import Foundation
import Glibc

/// A file that this watcher has taken for itself.
public struct SpooledFile: Hashable, Sendable {
    /// Its name in the spool.
    public let name: String
    /// Where it is now.
    public let path: String
}

/// A folder into which others drop whole files.
///
/// A file is taken by renaming it into a folder of this watcher's own, so that of two watchers one gets it. That
/// folder is locked as long as the watcher lives; what a watcher that died had in hand goes back into the spool.
/// Names that begin with a dot or end in `.part` or `.tmp` are left alone, and so are files that changed within
/// the last two seconds: who writes slowly writes under such a name and renames.
public final class Spool {
    private static let quiet: TimeInterval = 2

    private let directory: String
    private let working: String
    private let own: String
    private let lock: Int32
    private let manager = FileManager.default

    /// Opens a spool and makes its folders.
    public init(directory: String) throws {
        self.directory = directory
        working = directory + "/.working"
        let name = "\(getpid())-\(UUID().uuidString)"
        own = working + "/" + name
        // Made and locked under a name that others pass over, so that nobody takes it for abandoned meanwhile.
        let fresh = working + "/.new-" + name
        do {
            for folder in [directory + "/done", directory + "/rejected", fresh] {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            }
        } catch {
            throw RecordFileError(description: "can't make folders in \(directory) (check its permissions)")
        }
        lock = open(fresh + "/lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0, rename(fresh, own) == 0 else {
            throw RecordFileError(description: "can't lock \(own) (the folder must allow locks)")
        }
    }

    deinit {
        empty(own)
        close(lock)
    }

    /// Takes the next whole file, in the order of names; `nil` when there is none now.
    public func claimNext() throws -> SpooledFile? {
        recoverAbandoned()
        for name in try names(in: directory).sorted() where isCandidate(name) {
            let path = directory + "/" + name
            var facts = stat()
            guard lstat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { continue }
            let changed = TimeInterval(facts.st_mtim.tv_sec) + TimeInterval(facts.st_mtim.tv_nsec) / 1e9
            guard Date().timeIntervalSince1970 - changed >= Self.quiet, isUnlocked(path) else { continue }
            let taken = own + "/" + name
            // A file of this name that is still in hand must not be replaced.
            guard access(taken, F_OK) != 0 else { continue }
            if rename(path, taken) == 0 { return SpooledFile(name: name, path: taken) }
        }
        return nil
    }

    /// Puts a file away: into `done`, or with a list of problems beside it into `rejected`.
    public func finish(_ file: SpooledFile, problems: [String]) throws {
        let folder = directory + (problems.isEmpty ? "/done" : "/rejected")
        let target = try put(file.path, into: folder, name: file.name)
        guard !problems.isEmpty else { return }
        let text = Data(problems.map { Self.oneLine($0) + "\n" }.joined().utf8)
        guard manager.createFile(atPath: target + ".errors.txt", contents: text) else {
            throw RecordFileError(description: "can't write \(target).errors.txt (check free space)")
        }
    }

    /// Gives a file back, to be tried again.
    public func giveBack(_ file: SpooledFile) throws {
        _ = try put(file.path, into: directory, name: file.name)
    }

    // MARK: Inside

    /// A problem may quote names from the file: control, format and separator characters are replaced.
    private static func oneLine(_ problem: String) -> String {
        var line = ""
        for scalar in problem.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: line += "\u{FFFD}"
            default: line.unicodeScalars.append(scalar)
            }
        }
        return line
    }

    private func isCandidate(_ name: String) -> Bool {
        !name.hasPrefix(".") && !name.hasSuffix(".part") && !name.hasSuffix(".tmp") && name != "done"
            && name != "rejected"
    }

    private func names(in folder: String) throws -> [String] {
        do { return try manager.contentsOfDirectory(atPath: folder) } catch {
            throw RecordFileError(description: "can't list \(folder) (check its permissions)")
        }
    }

    /// Whether nobody who writes it holds a lock on it.
    private func isUnlocked(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }

    /// Moves without ever replacing: a name that is taken gets a number.
    private func put(_ path: String, into folder: String, name: String) throws -> String {
        for number in 0..<10_000 {
            let target = folder + "/" + name + (number == 0 ? "" : ".\(number)")
            if link(path, target) == 0 {
                unlink(path)
                return target
            }
            guard errno == EEXIST else { break }
        }
        throw RecordFileError(
            description: "can't move \(name) to \(folder): \(String(cString: strerror(errno)))")
    }

    /// Gives the files of a folder back and removes it; while one can't be given back, the lock file stays, so that
    /// a later look finds the folder again.
    private func empty(_ folder: String) {
        guard let files = try? manager.contentsOfDirectory(atPath: folder) else { return }
        var isEmpty = true
        for file in files where file != "lock" {
            if (try? put(folder + "/" + file, into: directory, name: file)) == nil { isEmpty = false }
        }
        guard isEmpty else { return }
        unlink(folder + "/lock")
        rmdir(folder)
    }

    private func recoverAbandoned() {
        for name in (try? manager.contentsOfDirectory(atPath: working)) ?? [] {
            let folder = working + "/" + name
            guard folder != own, !name.hasPrefix(".") else { continue }
            let descriptor = open(folder + "/lock", O_RDWR | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            defer { close(descriptor) }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { continue }
            empty(folder)
        }
    }
}
