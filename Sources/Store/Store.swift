public import Exposure
public import Ledger
public import Moderation

/// Where a site keeps everything, behind one narrow contract.
///
/// Reads and writes are transactions. What a body of `write` did becomes visible to others and durable
/// (through a power cut) all at once when `write` returns, or not at all when it throws. Bodies of `write`
/// run one after another over all processes, so what one reads can't change before it commits; a body of
/// `read` sees one unchanging moment. A body must not call `read` or `write` of the same store again, nor
/// keep its argument. Calls block; a busy store is waited for, for at least five seconds.
///
/// Where a body says that it touches one person's work only, or takes posts in, a store may run others beside it
/// (``write(as:_:)``): then what it reads of that work can't change before it commits.
///
/// The contract is tested by one suite over every store.
public protocol Store: Forgetting, WorkWaiting, Examinable, Sendable {
    /// Runs a body that reads one unchanging moment of the store.
    func read<Result>(_ body: (any StoreReading) throws -> Result) throws -> Result

    /// Runs a body whose changes are committed together when it returns, or dropped when it throws.
    func write<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result

    /// Runs a body that changes no more than such work does; others may be run at the same time.
    ///
    /// A store may run it again from the start when it got into the way of another.
    func write<Result>(as work: StoreWork, _ body: (any StoreTransaction) throws -> Result) throws -> Result

    /// Returns when everything committed so far survives a loss of power, work as ``StoreWork/bulk`` included.
    func makeDurable() throws
}

/// What a body of a write is about, so that a store knows beside what it can run.
public enum StoreWork: Hashable, Sendable {
    /// One person's work: their claims, the posts in their hands, waiting posts that they are given, their exposure
    /// and what they decide. Two bodies of one person run one after another.
    case own(PersonID)
    /// Taking posts in. Two such bodies run one after another.
    case intake
    /// The same of posts that can be taken in again from where they came, a file for one. A store need not wait for
    /// the disk before ``Store/makeDurable()``: until then a loss of power may take back the last such bodies, never
    /// one of them in part, and never one that was followed by work of another kind.
    case bulk
}

extension Store {
    /// Runs a body beside nothing else, as every store can.
    public func write<Result>(as work: StoreWork, _ body: (any StoreTransaction) throws -> Result) throws
        -> Result
    { try write(body) }

    /// Nothing is left to do where every commit waits for the disk.
    public func makeDurable() {}
}

/// What can be asked of a store, changing nothing.
public protocol StoreReading: EvaluationReading, ReplayReading, AuditReading, TableReading,
    ErasureReading, ExportReading, ForecastReading, ExposureKeeping, HandoverReading, TeamReading,
    LimitsReading, OwnershipReading, CallerReading, BacklogReading, GroupReading, DispatchReading, OwnReading,
    CopyReading
{
    /// Asks beforehand what will be asked soon, so that a store behind a network answers it all at once.
    ///
    /// In the body every question seems to have no answer; it changes nothing, and a store that gains nothing by it
    /// doesn't run it.
    func foresee(_ questions: () throws -> Void) throws

    // MARK: Site

    /// What this site is; `nil` before `releve init`.
    func site() throws -> Site?
    /// The bundle in force; `nil` before the first.
    func bundleInForce() throws -> StoredBundle?
    /// The name alone of the bundle in force, which is asked far more often than the bundle changes.
    func digestInForce() throws -> BundleDigest?
    /// A bundle that is or was in force.
    func bundle(_ digest: BundleDigest) throws -> StoredBundle?
    /// The names of bundles that are or were in force and begin with these digits, at most `limit`, in order.
    func bundles(withPrefix prefix: String, limit: Int) throws -> [BundleDigest]
    /// All limits that were ever in force, oldest first; the last is in force.
    func limitsHistory() throws -> [StoredLimits]

    // MARK: Roster

    /// Everybody, ordered by name.
    func people() throws -> [Person]
    /// One person.
    func person(_ id: PersonID) throws -> Person?
    /// The active person who is this OS user.
    func person(user: String) throws -> Person?
    /// The person's own lower limit, known to nobody else.
    func personalLimit(of person: PersonID) throws -> Percent?

    // MARK: Posts and the queue

    /// One post in its latest version.
    func post(_ id: PostID) throws -> StoredPost?
    /// The ids that begin with these characters, at most `limit`, in order.
    func postIDs(withPrefix prefix: String, limit: Int) throws -> [PostID]
    /// Posts by falling priority, then age, at most `limit`, after the first `offset`.
    func queue(_ filter: QueueFilter, offset: Int, limit: Int) throws -> [QueueItem]
    /// Counts, at a cost that doesn't grow with the number of posts.
    func statistics() throws -> QueueStatistics
    /// The claim on a post, expired or not.
    func claim(on post: PostID) throws -> Claim?
    /// The claims a person holds, expired or not, oldest first.
    func claims(of person: PersonID) throws -> [Claim]
    /// Those that have not expired.
    func claims(of person: PersonID, lastingAt now: Timestamp) throws -> [Claim]
    /// What the person had begun to write on a post.
    func draft(on post: PostID, by person: PersonID) throws -> Draft?
    /// The sources that posts came from, most posts first, at most `limit`; cost as for ``statistics()``.
    func sources(limit: Int) throws -> [String]
    /// The newest rejected records, at most `limit`.
    func rejected(limit: Int) throws -> [RejectedRecord]

    // MARK: Rules

    /// What is known of an author (`PreparedContent.author`) in the time before a moment, by the queries' keys;
    /// what is zero is left out.
    ///
    /// Counts posts taken in, the flags on them, and standing decisions to remove or suspend. The post itself is not
    /// counted among its author's posts. Posts and flags are found fast only after ``StoreTransaction/keepHistory(of:)``.
    func history(_ queries: Set<HistoryQuery>, of author: Int64, before post: PostID?, at now: Timestamp)
        throws
        -> [String: Int]
    /// Posts in these states that were evaluated under another bundle, in the order they came.
    ///
    /// Looks at `limit` posts after a place (0 at first) and says where it got to; `nil` at the end.
    func posts(notUnder bundle: BundleDigest, in states: Set<PostState>, after place: Int64, limit: Int)
        throws
        -> (posts: [PostID], place: Int64?)
    /// The rules that may decide by themselves under a bundle, by name.
    func automations(under bundle: BundleDigest) throws -> [Automation]
    /// What moderators held against rules since then, newest first, at most `limit`.
    func objections(since: Timestamp, limit: Int) throws -> [Objection]

    // MARK: Decisions

    /// One decision.
    func decision(_ id: DecisionID) throws -> Decision?
    /// The decisions on a post, oldest first, undone ones included.
    func decisions(on post: PostID) throws -> [Decision]
    /// The person's decisions since then, newest first, at most `limit`.
    func decisions(by person: PersonID, since: Timestamp, limit: Int) throws -> [Decision]
    /// How many standing decisions were made since then: by people, and by rules themselves.
    func decisionCount(since: Timestamp) throws -> (people: Int, rules: Int)
    /// Whether a decision's effect is still in the outbox.
    func isWaitingToLeave(_ decision: DecisionID) throws -> Bool
    /// What waits to leave the site at that moment, oldest first, at most `limit`.
    func outbox(dueBy: Timestamp, limit: Int) throws -> [OutboxItem]

    // MARK: Records

    /// All posts in their latest versions, in the order they came: at most `limit` after a place (0 at first).
    ///
    /// A page is shorter where posts are large, so that it takes some megabytes at most. Pages are cheap however far
    /// they are, and a store gives back the memory it read them with. Posts taken in between two pages are on a later
    /// one.
    func recordedPosts(after place: Int64, limit: Int) throws -> Page<StoredPost>
    /// What people decided and nobody undid, in the order they decided it, each with the version they saw.
    ///
    /// Looks at most at `limit` decisions after a place (0 at first), those undone and made by rules themselves
    /// included, so that a page may be shorter than asked, or empty, before the end. Memory and cost as for
    /// ``recordedPosts(after:limit:)``.
    func recordedDecisions(after place: Int64, limit: Int) throws -> Page<RecordedDecision>

    // MARK: Exposure

    /// The person's spans that are open or have any part after `since`, oldest first.
    func spans(of person: PersonID, since: Timestamp) throws -> [Span]
    /// One span.
    func span(_ id: SpanID) throws -> Span?
    /// The person's shifts that are open or ended after `since`, oldest first, with their breaks.
    func shifts(of person: PersonID, since: Timestamp) throws -> [Shift]

    // MARK: Ledger

    /// The right edge of the ledger's Merkle tree: its size and root.
    func ledgerTree() throws -> MerkleFrontier
    /// Entries' canonical bytes from that number on, at most `limit`, in order.
    func ledgerEntries(from index: Int64, limit: Int) throws -> [[UInt8]]
    /// The signed notes of the ledger, from that size on, smallest first, at most `limit`.
    func checkpoints(from size: Int64, limit: Int) throws -> [StoredCheckpoint]
    /// The signed note of the largest size; `nil` before the first.
    func lastCheckpoint() throws -> StoredCheckpoint?
    /// The leaf hash stored beside the entry, for checking against its bytes.
    func ledgerLeafHashes(from index: Int64, limit: Int) throws -> [[UInt8]]
    /// Both of the above, read together: entries with the leaf hashes stored beside them.
    func ledgerRows(from index: Int64, limit: Int) throws -> [LedgerRow]
}

/// What can be changed in one transaction, whose reading sees what it has itself done.
public protocol StoreTransaction: StoreReading, AuditWriting, GuardedWriting, ErasureWriting, ExportWriting,
    ExposureKeepingWriting, HandoverWriting, LimitsWriting, GroupWriting, DispatchWriting, OwnWriting,
    CopyWriting
{
    // MARK: Ledger

    /// Appends an entry. Every change below goes with the entries that tell it.
    ///
    /// Its number may be given only when the transaction ends, so that others can be run beside it until then.
    func append(_ entry: EncodedEntry) throws
    /// Appends an entry and returns its number.
    func appendNumbered(_ entry: EncodedEntry) throws -> Int64

    /// Keeps a signed note; one of the same size is replaced.
    func save(_ checkpoint: StoredCheckpoint) throws

    // MARK: Site and roster

    /// Says what this site is; fails when it has been said before.
    func insert(_ site: Site) throws
    /// Says which key signs the ledger from now on.
    func setPublicKey(_ publicKey: String) throws
    /// Puts a bundle in force; one that was kept before is not kept twice.
    func putInForce(_ bundle: StoredBundle) throws
    /// Puts limits in force.
    func putInForce(_ limits: StoredLimits) throws
    /// Adds a person or replaces what is known of them.
    func save(_ person: Person) throws
    /// Sets or clears the person's own lower limit.
    func setPersonalLimit(_ limit: Percent?, of person: PersonID) throws

    // MARK: Posts

    /// Says which posts will be taken in next, in this order, so that a store can look all of them up together.
    ///
    /// Changes nothing that anybody sees, whatever is taken in then.
    func expect(_ posts: [PostID]) throws
    /// Keeps content: a new post, or the next version of a known one.
    ///
    /// A known post's new flags (by id, or by being equal in all fields) are added to those it has, and its
    /// other fields are left as they are; `merge` is called then with the content so far and must return
    /// the prepared merged content, or `nil` to leave the post unchanged. A decided post with a new version
    /// waits again.
    func takeIn(
        _ prepared: PreparedContent, at now: Timestamp, merge: (StoredPost) throws -> PreparedContent?
    ) throws -> TakenIn
    /// Replaces what the rules say of a known post's version, and with it its place in the queue.
    ///
    /// What they said before stays among ``EvaluationReading/evaluations(of:)``.
    func reevaluate(_ prepared: PreparedContent, at now: Timestamp) throws
    /// Keeps a record that could not be taken in.
    func reject(_ record: RejectedRecord) throws
    /// Puts a post where it now stands; a post that is not `claimed` any more loses its claim and draft.
    func setState(_ state: PostState, of post: PostID) throws

    // MARK: Claims

    /// Takes the waiting post that fits the request best: highest priority, then oldest.
    ///
    /// A post the person skipped is not offered to them again. Its claim gets the next fence. At a cost
    /// that doesn't grow with the number of posts.
    func claimNext(_ request: ClaimRequest) throws -> Claim?
    /// Takes this post if it waits; `nil` when it doesn't exist, is held or is done.
    func claim(_ post: PostID, for request: ClaimRequest) throws -> Claim?
    /// Extends a claim's expiry, never shortening it; `false` when fence or person are not the current ones.
    ///
    /// A store with a clock of its own takes from the times given only how long the claim is to last.
    func renew(_ claim: Claim, until: Timestamp, at now: Timestamp) throws -> Bool
    /// Puts posts of expired claims back in the queue, keeping their drafts; returns the claims.
    func releaseExpiredClaims(at now: Timestamp, limit: Int) throws -> [Claim]
    /// Remembers that the person doesn't want this post now.
    func recordSkip(of post: PostID, by person: PersonID, at now: Timestamp) throws
    /// Keeps what the person has begun to write; `nil` drops it.
    func save(_ draft: Draft?, on post: PostID, by person: PersonID) throws

    // MARK: Rules

    /// Says what of authors' histories will be asked, so that a store can find it fast.
    func keepHistory(of metrics: Set<HistoryQuery.Metric>) throws
    /// Ends the leaves of a rule, or all, under every bundle; says whose there were, by name.
    func endAutomations(of rule: RuleID?, at now: Timestamp) throws -> [RuleID]
    /// Keeps what a moderator holds against a rule; `false` if they said so of this post's version before.
    func insert(_ objection: Objection) throws -> Bool

    // MARK: Decisions

    /// Marks a decision as undone and takes its effect out of the outbox; `false` if it was undone before.
    func undo(_ decision: DecisionID, at now: Timestamp) throws -> Bool
    /// Keeps an effect that has to leave the site.
    func enqueue(_ item: OutboxItem) throws

    // MARK: Exposure

    /// Adds a span or replaces what is known of it.
    func save(_ span: Span) throws
    /// Adds a shift with its breaks or replaces what is known of it.
    func save(_ shift: Shift) throws
}

/// Why a store could not do what was asked.
public enum StoreError: Error, Hashable, Sendable {
    /// There is no store at this place.
    case missing(String)
    /// The store is there but can't be opened; what the engine said.
    case unusable(String, reason: String)
    /// The server of the store can't be reached, or is reached no more; why.
    ///
    /// Nothing that was confirmed is lost; what was under way was not kept unless the reason says otherwise.
    case unreachable(String, reason: String)
    /// The store was made by a newer Relève.
    case tooNew(String, schema: Int)
    /// A copy of the site was made from here, or is being made here: nobody works in it meanwhile.
    case closed(String, CopyMark)
    /// Somebody works in the store, or it has something in it already; which.
    case inUse(String, reason: String)
    /// Another process held the store for too long.
    case busy(String)
    /// The disk is full: nothing of the transaction was kept.
    case full(String)
    /// What is stored doesn't have the expected form.
    case damaged(String)
}

extension StoreTransaction {
    /// Appends an entry.
    public func append(_ entry: LedgerEntry) throws { try append(entry.encoded) }

    /// Appends an entry and returns its number.
    public func appendNumbered(_ entry: LedgerEntry) throws -> Int64 { try appendNumbered(entry.encoded) }
}
