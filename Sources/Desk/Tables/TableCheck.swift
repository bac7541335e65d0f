import Exposure
import Ledger
import Moderation
import Store

/// Holds the tables of a store against what its ledger, folded, says they must hold.
///
/// Each row is compared with the entry that speaks of it last, read again by its number, so that what differs can be
/// named at once. In several shares where the ledger is large: see ``LedgerFold``. A class, so that the fold is never
/// copied while rows cross it off.
final class TableCheck {
    let tx: any StoreReading
    var fold: LedgerFold
    /// The first difference of each table.
    private(set) var found: [KeptTable: TableDifference] = [:]
    private(set) var rows: Int64 = 0
    private let progress: (Int64) -> Void
    /// Of the posts of this share and those before it.
    var counts: PostCounts
    var sawAuthor = false
    /// How many former evaluations of an erased post were seen.
    var erasedSeen: [LedgerFold.Name: Int] = [:]

    /// - Parameter counts: what the shares before this one came to.
    init(
        _ tx: any StoreReading, fold: LedgerFold, counts: PostCounts, progress: @escaping (Int64) -> Void
    ) {
        self.tx = tx
        self.fold = fold
        self.counts = counts
        self.progress = progress
    }

    /// Whether an entry tells enough for every column.
    func isFull(_ entry: Int64) -> Bool { fold.fullFrom.map { entry >= $0 } ?? false }

    func run() throws {
        if fold.share.number == 0 { try runOnce() }
        try checkFormerContents()
        try checkFormerEvaluations()
        try checkErasures()
        try checkClaims()
        try checkSkips()
        try checkOutbox()
        try checkEscalations()
        try checkDecisions()
        try checkSpans()
        // Last: the others ask what became of posts, and here posts are crossed off.
        try checkPosts()
        if fold.share.number == fold.share.count - 1 {
            try checkCounts()
            try checkNames()
        }
    }

    /// The tables that are small, and the same in every share.
    private func runOnce() throws {
        try checkSite()
        try checkBundles()
        try checkLimits()
        try checkPeople()
        try checkShifts()
        try checkAutomations()
        try checkObjections()
        try checkSamples()
        try checkSampleItems()
        try checkMarks()
        try checkOpenings()
        try checkStatements()
        try checkDayTotals()
        try checkTakenDays()
        try checkConditions()
        try checkHandovers()
        try checkLimitProposals()
        try checkLimitNotices()
        try checkOverrides()
        try checkSupport()
        try checkWatchings()
    }

    // MARK: Going through a table

    func note(_ table: KeptTable, _ row: String, _ way: TableDifference.Way, entry: Int64? = nil) {
        guard found[table] == nil else { return }
        found[table] = TableDifference(table: table, row: row, way: way, entry: entry)
    }

    func finish(_ check: RowCheck, _ row: String, entry: Int64?) {
        if let column = check.wrong { note(check.table, row, .differs(column: column), entry: entry) }
    }

    /// All rows of a table, until one differs; the body gives what to cross off of the entries it needs.
    func each(
        _ table: KeptTable, _ body: (TableCheck, inout RowCheck) throws -> Void
    ) throws {
        try pieces(table) { check, rows in
            for row in rows {
                guard check.found[table] == nil else { return }
                var row = RowCheck(table, row)
                try body(check, &row)
            }
        }
    }

    /// All rows of a table, some hundred at once.
    func pieces(_ table: KeptTable, _ body: (TableCheck, [KeptRow]) throws -> Void) throws {
        try tx.rows(of: table, in: fold.share) { rows in
            try body(self, rows)
            self.rows += Int64(rows.count)
            progress(self.rows)
        }
    }

    func entry(_ number: Int64) throws -> LedgerEntry {
        guard let bytes = try tx.ledgerEntries(at: [number]).first,
            let entry = LedgerEntry(verifiedBytes: bytes)
        else { throw StoreError.damaged("entry \(number) of the ledger") }
        return entry
    }

    /// The entry that erased each post that is erased, of all shares.
    func erasures() throws -> [LedgerFold.Name: Int64] {
        var result: [LedgerFold.Name: Int64] = [:]
        for number in fold.erasures {
            if let post = try entry(number).post { result[LedgerFold.Name(post.rawValue)] = number }
        }
        return result
    }

    func entries(_ numbers: [Int64]) throws -> [LedgerEntry?] {
        try tx.ledgerEntries(at: numbers).map { LedgerEntry(verifiedBytes: $0) }
    }

    /// Rows that are numbered from 1 as their entries come, each with its entry.
    func eachNumbered(
        _ table: KeptTable, told numbers: [Int64],
        _ body: (TableCheck, inout RowCheck, LedgerEntry, Int64) throws -> Void
    ) throws {
        var next = 0
        try each(table) { check, row in
            let name = row.integer("number").map { "\($0)" } ?? "?"
            guard next < numbers.count else { return check.note(table, name, .untold) }
            let number = numbers[next]
            next += 1
            row.expect("number", Int64(next))
            try body(check, &row, try check.entry(number), number)
            check.finish(row, name, entry: number)
        }
        if next < numbers.count { note(table, "\(next + 1)", .missing, entry: numbers[next]) }
    }
}
