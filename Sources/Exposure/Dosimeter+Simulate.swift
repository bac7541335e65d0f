public import Moderation

/// A shift imagined: posts that come round and round, to see what limits would do with them.
public struct ShiftPlan: Hashable, Sendable {
    /// One post of the plan.
    public struct Post: Hashable, Sendable {
        /// Its hazard.
        public var hazard: Hazard
        /// How long it is uncovered.
        public var visible: Duration
        /// Time until the next, covered.
        public var pause: Duration

        /// Makes a post.
        public init(hazard: Hazard, visible: Duration, pause: Duration) {
            self.hazard = hazard
            self.visible = visible
            self.pause = pause
        }
    }

    /// The posts, repeated in this order.
    public var posts: [Post]

    /// Makes a plan.
    public init(posts: [Post]) { self.posts = posts }
}

/// What limits did with a plan.
///
/// Plans aim at 80 % at most: a limit is no target.
public struct ShiftSimulation: Hashable, Sendable {
    /// When each notice was reached, from the start of the shift.
    public var notices: [Notice: Duration]
    /// Breaks that were due.
    public var breaks: Int
    /// Time uncovered at each hazard.
    public var uncovered: [Hazard: Duration]
    /// Posts that the limits left out: too many severe in a row, or in the last hour.
    public var leftOut: Int
    /// The dose at the end.
    public var dose: Dose
    /// When exposure ended, from the start of the shift.
    public var endedAfter: Duration
    /// What ended it; `nil` when the plan is empty or goes beyond what is imagined.
    public var endedBy: LimitReason?
}

extension Dosimeter {
    /// Plays a plan from a fresh start, with the same rules as in earnest, breaks being taken when due.
    ///
    /// At most 5000 posts are imagined. A post is covered when its deadline comes.
    public static func simulate(limits: Limits, plan: ShiftPlan) -> ShiftSimulation {
        var play = Play(limits: limits)
        guard !plan.posts.isEmpty else { return play.result }
        for turn in 0..<5000 {
            if let reason = play.take(plan.posts[turn % plan.posts.count]) {
                play.result.endedBy = reason
                break
            }
        }
        play.finish()
        return play.result
    }

    /// A simulation under way.
    private struct Play {
        let limits: Limits
        let start = Timestamp(milliseconds: 0)
        var record: ExposureRecord
        var result = ShiftSimulation(
            notices: [:], breaks: 0, uncovered: [:], leftOut: 0, dose: .zero, endedAfter: .zero)

        init(limits: Limits) {
            self.limits = limits
            let person = PersonID("plan")
            let shift = Shift(id: ShiftID("plan"), person: person, startedAt: start)
            record = ExposureRecord(person: person, now: start, spans: [], shifts: [shift], limits: limits)
        }

        /// Shows one post; the limit that ended the shift, if one did.
        mutating func take(_ post: ShiftPlan.Post) -> LimitReason? {
            var standing = Dosimeter.standing(of: record)
            if case .mustBreak = standing.availability {
                rest(for: standing.breakDue?.length ?? limits.breakLength)
                standing = Dosimeter.standing(of: record)
            }
            switch standing.mayUncover(post.hazard) {
            case .allowed:
                show(post, standing: standing)
            case .refused(.capped(let reason, _)), .refused(.shiftOver(let reason, _)):
                return reason
            case .refused:
                result.leftOut += 1
                // Left out in no time at all would never end the shift.
                record.now = record.now.later(by: max(post.visible, .seconds(1)))
            }
            record.now = record.now.later(by: post.pause)
            return nil
        }

        private mutating func show(_ post: ShiftPlan.Post, standing: Standing) {
            let id = SpanID(String(record.spans.count))
            let open = Span.opened(
                id: id, person: record.person, post: nil, shift: nil, hazard: post.hazard, at: record.now,
                limits: limits)
            record.spans.append(open)
            let until = Dosimeter.standing(of: record).mustCover(open, lastKeyAt: nil)?.at
            let planned = record.now.later(by: max(post.visible, .milliseconds(1)))
            let end = max(record.now, min(planned, until ?? planned))
            let elapsed = Duration.milliseconds(end.millisecondsSince(record.now))
            record.spans[record.spans.count - 1] =
                open.closed(elapsed: elapsed, at: end, by: .covered, limits: limits)
            record.now = end
            result.uncovered[post.hazard, default: .zero] += elapsed
            let reached = Dosimeter.standing(of: record).notice
            for notice in Notice.allCases where result.notices[notice] == nil {
                guard let reached, notice <= reached else { continue }
                result.notices[notice] = .milliseconds(end.millisecondsSince(start))
            }
        }

        private mutating func rest(for length: Duration) {
            let end = record.now.later(by: length)
            record.shifts[0].breaks.append(Break(startedAt: record.now, endedAt: end, isRequired: true))
            record.now = end
            result.breaks += 1
        }

        mutating func finish() {
            let last = record.spans.map(\.end).max() ?? start
            result.endedAfter = .milliseconds(last.millisecondsSince(start))
            result.dose = record.spans.reduce(.zero) { $0 + $1.dose }
        }
    }
}
