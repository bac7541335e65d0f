import Desk
import Moderation

/// What the console asks of the desk about recorded work.
protocol ReplayDesk: AnyObject {
    /// The newest shifts, by pseudonym and time.
    func recordedShifts() throws(Fault) -> [RecordedShift]
    /// A shift as it happened; that it is watched is told in the ledger.
    func timeline(of shift: ShiftID) throws(Fault) -> Timeline
    /// Uncovers a recorded version for whoever watches.
    func look(at name: TimelinePost.Name) throws(Fault) -> UncoverAnswer
    /// The names of bundles that were in force.
    func recordedBundles() throws(Fault) -> [BundleDigest]
    /// Takes as long as there are evaluations.
    func recompute(_ progress: (Int64, Int64) -> Void) throws(Fault) -> Recomputation
    /// Takes as long as there are decisions.
    func whatIf(_ choice: WhatIfChoice) throws(Fault) -> WhatIf
}

/// What became of an effect about recorded work.
enum ReplayAnswer: Hashable, Sendable {
    case shifts([RecordedShift])
    case bundles([BundleDigest])
    case timeline(Timeline)
    case looked(TimelinePost.Name, UncoverAnswer)
    case recomputing(Int64, of: Int64)
    case recomputed(Recomputation)
    case whatIf(WhatIf)
}

extension EffectRunner {
    func replayAnswer(_ effect: Effect) throws(Fault) -> Answer? {
        switch effect {
        case .readShifts: return .replay(.shifts(try desk.recordedShifts()))
        case .readBundles: return .replay(.bundles(try desk.recordedBundles()))
        case .openTimeline(let shift): return .replay(.timeline(try desk.timeline(of: shift)))
        case .lookAt(let name): return .replay(.looked(name, try desk.look(at: name)))
        case .whatIf(let choice): return .replay(.whatIf(try desk.whatIf(choice)))
        default: return nil
        }
    }

    /// Recomputes, telling now and then how many entries of how many are done.
    func recompute(_ progress: (Int64, Int64) -> Void) -> Answer? {
        do throws(Fault) {
            return .replay(.recomputed(try desk.recompute(progress)))
        } catch {
            return .fault(error, of: .recompute)
        }
    }
}
