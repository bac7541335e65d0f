import Foundation
import Glibc
public import Moderation

/// Where one person keeps their check-ins: a file of their own, not in the site's store.
///
/// So the site has nothing of it: no ciphertext, no row, no entry, not even how often somebody checked in; its backups
/// don't hold it, and deleting it deletes it. The price is that it stays on this machine and account.
///
/// Every change writes a new file beside, syncs it and renames it over the old one, so that a crash leaves one or the
/// other, whole. Consoles of one person take turns by a lock.
public struct CheckInFile: Hashable, Sendable {
    /// The file.
    public let path: String

    /// The file of a person of a site in their data folder, such as `~/.local/share/releve`.
    public init(folder: String, site: String, person: PersonID) {
        // A site's name may hold anything; its letters only have to be told apart.
        let name = site.utf8.map { byte in
            let isPlain =
                byte < 0x80 && byte != UInt8(ascii: "_")
                && (Character(Unicode.Scalar(byte)).isLetter
                    || Character(Unicode.Scalar(byte)).isNumber)
            return isPlain ? String(Unicode.Scalar(byte)) : "_" + String(byte, radix: 16)
        }.joined()
        path = "\(folder)/check-ins/\(name.prefix(120))-\(person.rawValue)"
    }

    /// A file anywhere.
    public init(path: String) { self.path = path }

    /// Whether check-ins were begun.
    public var exists: Bool { access(path, F_OK) == 0 }

    /// Begins a book under a passphrase; fails when there is one.
    public func begin(passphrase: String, cost: PassphraseCost = .standard) throws(CheckInError) {
        let book = try calling { try CheckInBook.begun(passphrase: passphrase, cost: cost) }
        try makeFolder()
        try locked { () throws(CheckInError) in
            guard !exists else { throw .begunBefore }
            try write(book.bytes)
        }
    }

    /// Adds a check-in; needs no passphrase.
    public func add(_ checkIn: CheckIn) throws(CheckInError) {
        try change { try $0.add(checkIn) }
    }

    /// How many there are, without opening any.
    public func count() throws(CheckInError) -> Int { try book().count }

    /// All of them, oldest first.
    public func read(passphrase: String) throws(CheckInError) -> [CheckIn] {
        let book = try book()
        return try calling { try book.read(passphrase: passphrase) }
    }

    /// Sets another passphrase.
    public func changePassphrase(
        from old: String, to new: String, cost: PassphraseCost = .standard
    ) throws(CheckInError) {
        try change { $0 = try $0.changed(from: old, to: new, cost: cost) }
    }

    /// Deletes the one at that place, oldest first from 0.
    public func remove(at place: Int) throws(CheckInError) { try change { $0.remove(at: place) } }

    /// Deletes all of them, and the passphrase with them; needs no passphrase, so that a lost one can be let go of.
    public func delete() throws(CheckInError) {
        guard exists else { throw .notBegun }
        try locked { () throws(CheckInError) in
            // What the disk still holds of the file is sealed; without the private key in it nothing opens that.
            guard unlink(path) == 0 else { throw failure() }
            try syncFolder()
        }
        unlink(lockPath)
    }

    // MARK: The file

    private var lockPath: String { path + ".lock" }
    private var folder: String { String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex)) }

    private func book() throws(CheckInError) -> CheckInBook {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw exists ? .file(path: path, reason: "it can't be read") : .notBegun
        }
        return try CheckInBook(bytes: Array(bytes), path: path)
    }

    private func change(_ body: (inout CheckInBook) throws -> Void) throws(CheckInError) {
        guard exists else { throw .notBegun }
        try locked { () throws(CheckInError) in
            var book = try book()
            try calling { try body(&book) }
            try write(book.bytes)
        }
    }

    private func calling<Result>(_ body: () throws -> Result) throws(CheckInError) -> Result {
        do { return try body() } catch let error as CheckInError {
            if case .damaged = error { throw .damaged(path: path) }
            throw error
        } catch { throw .file(path: path, reason: "\(error)") }
    }

    private func failure() -> CheckInError { .file(path: path, reason: String(cString: strerror(errno))) }

    private func makeFolder() throws(CheckInError) {
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch { throw .file(path: folder, reason: "the folder can't be made") }
    }

    private func locked<Result>(_ body: () throws(CheckInError) -> Result) throws(CheckInError) -> Result {
        let lock = Glibc.open(lockPath, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard lock >= 0 else { throw failure() }
        defer { close(lock) }
        guard flock(lock, LOCK_EX) == 0 else { throw failure() }
        return try body()
    }

    private func write(_ bytes: [UInt8]) throws(CheckInError) {
        let draft = path + ".new"
        // One left by a crash was never the file.
        unlink(draft)
        let file = Glibc.open(draft, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw failure() }
        defer { close(file) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            guard count > 0 else {
                if count < 0, errno == EINTR { continue }
                defer { unlink(draft) }
                throw failure()
            }
            rest = rest.dropFirst(count)
        }
        guard fsync(file) == 0, rename(draft, path) == 0 else {
            defer { unlink(draft) }
            throw failure()
        }
        try syncFolder()
    }

    private func syncFolder() throws(CheckInError) {
        let place = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard place >= 0 else { throw failure() }
        defer { close(place) }
        guard fsync(place) == 0 else { throw failure() }
    }
}
