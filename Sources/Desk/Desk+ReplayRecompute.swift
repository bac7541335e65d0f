import Ledger
public import Moderation
import PolicyEngine
import Store

extension Desk {
    /// How many entries of the ledger are gone through at once.
    private static let entriesAtOnce = 4096

    /// Evaluates again what the ledger says was evaluated, from the recorded post, bundle and state, as of the
    /// recorded moment; for leads and auditors.
    ///
    /// Each must give the same findings byte for byte: those in the store, and those that the ledger commits to.
    /// Nobody sees content by it, so it is no exposure. Memory doesn't grow with the length of the ledger.
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
        var work = RecomputeWork(filter: filter, most: most)
        work.result.ledgerSize = size
        var index: Int64 = 0
        while index < size {
            let entries = try ledgerBytes(
                from: index, limit: Int(min(Int64(Self.entriesAtOnce), size - index)))
            guard !entries.isEmpty else {
                throw DeskError(StoreError.damaged("entry \(index) of the ledger"))
            }
            var told = work.evaluations(in: entries, from: index)[...]
            while !told.isEmpty {
                let ids = told.map(\.entry.post)
                let kept = try read { tx in
                    for replay in told { try load(replay.entry.bundle, into: &work, in: tx) }
                    return try tx.keptPosts(ids)
                }
                work.replay(Array(told.prefix(kept.count)), kept)
                told = told.dropFirst(max(1, kept.count))
            }
            index += Int64(entries.count)
            progress(index, size)
        }
        return work.result
    }

    private func load(_ bundle: BundleDigest, into work: inout RecomputeWork, in tx: any StoreReading) throws
    {
        guard work.policies[bundle] == nil else { return }
        let policies = KeptPolicies(bundle, stored: try tx.bundle(bundle)) { stored in
            try bundles.evaluator(bundles.bundle(stored))
        }
        work.policies[bundle] = policies
        if let difference = policies.difference { work.result.bundles.append(difference) }
    }
}

/// Recomputing under way.
private struct RecomputeWork {
    let filter: ReplayFilter
    let most: Int
    var policies: [BundleDigest: KeptPolicies] = [:]
    var result = Recomputation()

    init(filter: ReplayFilter, most: Int) {
        self.filter = filter
        self.most = most
    }

    /// What some entries, read on all cores, tell of evaluations.
    private struct Part: Sendable {
        var replays: [EvaluationReplay] = []
        var decisions = 0
        var unreadable: [Int64] = []
    }

    mutating func evaluations(in entries: [[UInt8]], from first: Int64) -> [EvaluationReplay] {
        let filter = filter
        let parts = Workers.map(entries) { entries in
            var part = Part()
            for (place, bytes) in zip(entries.indices, entries) {
                let index = first + Int64(place)
                switch EvaluationEntry.read(bytes) {
                case .evaluation(let entry):
                    guard filter.holds(at: entry.at, bundle: entry.bundle, post: entry.post) else { continue }
                    part.replays.append(EvaluationReplay(index: index, entry: entry))
                case .decision: part.decisions += 1
                case .other: break
                case .unreadable: part.unreadable.append(index)
                }
            }
            return part
        }
        for part in parts {
            result.decisions += part.decisions
            result.unreadable += part.unreadable.prefix(max(1, most) - result.unreadable.count)
        }
        return parts.flatMap(\.replays)
    }

    mutating func replay(_ replays: [EvaluationReplay], _ kept: [KeptPost?]) {
        let policies = policies
        let outcomes = Workers.map(Array(zip(replays, kept))) { pairs in
            pairs.map { replay, kept in replay.outcome(with: kept, policies[replay.entry.bundle]) }
        }
        for (replay, outcome) in zip(replays, outcomes.joined()) {
            result.evaluations += 1
            switch outcome {
            case .same: result.same += 1
            case .erased:
                result.erased += 1
                if result.erasedPosts.count < most, result.erasedPosts.last != replay.entry.post {
                    result.erasedPosts.append(replay.entry.post)
                }
            case .different(let difference):
                result.different += 1
                if result.differences.count < most { result.differences.append(difference) }
            }
        }
    }
}
