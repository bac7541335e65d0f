import ArgumentParser
import Desk
import Exposure
import Moderation
import Store

/// `releve limits`: what is in force, and lowering it.
struct LimitsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "limits", abstract: "See, lower and simulate exposure limits.",
        subcommands: [Show.self, Lower.self, Simulate.self, History.self], defaultSubcommand: Show.self)

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the limits in force and who set them.")
        @OptionGroup var site: SiteOptions
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            let (desk, person) = try site.signIn()
            let limits = try desk.limitsInForce(for: person)
            if json { return try Output.json(limits.stored.limits) }
            let author = limits.setByName ?? "the defaults of the site"
            Output.line(
                "version \(limits.stored.limits.version), in force since \(limits.stored.since), by \(author)"
            )
            for (name, value) in limits.stored.limits.canonical where name != "version" {
                let shown = LimitField(rawValue: name).map(Figure.shortName) ?? name
                Output.line("\(shown.padded(20)) \(Figure.text(value, of: name))")
            }
        }
    }

    struct Lower: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lower limits; acts at once.",
            discussion:
                "Example: releve limits lower daily=80 continuous=40m. What would loosen a limit is refused.")
        @OptionGroup var site: SiteOptions
        @Argument(help: "NAME=FIGURE, as releve limits show prints them.") var changes: [String]
        @Flag(help: "Only say what it would do.") var dryRun = false

        func run() throws {
            let (desk, person) = try site.signIn()
            var limits = try desk.limitsInForce(for: person).stored.limits
            for change in changes { try Figure.apply(change, to: &limits) }
            let touched = try desk.touched(by: limits, for: person)
            Output.line("people at a cap: \(touched.before) now, \(touched.after) then")
            guard !dryRun else { return }
            let new = try desk.lowerLimits(to: limits, by: person)
            Output.line("limits version \(new.version) are in force")
        }
    }

    struct History: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List all limits that were in force.")
        @OptionGroup var site: SiteOptions

        func run() throws {
            let (desk, _) = try site.signIn()
            var previous: Limits?
            for stored in try desk.limitsHistory() {
                let changes = previous.map { stored.limits.changes(from: $0) } ?? []
                let text = changes.map {
                    "\(Figure.shortName($0.field)) \(Figure.text($0.old, of: $0.field.rawValue)) → "
                        + Figure.text($0.new, of: $0.field.rawValue)
                }
                let author = stored.setBy?.rawValue ?? "defaults"
                Output.line(
                    "\(stored.since)  version \(stored.limits.version)  \(author)  "
                        + text.joined(separator: "; "))
                previous = stored.limits
            }
        }
    }
}

/// Limit figures in the units people use.
enum Figure {
    private static let units: [(String, Int64)] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)]

    /// The name without its unit, which figures bring along here: `daily`, `continuous`.
    static func shortName(_ field: LimitField) -> String {
        String(field.rawValue.replacing("_ms", with: "").replacing("_percent", with: ""))
    }

    static func isTime(_ name: String) -> Bool { name.hasSuffix("_ms") }

    private static func field(_ name: String) -> LimitField? {
        LimitField.allCases.first { $0.rawValue == name || shortName($0) == name }
    }

    static func text(_ value: Int64, of name: String) -> String {
        guard isTime(name) else { return String(value) }
        if value % 3_600_000 == 0, value > 0 { return "\(value / 3_600_000)h" }
        if value % 60_000 == 0, value > 0 { return "\(value / 60_000)m" }
        return value % 1000 == 0 ? "\(value / 1000)s" : "\(value)ms"
    }

    /// Reads `daily=80` or `continuous=40m`.
    static func apply(_ change: String, to limits: inout Limits) throws {
        let parts = change.split(separator: "=", maxSplits: 1)
        guard parts.count == 2 else {
            throw Complaint("\(change.debugDescription) is not NAME=FIGURE, such as daily=80")
        }
        guard let field = field(String(parts[0])) else {
            let names = LimitField.allCases.map(shortName).joined(separator: ", ")
            throw Complaint("there is no limit \(String(parts[0]).debugDescription) (one of \(names))")
        }
        let text = String(parts[1]).replacing("%", with: "")
        var value = Int64(text)
        if isTime(field.rawValue) {
            value = nil
            for (unit, factor) in units where text.hasSuffix(unit) {
                if let number = Int64(text.dropLast(unit.count)), number <= Int64.max / factor {
                    value = number * factor
                }
            }
        }
        guard let value, value >= 0 else {
            let example = isTime(field.rawValue) ? "40m, 90s or 2h" : "a whole number"
            throw Complaint("\(parts[0]): \(String(parts[1]).debugDescription) is no figure (\(example))")
        }
        limits[field] = value
    }
}
