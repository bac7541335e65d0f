import Ledger
public import Moderation
import PolicyEngine
import Store
import Synchronization

extension Desk {
    /// How many entries of the ledger one core goes through at once.
    private static let entriesAtOnce: Int64 = 1024
    /// How many such parts are told of at once.
    private static let partsAtOnce: Int64 = 8

    /// Evaluates again what the ledger says was evaluated, from the recorded post, bundle and state, as of the
    /// recorded moment; for leads and auditors.
    ///
    /// Each must give the same findings byte for byte: those in the store, and those that the ledger commits to.
    /// Nobody sees content by it, so it is no exposure. Memory doesn't grow with the length of the ledger. Each core
    /// reads and evaluates parts of its own, so that one reads while another evaluates.
    ///
    /// - Parameters:
    ///   - most: how many differences are told with both sides; all are counted.
    ///   - progress: called now and then with how many entries of how many are done.
    public func recompute(
        _ filter: ReplayFilter = ReplayFilter(), most: Int = 100, for person: Person,
        progress: (_ done: Int64, _ total: Int64) -> Void = { _, _ in }
    ) throws(DeskError) -> Recomputation {
        try demandOversight(of: person)
        let size = try ledgerTree().size
        let policies = RecordedPolicies()
        var whole = Recomputation()
        whole.ledgerSize = size
        var index: Int64 = 0
        while index < size {
            let end = min(size, index + Self.partsAtOnce * Self.entriesAtOnce)
            let starts = Array(stride(from: index, to: end, by: Int64.Stride(Self.entriesAtOnce)))
            let parts = Workers.map(starts, share: 1) { starts in
                starts.map { start in
                    Result { () throws(DeskError) in
                        let range = start..<min(end, start + Self.entriesAtOnce)
                        return try recompute(range, filter, most: most, policies)
                    }
                }
            }
            for part in parts.joined() { whole.add(try part.get(), most: most) }
            index = end
            progress(index, size)
        }
        return whole
    }

    private func recompute(
        _ range: Range<Int64>, _ filter: ReplayFilter, most: Int, _ policies: RecordedPolicies
    ) throws(DeskError) -> Recomputation {
        var result = Recomputation()
        var index = range.lowerBound
        while index < range.upperBound {
            let entries = try ledgerBytes(from: index, limit: Int(range.upperBound - index))
            guard !entries.isEmpty else {
                throw DeskError(StoreError.damaged("entry \(index) of the ledger"))
            }
            var told = result.evaluations(in: entries, from: index, filter, most: most)[...]
            while !told.isEmpty {
                let ids = told.map(\.entry.post)
                let (kept, known) = try read { tx in
                    let known = try policies.load(Set(told.map(\.entry.bundle)), in: tx, bundles)
                    return (try tx.keptPosts(ids), known)
                }
                result.replay(Array(told.prefix(kept.count)), kept, known, most: most)
                told = told.dropFirst(max(1, kept.count))
            }
            index += Int64(entries.count)
        }
        return result
    }
}

/// The policies of recorded bundles, each compiled once for all cores.
private final class RecordedPolicies: Sendable {
    private let known = Mutex<[BundleDigest: KeptPolicies]>([:])

    func load(_ digests: Set<BundleDigest>, in tx: any StoreReading, _ shelf: BundleShelf) throws
        -> [BundleDigest: KeptPolicies]
    {
        try known.withLock { known in
            for digest in digests where known[digest] == nil {
                known[digest] = KeptPolicies(digest, stored: try tx.bundle(digest)) { stored in
                    try shelf.evaluator(shelf.bundle(stored))
                }
            }
            return known.filter { digests.contains($0.key) }
        }
    }
}

extension Recomputation {
    /// What some entries tell of evaluations.
    fileprivate mutating func evaluations(
        in entries: [[UInt8]], from first: Int64, _ filter: ReplayFilter, most: Int
    ) -> [EvaluationReplay] {
        var replays: [EvaluationReplay] = []
        for (place, bytes) in entries.enumerated() {
            let index = first + Int64(place)
            switch EvaluationEntry.read(bytes) {
            case .evaluation(let entry):
                guard filter.holds(at: entry.at, bundle: entry.bundle, post: entry.post) else { continue }
                replays.append(EvaluationReplay(index: index, entry: entry))
            case .decision: decisions += 1
            case .other: break
            case .unreadable: if unreadable.count < max(1, most) { unreadable.append(index) }
            }
        }
        return replays
    }

    fileprivate mutating func replay(
        _ replays: [EvaluationReplay], _ kept: [KeptPost?], _ policies: [BundleDigest: KeptPolicies],
        most: Int
    ) {
        for (replay, kept) in zip(replays, kept) {
            let policies = policies[replay.entry.bundle]
            if let difference = policies?.difference, !bundles.contains(difference) {
                bundles.append(difference)
            }
            evaluations += 1
            switch replay.outcome(with: kept, policies) {
            case .same: same += 1
            case .erased:
                erased += 1
                note(erased: replay.entry.post, most: most)
            case .different(let difference):
                different += 1
                if differences.count < most { differences.append(difference) }
            }
        }
    }

    private mutating func note(erased post: PostID, most: Int) {
        if erasedPosts.count < most, erasedPosts.last != post { erasedPosts.append(post) }
    }

    /// Adds what comes next in the ledger.
    fileprivate mutating func add(_ next: Recomputation, most: Int) {
        evaluations += next.evaluations
        same += next.same
        erased += next.erased
        decisions += next.decisions
        different += next.different
        for post in next.erasedPosts { note(erased: post, most: most) }
        differences += next.differences.prefix(max(0, most - differences.count))
        bundles += next.bundles.filter { !bundles.contains($0) }
        unreadable += next.unreadable.prefix(max(0, max(1, most) - unreadable.count))
    }
}
