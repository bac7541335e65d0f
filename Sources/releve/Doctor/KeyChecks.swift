import Foundation
import Ledger

/// The key that signs the ledger.
struct KeyChecks {
    let path: String
    let publicKey: String

    /// Whether whoever asks keeps the site's key.
    var isAtHand: Bool { (try? KeyFile.read(at: path))?.publicKeyHex == publicKey }

    var all: [DoctorFinding] {
        guard FileManager.default.isReadableFile(atPath: path) else {
            return [
                .note(
                    "key", "\(path) is not here or not yours: what you do is signed by whoever has it",
                    "nothing, unless you keep the site: then put the key there")
            ]
        }
        guard let key = try? KeyFile.read(at: path) else {
            return [.wrong("key", "\(path) is not a site key", "put the site's key there, from its backup")]
        }
        guard key.publicKeyHex == publicKey else {
            return [
                .wrong(
                    "key", "\(path) is another site's, so the ledger is not signed",
                    "put the site's key there; if nobody has it any more: releve ledger key --change lost")
            ]
        }
        if let mode = FileChecks.status(path)?.st_mode, mode & 0o077 != 0 {
            return [
                .wrong(
                    "key",
                    "others may read \(path) (mode \(FileChecks.octal(mode))) and sign in the site's name",
                    "chmod 600 \(path); if somebody may have: releve ledger key --change stolen")
            ]
        }
        return [.ok("key", "\(path) is the one that signs the ledger")]
    }
}
