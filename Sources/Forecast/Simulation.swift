public import Exposure
import Moderation

/// Plays a scenario, event by event, with people who follow the limits.
///
/// Somebody free takes a post, uncovers it at once for as long as it takes, and decides. Breaks are taken when they are
/// due, in the middle of a post too; what a limit stops goes back, and whoever takes it next goes on where it was left.
/// Nobody skips or hands on, and all work at the same pace.
///
///     let outlook = Simulation(scenario, limits: limits, staff: 20, order: .levelled, days: 28).run(seed: 1)
public struct Simulation: Sendable {
    /// The work and the shifts.
    public var scenario: Scenario
    /// The limits.
    public var limits: Limits
    /// How many people.
    public var staff: Int
    /// In which order posts are given out.
    public var order: DispatchOrder
    /// Days that are told of.
    public var days: Int
    /// Days before, which fill queue and windows and of which nothing is told.
    public var warmUp: Int
    /// Doses are told only of so many people or more.
    public var smallestGroup: Int
    /// Replaces the dispatcher's figures; `nil` for those of the scenario and the defaults.
    public var dispatcher: Dispatcher?

    /// Makes a simulation.
    public init(
        _ scenario: Scenario, limits: Limits, staff: Int, order: DispatchOrder, days: Int, warmUp: Int = 0
    ) {
        self.scenario = scenario
        self.limits = limits
        self.staff = max(0, staff)
        self.order = order
        self.days = max(1, days)
        self.warmUp = max(0, warmUp)
        smallestGroup = max(1, limits.smallestGroup)
    }

    /// Plays it once; the same seed, the same outlook.
    public func run(seed: UInt64) -> Outlook { run(seeds: [seed]) }

    /// Plays it once for each seed, and tells of all together.
    public func run(seeds: [UInt64]) -> Outlook {
        var tally = OutlookTally(self)
        for seed in seeds {
            var play = SimulationPlay(self, seed: seed)
            play.run()
            tally.add(play)
        }
        return tally.outlook
    }

    static let dayLength: Int64 = 86_400_000
    var measuredFrom: Int64 { Int64(warmUp) * Self.dayLength }
    var end: Int64 { Int64(warmUp + days) * Self.dayLength }
    var usedDispatcher: Dispatcher {
        var used = dispatcher ?? Dispatcher(order: order, limits: limits, expected: scenario.expected)
        used.order = order
        return used
    }
}

/// A simulation under way.
struct SimulationPlay {
    private struct Event: Comparable {
        enum Kind { case arrival, done, shiftStart, wake, hour }
        let time: Int64
        let number: Int
        let kind: Kind
        /// Of the post that comes in, else of the person.
        let subject: Int

        static func < (left: Event, right: Event) -> Bool {
            (left.time, left.number) < (right.time, right.number)
        }
    }

    /// Somebody of the staff.
    struct Worker {
        enum State { case off, idle, busy, resting }
        var state = State.off
        var dose: RunningDose
        /// What they read, by place; `nil` for everything.
        var languages: Set<Int>?
        var optsOut: Set<Hazard> = []
        var post: Int?
        var isDecided = false
        var wakeAt: Int64 = -1
        var idleSince: Int64 = 0
        var shiftBegan: Int64 = 0
        var shiftDose: Int64 = 0
        var weeks: [Int64: Int64] = [:]
        var highestDay: Int64 = 0
        var highestWeek: Int64 = 0
    }

    let simulation: Simulation
    private(set) var posts: [SimulatedPost]
    private(set) var workers: [Worker]
    private(set) var shiftDoses: [Int64] = []
    /// Waiting by hazard, each hour of the time that is told of.
    private(set) var backlog: [[Int]] = []
    private let hasShifts: Bool
    private let dispatcher: Dispatcher
    private var events = Heap<Event>()
    private var count = 0
    private var now: Int64 = 0
    private var line: WaitingLine
    /// Whether so few can take a kind of post that it isn't left to others, by language, then hazard.
    private var isForFew: [[Bool]] = []
    private var team: (at: Int64, state: TeamState)?

    private static let everything = Set(Hazard.allCases)
    /// How long somebody with nothing to take waits before looking again.
    private static let lookAgain: Int64 = 300_000

    init(_ simulation: Simulation, seed: UInt64) {
        self.simulation = simulation
        posts = simulation.scenario.posts(until: simulation.end, seed: seed)
        line = WaitingLine(order: simulation.order, languages: simulation.scenario.languages.count)
        dispatcher = simulation.usedDispatcher
        hasShifts = simulation.scenario.plan.hasShifts
        workers = (0..<simulation.staff).map { _ in Worker(dose: RunningDose(limits: simulation.limits)) }
        for place in posts.indices.prefix(1) { schedule(.arrival, at: posts[place].arrival, place) }
        let hour: Int64 = 3_600_000
        for time in stride(from: simulation.measuredFrom, through: simulation.end, by: Int64.Stride(hour)) {
            schedule(.hour, at: time, 0)
        }
        guard hasShifts else {
            for place in workers.indices { workers[place].state = .idle }
            return
        }
        let shifts = simulation.scenario.plan.shifts(
            of: simulation.staff, days: simulation.warmUp + simulation.days)
        for (place, (start, times)) in shifts.enumerated() {
            workers[place] = Worker(start, simulation)
            for time in times { schedule(.shiftStart, at: time, place) }
        }
    }

    private func kindsForFew(in language: Int) -> [Bool] {
        Hazard.allCases.map { hazard in
            let takers = workers.count {
                $0.languages?.contains(language) ?? true && !$0.optsOut.contains(hazard)
            }
            return Dispatcher.isForFew(takers: takers, of: workers.count)
        }
    }

    private mutating func schedule(_ kind: Event.Kind, at time: Int64, _ subject: Int) {
        events.insert(Event(time: time, number: count, kind: kind, subject: subject))
        count += 1
    }

    mutating func run() {
        isForFew = (0..<max(1, simulation.scenario.languages.count)).map(kindsForFew)
        while let event = events.removeFirst(), event.time <= simulation.end {
            now = event.time
            switch event.kind {
            case .arrival: arrive(event.subject)
            case .done: finish(event.subject)
            case .shiftStart: startShift(event.subject)
            case .wake: wakeUp(event.subject)
            case .hour: backlog.append(line.counts)
            }
        }
        for place in workers.indices where workers[place].state != .off { noteShift(place) }
    }

    // MARK: Events

    private mutating func arrive(_ post: Int) {
        line.insert(post, &posts)
        if post + 1 < posts.count { schedule(.arrival, at: posts[post + 1].arrival, post + 1) }
        var idle: [(key: Int64, since: Int64, place: Int)] = []
        for place in workers.indices where workers[place].state == .idle {
            let key = simulation.order == .levelled ? workers[place].dose.weekDose : 0
            idle.append((key, workers[place].idleSince, place))
        }
        idle.sort { ($0.key, $0.since, $0.place) < ($1.key, $1.since, $1.place) }
        for (_, _, place) in idle {
            next(place)
            if line.isEmpty { return }
        }
    }

    private mutating func finish(_ place: Int) {
        if let post = workers[place].post {
            if workers[place].isDecided {
                posts[post].decidedAt = now
            } else {
                line.insert(post, &posts)
            }
        }
        workers[place].post = nil
        next(place)
    }

    private mutating func startShift(_ place: Int) {
        guard workers[place].state == .off else { return }
        workers[place].dose.startShift(at: now)
        workers[place].shiftBegan = now
        workers[place].shiftDose = 0
        next(place)
    }

    /// Looks again after a break or a while with nothing to take, unless something came up meanwhile.
    private mutating func wakeUp(_ place: Int) {
        guard workers[place].wakeAt == now, workers[place].state == .idle || workers[place].state == .resting
        else {
            return
        }
        next(place)
    }

    private mutating func noteShift(_ place: Int) {
        guard hasShifts, workers[place].shiftBegan >= simulation.measuredFrom else { return }
        shiftDoses.append(workers[place].shiftDose)
    }

    /// What somebody does who has nothing in hand.
    private mutating func next(_ place: Int) {
        var claimable = Self.everything.subtracting(workers[place].optsOut)
        if hasShifts {
            switch workers[place].dose.standing(at: now) {
            case .shiftOver:
                noteShift(place)
                workers[place].state = .off
                return
            case .mustBreak(let length):
                workers[place].dose.rest(from: now, to: now + length)
                workers[place].state = .resting
                return wake(place, at: now + length)
            case .available, .capped:
                claimable = claimable.filter { workers[place].dose.mayOpen($0, at: now) }
            }
        }
        guard let post = choice(claimable, place) else { return idle(place) }
        take(post, place)
    }

    private mutating func wake(_ place: Int, at time: Int64) {
        workers[place].wakeAt = time
        schedule(.wake, at: time, place)
    }

    private mutating func idle(_ place: Int) {
        if workers[place].state != .idle { workers[place].idleSince = now }
        workers[place].state = .idle
        guard hasShifts, workers[place].wakeAt <= now else { return }
        wake(place, at: max(now + 1, min(now + Self.lookAgain, workers[place].dose.shiftEnd)))
    }

    private mutating func choice(_ claimable: Set<Hazard>, _ place: Int) -> Int? {
        let heads = line.heads(posts, in: workers[place].languages)
        guard let only = heads.first else { return nil }
        if heads.count == 1, simulation.order != .levelled {
            // Every order but the levelled one gives the only one that there is.
            return claimable.contains(posts[only].hazard) ? only : nil
        }
        let candidate = Candidate(
            claimable: claimable, left: Dose(units: hasShifts ? workers[place].dose.left : .max),
            dayDose: Dose(units: workers[place].dose.dayDose),
            weekDose: Dose(units: workers[place].dose.weekDose),
            acuteLoad: hasShifts ? workers[place].dose.acuteLoad(at: now) : .zero)
        let waiting = heads.map { head in
            let post = posts[head]
            return WaitingPost(
                hazard: post.hazard, priority: post.priority, since: Timestamp(milliseconds: post.arrival),
                deadline: post.deadline == .max ? nil : Timestamp(milliseconds: post.deadline),
                isForFew: isForFew[post.language][post.hazard.level])
        }
        let moment = Timestamp(milliseconds: now)
        return dispatcher.choose(from: waiting, for: candidate, team: teamState(), at: moment)
            .map { heads[$0] }
    }

    /// How the team stands, looked at every five minutes as at the desk.
    private mutating func teamState() -> TeamState {
        guard hasShifts, simulation.order == .levelled else { return TeamState(mean: nil) }
        if let team, now - team.at < Self.lookAgain { return team.state }
        var sum: Int64 = 0
        for place in workers.indices {
            if workers[place].post == nil { workers[place].dose.forget(at: now) }
            sum += workers[place].dose.weekDose
        }
        let counts = zip(Hazard.allCases, line.counts)
        let state = TeamState(
            mean: Dose(units: sum / Int64(max(1, workers.count))),
            flooded: dispatcher.flooded(
                waiting: Dictionary(uniqueKeysWithValues: counts),
                present: workers.count { $0.state != .off }))
        team = (now, state)
        return state
    }

    // MARK: A post in hand

    private mutating func take(_ post: Int, _ place: Int) {
        line.take(post, &posts)
        if posts[post].firstTakenAt < 0 { posts[post].firstTakenAt = now }
        workers[place].post = post
        workers[place].state = .busy
        guard hasShifts else {
            workers[place].isDecided = true
            return schedule(.done, at: now + posts[post].handling, place)
        }
        let (end, isSeen) = look(at: post, place)
        workers[place].isDecided = isSeen
        // What is thought over with the post covered comes after looking.
        let rest = isSeen ? posts[post].handling : 0
        schedule(.done, at: end + rest, place)
    }

    /// Uncovers a post for as long as it takes or the limits allow, with the breaks that fall due meanwhile.
    private mutating func look(at post: Int, _ place: Int) -> (end: Int64, isSeen: Bool) {
        let hazard = posts[post].hazard
        var time = now
        var isNew = true
        while true {
            let (until, isBreak) = workers[place].dose.mustCover(hazard, openedAt: time)
            guard until > time else { return (time, false) }
            let covered = min(until, time + posts[post].visible)
            charge(hazard, from: time, to: covered, isNew: isNew, place)
            isNew = false
            posts[post].visible -= covered - time
            posts[post].handling -= covered - time
            time = covered
            if posts[post].visible == 0 { return (time, true) }
            guard isBreak, case .mustBreak(let length) = workers[place].dose.standing(at: time) else {
                return (time, false)
            }
            workers[place].dose.rest(from: time, to: time + length)
            time += length
            guard workers[place].dose.standing(at: time) == .available else { return (time, false) }
        }
    }

    private mutating func charge(_ hazard: Hazard, from: Int64, to: Int64, isNew: Bool, _ place: Int) {
        let units = workers[place].dose.look(hazard, from: from, to: to, isNew: isNew)
        workers[place].dose.forget(at: to)
        workers[place].highestDay = max(workers[place].highestDay, workers[place].dose.dayDose)
        workers[place].highestWeek = max(workers[place].highestWeek, workers[place].dose.weekDose)
        workers[place].shiftDose += units
        guard from >= simulation.measuredFrom else { return }
        workers[place].weeks[(from - simulation.measuredFrom) / (7 * Simulation.dayLength), default: 0] +=
            units
    }
}

extension SimulationPlay.Worker {
    /// Somebody who begins with these.
    fileprivate init(_ start: StaffPlan.Start, _ simulation: Simulation) {
        var limits = simulation.limits
        if let length = start.length { limits.shiftLength = min(limits.shiftLength, length) }
        self.init(dose: RunningDose(limits: limits))
        optsOut = start.optsOut
        let names = simulation.scenario.languages.keys.sorted()
        guard let read = start.languages, !names.isEmpty else { return }
        languages = Set(names.indices.filter { read.contains(names[$0]) })
    }
}
