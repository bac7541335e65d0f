import Exposure
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

    /// Opens a desk over a store.
    ///
    /// - Parameter cacheDirectory: where compiled rules are kept; `nil` compiles them anew each time.
    public init(
        store: any Store, clock: any Clock = SystemClock(), entropy: any Entropy = SystemEntropy(),
        cacheDirectory: String? = nil
    ) {
        self.store = store
        self.clock = clock
        self.entropy = entropy
        bundles = BundleShelf(cacheDirectory: cacheDirectory)
    }

    func newID<Subject>(_: Subject.Type = Subject.self) -> Identifier<Subject> {
        Identifier(Naming.base32(entropy.bytes(10)))
    }

    func read<Result>(_ body: (any StoreReading) throws -> Result) throws(DeskError) -> Result {
        do { return try store.read(body) } catch { throw DeskError(error) }
    }

    func write<Result>(_ body: (any StoreTransaction) throws -> Result) throws(DeskError) -> Result {
        do { return try store.write(body) } catch { throw DeskError(error) }
    }
}
