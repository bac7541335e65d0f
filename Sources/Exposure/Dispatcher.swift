public import Moderation

/// In which order waiting posts are given out.
public enum DispatchOrder: String, CaseIterable, Hashable, Sendable, Codable {
    /// The oldest that may be shown, whatever it is.
    case oldest
    /// As the queue stands: the highest priority that may be shown, then the oldest.
    case priority
    /// What fits what is left of the person's dose, urgent first, severe runs interleaved, and the heaviest to
    /// whoever of the team has had least.
    case levelled
}

/// What dispatch knows of a waiting post: nothing of its content.
public struct WaitingPost: Hashable, Sendable {
    /// How harmful looking is expected to be.
    public var hazard: Hazard
    /// How much sooner than others it should be looked at.
    public var priority: Int
    /// Since when it waits.
    public var since: Timestamp
    /// By when it must be decided.
    public var deadline: Timestamp?
    /// Whether it can't wait at all: child safety, a threat to life.
    public var isUrgent: Bool
    /// Whether it goes before what is lighter or heavier: a trusted flagger reported it.
    public var isPreferred: Bool
    /// Whether fewer than half of the people could take it, for its language or hazard: then nobody counts on the others.
    public var isForFew: Bool

    /// Makes a waiting post.
    public init(
        hazard: Hazard, priority: Int = 0, since: Timestamp, deadline: Timestamp? = nil,
        isUrgent: Bool = false, isPreferred: Bool = false, isForFew: Bool = false
    ) {
        self.hazard = hazard
        self.priority = priority
        self.since = since
        self.deadline = deadline
        self.isUrgent = isUrgent
        self.isPreferred = isPreferred
        self.isForFew = isForFew
    }
}

/// What dispatch knows of the person who asks for a post.
public struct Candidate: Hashable, Sendable {
    /// Hazards that the limits let them see now.
    public var claimable: Set<Hazard>
    /// What is left until the first dose limit.
    public var left: Dose
    /// The dose of their last 24 hours.
    public var dayDose: Dose
    /// The dose of their last seven days.
    public var weekDose: Dose
    /// The load that halves every ten minutes.
    public var acuteLoad: Dose

    /// Makes a candidate.
    public init(claimable: Set<Hazard>, left: Dose, dayDose: Dose, weekDose: Dose, acuteLoad: Dose) {
        self.claimable = claimable
        self.left = left
        self.dayDose = dayDose
        self.weekDose = weekDose
        self.acuteLoad = acuteLoad
    }

    /// Where somebody stands, as dispatch sees it.
    public init(_ standing: Standing) {
        self.init(
            claimable: standing.claimable,
            left: min(standing.dayLimit - standing.dayDose, standing.weekLimit - standing.weekDose),
            dayDose: standing.dayDose, weekDose: standing.weekDose, acuteLoad: standing.acuteLoad)
    }
}

/// What dispatch knows of everybody together: nothing of one person.
public struct TeamState: Hashable, Sendable {
    /// The mean of the week's doses over the team; `nil` where it must not be known.
    public var mean: Dose?
    /// Hazards of which so much waits that nobody is spared: `Dispatcher.flooded(waiting:present:)`.
    public var flooded: Set<Hazard>

    /// Makes a state.
    public init(mean: Dose?, flooded: Set<Hazard> = []) {
        self.mean = mean
        self.flooded = flooded
    }
}

/// Chooses the next post for a person; a pure function of what waits, who asks and how the team stands.
///
///     let place = Dispatcher(order: .levelled, limits: limits, expected: medians)
///         .choose(from: waiting, for: Candidate(standing), team: team, at: now)
///
/// Limits are kept by whoever says what is claimable; this only chooses among it.
public struct Dispatcher: Hashable, Sendable {
    /// The order.
    public var order: DispatchOrder
    /// The limits in force, for weights and the floor.
    public var limits: Limits
    /// The median time for which a post of that hazard is uncovered, learned from work done; none counts as the floor.
    public var expected: [Hazard: Duration]
    /// How long before its deadline a post goes before everything else.
    public var urgentWithin: Duration = .seconds(4 * 3600)
    /// The part of a post's time after which it comes before what is lighter, so that what is left to others is not left
    /// until so much is due at once that nobody can do it.
    public var pressingAfter: Percent = 33
    /// How long a post without a deadline may be passed over for the sake of levelling.
    public var patience: Duration = .seconds(24 * 3600)
    /// How far above the team's mean a week's dose may be before heavier posts are left to others.
    public var tolerance: Percent = 5

    /// How far above it may be before posts that are only pressing are left to others too, until they are urgent.
    public var farAbove: Percent = 20
    /// How large the share of each person present may be, in what waits of a severe or extreme hazard, before nobody is
    /// spared: leaving posts to others helps only while others can do them in time.
    public var flood: Percent = 25

    /// Makes a dispatcher.
    public init(order: DispatchOrder, limits: Limits, expected: [Hazard: Duration] = [:]) {
        self.order = order
        self.limits = limits
        self.expected = expected
    }

    /// What a post of that hazard is expected to charge: its weight × the learned median, at least the floor.
    public func expectedDose(of hazard: Hazard) -> Dose {
        .charge(hazard: hazard, visible: expected[hazard] ?? .zero, limits: limits)
    }

    /// The place of the post that this person is given; `nil` when none of these is for them now.
    ///
    /// - Parameters:
    ///   - posts: at least the oldest of each hazard and the one with the next deadline; their order says nothing.
    ///   - team: how the team stands.
    public func choose(
        from posts: [WaitingPost], for person: Candidate, team: TeamState, at now: Timestamp
    ) -> Int? {
        let allowed = posts.indices.filter { person.claimable.contains(posts[$0].hazard) }
        switch order {
        case .oldest: return allowed.min { Self.isOlder(posts[$0], posts[$1]) }
        case .priority:
            return allowed.min { left, right in
                if posts[left].priority != posts[right].priority {
                    return posts[left].priority > posts[right].priority
                }
                return Self.isOlder(posts[left], posts[right])
            }
        case .levelled:
            let fitting = allowed.filter { fits(posts[$0].hazard, person) }
            return levelled(posts, fitting, person, team, now)
        }
    }

    /// Whether what such a post is expected to charge fits what is left.
    public func fits(_ hazard: Hazard, _ person: Candidate) -> Bool {
        limits.weight(of: hazard) == 0 || expectedDose(of: hazard) <= person.left
    }

    /// Whether a post must reach somebody now, whatever else waits: its deadline is near, or it can't wait at all.
    ///
    /// One that only was passed over for long comes first as well, but nobody is called for it.
    public func mustBeTaken(_ post: WaitingPost, at now: Timestamp) -> Bool {
        post.isUrgent || post.deadline.map { $0.earlier(by: urgentWithin) <= now } ?? false
    }

    /// Whether so few of these people can take a kind of post that it isn't left to others.
    public static func isForFew(takers: Int, of people: Int) -> Bool { takers * 2 < people }

    /// The severe and extreme hazards of which so much waits that everybody present is needed.
    ///
    /// - Parameters:
    ///   - waiting: how many posts wait.
    ///   - present: how many people are on shift.
    public func flooded(waiting: [Hazard: Int], present: Int) -> Set<Hazard> {
        Set(
            [Hazard.severe, .extreme].filter { hazard in
                let all = expectedDose(of: hazard).times(waiting[hazard] ?? 0)
                return all.units / Int64(max(1, present)) > Dose(flood).units
            })
    }

    // MARK: Levelling

    private func levelled(
        _ posts: [WaitingPost], _ fitting: [Int], _ person: Candidate, _ team: TeamState, _ now: Timestamp
    ) -> Int? {
        // What can't wait, before what only waited for long.
        let urgent = fitting.filter { mustBeTaken(posts[$0], at: now) }
        if let first = urgent.min(by: { isDueBefore(posts[$0], posts[$1]) }) { return first }
        let pressing = fitting.filter { place in
            isUrgent(posts[place], now) || team.flooded.contains(posts[place].hazard)
                || posts[place].isForFew && posts[place].hazard >= .severe
                || isPressing(posts[place], now) && !isAbove(team.mean, by: farAbove, person)
        }
        if let first = pressing.min(by: { isDueBefore(posts[$0], posts[$1]) }) { return first }
        let heavy = fitting.filter { posts[$0].hazard >= .severe }
        let light = fitting.filter { posts[$0].hazard < .severe }
        if hasHadEnough(person, team.mean) {
            // Whoever has had more than the others gets the lightest, and leaves what is severe to them.
            return light.min { isLighter(posts[$0], posts[$1]) }
        }
        // What was just seen decides whether something lighter comes in between.
        let isLoaded = person.acuteLoad >= expectedDose(of: .severe)
        if isLoaded, let lighter = light.max(by: { isBehind(posts[$0], posts[$1]) }) { return lighter }
        return (heavy + light).max { isBehind(posts[$0], posts[$1]) }
    }

    /// Whether the person has had more than the team's mean this week, or half of a day's limit today.
    private func hasHadEnough(_ person: Candidate, _ teamMean: Dose?) -> Bool {
        if isAbove(teamMean, by: tolerance, person) { return true }
        let notice = Dose(limits.daily).units.scaled(by: Int64(clamping: limits.firstNotice.value), over: 100)
        return person.dayDose.units >= notice
    }

    private func isAbove(_ teamMean: Dose?, by margin: Percent, _ person: Candidate) -> Bool {
        teamMean.map { person.weekDose > $0 + Dose(margin) } ?? false
    }

    private func isUrgent(_ post: WaitingPost, _ now: Timestamp) -> Bool {
        post.isUrgent || due(post).earlier(by: urgentWithin) <= now
    }

    /// Whether so much of a post's time has gone that it comes before what is lighter.
    private func isPressing(_ post: WaitingPost, _ now: Timestamp) -> Bool {
        if post.isPreferred { return true }
        let whole = due(post).millisecondsSince(post.since)
        let share = whole.scaled(by: Int64(clamping: pressingAfter.value), over: 100)
        return post.since.later(by: share) <= now
    }

    /// The one due first; of those due together the heaviest, while the person still can.
    private func isDueBefore(_ left: WaitingPost, _ right: WaitingPost) -> Bool {
        let (first, second) = (due(left), due(right))
        return first == second ? isBehind(right, left) : first < second
    }

    /// By when a post must not be passed over any more.
    private func due(_ post: WaitingPost) -> Timestamp { post.deadline ?? post.since.later(by: patience) }

    private func isLighter(_ left: WaitingPost, _ right: WaitingPost) -> Bool {
        left.hazard == right.hazard ? isBehind(right, left) : left.hazard < right.hazard
    }

    /// Whether the left one comes after the right where the heaviest comes first, of one hazard the one with the highest
    /// priority, then the oldest.
    private func isBehind(_ left: WaitingPost, _ right: WaitingPost) -> Bool {
        guard left.hazard == right.hazard else { return left.hazard < right.hazard }
        return left.priority == right.priority
            ? Self.isOlder(right, left) : left.priority < right.priority
    }

    private static func isOlder(_ left: WaitingPost, _ right: WaitingPost) -> Bool {
        left.since < right.since
    }
}
