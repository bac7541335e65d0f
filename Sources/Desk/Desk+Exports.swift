public import Enforcement
import Ledger
public import Moderation
import PolicyEngine
import Store

/// What is to leave the site.
public struct ExportOrder: Hashable, Sendable {
    /// What kind of records.
    public enum Content: Hashable, Sendable {
        /// Statements of reasons; only those not exported before, if wanted.
        case statements(StatementSettings, onlyNew: Bool)
        /// All decisions.
        case decisions
        /// What decisions say of posts, with their text if wanted; undone ones too if wanted.
        case labels(withText: Bool, withUndone: Bool)
    }

    /// What.
    public var content: Content
    /// In which form; told in the ledger.
    public var format: String
    /// From when on; `nil` for the beginning.
    public var from: Timestamp?
    /// Before when; `nil` for now.
    public var to: Timestamp?

    /// Makes an order.
    public init(_ content: Content, format: String, from: Timestamp? = nil, to: Timestamp? = nil) {
        self.content = content
        self.format = format
        self.from = from
        self.to = to
    }

    var name: String {
        switch content {
        case .statements: "statements"
        case .decisions: "decisions"
        case .labels: "labels"
        }
    }

    var withText: Bool { if case .labels(true, _) = content { true } else { false } }
}

/// Where the rows of an export go.
public protocol ExportOutlet: AnyObject {
    /// Takes a row.
    func write(_ row: ExportRow) throws
    /// Takes a row about a statement whose decision was taken back.
    func writeOverturned(_ row: ExportRow) throws
    /// Hears of a decision that can't be stated, and why.
    func refuse(_ decision: DecisionID, _ reason: String)
    /// Hears how far the work is.
    func report(done: Int, of total: Int)
    /// Makes what was written durable, and gives the SHA-256 of each file in hexadecimal, before the ledger tells of it.
    func seal() throws -> [String]
}

/// How an export went.
public struct ExportSummary: Hashable, Sendable {
    /// How many rows went out.
    public var rows = 0
    /// How many statements' decisions were taken back.
    public var overturned = 0
    /// How many decisions can't be stated.
    public var refused = 0
    /// How many decisions may still be taken back and were left for next time.
    public var tooRecent = 0
    /// How many decisions were stated by an earlier export, and left out because only new ones were wanted.
    public var statedBefore = 0
    /// How many rows are of posts whose content is erased.
    public var erased = 0

    /// Nothing so far.
    public init() {}
}

extension Desk {
    /// Sends records out, and tells so in the ledger; for leads and auditors, text for leads alone.
    ///
    /// Rows go to the outlet page by page. When all are out it is sealed, and then one transaction keeps the ledger entry
    /// with the digests and remembers which decisions are stated now. An export that breaks off is told too, as
    /// incomplete. Decisions of the last undo window are left out of statements: their effect has not left the site.
    public func export(_ order: ExportOrder, by person: Person, to outlet: any ExportOutlet) throws
        -> ExportSummary
    {
        try demandOversight(of: person)
        if order.withText { try demand(.lead, of: person) }
        let now = clock.now().wall
        let from = order.from ?? Timestamp(milliseconds: .min)
        let to = min(order.to ?? Timestamp(milliseconds: .max), now + .milliseconds(1))
        guard from < to else {
            throw DeskError.invalid(.other("the export ends before it begins (--from, --to)"))
        }
        var run = ExportRun(order: order, desk: self, now: now, from: from, to: to, outlet: outlet)
        let digests: [String]
        do {
            try run.all()
            digests = try outlet.seal()
        } catch {
            if run.summary.rows > 0 { try? tell(order, run, digests: nil, by: person) }
            throw error
        }
        try markStated(&run.stated, at: now, by: person)
        try tell(order, run, digests: digests, by: person)
        return run.summary
    }

    /// How many decisions one transaction marks as stated, so that nobody waits long behind it.
    private static let markedAtOnce = 20_000

    /// Marks all but the last ones, which are marked where the export itself is told.
    private func markStated(_ places: inout [Int64], at now: Timestamp, by person: Person) throws {
        var left = places[...]
        while left.count > Self.markedAtOnce {
            let some = Array(left.prefix(Self.markedAtOnce))
            try write { try markStated(some, at: now, by: person, in: $0) }
            left = left.dropFirst(Self.markedAtOnce)
        }
        places = Array(left)
    }

    /// Marks decisions as stated and tells which, as a digest; those that were stated meanwhile are left out.
    private func markStated(
        _ places: [Int64], at now: Timestamp, by person: Person, in tx: any StoreTransaction
    ) throws {
        let new = try tx.markStated(places, at: now)
        guard !new.isEmpty else { return }
        var digest = StatedDigest()
        for place in new.sorted() { digest.take(place) }
        try tx.append(
            LedgerEntry(
                kind: .stated, at: now, person: person.id, post: nil,
                fields: ["count": .integer(digest.count), "digest": .string(digest.hex)]))
    }

    private func tell(_ order: ExportOrder, _ run: ExportRun, digests: [String]?, by person: Person) throws {
        var fields = Self.exportFields(order.name, order.format, from: order.from, to: order.to)
        fields["count"] = .integer(Int64(run.summary.rows))
        fields["complete"] = .bool(digests != nil)
        if let digests { fields["digests"] = .array(digests.map { .string($0) }) }
        if case .labels(let withText, _) = order.content { fields["with_text"] = .bool(withText) }
        if case .statements = order.content {
            fields["refused"] = .integer(Int64(run.summary.refused))
            fields["overturned"] = .integer(Int64(run.summary.overturned))
            fields["stated"] = .bool(digests != nil)
        }
        let told = fields
        try write { tx in
            if digests != nil { try markStated(run.stated, at: run.now, by: person, in: tx) }
            try tx.append(
                LedgerEntry(kind: .exported, at: run.now, person: person.id, post: nil, fields: told))
        }
    }

    static func exportFields(_ what: String, _ format: String, from: Timestamp?, to: Timestamp?)
        -> [String: LedgerValue]
    {
        var fields: [String: LedgerValue] = ["what": .string(what), "format": .string(format)]
        if let from { fields["from"] = .string(from.rfc3339) }
        if let to { fields["to"] = .string(to.rfc3339) }
        return fields
    }
}

/// One export on its way through the decisions.
private struct ExportRun {
    let order: ExportOrder
    let desk: Desk
    let now: Timestamp
    let from: Timestamp
    let to: Timestamp
    let outlet: any ExportOutlet
    var summary = ExportSummary()
    /// Places of decisions that are stated by this export and were not before.
    var stated: [Int64] = []

    mutating func all() throws {
        let total = try desk.read { try $0.decidedPostCount(from: from, to: to) }
        var done = 0
        var place: Int64? = 0
        while let after = place {
            let page = try desk.read {
                try $0.decidedPosts(from: from, to: to, after: after, limit: Desk.recordsAtOnce)
            }
            for post in page.items { try take(post) }
            done += page.items.count
            place = page.next
            outlet.report(done: done, of: total)
        }
    }

    private mutating func take(_ post: DecidedPost) throws {
        let isMadeThen = post.decision.decidedAt >= from && post.decision.decidedAt < to
        switch order.content {
        case .statements(let settings, let onlyNew):
            try state(post, settings, onlyNew: onlyNew, isMadeThen: isMadeThen)
        case .decisions where isMadeThen: try write(DecisionRows.decision(post), of: post)
        case .labels(let withText, let withUndone)
        where isMadeThen && (withUndone || post.decision.undoneAt == nil):
            try write(DecisionRows.label(post, withText: withText), of: post)
        case .decisions, .labels: return
        }
    }

    private mutating func write(_ row: ExportRow, of post: DecidedPost) throws {
        try outlet.write(row)
        summary.rows += 1
        if post.content == nil { summary.erased += 1 }
    }

    private mutating func state(
        _ post: DecidedPost, _ settings: StatementSettings, onlyNew: Bool, isMadeThen: Bool
    ) throws {
        let builder = StatementBuilder(settings: settings, undoWindow: Desk.undoWindow)
        let fate = builder.fate(of: post.decision, at: now)
        if fate == .tooRecent, isMadeThen { summary.tooRecent += 1 }
        guard fate != .nothingToState, fate != .tooRecent else { return }
        var isInThis = false
        if isMadeThen {
            if onlyNew && post.isStated {
                summary.statedBefore += 1
            } else {
                isInThis = try state(post, with: builder)
            }
        }
        guard case .overturned(let at) = fate else { return }
        try outlet.writeOverturned(
            OverturnedRow.row(post.decision, at: at, wasStated: post.isStated, isInThis: isInThis))
        summary.overturned += 1
    }

    /// Writes the statement of a decision; says whether there is one.
    private mutating func state(_ post: DecidedPost, with builder: StatementBuilder) throws -> Bool {
        let decision = post.decision
        let bundle = try desk.recordedBundle(decision.bundle)
        let policy = decision.policy.flatMap { bundle.policy($0) }
        let statement: Statement
        do { statement = try builder.statement(of: post, under: policy) } catch {
            outlet.refuse(decision.id, error.reason)
            summary.refused += 1
            return false
        }
        try write(statement.row, of: post)
        if !post.isStated { stated.append(post.place) }
        return true
    }
}
