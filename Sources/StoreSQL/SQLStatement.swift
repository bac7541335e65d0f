package import Store

/// A statement that is bound, stepped through row by row, and used again.
///
/// Places of values count from 1, columns from 0. What isn't bound is null.
package protocol SQLStatement: AnyObject {
    /// Binds a whole number.
    func bind(_ index: Int32, _ value: Int64?)
    /// Binds a whole number.
    func bind(_ index: Int32, _ value: Int)
    /// Binds text.
    func bind(_ index: Int32, _ value: String?)
    /// Binds bytes.
    func bind(_ index: Int32, _ value: [UInt8]?)
    /// Forgets the last run and what was bound to it.
    func clear()

    /// Moves to the next row; `false` after the last.
    func step() throws -> Bool
    /// Runs a statement that gives no rows with one more blob, which is not copied first.
    func run(_ index: Int32, _ value: [UInt8]) throws
    /// Runs a statement that gives no rows; says how many rows it changed.
    @discardableResult
    func run() throws -> Int
    /// The same, where nothing that follows needs to know at once how it went.
    ///
    /// An engine behind a network may wait for the answer together with a later one's, at the end of the transaction at
    /// the latest, and throw then.
    ///
    /// - Parameter damage: what is thrown unless exactly one row was changed.
    func send(demandingOneRow damage: StoreError?) throws
    /// Lets go of the row, so that the transaction can end.
    func reset()

    /// Whether a column is null.
    func isNull(_ column: Int32) -> Bool
    /// A whole number; 0 for null.
    func integer(_ column: Int32) -> Int64
    /// Text; `nil` for null.
    func optionalText(_ column: Int32) -> String?
    /// Bytes; none for null.
    func blob(_ column: Int32) -> [UInt8]
    /// Whatever stands there.
    func value(_ column: Int32) -> KeptValue
    /// How many bytes a text or blob takes.
    func size(_ column: Int32) -> Int
}

extension SQLStatement {
    package func send(demandingOneRow damage: StoreError?) throws {
        let changed = try run()
        if let damage, changed != 1 { throw damage }
    }

    /// Runs a statement that gives no rows, whenever that suits the engine.
    package func send() throws { try send(demandingOneRow: nil) }

    /// A whole number; 0 for null.
    package func int(_ column: Int32) -> Int { Int(integer(column)) }

    /// A whole number; `nil` for null.
    package func optionalInteger(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }

    /// Text; empty for null.
    package func text(_ column: Int32) -> String { optionalText(column) ?? "" }
}
