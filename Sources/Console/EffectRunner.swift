import Exposure
import Moderation

/// Carries effects out at the desk and brings the answers back; the screen and the line mode share it.
struct EffectRunner {
    let desk: any ConsoleDesk

    /// Does it; `nil` when there is nothing to tell.
    func run(_ effect: Effect) -> Answer? {
        do throws(Fault) {
            return try workAnswer(effect)
        } catch {
            return .fault(error, of: effect)
        }
    }

    private func workAnswer(_ effect: Effect) throws(Fault) -> Answer? {
        switch effect {
        case .brief: return .brief(try desk.brief())
        case .readStanding: return .standing(try desk.standing())
        case .readWaiting: return .waiting(try desk.waiting())
        case .startShift:
            try desk.startShift()
            return .shiftStarted
        case .endShift(let end):
            try desk.endShift(end)
            return .shiftEnded
        case .startBreak(let required):
            try desk.startBreak(required: required)
            return .breakStarted
        case .endBreak:
            try desk.endBreak()
            return .breakEnded
        default: return try postAnswer(effect)
        }
    }

    private func postAnswer(_ effect: Effect) throws(Fault) -> Answer? {
        switch effect {
        case .recall: return .recalled(try desk.held())
        case .claimNext: return .claim(try desk.claimNext())
        case .renew: try desk.renew()
        case .uncover(let post): return .uncovered(post, try desk.uncover(post))
        case .beat: return try desk.beat().map { .beat($0) }
        case .cover(let end): desk.cover(end)
        case .decide(let post, let verdict, let thenClaim):
            let (offer, claim) = try desk.decide(post, verdict, thenClaim: thenClaim)
            return .decided(offer, claim)
        case .readUndoable: return .undoable(try desk.undoable())
        case .undo(let decision): return .undone(try desk.undo(decision))
        case .skip(let post, let why):
            try desk.skip(post, why)
            return .letGo(post)
        case .release(let post):
            try desk.release(post)
            return .letGo(post)
        case .escalate(let post, let note):
            try desk.escalate(post, note: note)
            return .letGo(post)
        case .save(let draft, let post):
            try desk.save(draft, on: post)
            return .saved(draft, post)
        case .dispute(let post, let rule):
            return .disputed(rule, isNew: try desk.dispute(rule, on: post))
        default: return try pageAnswer(effect)
        }
        return nil
    }

    private func pageAnswer(_ effect: Effect) throws(Fault) -> Answer? {
        switch effect {
        case .readRecord: return .record(try desk.record())
        case .takeAlong: return .tookAlong(try desk.takeAlong())
        case .neverShow(let choice):
            try desk.neverShow(hazards: choice.hazards, policies: choice.policies)
            return .optOutsChanged(try desk.brief().person.optOuts)
        case .showAgain(let choice):
            try desk.showAgain(hazards: choice.hazards, policies: choice.policies)
            return .optOutsChanged(try desk.brief().person.optOuts)
        case .setPersonalLimit(let limit):
            try desk.setPersonalLimit(limit)
            return .personalLimitSet
        case .readTeam: return .team(try desk.team())
        case .readDisputes: return .disputes(try desk.disputes())
        case .lead(let effect): return .lead(try leadAnswer(effect))
        case .readAlike, .tendDesk, .readDispatch: return try dispatchAnswer(effect)
        case .audit(let effect): return .audit(try auditAnswer(effect))
        case .own(let effect): return try ownAnswer(effect)
        case .welfare(let effect): return .welfare(try welfareAnswer(effect))
        case .readLedger:
            let size = try desk.ledgerSize()
            let first = max(0, size - Self.newestEntries)
            return .ledger(size: size, try desk.ledger(from: first, limit: Int(Self.newestEntries)))
        default: return try replayAnswer(effect)
        }
    }

    /// Checks the ledger, telling now and then how many entries are done.
    func verify(_ progress: (Int64) -> Void) -> Answer? {
        do throws(Fault) {
            return .verified(try desk.verifyLedger { done, _ in progress(done) })
        } catch {
            return .fault(error, of: .verifyLedger)
        }
    }

    /// How many of the newest entries the Ledger screen holds.
    static let newestEntries: Int64 = 5000
}
