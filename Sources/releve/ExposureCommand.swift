import ArgumentParser
import Desk
import Exposure
import Foundation
import Moderation

/// `releve exposure`: your own record.
struct ExposureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exposure", abstract: "See your own exposure record, and take it with you.",
        subcommands: [
            Show.self, Saved.self, Export.self, Verify.self, Take.self, Settle.self, Team.self, HandOver.self,
            Handovers.self, TakeBack.self, Open.self,
        ], defaultSubcommand: Show.self)

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show your exposure by day and hazard.")
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
                        name_opened: record.openedNames.map(OpenedCard.init)))
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
        }

        private struct Card: Encodable {
            let person: String
            let standing: StandingCard
            let days: [DayCard]
            // swift-format-ignore: AlwaysUseLowerCamelCase
            let dose_units: Int64
            // swift-format-ignore: AlwaysUseLowerCamelCase
            let name_opened: [OpenedCard]
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
