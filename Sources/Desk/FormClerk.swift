import Ledger
import Store
import Synchronization

/// Brings a site of an earlier version to today's form before anything is written: from then on its entries tell
/// enough to hold every row against them, and one entry says since when.
final class FormClerk: Sendable {
    private let isCurrent = Mutex(false)

    /// Whether this process has seen a site of today's form.
    var isKnown: Bool { isCurrent.withLock(\.self) }

    func bringUp(_ desk: Desk, in tx: any StoreTransaction) throws {
        guard !isCurrent.withLock(\.self), let site = try tx.site() else { return }
        if site.form < Site.currentForm {
            let now = desk.clock.now().wall
            try tx.append(
                LedgerEntry(
                    kind: .formChanged, at: now, person: nil, post: nil,
                    fields: ["form": .integer(Int64(Site.currentForm))]))
            try tx.setForm(Site.currentForm)
            for person in try tx.people() {
                try desk.keep(person, telling: .personChanged, by: nil, at: now, in: tx)
            }
        }
        // What this transaction did may still be dropped: believed when the next one sees it.
        if site.form >= Site.currentForm { isCurrent.withLock { $0 = true } }
    }
}
