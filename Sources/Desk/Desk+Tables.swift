import Ledger
import Store

extension Desk {
    /// For about so many entries all posts, decisions and spans are held in memory at once, some hundred megabytes.
    ///
    /// A larger ledger is gone through several times while tables are held against it.
    public static let namesAtOnce: Int64 = 2_000_000

    /// Holds every table against what the ledger says it must hold; the ledger itself must have been found intact.
    ///
    /// - Parameters:
    ///   - namesAtOnce: how many names to hold in memory.
    ///   - progress: called now and then with how many entries and rows of about how many are done.
    public func verifyTables(
        namesAtOnce: Int64 = namesAtOnce, progress: @escaping (Int64, Int64) -> Void = { _, _ in }
    ) throws(DeskError) -> TableVerification {
        try read { tx in
            var result = TableVerification()
            if let damage = try tx.damage().first {
                result.differences = [TableDifference(table: nil, row: "", way: .damaged(damage))]
                return result
            }
            let size = try tx.ledgerTree().size
            let shares = Int(max(1, (size + namesAtOnce - 1) / max(1, namesAtOnce)))
            // About as many rows as entries.
            let total = 2 * size * Int64(shares)
            var found: [KeptTable: TableDifference] = [:]
            for number in 0..<shares {
                let done = 2 * size * Int64(number)
                let share = LedgerFold.Share(number: number, of: shares)
                let fold = try fold(share, of: size, in: tx) { progress(done + $0, total) }
                let check = TableCheck(tx, fold: fold) { progress(done + size + min($0, size), total) }
                try check.run()
                found.merge(check.found) { first, _ in first }
                result.rows += check.rows
                result.fullFrom = fold.fullFrom
            }
            result.differences = KeptTable.allCases.compactMap { found[$0] }
            return result
        }
    }

    private func fold(
        _ share: LedgerFold.Share, of size: Int64, in tx: any StoreReading, progress: (Int64) -> Void
    ) throws -> LedgerFold {
        var fold = LedgerFold(share: share)
        while fold.size < size {
            let entries = try tx.ledgerEntries(from: fold.size, limit: 2000)
            guard !entries.isEmpty else { break }
            for entry in entries { fold.take(entry) }
            progress(fold.size)
        }
        return fold
    }
}
