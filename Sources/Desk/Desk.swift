import Exposure
public import Ledger
import Moderation
import PolicyEngine
public import Store

/// The use cases, and the only door to a decision.
///
/// Console, command line and gateway call the same functions, so a rule that holds in one holds in all.
/// Every function commits its state change and the ledger entries that tell it together, or nothing.
public struct Desk: Sendable {
    /// How long a decision can be taken back, and its effect stays on the site.
    public static let undoWindow: Duration = .seconds(30)
    /// How long a claim lasts unless renewed.
    public static let lease: Duration = .seconds(180)

    let store: any Store
    /// Where the desk reads the time.
    public let clock: any Clock
    let entropy: any Entropy
    let bundles: BundleShelf
    /// Signs the ledger now and then; `nil` where the key can't be read.
    let clerk: CheckpointClerk?
    private let form = FormClerk()
    let steady = SteadyTime()

    /// Opens a desk over a store.
    ///
    /// - Parameters:
    ///   - cacheDirectory: where compiled rules are kept; `nil` compiles them anew each time.
    ///   - signer: the site's key, with which the ledger is signed at the end of shifts and every thousand entries.
    public init(
        store: any Store, clock: any Clock = SystemClock(), entropy: any Entropy = SystemEntropy(),
        cacheDirectory: String? = nil, signer: SiteKey? = nil
    ) {
        self.store = store
        self.clock = clock
        self.entropy = entropy
        bundles = BundleShelf(cacheDirectory: cacheDirectory)
        clerk = signer.map { CheckpointClerk(key: $0) }
    }

    func newID<Subject>(_: Subject.Type = Subject.self) -> Identifier<Subject> {
        Identifier(Naming.base32(entropy.bytes(10)))
    }

    func read<Result>(_ body: (any StoreReading) throws -> Result) throws(DeskError) -> Result {
        do { return try store.read(body) } catch { throw DeskError(error) }
    }

    /// Runs a body beside those of others.
    ///
    /// What is seldom due and concerns everybody is done in a transaction of its own.
    func write<Result>(
        as work: StoreWork, _ body: (any StoreTransaction) throws -> Result
    ) throws(DeskError) -> Result {
        if !form.isKnown { try write { _ in } }
        let result: Result
        do { result = try store.write(as: work, body) } catch { throw DeskError(error) }
        if let clerk, clerk.mayBeDue(after: work) { try write { _ in } }
        return result
    }

    func write<Result>(_ body: (any StoreTransaction) throws -> Result) throws(DeskError) -> Result {
        do {
            return try store.write { tx in
                try form.bringUp(self, in: tx)
                let result = try body(tx)
                if let clerk { try clerk.signIfDue(at: clock.now().wall, in: tx) }
                return result
            }
        } catch { throw DeskError(error) }
    }
}
