import ArgumentParser
import Console
import Desk
import Exposure
import Foundation
import Ledger
import Moderation

extension ReplayCommand {
    /// `releve replay watch`: a shift as it happened.
    struct Watch: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Watch a shift as it happened: on a terminal played, elsewhere as lines.",
            discussion: """
                Without a SHIFT: the shifts that can be watched, by pseudonym and time. Everything stays covered; on \
                the screen, o uncovers a post as it was then, which is your own exposure, with your limits, and an \
                entry. For auditors; that a shift is watched is an entry too.
                """)
        @OptionGroup var site: SiteOptions
        @OptionGroup var when: ReplayOptions
        @OptionGroup var screen: ScreenOptions
        @Argument(help: "The shift: its id or the beginning of it.") var shift: String?
        @Option(help: "How fast it is played on the screen: 1, 2, 5, 10, 30 or 60 times.") var speed = 1
        @Option(help: "Without a SHIFT: at most so many.") var limit = 50
        @Flag(help: "As lines, on a terminal too.") var lines = false
        @Flag(help: "One JSON object.") var json = false

        func validate() throws {
            guard (1...60).contains(speed) else { throw ValidationError("--speed is from 1 to 60") }
            guard limit >= 0 else { throw ValidationError("--limit can't be negative") }
        }

        func run() throws {
            let (desk, person) = try site.signIn()
            let chosen = try shift.map { try desk.recordedShift(withPrefix: $0, for: person) }
            guard json || lines || !(Output.isTerminal || screen.linear) else {
                guard person.roles.contains(.auditor) else { throw DeskError.needsRole(.auditor) }
                return try screen.open(
                    desk, person, role: .auditor, start: .replay(chosen?.shift, speed: speed))
            }
            guard let chosen else { return try list(desk, person) }
            let timeline = try desk.timeline(of: chosen.shift, for: person)
            if json { return try Output.json(TimelineReport(timeline)) }
            let words = TimelineWords(language: Language(locale: Settings.language))
            for line in words.lines(of: timeline) { Output.line(line) }
        }

        private func list(_ desk: Desk, _ person: Person) throws {
            let (from, to) = try when.moments(now: desk.clock.now().wall)
            let shifts = try desk.recordedShifts(from: from, to: to, limit: limit, for: person)
            if json { return try Output.json(ShiftsReport(shifts)) }
            for shift in shifts {
                Output.line(
                    "\(shift.shift.rawValue.padded(17)) \(shift.person.rawValue.padded(17)) "
                        + "\(shift.startedAt)  \(shift.endedAt.map(\.rfc3339) ?? "still open")")
            }
        }
    }
}

/// The shifts for programs.
struct ShiftsReport: Encodable {
    let shifts: [ShiftReport]

    struct ShiftReport: Encodable {
        let shift: ShiftID
        let person: PersonID
        let startedAt: String
        let endedAt: String?

        private enum CodingKeys: String, CodingKey {
            case shift, person
            case startedAt = "started_at"
            case endedAt = "ended_at"
        }
    }

    init(_ shifts: [RecordedShift]) {
        self.shifts = shifts.map {
            ShiftReport(
                shift: $0.shift, person: $0.person, startedAt: $0.startedAt.rfc3339,
                endedAt: $0.endedAt?.rfc3339)
        }
    }
}

/// A timeline for programs.
struct TimelineReport: Encodable {
    let shift: ShiftID
    let person: PersonID
    let startedAt: String
    let endedAt: String?
    let events: [EventReport]

    private enum CodingKeys: String, CodingKey {
        case shift, person, events
        case startedAt = "started_at"
        case endedAt = "ended_at"
    }

    struct EventReport: Encodable {
        let entry: Int64
        let at: String
        let offsetMilliseconds: Int64
        let what: String
        let detail: String
        let post: PostID?
        let version: Int?
        let bundle: BundleDigest?
        let hazard: Hazard?
        let findings: [RuleID]?
        let recommendation: Recommendation?
        let visibleMilliseconds: Int64?
        let isErased: Bool?

        private enum CodingKeys: String, CodingKey {
            case entry, at, what, detail, post, version, bundle, hazard, findings, recommendation
            case offsetMilliseconds = "offset_ms"
            case visibleMilliseconds = "visible_ms"
            case isErased = "erased"
        }

        init(_ event: TimelineEvent, _ post: TimelinePost?, _ words: TimelineWords) {
            entry = event.entry
            at = event.at.rfc3339
            offsetMilliseconds = event.offset.wholeMilliseconds
            what = words.fact(event)
            detail = words.detail(event)
            self.post = event.post
            version = event.inHand?.version
            bundle = event.inHand?.bundle
            hazard = post?.evaluation?.hazard
            findings = post?.evaluation?.findings.map(\.rule)
            recommendation = post?.evaluation?.recommendation
            if case .covered(_, _, let visible, _) = event.fact {
                visibleMilliseconds = visible.wholeMilliseconds
            } else {
                visibleMilliseconds = nil
            }
            isErased = post?.isErased
        }
    }

    init(_ timeline: Timeline) {
        let words = TimelineWords(language: .english)
        shift = timeline.shift
        person = timeline.person
        startedAt = timeline.startedAt.rfc3339
        endedAt = timeline.endedAt?.rfc3339
        events = timeline.events.map { EventReport($0, timeline.post(of: $0), words) }
    }
}
