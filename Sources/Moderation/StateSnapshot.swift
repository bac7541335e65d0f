/// What was known beyond a post when its rules were evaluated, recorded with the findings, so that evaluating again
/// gives the same answer forever.
public struct StateSnapshot: Hashable, Sendable, Codable {
    /// Counts by what was asked, such as `removals/604800000`: what, and in how many milliseconds before.
    public var counts: [String: Int]
    /// Registrable domains by host, as the list of public suffixes had them then.
    public var domains: [String: String]

    /// Makes a snapshot; of nothing by default.
    public init(counts: [String: Int] = [:], domains: [String: String] = [:]) {
        self.counts = counts
        self.domains = domains
    }

    /// Whether nothing is in it.
    public var isEmpty: Bool { counts.isEmpty && domains.isEmpty }
}

/// A count over an author's earlier posts.
public struct HistoryQuery: Hashable, Sendable {
    /// What is counted.
    public enum Metric: String, CaseIterable, Hashable, Sendable {
        /// Posts taken in.
        case posts
        /// Flags on them.
        case flags
        /// Posts of theirs that a standing decision removed, or for which it suspended the account.
        case removals
    }

    /// What is counted.
    public var metric: Metric
    /// In how much time before the post.
    public var window: Duration

    /// Asks for a count.
    public init(_ metric: Metric, window: Duration) {
        self.metric = metric
        self.window = window
    }

    /// Its name in a snapshot.
    public var key: String { "\(metric.rawValue)/\(window.wholeMilliseconds)" }
}
