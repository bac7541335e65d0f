import Desk
import Exposure
import Moderation
import PolicyEngine
import Store

extension LiveDesk {
    /// How many shifts the Replay screen holds.
    private static let mostShifts = 1000

    func recordedShifts() throws(Fault) -> [RecordedShift] {
        try call { () throws(DeskError) in try desk.recordedShifts(limit: Self.mostShifts, for: person) }
    }

    func timeline(of shift: ShiftID) throws(Fault) -> Timeline {
        try call { () throws(DeskError) in try desk.timeline(of: shift, for: person) }
    }

    func look(at name: TimelinePost.Name) throws(Fault) -> UncoverAnswer {
        show(try call { () throws(DeskError) in try desk.uncoverRecorded(name, by: person) })
    }

    func recordedBundles() throws(Fault) -> [BundleDigest] {
        try call { () throws(DeskError) in try desk.bundleNames(limit: 20) }
    }

    func recompute(_ progress: (Int64, Int64) -> Void) throws(Fault) -> Recomputation {
        try call { () throws(DeskError) in try desk.recompute(for: person, progress: progress) }
    }

    func whatIf(_ choice: WhatIfChoice) throws(Fault) -> WhatIf {
        try call { () throws(DeskError) in
            var question = WhatIfQuestion()
            switch choice {
            case .trialsCount: question.reading.countsTrials = true
            case .hazardUp: question.reading.hazardUp = 1
            case .anyFindingRemoves: question.reading.anyFindingRemoves = true
            case .limit(let field, let figure):
                var limits = try desk.limitsInForce(for: person).stored.limits
                limits[field] = figure
                question.limits = limits
            case .bundle(let digest): question.evaluator = try desk.recordedEvaluator(digest)
            }
            return try desk.whatIf(question, most: 0, for: person)
        }
    }
}
