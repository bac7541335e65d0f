import ArgumentParser
import Desk
import Exposure
import Moderation

extension ExposureCommand {
    /// `releve exposure saved`: what was never shown.
    struct Saved: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Say how much exposure it saved to decide once what says the same; for leads and auditors.",
            discussion: """
                Of the last 28 days: posts decided without being shown, and what showing them would have charged. \
                Auditors are told by hazard, by the median time uncovered that the site's own work tells, or 20 s where \
                too few people do; leads, as if each had been seen for the shortest time that is charged.
                """)
        @OptionGroup var site: SiteOptions
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            let (desk, person) = try site.signIn()
            let saved = try desk.exposureSaved(for: person)
            if json { return try Output.json(Card(saved)) }
            Output.line(
                "\(saved.posts) posts decided without being shown in \(saved.days) days; "
                    + "showing them would have charged \(saved.parts == nil ? "at least " : "")\(saved.dose.percent)"
            )
            for part in saved.parts ?? [] {
                let seconds = part.median.wholeMilliseconds / 1000
                Output.line(
                    "  \(part.hazard.rawValue.padded(9)) \(part.posts) × \(seconds) s "
                        + "(\(part.isLearned ? "learned" : "assumed")) = \(part.dose.percent)")
            }
            if saved.parts == nil {
                Output.line("  by hazard, and by how long people look, for auditors alone")
            }
        }

        private struct Card: Encodable {
            let days, posts, percent: Int
            // swift-format-ignore: AlwaysUseLowerCamelCase
            let dose_units: Int64
            let hazards: [Part]?
            let withheld: Bool

            init(_ saved: ExposureSaved) {
                days = saved.days
                posts = saved.posts
                percent = saved.dose.percent.value
                dose_units = saved.dose.units
                hazards = saved.parts?.map(Part.init)
                withheld = saved.parts == nil
            }
        }

        private struct Part: Encodable {
            let hazard: String
            let posts: Int
            // swift-format-ignore: AlwaysUseLowerCamelCase
            let median_ms, dose_units: Int64
            let learned: Bool

            init(_ part: ExposureSaved.Part) {
                hazard = part.hazard.rawValue
                posts = part.posts
                median_ms = part.median.wholeMilliseconds
                dose_units = part.dose.units
                learned = part.isLearned
            }
        }
    }
}
