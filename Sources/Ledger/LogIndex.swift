import Foundation

/// What several logs had come to, signed once: for a site that is split, each part with a log and a key of its own.
///
/// In JSON: `{"checkpoint":…,"logs":[{"key":…,"note":…},…],"type":"releve-index/1"}`. `logs` are the signed notes of the parts with
/// the keys that signed them, ordered by origin; `checkpoint` is a note of the index's own origin and key over as many leaves,
/// each made of a key, a line feed and the three lines of its note.
public struct LogIndex: Hashable, Sendable {
    static let type = "releve-index/1"

    /// A log's last note that is known here.
    public struct Log: Hashable, Sendable {
        /// The key that signed it, in hexadecimal.
        public let key: String
        /// The signed note.
        public let note: String

        /// Names a note with its key; nothing is checked yet.
        public init(key: String, note: String) {
            self.key = key
            self.note = note
        }
    }

    /// The logs, ordered by origin.
    public let logs: [Log]
    /// The signed note over all of them.
    public let checkpoint: String

    /// Signs what logs have come to.
    ///
    /// - Parameters:
    ///   - origin: what the index is called, such as `forum.example/all`.
    ///   - logs: at least one, each of another origin.
    public init(origin: String, logs: [Log], signedBy key: SiteKey) throws(LedgerError) {
        var named: [(origin: String, log: Log)] = []
        for log in logs {
            named.append((try Checkpoint(note: log.note, publicKeyHex: log.key).origin, log))
        }
        self.logs = named.sorted { Array($0.origin.utf8).lexicographicallyPrecedes($1.origin.utf8) }.map(
            \.log)
        let root = MerkleTree.root(try Self.leaves(of: self.logs)[...])
        checkpoint = try Checkpoint(origin: origin, size: Int64(logs.count), root: root).note(signedBy: key)
    }

    /// The index's own checkpoint and those of its logs, if everything is signed and stands in it as it should.
    ///
    /// - Parameters:
    ///   - publicKeys: keys of the index in hexadecimal; one of them must have signed.
    ///   - older: an earlier index: none of its logs may be missing or have become shorter since. That each is also the
    ///     beginning of what it was is proved by proofs of consistency of its own.
    public func check(publicKeys: [String], after older: LogIndex? = nil) throws(LedgerError)
        -> (own: Checkpoint, logs: [Checkpoint])
    {
        let own = try Checkpoint(note: checkpoint, signedByAnyOf: publicKeys)
        let checkpoints = try Self.checkpoints(of: logs)
        guard own.size == Int64(logs.count), MerkleTree.root(try Self.leaves(of: logs)[...]) == own.root
        else {
            throw .notProved
        }
        guard let older else { return (own, checkpoints) }
        let before = try older.check(publicKeys: publicKeys)
        guard before.own.origin == own.origin else { throw .notProved }
        for was in before.logs {
            guard let now = checkpoints.first(where: { $0.origin == was.origin }), now.size >= was.size,
                now.size > was.size || now.root == was.root
            else { throw .notProved }
        }
        return (own, checkpoints)
    }

    /// What the logs' notes say, each signed by its key and each of an origin behind that before it.
    private static func checkpoints(of logs: [Log]) throws(LedgerError) -> [Checkpoint] {
        var result: [Checkpoint] = []
        for log in logs {
            let one = try Checkpoint(note: log.note, publicKeyHex: log.key)
            if let last = result.last, !Array(last.origin.utf8).lexicographicallyPrecedes(one.origin.utf8) {
                throw .notAProof
            }
            result.append(one)
        }
        guard !result.isEmpty else { throw .notAProof }
        return result
    }

    private static func leaves(of logs: [Log]) throws(LedgerError) -> [[UInt8]] {
        zip(logs, try checkpoints(of: logs)).map { log, checkpoint in
            MerkleTree.leafHash(Array("\(log.key)\n\(checkpoint.body)".utf8))
        }
    }

    /// Its JSON, canonical and with a line feed.
    public var json: [UInt8] {
        CanonicalJSON.bytes(
            of: [
                "checkpoint": .string(checkpoint),
                "logs": .array(logs.map { .object(["key": .string($0.key), "note": .string($0.note)]) }),
                "type": .string(Self.type),
            ]) + [0x0A]
    }

    /// Reads its JSON.
    public init(json: [UInt8]) throws(LedgerError) {
        guard let form = try? JSONDecoder().decode(Form.self, from: Data(json)), form.type == Self.type else {
            throw .notAProof
        }
        logs = form.logs.map { Log(key: $0.key, note: $0.note) }
        checkpoint = form.checkpoint
    }

    private struct Form: Decodable {
        struct Log: Decodable { let key, note: String }

        let checkpoint, type: String
        let logs: [Log]
    }
}
