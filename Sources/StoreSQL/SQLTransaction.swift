import Glibc
import Ledger
import Moderation
import Store

/// One transaction on one connection, in the SQL that both engines read; what is counted is gathered here and written
/// once at its end.
final class SQLTransaction: StoreTransaction {
    struct CountKey: Hashable {
        let state: Int64
        let shelf: Int64
    }

    let engine: any SQLEngine
    private var tree: MerkleFrontier?
    private var isTreeChanged = false
    /// Beside others: entries that have no number yet, and what waits for theirs, each with how many stood before it.
    private var entries: [EncodedEntry] = []
    private var waiting: [(place: Int, body: Numbered)] = []
    private var holdsEnd = false
    /// Whether what waited for numbers is written now, in the order in which it waited.
    private var isNumbering = false
    /// Tables whose rows wait for the numbers of entries.
    private static let numbered = ["decisions", "escalated_posts", "ledger"]
    /// The fence of the last claim that this transaction took.
    var newFence: Int64?
    private var counts: [CountKey: Int64] = [:]
    /// Whether posts came to wait that did not before.
    private var bringsWork = false
    private var repeated: [Int: any SQLStatement] = [:]
    /// How often it was asked whose posts were removed, and who had any removed once that was worth reading.
    var removalQuestions = 0
    var removedAuthors: Set<Int64>?
    var sources: [String: Int64] = [:]
    private var sourceCounts: [Int64: Int64] = [:]
    /// Numbers of posts that transactions before this one looked up, and that it looked up itself.
    let postNumbers: [PostID: Int64]
    private(set) var noted: [PostID: Int64] = [:]
    /// Places of posts that nobody else can change before this transaction ends.
    var heldPlaces: [PostID: Place] = [:]
    /// Decisions that wait for their numbers, with the moment when their effects leave.
    var dueTimes: [DecisionID: Timestamp?] = [:]
    /// The last decision that this transaction made.
    var lastDecision: (id: DecisionID, number: Int64)?
    var bundleNumbers: [String: Int64] = [:]
    var shelfNumbers: [Shelf: Int64] = [:]

    init(_ engine: any SQLEngine, postNumbers: [PostID: Int64] = [:]) {
        self.engine = engine
        self.postNumbers = postNumbers
    }

    func prepare(_ sql: String) throws -> any SQLStatement {
        if isShownUnwritten(by: sql) { try settle() }
        return try engine.prepare(sql)
    }

    /// A statement that one transaction runs thousands of times: found by where its text stands in the program.
    func again(_ sql: StaticString) throws -> any SQLStatement {
        let place = Int(bitPattern: sql.utf8Start)
        if let known = repeated[place] {
            known.clear()
            return known
        }
        let made = try engine.prepare(sql.description)
        repeated[place] = made
        return made
    }

    /// Keeps a number for the next questions.
    func note(_ number: Int64, of id: PostID) {
        if noted.count >= 1000 { noted.removeAll(keepingCapacity: true) }
        noted[id] = number
    }

    func foresee(_ questions: () throws -> Void) throws { try engine.foresee(questions) }

    func count(_ change: Int64, state: PostState, shelf: Int64) {
        counts[CountKey(state: state.code, shelf: shelf), default: 0] += change
        if state == .waiting, change > 0 { bringsWork = true }
    }

    func countSource(_ number: Int64) { sourceCounts[number, default: 0] += 1 }

    /// Writes what was gathered.
    func flush() throws {
        if hasUnnumbered || isBesideOthers && !(newFence == nil && counts.isEmpty && sourceCounts.isEmpty) {
            try settle()
        }
        if bringsWork { try engine.announceWork() }
        bringsWork = false
        try flushCounts()
        try engine.settleNames(lastDecision: lastDecision?.number)
        if isTreeChanged || newFence != nil {
            let statement = try prepare("UPDATE ledger_tree SET frontier = ?, fence = coalesce(?, fence)")
            statement.bind(1, try ledgerTree().encoded)
            statement.bind(2, newFence)
            try statement.send(demandingOneRow: .damaged("the ledger's tree"))
            isTreeChanged = false
            newFence = nil
        }
    }

    /// So many counts are changed by one statement: a decision with the next claim changes four.
    private static let mostCountsAtOnce = 8

    func flushCounts() throws {
        var changes = Array(counts.filter { $0.value != 0 })[...]
        while !changes.isEmpty {
            let some = changes.prefix(Self.mostCountsAtOnce)
            changes = changes.dropFirst(some.count)
            let rows = repeatElement("(?, ?, ?)", count: some.count).joined(separator: ", ")
            let statement = try prepare(
                """
                INSERT INTO shelf_counts VALUES \(rows)
                  ON CONFLICT (state, shelf) DO UPDATE SET posts = shelf_counts.posts + excluded.posts
                """)
            var place: Int32 = 1
            for (key, change) in some {
                statement.bind(place, key.state)
                statement.bind(place + 1, key.shelf)
                statement.bind(place + 2, change)
                place += 3
            }
            try statement.send()
        }
        counts.removeAll(keepingCapacity: true)
        for (number, change) in sourceCounts {
            let statement = try prepare("UPDATE sources SET posts = posts + ? WHERE number = ?")
            statement.bind(1, change)
            statement.bind(2, number)
            try statement.send()
        }
        sourceCounts.removeAll(keepingCapacity: true)
    }

    /// Counts that are not written yet, of shelves in one state.
    func unwritten(in state: PostState) -> [Int64: Int64] {
        var result: [Int64: Int64] = [:]
        for (key, change) in counts where key.state == state.code { result[key.shelf] = change }
        return result
    }

    // MARK: Numbers, given last

    /// Whether others write too, and the ledger's end is not held yet.
    var isBesideOthers: Bool { engine.isShared && !holdsEnd }

    private var hasUnnumbered: Bool { !entries.isEmpty || !waiting.isEmpty }

    /// Whether a statement would show that something is not written yet.
    private func isShownUnwritten(by sql: String) -> Bool {
        guard hasUnnumbered, !isNumbering else { return false }
        return holdsEnd ? strstr(sql, "ledger") != nil : Self.numbered.contains { strstr(sql, $0) != nil }
    }

    /// What waits for a number; it gets the transaction too, so that it need not keep it, and what
    /// ``SQLEngine/entryNumber(_:)`` makes the number of.
    typealias Numbered = (SQLTransaction, Int64) throws -> Void

    /// Runs a body with the place of the entry that is appended next: at once, or when the ledger's end is held.
    func whenNumbered(_ body: @escaping Numbered) throws {
        if isBesideOthers {
            waiting.append((entries.count, body))
        } else {
            isNumbering = true
            defer { isNumbering = false }
            try body(self, engine.isShared ? Int64(entries.count) : ledgerTree().size)
        }
    }

    /// Takes hold of the ledger's end, and writes what waited for that and all entries, by one statement: each moves the
    /// tree's edge.
    ///
    /// Nothing of this asks the server, so that others don't wait for what it sends and hears.
    private func settle() throws {
        guard engine.isShared else { return }
        if !holdsEnd {
            holdsEnd = true
            try engine.holdEnd()
            let bodies = waiting
            waiting = []
            isNumbering = true
            defer { isNumbering = false }
            for (place, body) in bodies { try body(self, Int64(place)) }
        }
        guard !entries.isEmpty else { return }
        let appended = entries
        entries = []
        try engine.append(appended.map(\.bytes))
    }

    // MARK: Ledger

    func ledgerTree() throws -> MerkleFrontier {
        try settle()
        if let tree { return tree }
        let statement = try prepare("SELECT frontier FROM ledger_tree\(engine.holding)")
        defer { statement.reset() }
        guard try statement.step() else { throw StoreError.damaged("the ledger's tree") }
        guard let read = try? MerkleFrontier(encoded: statement.blob(0)) else {
            throw StoreError.damaged("the ledger's tree")
        }
        // What an engine appends itself moves it, unseen from here.
        if !engine.isShared { tree = read }
        return read
    }

    func append(_ entry: EncodedEntry) throws {
        if engine.isShared { entries.append(entry) } else { try add(entry) }
    }

    func appendNumbered(_ entry: EncodedEntry) throws -> Int64 {
        let index = try ledgerTree().size
        try append(entry)
        return index
    }

    private func add(_ entry: EncodedEntry) throws {
        var edge = try ledgerTree()
        tree = nil  // Leaves one owner, so that appending needs no copy.
        let statement = try again("INSERT INTO ledger VALUES (?, ?, ?)")
        statement.bind(1, edge.size)
        statement.bind(2, entry.leaf)
        try statement.run(3, entry.bytes)
        edge.append(leaf: entry.leaf)
        tree = edge
        isTreeChanged = true
    }

    func ledgerEntries(from index: Int64, limit: Int) throws -> [[UInt8]] {
        try ledger("bytes", of: try engine.toldEntries(), from: index, limit: limit) { $0.blob(1) }
    }

    func ledgerLeafHashes(from index: Int64, limit: Int) throws -> [[UInt8]] {
        try ledger("leaf", of: nil, from: index, limit: limit) { $0.blob(1) }
    }

    func checkpoints(from size: Int64, limit: Int) throws -> [StoredCheckpoint] {
        let statement = try prepare(
            "SELECT size, note, at FROM checkpoints WHERE size >= ? ORDER BY size LIMIT ?")
        statement.bind(1, size)
        statement.bind(2, limit)
        return try checkpoints(statement)
    }

    func lastCheckpoint() throws -> StoredCheckpoint? {
        try checkpoints(prepare("SELECT size, note, at FROM checkpoints ORDER BY size DESC LIMIT 1")).first
    }

    private func checkpoints(_ statement: any SQLStatement) throws -> [StoredCheckpoint] {
        defer { statement.reset() }
        var result: [StoredCheckpoint] = []
        while try statement.step() {
            result.append(
                StoredCheckpoint(
                    size: statement.integer(0), note: statement.text(1),
                    at: Timestamp(milliseconds: statement.integer(2))))
        }
        return result
    }

    func save(_ checkpoint: StoredCheckpoint) throws {
        let known = try checkpoints(from: checkpoint.size, limit: 1).first
        guard known?.size != checkpoint.size || known?.note != checkpoint.note else { return }
        // Signing over one is asked for only where it happens: whoever may add may not always replace.
        let row = try prepare(
            known?.size == checkpoint.size
                ? "UPDATE checkpoints SET note = ?2, at = ?3 WHERE size = ?1"
                : "INSERT INTO checkpoints VALUES (?1, ?2, ?3)")
        row.bind(1, checkpoint.size)
        row.bind(2, checkpoint.note)
        row.bind(3, checkpoint.at.milliseconds)
        try row.run()
    }

    func ledgerRows(from index: Int64, limit: Int) throws -> [LedgerRow] {
        let told = try engine.toldEntries()
        let isTold = told != nil
        return try ledger(
            isTold ? "bytes, leaf, withheld" : "bytes, leaf", of: told, from: index, limit: limit
        ) {
            LedgerRow(bytes: $0.blob(1), leaf: $0.blob(2), isWithheld: isTold && $0.integer(3) == 1)
        }
    }

    /// Columns of the ledger, or of what is told of it; a number that is missing ends the list, so that a gap can't hide.
    private func ledger<Row>(
        _ columns: String, of told: String?, from index: Int64, limit: Int, _ read: (any SQLStatement) -> Row
    ) throws -> [Row] {
        let statement = try prepare(
            "SELECT number, \(columns) FROM "
                + (told ?? "ledger WHERE number >= ?1 ORDER BY number LIMIT ?2"))
        defer { statement.reset() }
        statement.bind(1, index)
        statement.bind(2, limit)
        var result: [Row] = []
        while try statement.step() {
            guard statement.integer(0) == index + Int64(result.count) else { break }
            result.append(read(statement))
        }
        // Whoever goes through the ledger won't come back to these pages.
        if limit >= 1000 {
            statement.reset()
            engine.emptyCache()
        }
        return result
    }
}
