package import Moderation
package import Store

/// What an engine gives one transaction: statements, and what each engine says in its own words.
///
/// All other SQL of a store stands in ``SQLTransaction`` and is read by both engines. It keeps to what they share:
/// `?` and `?1` mark values, upserts name their keys, every nested table has a name. Hints for SQLite's planner
/// (`INDEXED BY`, `NOT INDEXED`, `CROSS JOIN … ON`) may stand in it; an engine that has no use for them takes them out.
package protocol SQLEngine: AnyObject {
    /// A statement with nothing bound to it; the same text may give the same statement again.
    func prepare(_ sql: String) throws -> any SQLStatement
    /// A statement of its own for reading many rows, while others run beside it; memory stays flat.
    func prepareApart(_ sql: String) throws -> any SQLStatement

    /// Whether other transactions write at the same time: then the ledger's entries are numbered last.
    var isShared: Bool { get }
    /// What ends a `SELECT` whose rows must stay as they are until the transaction ends.
    var holding: String { get }
    /// The same for rows that nobody else holds; others are left out.
    var holdingFree: String { get }
    /// Takes hold of the ledger's end, which nobody else can move until the transaction is over; asked only where
    /// ``isShared``.
    func holdEnd() throws
    /// Adds entries behind the last one, numbering and hashing them; asked only where ``isShared`` and the end is held.
    func append(_ entries: [[UInt8]]) throws
    /// The number of an entry in SQL, by what stands at a place: the number itself or, where ``isShared``, how many come
    /// between it and the ledger's end.
    func entryNumber(_ place: String) -> String
    /// The first posts of shelves for a person, all asked at once; `nil` where one after the other is as good.
    func heads(on shelves: [Int64], for person: PersonID) throws -> [ShelfHead]?
    /// The next fence, and the last that was given, where the engine counts them itself.
    func nextFence() throws -> Int64?
    func lastFence() throws -> Int64?

    /// Runs a body that asks what will be asked again in earnest, so that an engine behind a network can have it all
    /// answered at once; where nothing is gained by that, the body isn't run.
    ///
    /// In the body every question that was not asked before seems to have no answer.
    func foresee(_ questions: () throws -> Void) throws

    /// Says which ids will be named next, in this order; what is not named after all is forgotten.
    func expect(_ ids: [PostID]) throws
    /// Gives a post's id the next number; `nil` when it has one already.
    func name(_ id: PostID) throws -> Int64?
    /// Puts what ``name(_:)`` wrote in its place, before the transaction ends.
    ///
    /// - Parameter lastDecision: the number of the last decision that the transaction made.
    func settleNames(lastDecision: Int64?) throws

    /// Whether SQL knows `in_share`; where it doesn't, rows of other shares are dropped after they were read.
    var knowsShares: Bool { get }
    /// Gives back what was kept in memory of pages that nobody will read again.
    func emptyCache()
    /// Runs a body after which nothing that it removed can be read from what is stored.
    func leavingNoTraces<Result>(_ body: () throws -> Result) throws -> Result
    /// What the engine itself finds wrong with what it keeps.
    func damage(ledgerSize: Int64) throws -> [StoreDamage]
    /// Tells whoever waits, when the transaction commits, that posts have come to wait.
    func announceWork() throws
    /// Whether this process acts for whoever owns the store.
    func isOwner() throws -> Bool

    // MARK: Where an engine itself keeps people apart

    /// Who the engine knows the caller to be; `nil` where it can't tell.
    func caller() throws -> StoreCaller?
    /// SQL that asks for the own lower limit of the person whose id is bound, and SQL that sets it, first the limit.
    var ownLimit: (asking: String, setting: String) { get }
    /// SQL that gives a month's sums to those who see no rows of others; `nil` where rows are seen.
    func teamSums() throws -> TeamSums?
    /// SQL of a table of entries, `number`, `bytes`, `leaf` and whether they are `withheld`, to those who may not read all of
    /// them; the first number and the most are bound. `nil` where the ledger's own table is read.
    func toldEntries() throws -> String?
    /// Finds authors' posts fast, or doesn't any more.
    func keepHistory(_ isWanted: Bool) throws
    /// What leases are measured by, in SQL: the caller's time, which stands at a place, or the engine's own.
    func leaseTime(_ place: String) -> String

    // MARK: Copies

    /// All tables but those that the engine makes for itself, by name.
    func tableForms() throws -> [TableForm]
    /// Adds rows as they are, fast.
    func insert(_ rows: [KeptRow], into table: TableForm) throws
    /// Makes tables and counters of the engine's own from rows that were copied.
    func settleCopy(fence: Int64) throws
    /// Marks the store as part of a copy, or takes the mark away.
    func mark(_ copy: Int?) throws
}

extension SQLEngine {
    package func expect(_ ids: [PostID]) throws {}

    package func announceWork() throws {}

    package func foresee(_ questions: () throws -> Void) throws {}

    package func holdEnd() throws {}

    package func append(_ entries: [[UInt8]]) throws {}

    package func entryNumber(_ place: String) -> String { place }

    package func caller() throws -> StoreCaller? { nil }

    package var ownLimit: (asking: String, setting: String) {
        (
            "SELECT personal_limit FROM people WHERE id = ?",
            "UPDATE people SET personal_limit = ? WHERE id = ?"
        )
    }

    package func teamSums() throws -> TeamSums? { nil }

    package func toldEntries() throws -> String? { nil }

    package func keepHistory(_ isWanted: Bool) throws {
        try prepare(
            isWanted
                ? "CREATE INDEX IF NOT EXISTS posts_author ON posts (author, taken_in_at)"
                : "DROP INDEX IF EXISTS posts_author"
        ).run()
    }

    package func leaseTime(_ place: String) -> String { place }
}

/// SQL for sums of a month, whose beginning and end are bound first.
package struct TeamSums {
    /// By hazard; the least of people is bound third.
    package var cells: String
    /// The count of decisions; the least of people is bound third.
    package var decisions: String
    /// Overrides asked for and agreed to.
    package var overrides: String

    /// Makes them.
    package init(cells: String, decisions: String, overrides: String) {
        self.cells = cells
        self.decisions = decisions
        self.overrides = overrides
    }
}

/// A waiting post that stands first on its shelf, by its place or by what it is due.
package struct ShelfHead {
    var shelf: Int64
    var id: PostID
    var rank: Int64
    var takenInAt: Int64
    var deadline: Int64?
    var number: Int64
    /// Whether nobody else can take it before this transaction ends.
    package var isHeld = false

    /// Reads shelf, id, rank, time, deadline and number from a row.
    package init(_ row: any SQLStatement) {
        shelf = row.integer(0)
        id = PostID(row.text(1))
        rank = row.integer(2)
        takenInAt = row.integer(3)
        deadline = row.optionalInteger(4)
        number = row.integer(5)
    }
}

/// A transaction's work on an engine, and how it ends.
package struct SQLWork {
    private let own: SQLTransaction

    /// Begins work in a transaction that the engine has begun.
    ///
    /// - Parameter postNumbers: numbers of posts that transactions before it looked up; they never change.
    package init(on engine: any SQLEngine, postNumbers: [PostID: Int64] = [:]) {
        own = SQLTransaction(engine, postNumbers: postNumbers)
    }

    /// Keeps the numbers of posts that it looked up for the transactions after it, among the last thousand.
    package func teach(_ postNumbers: inout [PostID: Int64]) {
        if postNumbers.count + own.noted.count > 1000 { postNumbers.removeAll(keepingCapacity: true) }
        postNumbers.merge(own.noted) { $1 }
    }

    /// What a body may ask and change.
    package var transaction: any StoreTransaction { own }

    /// Writes what was gathered, before the engine commits.
    package func finish() throws { try own.flush() }
}
