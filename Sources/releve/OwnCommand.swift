import ArgumentParser
import Desk
import Exposure
import Foundation
import Moderation
import Store

/// `releve own`: what you decide for yourself; nobody else is told.
struct OwnCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "own", abstract: "Stop now, set a lower limit of your own, leave a kind out for today.",
        subcommands: [Stop.self, Limit.self, NotToday.self])

    struct Stop: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Stop now: posts go back with their drafts and a break begins; nobody is told why.")
        @OptionGroup var site: SiteOptions

        func run() throws {
            let (desk, person) = try site.signIn()
            let isBreak = try desk.stop(person)
            Output.line(isBreak ? "stopped; a break lasts until you end it" : "stopped; no shift is open")
            if let first = try desk.support().first {
                Output.line("\(first.name): \(first.reach) (all: releve support)")
            }
        }
    }

    struct Limit: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show or set a lower limit of your own; it is in no entry, and nobody else sees it.")
        @OptionGroup var site: SiteOptions
        @Argument(help: "Percent of a full dose in 24 hours, 1 to 100, or none.") var percent: String?
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            let (desk, person) = try site.signIn()
            if let percent {
                try desk.setPersonalLimit(Self.limit(percent), of: person)
            }
            let limit = try desk.record(of: person).personalLimit
            if json { return try Output.json(["own_limit_percent": limit?.value]) }
            Output.line(limit.map { "your own limit: \($0.value) % in 24 hours" } ?? "no limit of your own")
        }

        private static func limit(_ text: String) throws -> Percent? {
            if text == "none" { return nil }
            let digits = text.hasSuffix("%") ? String(text.dropLast()) : text
            guard let value = Int(digits), (1...100).contains(value) else {
                throw Complaint("\(text.debugDescription) is no limit (1 to 100, or none)")
            }
            return Percent(value)
        }
    }

    struct NotToday: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "not-today",
            abstract: "Leave a kind out until the day and this shift are over; no reason is asked for.")
        @OptionGroup var site: SiteOptions
        @OptionGroup var kinds: KindOptions
        @Flag(help: "Take back what was said for today.") var undo = false

        func run() throws {
            let (desk, person) = try site.signIn()
            let (hazards, policies) = try kinds.kinds(at: desk)
            guard undo || !hazards.isEmpty || !policies.isEmpty else {
                throw Complaint("name a kind: --hazards severe or --policies threats (or --undo)")
            }
            let changed =
                try undo
                ? desk.showTodayAgain(to: person)
                : desk.notToday(
                    hazards: hazards, policies: policies, utcOffset: TimeZone.current.secondsFromGMT(),
                    to: person)
            guard let today = changed.optOuts.today else { return Output.line("nothing is left out today") }
            let all = today.hazards.map(\.rawValue).sorted() + today.policies.map(\.rawValue).sorted()
            Output.line("not shown to you until \(today.until): \(all.joined(separator: ", "))")
        }
    }
}
