import Desk
import Foundation
import Moderation
import Store

/// Signatures of the ledger, and what lies elsewhere: copies of them, and backups.
struct CareChecks {
    let health: SiteHealth
    let notes: CareNotes
    /// Whether whoever asks keeps the site: nobody else makes backups.
    let isKeeper: Bool
    /// Whether the site is a file, which the program itself copies.
    let isFile: Bool
    private let now = SystemClock().now().wall

    init(health: SiteHealth, notes: CareNotes, isKeeper: Bool, isFile: Bool) {
        self.health = health
        self.notes = notes
        self.isKeeper = isKeeper
        self.isFile = isFile
    }

    private static let signing = "releve ledger checkpoint --to FILE, on another disk or machine"
    private static let day: Duration = .seconds(24 * 3600)

    var all: [DoctorFinding] { [checkpoint] + (isKeeper ? [copy, backup] : []) }

    private var checkpoint: DoctorFinding {
        guard let last = health.checkpoint else {
            return .note(
                "checkpoint", "the ledger was never signed: nothing proves that it was not rewritten",
                Self.signing)
        }
        let unsigned = health.size - last.size
        let age = now - last.at
        let text = "the last signature is \(Self.old(age)) and leaves out \(unsigned) entries"
        return unsigned > 2000 || (unsigned > 0 && age > Self.day * 7)
            ? .note("checkpoint", text, Self.signing) : .ok("checkpoint", text)
    }

    private var copy: DoctorFinding {
        guard let copy = notes.checkpoint else {
            return .note(
                "second copy", "no checkpoint was put in another place from this machine", Self.signing)
        }
        let age = now - Timestamp(milliseconds: copy.at)
        guard FileManager.default.fileExists(atPath: copy.path) else {
            return .note("second copy", "\(copy.path) is not there any more, or not mounted", Self.signing)
        }
        let text = "\(copy.path), \(Self.old(age))"
        return age > Self.day * 7 ? .note("second copy", text, Self.signing) : .ok("second copy", text)
    }

    private var backup: DoctorFinding {
        let remedy =
            isFile
            ? "releve store backup FILE, each day, on another disk or machine"
            : "pg_dump each day, onto another disk or machine, then releve store backup --made FILE"
        guard let backup = notes.backup else {
            let isYoung = now - health.site.createdAt < Self.day
            let text = "no backup is known on this machine"
            return isYoung ? .note("backup", text, remedy) : .wrong("backup", text, remedy)
        }
        let age = now - Timestamp(milliseconds: backup.at)
        guard FileManager.default.fileExists(atPath: backup.path) else {
            return .wrong("backup", "\(backup.path) is not there any more, or not mounted", remedy)
        }
        let text = "\(backup.path), \(Self.old(age))"
        if age > Self.day * 7 { return .wrong("backup", text, remedy) }
        return age > Self.day + .seconds(2 * 3600) ? .note("backup", text, remedy) : .ok("backup", text)
    }

    private static func old(_ age: Duration) -> String {
        let hours = max(0, age.components.seconds / 3600)
        return hours < 48 ? "\(hours) h old" : "\(hours / 24) days old"
    }
}
