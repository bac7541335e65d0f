import Foundation
import Moderation

/// What this machine remembers of the care that a site was given: the last backup, and the last second copy of a
/// checkpoint.
///
/// In a file beside the key's place. It proves nothing: it is there so that `releve doctor` can remind.
struct CareNotes: Codable {
    /// Something that was put in another place.
    struct Note: Codable {
        /// Where, as a whole path.
        var path: String
        /// When, in milliseconds since 1970.
        var at: Int64
    }

    var backup: Note?
    var checkpoint: Note?

    private static func path(of place: SitePlace) throws -> String {
        let key = try place.keyPath()
        return (key.hasSuffix(".key") ? String(key.dropLast(4)) : key) + ".care.json"
    }

    /// What is known of a place; nothing where nothing was noted.
    init(of place: SitePlace) throws {
        let path = try Self.path(of: place)
        guard let bytes = FileManager.default.contents(atPath: path) else { return }
        do { self = try JSONDecoder().decode(CareNotes.self, from: bytes) } catch {
            throw Complaint("\(path) can't be read as notes on backups (remove it, and note the next backup)")
        }
    }

    /// Notes something, and says aloud when that can't be kept.
    static func keep(
        _ what: WritableKeyPath<CareNotes, Note?>, _ path: String, at: Timestamp, of place: SitePlace
    ) {
        do {
            var notes = (try? CareNotes(of: place)) ?? CareNotes()
            notes[keyPath: what] = Note(
                path: URL(fileURLWithPath: path).path, at: at.milliseconds)
            let file = try Self.path(of: place)
            try InitCommand.makeFolder(of: file)
            let bytes = try JSONEncoder().encode(notes)
            try ExportFile.write(String(decoding: bytes, as: UTF8.self) + "\n", to: file)
        } catch {
            Output.complain("this was done, but couldn't be noted for releve doctor")
        }
    }

    private init() {}
}
