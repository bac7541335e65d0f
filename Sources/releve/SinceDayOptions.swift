import ArgumentParser
import Moderation

/// From which day on a person's record is told.
struct SinceDayOptions: ParsableArguments {
    @Option(help: "Leave out what was before that day, such as 2026-03-01.") var since: String?

    /// The day; `nil` where nothing is left out.
    func day() throws -> UTCDay? {
        try since.map { text in
            guard let day = UTCDay(text) else {
                throw Complaint("--since: no day \(text.debugDescription) (2026-03-01)")
            }
            return day
        }
    }
}
