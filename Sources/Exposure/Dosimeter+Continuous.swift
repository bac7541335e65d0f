import Moderation

extension Dosimeter {
    /// How long exposure has gone on without an adequate break.
    ///
    /// Anything without exposure for at least `breakLength` is a break: a recorded one, or a pause with nothing
    /// uncovered. Shorter pauses count as work, and so does the time between the start of a shift or the end
    /// of a break and the first uncovering after it.
    struct Streak {
        /// When it began; `nil` while nothing goes on.
        let start: Timestamp?
        /// Since when nothing has been uncovered; `now` while something is.
        let quietSince: Timestamp
        /// The moment asked about, by the time of day.
        let now: Timestamp
        /// The latest moment that is known to have come.
        let latest: Timestamp

        /// How long it has lasted.
        var length: Duration { .milliseconds(start.map { latest.millisecondsSince($0) } ?? 0) }

        init(of record: ExposureRecord, shift: Shift?, latest: Timestamp) {
            let now = record.now
            let limits = record.limits
            let enough = limits.breakLength.chargedMilliseconds
            let breaks = (shift?.breaks ?? []).filter {
                ($0.endedAt ?? now).millisecondsSince($0.startedAt) >= enough
            }
            var start: Timestamp?
            var quiet: Timestamp?
            /// Takes the silence before the next activity, or before `now`, into account.
            func silence(until moment: Timestamp, isActivity: Bool) {
                guard let since = quiet, moment.millisecondsSince(since) >= enough else { return }
                let ends = breaks.compactMap { pause -> Timestamp? in
                    let end = min(pause.endedAt ?? now, moment)
                    return end.millisecondsSince(max(pause.startedAt, since)) >= enough ? end : nil
                }
                if let end = ends.max(), moment.millisecondsSince(end) < enough {
                    start = end
                } else {
                    start = isActivity ? moment : nil
                }
            }
            for (from, to) in Self.activity(record, shift: shift, latest: latest) {
                silence(until: from, isActivity: true)
                start = start ?? from
                quiet = max(quiet ?? to, to)
            }
            silence(until: now, isActivity: false)
            self.start = start
            quietSince = min(latest, quiet ?? now)
            self.now = now
            self.latest = latest
        }

        /// Uncovered stretches and the start of the shift, by their beginning.
        private static func activity(
            _ record: ExposureRecord, shift: Shift?, latest: Timestamp
        ) -> [(Timestamp, Timestamp)] {
            let horizon = record.now.earlier(by: Dosimeter.day)
            var activity = record.spans
                .filter { $0.person == record.person && $0.hazard != .none && $0.end > horizon }
                .map { (min($0.openedAt, latest), min($0.end, latest)) }
            if let shift {
                activity.append((min(shift.startedAt, latest), min(shift.startedAt, latest)))
            }
            return activity.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
        }
    }

    /// Lighter posts owed before the next severe or extreme one.
    ///
    /// Posts count in the order in which this shift uncovered them, each once; a pause of `breakLength`
    /// without exposure settles the debt as well, or a queue of nothing but severe posts would never go on.
    static func lighterOwed(_ record: ExposureRecord, shift: Shift?) -> Int {
        guard let shift else { return 0 }
        let limits = record.limits
        let enough = limits.breakLength.chargedMilliseconds
        let own = record.spans.filter { $0.person == record.person && $0.end >= shift.startedAt }
        var severe: Set<PostID> = []
        for span in own where span.hazard >= .severe { if let post = span.post { severe.insert(post) } }
        func isSevere(_ span: Span) -> Bool { span.post.map(severe.contains) ?? (span.hazard >= .severe) }
        // What two consoles open in one moment counts as if the lighter had come first: the run goes on.
        let spans = own.sorted { left, right in
            guard left.openedAt == right.openedAt else { return left.openedAt < right.openedAt }
            guard isSevere(left) == isSevere(right) else { return isSevere(right) }
            return left.id < right.id
        }
        var run = 0
        var owed = 0
        var quiet = shift.startedAt
        var seen: Set<PostID> = []
        for span in spans {
            if span.openedAt.millisecondsSince(quiet) >= enough { (run, owed) = (0, 0) }
            if span.hazard != .none { quiet = max(quiet, span.end) }
            if let post = span.post, !seen.insert(post).inserted { continue }
            if isSevere(span) {
                run += 1
                if run >= max(1, limits.runOfSevere) { owed = max(0, limits.lighterAfterRun) }
            } else if owed > 0 {
                owed -= 1
                if owed == 0 { run = 0 }
            } else {
                run = 0
            }
        }
        return record.now.millisecondsSince(quiet) >= enough ? 0 : owed
    }
}
