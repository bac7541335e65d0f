public import Ledger

/// A value in a column.
public enum KeptValue: Hashable, Sendable {
    /// Nothing.
    case null
    /// A whole number.
    case integer(Int64)
    /// Text.
    case text(String)
    /// Bytes.
    case bytes([UInt8])
}

/// A row of a table, as it is kept.
public struct KeptRow: Hashable, Sendable {
    /// Its values, in the order of ``KeptTable/columns``.
    public var values: [KeptValue]

    /// Makes a row.
    public init(values: [KeptValue]) { self.values = values }
}

/// The tables that are held against the ledger, and in what form each is told.
public enum KeptTable: String, CaseIterable, Hashable, Sendable {
    /// What the site is: one row.
    case site
    /// Policies that are or were in force.
    case bundles
    /// Since when they are, in order.
    case bundlesInForce = "bundles_in_force"
    /// Exposure limits, in order.
    case limits
    /// The roster.
    case people
    /// Posts with their content, their place in the queue and the place of their id.
    case posts
    /// Contents that others replaced.
    case formerContents = "former_contents"
    /// Evaluations that others replaced, in order.
    case formerEvaluations = "former_evaluations"
    /// What was erased.
    case erasures
    /// Who holds which post.
    case claims
    /// Who passed over which post.
    case skips
    /// Decisions, in order.
    case decisions
    /// Effects that wait to leave.
    case outbox
    /// Exposure spans.
    case spans
    /// Shifts.
    case shifts
    /// Leaves for rules to decide by themselves, in order.
    case automations
    /// What was held against rules, in order.
    case objections
    /// Counts by state and shelf.
    case shelfCounts = "shelf_counts"
    /// Sources and their counts.
    case sources
    /// Posts that were ever handed to a lead.
    case escalatedPosts = "escalated_posts"
    /// Samples of decisions, in order.
    case samples
    /// The decisions of samples, sample by sample in the order they were drawn.
    case sampleItems = "sample_items"
    /// What auditors said of decisions, in order.
    case marks
    /// Requests to open pseudonyms, in order.
    case openings
    /// Decisions for which statements of reasons left the site, in the decisions' order.
    case statements
    /// What stands in the place of settled spans.
    case dayTotals = "day_totals"
    /// Dose from other sites.
    case takenDays = "taken_days"
    /// Working conditions, in order.
    case conditions
    /// Records that were handed over, in order.
    case handovers
    /// When they were opened, in order.
    case handoverLooks = "handover_looks"
    /// Proposals of limits, in order.
    case limitProposals = "limit_proposals"
    /// Who is shown loosened limits, in order.
    case limitNotices = "limit_notices"
    /// Leaves for one person and one shift, in order.
    case overrides
    /// Contacts for support, in order.
    case support
    /// Shifts that were watched, in order.
    case watchings

    /// What each row tells; what stands in other tables (a bundle's digest, a shelf's hazard) is told by its meaning, and
    /// is null when nothing stands there.
    public var columns: [String] {
        switch self {
        case .site: ["name", "demo", "public_key", "created_at", "form"]
        case .bundles: ["digest", "canonical"]
        case .bundlesInForce: ["number", "bundle", "since"]
        case .limits: ["number", "card", "set_by", "since"]
        case .people: ["id", "user", "name", "active", "card", "salt"]
        case .posts:
            [
                "id", "number", "source", "taken_in_at", "version", "state", "hazard", "language", "policies",
                "rank", "flags", "deadline", "bundle", "findings", "aside", "action", "policy", "rule",
                "author", "evaluated_at", "content_version", "salt", "digest", "bytes", "named", "shelf",
            ]
        case .formerContents: ["post", "version", "salt", "digest", "bytes"]
        case .formerEvaluations:
            [
                "number", "post", "version", "at", "bundle", "hazard", "findings", "aside", "action",
                "policy",
                "rule", "salt",
            ]
        case .erasures: ["post", "at", "person", "reason", "authority", "note", "salt"]
        case .claims: ["post", "id", "person", "fence", "claimed_at"]
        case .skips: ["post", "person", "at"]
        case .decisions:
            [
                "id", "number", "post", "version", "person", "action", "policy", "rule", "note",
                "recommended_action", "recommended_policy", "recommended_rule", "bundle", "decided_at",
                "undone_at", "automatic", "author", "note_salt", "hazard", "language", "differs", "entry",
                "undone_entry", "applied_from", "post_author",
            ]
        case .outbox: ["decision", "post", "action", "due_at"]
        case .spans:
            [
                "id", "person", "post", "shift", "hazard", "opened_at", "visible", "closed_at",
                "limits_version", "dose", "closed_by", "ends_at",
            ]
        case .shifts: ["id", "person", "started_at", "ended_at", "card"]
        case .automations:
            ["number", "bundle", "rule", "action", "approved_by", "reason", "since", "ended_at", "salt"]
        case .objections: ["number", "rule", "policy", "post", "version", "bundle", "person", "at"]
        case .shelfCounts: ["state", "shelf", "posts"]
        case .sources: ["name", "posts"]
        case .escalatedPosts: ["post", "entry"]
        case .samples: ["number", "id", "blind", "card"]
        case .sampleItems: ["sample", "position", "decision"]
        case .marks:
            [
                "number", "decision", "sample", "rater", "verdict", "action", "policy", "reason", "salt",
                "at",
            ]
        case .openings: ["number", "id", "concerned", "opened_at", "card"]
        case .statements: ["decision", "at", "entry"]
        case .dayTotals: ["person", "day", "hazard", "visible", "dose", "ends_at"]
        case .takenDays: ["person", "source", "day", "ends_at", "dose", "site_key", "salt"]
        case .conditions: ["number", "card", "set_by", "since"]
        case .handovers:
            ["number", "id", "person", "physician", "at", "revoked_at", "salt", "record"]
        case .handoverLooks: ["number", "handover", "physician", "at"]
        case .limitProposals: ["number", "id", "card"]
        case .limitNotices: ["number", "version", "person", "acknowledged_at"]
        case .overrides: ["number", "id", "person", "shift", "card"]
        case .support: ["number", "card", "salt", "set_by", "since"]
        case .watchings: ["number", "shift", "concerned", "watcher", "at"]
        }
    }
}

extension KeptTable {
    /// The column whose text says to which share a row falls, of tables that grow with the ledger.
    public var shared: String? {
        switch self {
        case .posts: "id"
        // All spans of one person are in one share, so that a settled day can be held against all of its spans.
        case .spans: "person"
        case .decisions, .outbox: "post"
        default: nil
        }
    }
}

/// Something wrong with a store that its engine can tell without the ledger.
public enum StoreDamage: Hashable, Sendable {
    /// In the engine's own words.
    case engine(String)
    /// A table, index or trigger that is not there.
    case missing(String)
    /// A table, index or trigger that doesn't belong there.
    case foreign(String)
    /// A table, index or trigger that is not as it is made.
    case changed(String)
    /// A table with rows that nothing leads to, or too few.
    case stray(String)
    /// A column with values of another type than this.
    case mistyped(table: String, column: String, type: String)
}

/// What can be asked of a store to hold its tables against the ledger.
public protocol TableReading {
    /// What the engine itself finds wrong with what it keeps: broken pages, indexes that miss rows, values of the wrong
    /// type, guards that were taken away. Nothing when all is well; the list may end after some dozens.
    func damage() throws -> [StoreDamage]

    /// The rows of a table, in pieces of some hundred rows or some megabytes; memory stays flat.
    ///
    /// In the order of their numbers where they have any. The body may read anything else meanwhile.
    ///
    /// - Parameter share: leaves out rows of other shares where ``KeptTable/shared`` says by which column. Each row is in
    ///   just one share, whatever stands in that column.
    func rows(of table: KeptTable, in share: LedgerFold.Share, _ body: ([KeptRow]) throws -> Void) throws

    /// Entries' canonical bytes by their numbers, in the order asked for; empty bytes for one that is missing.
    func ledgerEntries(at numbers: [Int64]) throws -> [[UInt8]]

    /// The number of the last claim's fence.
    func lastFence() throws -> Int64

    /// How many names of posts there are; each post has one.
    func nameCount() throws -> Int64
}
