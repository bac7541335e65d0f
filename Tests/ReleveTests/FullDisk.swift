import Foundation

/// A small disk of its own that can be filled up: a tmpfs, which only root can mount.
final class FullDisk {
    let path: String

    static let isPossible: Bool = {
        let isThere = (try? FullDisk(megabytes: 1)) != nil
        if !isThere {
            print("SKIPPED: no full disks here: a tmpfs can't be mounted (run these tests as root)")
        }
        return isThere
    }()

    struct NotMounted: Error {}

    init(megabytes: Int) throws {
        path = NSTemporaryDirectory() + "releve-disk-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard mount("tmpfs", path, "tmpfs", 0, "size=\(megabytes)m,mode=700") == 0 else {
            rmdir(path)
            throw NotMounted()
        }
    }

    deinit {
        umount2(path, Int32(MNT_DETACH))
        rmdir(path)
    }

    private var filler: String { path + "/filler" }

    /// Fills it up, but for so many bytes.
    func fill(leaving free: Int = 0) throws {
        let descriptor = open(filler, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
        defer { close(descriptor) }
        let page = [UInt8](repeating: 0xFF, count: 4096)
        while write(descriptor, page, page.count) > 0 {}
        var facts = stat()
        fstat(descriptor, &facts)
        ftruncate(descriptor, max(0, facts.st_size - off_t(free)))
    }

    /// Gives all room back.
    func empty() { unlink(filler) }

    /// The names of what lies on it, without what fills it up.
    var names: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: path).filter { $0 != "filler" }.sorted()
        }
    }
}
