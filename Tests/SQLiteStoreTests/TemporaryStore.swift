import Foundation
import SQLiteStore
import Store

/// A store in a folder of its own that goes away with it.
final class TemporaryStore: Sendable {
    let folder: String
    let store: any Store

    var path: String { folder + "/site.sqlite" }

    init() throws {
        folder = NSTemporaryDirectory() + "releve-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        store = try SQLiteStore(path: folder + "/site.sqlite", creating: true)
    }

    /// Another connection to the same file, as another process would have.
    func again() throws -> any Store { try SQLiteStore(path: path, creating: false) }

    deinit { try? FileManager.default.removeItem(atPath: folder) }
}
