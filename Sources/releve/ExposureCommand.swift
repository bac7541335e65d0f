import ArgumentParser
import Desk
import Exposure
import Foundation
import Moderation
import Store

/// `releve exposure`: your own record.
struct ExposureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exposure", abstract: "See your own exposure record, and take it with you.",
        subcommands: [
            Show.self, Saved.self, Export.self, Verify.self, Take.self, Settle.self, Team.self, HandOver.self,
            Handovers.self, TakeBack.self, Open.self,
        ], defaultSubcommand: Show.self)

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Show your exposure by day and hazard, who looked, and what auditors held of your decisions.")
        @OptionGroup var site: SiteOptions
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            let (desk, person) = try site.signIn()
            let record = try desk.record(of: person)
            let standing = StandingCard(record.standing)
            if json {
                let days = record.summary.days.map(DayCard.init)
                return try Output.json(
                    Card(
                        person: person.id.rawValue, standing: standing, days: days,
                        dose_units: record.summary.dose.units,
                        name_opened: record.openedNames.map(OpenedCard.init),
                        watched: record.watchings.map(WatchedCard.init),
                        verdicts: record.outcomes.map(VerdictCard.init)))
            }
            standing.print()
            for day in record.summary.days {
                let hazards = Hazard.allCases.filter { (day.milliseconds[$0] ?? 0) > 0 }
                    .map { "\($0.rawValue) \(Clock.text(day.milliseconds[$0] ?? 0))" }
                Output.line(
                    "\(day.start.rfc3339.prefix(10))  \(day.dose.percent)  \(hazards.joined(separator: ", "))"
                )
            }
            for opened in record.openedNames {
                let second = opened.approver.map { ", with the approval of \($0)" } ?? ""
                Output.line("\(opened.at)  \(opened.requester) saw your name behind the pseudonym\(second)")
            }
            for watching in record.watchings {
                Output.line("\(watching.at)  \(watching.watcher) watched your shift \(watching.shift)")
            }
            for outcome in record.outcomes {
                let card = VerdictCard(outcome)
                let reason = card.reason.map { ": \($0)" } ?? ""
                Output.line(
                    "\(card.at)  \(Self.held(outcome.mark.verdict)): your decision to \(card.action) \(card.post)\(reason)"
                )
            }
        }

        private static func held(_ verdict: AuditVerdict?) -> String {
            switch verdict {
            case .agree: "upheld"
            case .disagree: "held to be wrong"
            case .unclear, nil: "can't be told"
            }
        }

        private struct Card: Encodable {
            let person: String
            let standing: StandingCard
            let days: [DayCard]
            // swift-format-ignore: AlwaysUseLowerCamelCase
            let dose_units: Int64
            // swift-format-ignore: AlwaysUseLowerCamelCase
            let name_opened: [OpenedCard]
            let watched: [WatchedCard]
            let verdicts: [VerdictCard]
        }

        private struct WatchedCard: Encodable {
            let at, by, shift: String

            init(_ watching: Watching) {
                at = watching.at.rfc3339
                by = watching.watcher.rawValue
                shift = watching.shift.rawValue
            }
        }

        private struct VerdictCard: Encodable {
            let at, decision, post, action, verdict: String
            let policy, reason: String?

            init(_ outcome: MarkedDecision) {
                at = outcome.mark.at.rfc3339
                decision = outcome.decision.id.rawValue
                post = outcome.decision.post.rawValue
                action = outcome.decision.action.rawValue
                policy = outcome.decision.policy?.rawValue
                verdict = outcome.mark.verdict?.rawValue ?? AuditVerdict.unclear.rawValue
                reason = outcome.mark.reason
            }
        }

        private struct OpenedCard: Encodable {
            let at, by: String
            let approved: String?

            init(_ opened: OpenedName) {
                at = opened.at.rfc3339
                by = opened.requester.rawValue
                approved = opened.approver?.rawValue
            }
        }

        private struct DayCard: Encodable {
            let day: String
            let milliseconds: [String: Int64]
            let percent: Int

            init(_ day: ExposureSummary.Day) {
                self.day = String(day.start.rfc3339.prefix(10))
                milliseconds = Dictionary(
                    uniqueKeysWithValues: day.milliseconds.map { ($0.key.rawValue, $0.value) })
                percent = day.dose.percent.value
            }
        }
    }

    private enum Clock {
        static func text(_ milliseconds: Int64) -> String {
            let seconds = (milliseconds + 999) / 1000
            return seconds >= 60 ? "\(seconds / 60) min \(seconds % 60) s" : "\(seconds) s"
        }
    }
}
