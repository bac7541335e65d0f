import Ledger
import Moderation
import Store

extension TableCheck {
    /// Contacts: a wrong telephone number matters to whoever needs it.
    func checkSupport() throws {
        try eachNumbered(.support, told: fold.support) { _, row, entry, _ in
            row.expect("card", salt: "salt", committedAs: entry.text("contacts_digest"))
            row.expect("set_by", entry.person?.rawValue)
            row.expect("since", entry.at.milliseconds)
        }
    }

    func checkWatchings() throws {
        try eachNumbered(.watchings, told: fold.watchings) { _, row, entry, _ in
            row.expect("shift", entry.text("shift"))
            row.expect("concerned", entry.text("whose"))
            row.expect("watcher", entry.person?.rawValue)
            row.expect("at", entry.at.milliseconds)
        }
    }
}
