import Exposure
import Moderation

/// What the console asks of the desk, on behalf of one person.
///
/// It keeps the leases and the running exposure span; the screens only ever name posts. All calls take
/// milliseconds.
protocol ConsoleDesk: ReplayDesk, AuditingDesk, LeadingDesk, DispatchDesk, OwnDesk, WelfareDesk {
    func now() -> Tick
    func brief() throws(Fault) -> Briefing
    func standing() throws(Fault) -> Standing

    func startShift() throws(Fault)
    func endShift(_ end: ShiftEnd) throws(Fault)
    func startBreak(required: Bool) throws(Fault)
    func endBreak() throws(Fault)

    /// What is still in hand after a crash or a restart.
    func held() throws(Fault) -> [CaseCard]
    func claimNext() throws(Fault) -> ClaimAnswer
    /// Holds every post in hand for another lease.
    func renew() throws(Fault)
    func uncover(_ post: PostID) throws(Fault) -> UncoverAnswer
    /// Pays for the time until the next beat.
    func beat() throws(Fault) -> BeatAnswer?
    /// Stops the exposure clock; what can't be written now is written before the next call.
    func cover(_ end: SpanEnd)
    func decide(_ post: PostID, _ verdict: Verdict, thenClaim: Bool) throws(Fault) -> (
        UndoOffer, ClaimAnswer?
    )
    func undoable() throws(Fault) -> UndoOffer?
    func undo(_ decision: DecisionID) throws(Fault) -> CaseCard
    func skip(_ post: PostID, _ why: SkipWhy) throws(Fault)
    func release(_ post: PostID) throws(Fault)
    func escalate(_ post: PostID, note: String) throws(Fault)
    func save(_ draft: Draft, on post: PostID) throws(Fault)
    /// Says that a rule is wrong on the post in hand; `false` if that was said before.
    func dispute(_ rule: RuleID, on post: PostID) throws(Fault) -> Bool
    func waiting() throws(Fault) -> Int

    func record() throws(Fault) -> OwnRecord
    /// Writes the person's record as a file of their own, and says where it is.
    func takeAlong() throws(Fault) -> String
    func neverShow(hazards: Set<Hazard>, policies: Set<PolicyID>) throws(Fault)
    func showAgain(hazards: Set<Hazard>, policies: Set<PolicyID>) throws(Fault)
    func setPersonalLimit(_ limit: Percent?) throws(Fault)

    func team() throws(Fault) -> [Teammate]
    /// The rules that moderators called wrong in the last 30 days, most often first.
    func disputes() throws(Fault) -> [RuleDispute]

    func ledgerSize() throws(Fault) -> Int64
    func ledger(from index: Int64, limit: Int) throws(Fault) -> [LedgerLine]
    func verifyLedger(_ progress: (Int64, Int64) -> Void) throws(Fault) -> LedgerFinding
}
