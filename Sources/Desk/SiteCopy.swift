import Moderation
import PolicyEngine
public import Store

/// Copies a site's rows from one store into another.
///
/// Both stores are closed to everybody else meanwhile. Rows go over in the order of their keys, some thousand in one
/// transaction each, so that what was broken off goes on behind the last row that is there.
public struct SiteCopy: Sendable {
    private let source: any Store
    private let target: any Store
    private let tables: [TableForm]
    /// How many rows there are to copy.
    public let rows: Int64
    private static let rowsAtOnce = 10_000

    /// Prepares a copy between stores whose tables are of the same form.
    public init(from source: any Store, to target: any Store) throws(DeskError) {
        self.source = source
        self.target = target
        do {
            let there = try source.read { try $0.tableForms() }
            let here = try target.read { try $0.tableForms() }
            let names = Set(there.map(\.name)).symmetricDifference(here.map(\.name))
            let differing = zip(there, here).first { $0.key != $1.key || Set($0.columns) != Set($1.columns) }
            if let name = names.min() ?? differing?.0.name {
                throw DeskError.store(
                    "the table \(name) is not of the same form in both stores",
                    remedy: "open each with this version of releve first, and copy into an empty store")
            }
            tables = there
            rows = try source.read { tx in try there.reduce(0) { try $0 + tx.rowCount(of: $1) } }
        } catch { throw DeskError(error) }
    }

    /// Whether nothing was copied yet.
    public func isBeforeFirstRow() throws(DeskError) -> Bool {
        do {
            return try target.read { tx in try tables.allSatisfy { try tx.rowCount(of: $0) == 0 } }
        } catch { throw DeskError(error) }
    }

    /// Copies all rows that the target doesn't have yet.
    ///
    /// - Parameter progress: told how many of all rows the target has.
    public func copy(progress: (Int64) -> Void) throws(DeskError) {
        do {
            var done = try target.read { tx in try tables.reduce(0) { try $0 + tx.rowCount(of: $1) } }
            for table in tables {
                var key = try target.read { try $0.lastKey(of: table) }
                while true {
                    let rows = try page(of: table, after: key, in: source)
                    guard let last = rows.last else { break }
                    try target.write { tx in
                        guard try tx.lastKey(of: table) == key else {
                            throw DeskError.store(
                                "somebody else copies into the same store", remedy: "let one of them end")
                        }
                        try tx.insert(rows, into: table)
                    }
                    key = table.key(of: last)
                    done += Int64(rows.count)
                    progress(done)
                }
            }
        } catch { throw DeskError(error) }
    }

    /// Reads all rows of both stores again and compares them.
    public func compare(progress: (Int64) -> Void) throws(DeskError) {
        do {
            var done: Int64 = 0
            for table in tables {
                var key: [KeptValue]?
                while true {
                    let rows = try page(of: table, after: key, in: source)
                    let copied = try page(of: table, after: key, in: target)
                    // Pages may end sooner on one side; what both have is compared.
                    let count = min(rows.count, copied.count)
                    guard rows.prefix(count).elementsEqual(copied.prefix(count)),
                        rows.isEmpty == copied.isEmpty
                    else {
                        throw DeskError.store(
                            "the rows of \(table.name) differ between the stores",
                            remedy: "the copy is not used: copy into another, empty store")
                    }
                    guard count > 0 else { break }
                    key = table.key(of: rows[count - 1])
                    done += Int64(count)
                    progress(done)
                }
            }
        } catch { throw DeskError(error) }
    }

    private func page(of table: TableForm, after key: [KeptValue]?, in store: any Store) throws -> [KeptRow] {
        try store.read { try $0.rows(of: table, after: key, limit: Self.rowsAtOnce) }
    }

    /// Makes what the target's engine keeps for itself.
    public func settle() throws(DeskError) {
        let asked = try Desk(store: source).historyAsked()
        do {
            let fence = try source.read { try $0.lastFence() }
            try target.write { tx in
                try tx.settleCopy(fence: fence)
                try tx.keepHistory(of: asked)
            }
        } catch { throw DeskError(error) }
    }

    /// Opens the target for work.
    public func end() throws(DeskError) {
        do { try target.write { try $0.endCopy() } } catch { throw DeskError(error) }
    }
}

extension Desk {
    /// What of authors' histories the rules in force ask.
    fileprivate func historyAsked() throws(DeskError) -> Set<HistoryQuery.Metric> {
        try read { tx in
            guard try tx.digestInForce() != nil else { return [] }
            return Set(try bundles.evaluator(bundleInForce(in: tx)).history.map(\.metric))
        }
    }
}
