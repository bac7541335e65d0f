import Desk
import Exposure
import Moderation
import TerminalKit

/// What the shell shall do; the core itself does nothing.
enum Effect: Hashable, Sendable {
    case brief, readStanding, readWaiting
    case startShift, endShift(ShiftEnd), startBreak(required: Bool), endBreak
    case recall, claimNext, renew
    case uncover(PostID), beat, cover(SpanEnd)
    case decide(PostID, Verdict, thenClaim: Bool), readUndoable, undo(DecisionID)
    case skip(PostID, SkipWhy), release(PostID), escalate(PostID, note: String)
    case save(Draft, PostID), dispute(PostID, RuleID)
    case takeAlong
    case readRecord, neverShow(OptOuts), showAgain(OptOuts), setPersonalLimit(Percent?)
    case readTeam, readDisputes, lead(LeadEffect)
    case readLedger, verifyLedger
    case readShifts, readBundles, openTimeline(ShiftID), lookAt(TimelinePost.Name), recompute, whatIf(
        WhatIfChoice)
    case audit(AuditEffect)
    case readAlike(PostID), tendDesk, readDispatch
    case own(OwnEffect), welfare(WelfareEffect)
    case pauseTerminal, repaint, exit(ExitReason)
}

/// What reaches the core: from the terminal, or as an answer to an effect.
enum ConsoleEvent: Hashable, Sendable {
    case begin
    /// `pending` says that more input has come already, as in a paste or a burst.
    case terminal(Event, pending: Bool)
    case command(Command)
    case answer(Answer)
}

/// What became of an effect.
enum Answer: Hashable, Sendable {
    case brief(Briefing)
    case standing(Standing)
    case waiting(Int)
    case shiftStarted, shiftEnded, breakStarted, breakEnded
    case recalled([CaseCard])
    case claim(ClaimAnswer)
    case uncovered(PostID, UncoverAnswer)
    case beat(BeatAnswer)
    case decided(UndoOffer, ClaimAnswer?)
    case undoable(UndoOffer?)
    case undone(CaseCard)
    case letGo(PostID)
    case saved(Draft, PostID)
    case optOutsChanged(OptOuts)
    case record(OwnRecord)
    /// The record was written to this file.
    case tookAlong(String)
    case personalLimitSet
    case team([Teammate])
    case disputes([RuleDispute])
    /// Whether it was said for the first time.
    case disputed(RuleID, isNew: Bool)
    case lead(LeadAnswer)
    case ledger(size: Int64, [LedgerLine])
    case verifying(Int64)
    case verified(LedgerFinding)
    case replay(ReplayAnswer)
    case audit(AuditAnswer)
    case alike(PostID, AlikeGroup), tended(isMore: Bool), dispatch(DispatchNews)
    case own(OwnAnswer), welfare(WelfareAnswer)
    case fault(Fault, of: Effect)
}
