import Desk
import Exposure
import Moderation

@testable import Console

/// Recorded work in memory.
extension ScriptedDesk {
    func recordedShifts() throws(Fault) -> [RecordedShift] {
        timelines.map {
            RecordedShift(shift: $0.shift, person: $0.person, startedAt: $0.startedAt, endedAt: $0.endedAt)
        }
    }

    func timeline(of shift: ShiftID) throws(Fault) -> Timeline {
        try note("timeline", shift.rawValue)
        guard let found = timelines.first(where: { $0.shift == shift }) else {
            throw Fault(english: "there is no shift", french: "aucun service")
        }
        return found
    }

    func look(at name: TimelinePost.Name) throws(Fault) -> UncoverAnswer {
        if shifts.last?.isOpen != true { try startShift() }
        let hazard = timelines.compactMap { $0.posts[name]?.evaluation?.hazard }.first ?? .none
        return try uncover(name.post, content: recordedContent, hazard: hazard)
    }

    func recordedBundles() throws(Fault) -> [BundleDigest] { [BundleDigest(hex: "1a2b3c4d5e6f7a8b")] }

    func recompute(_ progress: (Int64, Int64) -> Void) throws(Fault) -> Recomputation {
        try note("recompute")
        progress(1, 2)
        return recomputation
    }

    func whatIf(_ choice: WhatIfChoice) throws(Fault) -> WhatIf {
        try note("whatIf", "\(choice)")
        return whatIfAnswer
    }
}
