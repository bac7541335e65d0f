import Desk
import Exposure
import Moderation

/// A dry run of limits: whom they touch, in counts, and what becomes of the queue.
struct TrialText {
    let trial: LimitsTrial

    init(_ trial: LimitsTrial) { self.trial = trial }

    func show(asJSON json: Bool) throws {
        if json { return try Output.json(Report(trial)) }
        show()
    }

    func show() {
        Output.line("would change: \(trial.changes.isEmpty ? "nothing" : Figure.text(trial.changes))")
        Output.line(
            "touches \(trial.people) people, of whom \(trial.inShift) are in a shift: for them what is lowered acts "
                + "at once, and what is raised waits for the next shift")
        if let counts = trial.atCap {
            func text(_ count: Int) -> String {
                count == 0 ? "fewer than \(counts.least)" : "\(count) or more"
            }
            Output.line(
                "people at a cap at midnight (UTC): \(text(counts.before)), under these limits \(text(counts.after))"
            )
        } else {
            Output.line("people at a cap: not told, too few people")
        }
        let (before, after) = (trial.before, trial.after)
        Output.line(
            "foreseen over \(after.days) days with \(after.staff) people, learned from \(after.learnedDays) days:"
        )
        Output.line("waiting at the end".padded(30) + " \(before.waitingAtEnd) → \(after.waitingAtEnd) posts")
        for hazard in Hazard.allCases {
            guard let old = before.kinds[hazard], let new = after.kinds[hazard] else { continue }
            Output.line(
                "95 of 100 wait, \(hazard.rawValue)".padded(30)
                    + " \(SimulationText.time(old.wait)) → \(SimulationText.time(new.wait))")
        }
        if before.due > 0 || after.due > 0 {
            Output.line(
                "deadlines kept".padded(30)
                    + " \(WhatIfText.share(before.met, of: before.due)) → \(WhatIfText.share(after.met, of: after.due))"
            )
        }
        Output.line("a forecast, not a promise: nobody skips or hands on, and all work at the same pace")
    }

    /// The dry run as one object.
    struct Report: Encodable {
        private let changes: [Figure.ChangeCard]
        private let people, inShift: Int
        private let atCap: Caps?
        private let before, after: Ahead

        /// At least so many, in steps of the smallest group.
        private struct Caps: Encodable { let before, after, step: Int }

        private struct Ahead: Encodable {
            let days, staff, waitingAtEnd, deadlinesDue, deadlinesMet: Int
            let waiting: [Int]
            let waitP95: [String: Int64]

            init(_ foresight: Foresight) {
                days = foresight.days
                staff = foresight.staff
                waitingAtEnd = foresight.waitingAtEnd
                deadlinesDue = foresight.due
                deadlinesMet = foresight.met
                waiting = foresight.waiting
                waitP95 = Dictionary(
                    uniqueKeysWithValues: foresight.kinds.map { ($0.rawValue, $1.wait.wholeMilliseconds) })
            }

            enum CodingKeys: String, CodingKey {
                case days, staff, waiting
                case waitingAtEnd = "waiting_at_end"
                case deadlinesDue = "deadlines_due"
                case deadlinesMet = "deadlines_met"
                case waitP95 = "wait_p95_ms"
            }
        }

        init(_ trial: LimitsTrial) {
            changes = trial.changes.map(Figure.ChangeCard.init)
            people = trial.people
            inShift = trial.inShift
            atCap = trial.atCap.map { Caps(before: $0.before, after: $0.after, step: $0.least) }
            before = Ahead(trial.before)
            after = Ahead(trial.after)
        }

        enum CodingKeys: String, CodingKey {
            case changes, people, before, after
            case inShift = "in_shift"
            case atCap = "at_cap"
        }
    }
}
