import Dispatch
import Synchronization

/// What an entry's bytes say by themselves: the costly part of verifying, which needs no order.
public struct ExaminedEntry: Sendable {
    /// The bytes.
    public let bytes: [UInt8]
    /// Their leaf hash.
    public let leaf: [UInt8]
    /// The kind of a canonical entry; `nil` for any other bytes.
    public let kind: EntryKind?

    /// Hashes and scans.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
        leaf = MerkleTree.leafHash(bytes)
        kind = CanonicalScanner.kind(ofEntry: bytes)
    }
}

/// Entries that are being examined on other cores, while whoever started it reads the next ones.
///
///     var examination = Examination(try read())
///     let next = try read()
///     for entry in examination.result() { verifier.check(entry, storedLeafHash: nil) }
public final class Examination: Sendable {
    private let entries: [[UInt8]]
    private let parts: Mutex<[Int: [ExaminedEntry]]>
    private let group = DispatchGroup()
    /// How many entries are one piece of work.
    private static let share = 256

    /// Starts.
    public init(_ entries: [[UInt8]]) {
        self.entries = entries
        parts = Mutex([:])
        let count = (entries.count + Self.share - 1) / Self.share
        for part in 0..<count {
            DispatchQueue.global().async(group: group) { [self] in
                let slice = entries[part * Self.share..<min(entries.count, (part + 1) * Self.share)]
                let examined = slice.map { ExaminedEntry($0) }
                parts.withLock { $0[part] = examined }
            }
        }
    }

    /// Waits, and gives what was found, in the order of the entries.
    public func result() -> [ExaminedEntry] {
        group.wait()
        return parts.withLock { parts in parts.keys.sorted().flatMap { parts[$0] ?? [] } }
    }
}
