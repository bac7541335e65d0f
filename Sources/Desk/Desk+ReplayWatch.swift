import Exposure
import Foundation
import Ledger
public import Moderation
import PolicyEngine
import Store

/// A shift that can be watched: when, and by pseudonym whose; nothing that tells how fast anybody works.
public struct RecordedShift: Hashable, Sendable {
    /// The shift.
    public var shift: ShiftID
    /// Whose, by pseudonym.
    public var person: PersonID
    /// When it began.
    public var startedAt: Timestamp
    /// When it ended; `nil` while it lasts.
    public var endedAt: Timestamp?

    /// Makes a shift.
    public init(shift: ShiftID, person: PersonID, startedAt: Timestamp, endedAt: Timestamp?) {
        self.shift = shift
        self.person = person
        self.startedAt = startedAt
        self.endedAt = endedAt
    }
}

extension Desk {
    /// The shifts that began in a time, newest first, at most `limit`; for auditors.
    public func recordedShifts(
        from: Timestamp? = nil, to: Timestamp? = nil, limit: Int, for auditor: Person
    ) throws(DeskError) -> [RecordedShift] {
        try demand(.auditor, of: auditor)
        return try read { tx in
            try tx.shifts(
                from: from ?? Timestamp(milliseconds: .min), to: to ?? Timestamp(milliseconds: .max),
                limit: limit
            ).map {
                RecordedShift(shift: $0.id, person: $0.person, startedAt: $0.startedAt, endedAt: $0.endedAt)
            }
        }
    }

    /// A shift by its id or the beginning of it, among the newest ten thousand; for auditors.
    public func recordedShift(withPrefix prefix: String, for auditor: Person) throws(DeskError)
        -> RecordedShift
    {
        let found = try recordedShifts(limit: 10_000, for: auditor).filter {
            $0.shift.rawValue.hasPrefix(prefix)
        }
        guard let first = found.first, !prefix.isEmpty else {
            throw .invalid(.other("no shift begins with \(prefix) (see: releve replay watch)"))
        }
        guard found.count == 1 else {
            let names = found.prefix(5).map(\.shift.rawValue).joined(separator: ", ")
            throw .invalid(.other("\(prefix) fits several shifts: \(names) (give more characters)"))
        }
        return first
    }

    /// A shift as it happened, from the ledger and what is recorded of its posts; for auditors.
    ///
    /// An entry tells that it was watched. No content comes with it: that is uncovered post by post, as exposure of
    /// whoever looks (``uncoverRecorded(_:by:)``).
    public func timeline(of shift: ShiftID, for auditor: Person) throws(DeskError) -> Timeline {
        try demand(.auditor, of: auditor)
        guard let known = try read({ try $0.shift(shift) }) else {
            throw .invalid(.other("there is no shift \(shift) (see: releve replay watch)"))
        }
        guard var timeline = Timeline(of: shift, from: try entries(of: known)) else {
            throw DeskError(StoreError.damaged("the ledger, which doesn't tell of shift \(shift)"))
        }
        try addPosts(to: &timeline)
        try noteWatching(
            Watching(
                shift: shift, concerned: timeline.person, watcher: auditor.id, at: clock.now().wall))
        return timeline
    }

    /// Uncovers a recorded version of a post for somebody who watches; it is their exposure, with their limits.
    ///
    /// The first look begins a shift of theirs, for every exposure belongs to one. The post is not claimed.
    public func uncoverRecorded(_ name: TimelinePost.Name, by auditor: Person) throws(DeskError)
        -> UncoverOutcome
    {
        try demand(.auditor, of: auditor)
        let moment = clock.now()
        return try write { tx in
            guard let kept = try tx.keptPosts([name.post]).first ?? nil else {
                throw DeskError.noSuchPost(name.post.rawValue)
            }
            guard let bytes = kept.content(version: name.version)?.bytes else {
                throw DeskError.invalid(
                    .other("the content of \(name.post) was erased; nothing can be shown"))
            }
            let content: FlaggedPost
            do { content = try ContentCommitment.post(from: bytes) } catch {
                throw StoreError.damaged("the content of post \(name.post)")
            }
            // As harmful as anything that was ever said of the version or the post.
            let hazard =
                kept.evaluations.filter { $0.version == name.version || $0.isCurrent }
                .compactMap(\.hazard).max() ?? .extreme
            if case .notOnShift = try standing(of: auditor.id, at: moment.wall, in: tx).availability {
                _ = try startShift(auditor.id, at: moment.wall, in: tx)
            }
            return try uncover(
                name.post, content: content, hazard: hazard, claimedAt: nil, by: auditor.id, at: moment,
                more: ["version": .integer(Int64(name.version))], in: tx)
        }
    }

    // MARK: Reading

    private static let entriesOfAPage = 2000

    /// The person's entries from the one that begins the shift to the one that ends it.
    private func entries(of shift: Shift) throws(DeskError) -> [NumberedEntry] {
        let size = try ledgerTree().size
        let near = try place(of: shift.startedAt - .seconds(60), size: size)
        if let found = try entries(of: shift, from: near, to: size) { return found }
        // Where a clock was set back, the entry stands elsewhere.
        return try entries(of: shift, from: 0, to: size) ?? []
    }

    private func entries(of shift: Shift, from first: Int64, to size: Int64) throws(DeskError)
        -> [NumberedEntry]?
    {
        let mark = Data("\"person\":\"\(shift.person.rawValue)\"".utf8)
        let name = LedgerValue.string(shift.id.rawValue)
        var result: [NumberedEntry] = []
        var index = first
        while index < size {
            let page = try ledgerBytes(from: index, limit: Self.entriesOfAPage)
            guard !page.isEmpty else { break }
            for (offset, bytes) in page.enumerated() where Data(bytes).range(of: mark) != nil {
                let entry: LedgerEntry
                do { entry = try LedgerEntry(canonicalBytes: bytes) } catch {
                    throw DeskError(StoreError.damaged("entry \(index + Int64(offset)) of the ledger"))
                }
                let isOfShift = entry.fields["shift"] == name
                guard !result.isEmpty || (entry.kind == .shiftStarted && isOfShift) else { continue }
                result.append(NumberedEntry(index: index + Int64(offset), entry: entry))
                if entry.kind == .shiftEnded, isOfShift { return result }
            }
            index += Int64(page.count)
        }
        return result.isEmpty ? nil : result
    }

    /// About where the entries of a moment begin.
    private func place(of moment: Timestamp, size: Int64) throws(DeskError) -> Int64 {
        var range: Range<Int64> = 0..<size
        while range.count > Self.entriesOfAPage {
            let middle = range.lowerBound + Int64(range.count / 2)
            // Some entries tell of the past, such as the end of a shift that was left open; none of the future.
            let times = try ledgerLog(from: middle, limit: 16).map(\.entry.at)
            if let latest = times.max(), latest < moment {
                range = middle..<range.upperBound
            } else {
                range = range.lowerBound..<middle
            }
        }
        return range.lowerBound
    }

    private func addPosts(to timeline: inout Timeline) throws(DeskError) {
        var names = Array(Set(timeline.events.compactMap(\.inHand))).sorted {
            ($0.post, $0.claimedAt) < ($1.post, $1.claimedAt)
        }[...]
        while !names.isEmpty {
            let chunk = Array(names.prefix(Self.recordsAtOnce))
            let (kept, bundles) = try read { tx in
                var bundles: [BundleDigest: CaseBundle] = [:]
                for digest in Set(chunk.map(\.bundle)) {
                    bundles[digest] = (try? bundle(digest, in: tx)).map { CaseBundle($0) }
                }
                return (try tx.keptPosts(chunk.map(\.post)), bundles)
            }
            timeline.bundles.merge(bundles) { $1 }
            for (name, post) in zip(chunk, kept) {
                guard let post else { continue }
                timeline.posts[name] = TimelinePost(name, post, bundle: bundles[name.bundle]?.bundle)
            }
            names = names.dropFirst(max(1, kept.count))
        }
    }
}

extension TimelinePost {
    fileprivate init(_ name: Name, _ kept: KeptPost, bundle: PolicyBundle?) {
        let earlier = kept.evaluations.filter {
            $0.version == name.version && $0.evaluatedAt <= name.claimedAt
        }
        let evaluation = (earlier.last { $0.bundle == name.bundle } ?? earlier.last)?.evaluation
        let content = kept.content(version: name.version)?.bytes.flatMap {
            try? ContentCommitment.post(from: $0)
        }
        var lines: [String: String] = [:]
        if let content, let evaluation, let bundle {
            for language in ["en", "fr"] {
                lines[language] = neutralLine(
                    for: evaluation, post: content, bundle: bundle, language: language)
            }
        }
        self.init(
            name: name, source: content?.source ?? "", language: content?.language,
            flagCount: content?.flags.count ?? 0, evaluation: evaluation, neutralLines: lines,
            isErased: kept.content(version: name.version)?.bytes == nil)
    }
}
