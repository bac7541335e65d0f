import Desk
import Exposure
import Moderation
import PolicyEngine

/// The answer to a what-if question for programs.
struct WhatIfReport: Encodable {
    let bundle: BundleDigest?
    let limits: Limits?
    let reading: ReadingReport
    let decisions: DecisionsReport
    let shifts: [ShiftReport]
    let group: GroupReport?
    let looksAsRecorded: Int
    let settledShifts: Int

    private enum CodingKeys: String, CodingKey {
        case bundle, limits, reading, decisions, shifts, group
        case looksAsRecorded = "looks_as_recorded"
        case settledShifts = "settled_shifts"
    }

    struct ReadingReport: Encodable {
        let countTrials: Bool
        let hazardUp: Int
        let anyFindingRemoves: Bool

        private enum CodingKeys: String, CodingKey {
            case countTrials = "count_trials"
            case hazardUp = "hazard_up"
            case anyFindingRemoves = "any_finding_removes"
        }
    }

    struct DecisionsReport: Encodable {
        let decisions: Int
        let changed: Int
        let erased: Int
        let unknown: Int
        let agreedBefore: Int
        let agreedAfter: Int
        let moves: [MoveReport]
        let policies: [PolicyReport]
        let changes: [ChangeReport]

        private enum CodingKeys: String, CodingKey {
            case decisions, changed, erased, unknown, moves, policies, changes
            case agreedBefore = "agreed_before"
            case agreedAfter = "agreed_after"
        }
    }

    struct MoveReport: Encodable {
        let before: Action?
        let after: Action?
        let decided: Action
        let decisions: Int
    }

    struct PolicyReport: Encodable {
        let policy: PolicyID
        let before: Int
        let agreedBefore: Int
        let after: Int
        let agreedAfter: Int

        private enum CodingKeys: String, CodingKey {
            case policy, before, after
            case agreedBefore = "agreed_before"
            case agreedAfter = "agreed_after"
        }
    }

    struct ChangeReport: Encodable {
        let decision: DecisionID
        let post: PostID
        let before: Recommendation?
        let after: Recommendation?
        let decided: Action
    }

    struct ShiftReport: Encodable {
        let shift: ShiftID
        let person: PersonID
        let startedAt: String
        let recorded: FiguresReport
        let then: FiguresReport

        private enum CodingKeys: String, CodingKey {
            case shift, person, recorded, then
            case startedAt = "started_at"
        }
    }

    struct FiguresReport: Encodable {
        let dosePercent: Int
        let doseUnits: Int64
        let endedAfterMilliseconds: Int64
        let looks: Int
        let endedBy: String?
        let breaks: Int?
        let leftOut: Int?
        let cutShort: Int?
        let startsLaterMilliseconds: Int64?

        private enum CodingKeys: String, CodingKey {
            case looks, breaks
            case dosePercent = "dose_percent"
            case doseUnits = "dose_units"
            case endedAfterMilliseconds = "ended_after_ms"
            case endedBy = "ended_by"
            case leftOut = "left_out"
            case cutShort = "cut_short"
            case startsLaterMilliseconds = "starts_later_ms"
        }
    }

    struct GroupReport: Encodable {
        let people: Int
        let shifts: Int
        let meanDosePercent: Int
        let meanDosePercentThen: Int
        let endedByLimit: Int

        private enum CodingKeys: String, CodingKey {
            case people, shifts
            case meanDosePercent = "mean_dose_percent"
            case meanDosePercentThen = "mean_dose_percent_then"
            case endedByLimit = "ended_by_limit"
        }
    }
}

extension WhatIfReport {
    init(_ answer: WhatIf, _ question: WhatIfQuestion) {
        let reading = question.reading
        self.init(
            bundle: question.evaluator?.bundle.digest, limits: question.limits,
            reading: ReadingReport(
                countTrials: reading.countsTrials, hazardUp: reading.hazardUp,
                anyFindingRemoves: reading.anyFindingRemoves),
            decisions: DecisionsReport(answer.decisions), shifts: answer.shifts.map(ShiftReport.init),
            group: answer.group.map { group in
                GroupReport(
                    people: group.people, shifts: group.shifts,
                    meanDosePercent: group.meanDose.percent.value,
                    meanDosePercentThen: group.meanDoseThen.percent.value, endedByLimit: group.endedByLimit)
            }, looksAsRecorded: answer.looksAsRecorded, settledShifts: answer.settledShifts)
    }
}

extension WhatIfReport.DecisionsReport {
    init(_ decisions: DecisionsWhatIf) {
        func place(_ action: Action?) -> Int { action?.severity ?? -1 }
        self.init(
            decisions: decisions.decisions, changed: decisions.changed, erased: decisions.erased,
            unknown: decisions.unknown, agreedBefore: decisions.agreedBefore,
            agreedAfter: decisions.agreedAfter,
            moves: decisions.moves.sorted {
                (place($0.key.before), place($0.key.after), $0.key.decided.severity)
                    < (place($1.key.before), place($1.key.after), $1.key.decided.severity)
            }.map {
                WhatIfReport.MoveReport(
                    before: $0.key.before, after: $0.key.after, decided: $0.key.decided, decisions: $0.value)
            },
            policies: decisions.policies.sorted { $0.key < $1.key }.map {
                WhatIfReport.PolicyReport(
                    policy: $0.key, before: $0.value.before, agreedBefore: $0.value.agreedBefore,
                    after: $0.value.after, agreedAfter: $0.value.agreedAfter)
            },
            changes: decisions.changes.map {
                WhatIfReport.ChangeReport(
                    decision: $0.decision, post: $0.post, before: $0.before, after: $0.after,
                    decided: $0.decided)
            })
    }
}

extension WhatIfReport.ShiftReport {
    init(_ shift: ShiftWhatIf) {
        let then = shift.then
        self.init(
            shift: shift.shift, person: shift.person, startedAt: shift.startedAt.rfc3339,
            recorded: WhatIfReport.FiguresReport(
                dosePercent: shift.dose.percent.value, doseUnits: shift.dose.units,
                endedAfterMilliseconds: shift.endedAfter.wholeMilliseconds, looks: shift.looks, endedBy: nil,
                breaks: nil, leftOut: nil, cutShort: nil, startsLaterMilliseconds: nil),
            then: WhatIfReport.FiguresReport(
                dosePercent: then.dose.percent.value, doseUnits: then.dose.units,
                endedAfterMilliseconds: then.endedAfter.wholeMilliseconds, looks: then.looks,
                endedBy: then.endedBy?.rawValue, breaks: then.breaks, leftOut: then.leftOut,
                cutShort: then.cutShort, startsLaterMilliseconds: then.startsLater.wholeMilliseconds))
    }
}
