public import Moderation

/// What a report says of those who review: of groups of ten people and more, and of nobody alone.
public struct TeamFigures: Sendable {
    /// One day of somebody.
    public struct Day: Hashable, Sendable {
        /// For how long they looked, in milliseconds.
        public var milliseconds: Int64
        /// What it was charged, in thousandths of a full dose.
        public var dose: Int

        /// Makes a day.
        public init(milliseconds: Int64, dose: Int) {
            self.milliseconds = milliseconds
            self.dose = dose
        }
    }

    /// Exposure of a group.
    public struct Group: Hashable, Sendable {
        /// Its name; `nil` for the rest.
        public var name: String?
        /// How many people of it looked at anything.
        public var people: Int
        /// On how many days, of all of them together.
        public var days: Int
        /// For how many hours they looked, rounded.
        public var hours: Int
        /// The mean dose of a day, in percent of a full one, rounded.
        public var meanDose: Int
        /// On how many of a hundred days the dose reached 80 %, rounded.
        public var nearLimit: Int
        /// On how many of a hundred days the dose reached 100 %, rounded.
        public var atLimit: Int
    }

    /// Groups of people who looked at content; `nil` when they are fewer than ten in all.
    public private(set) var groups: [Group]?
    /// All of them together; `nil` when they are fewer than ten.
    public private(set) var all: Group?
    /// How many people review in each language, where that may be told.
    public private(set) var headcount: [String: Int]?
    /// How many review in any language; beside ``headcount``.
    public private(set) var reviewers: Int?

    /// Names of groups that are no language.
    public static let several = "several"
    /// Those who review in any language.
    public static let any = "any"

    /// Whether exposure is left out because the time told of is no whole month: reports of times that differ by a little
    /// could be subtracted.
    public private(set) var isWithheld = false

    /// Says nothing.
    public init() {}

    /// - Parameters:
    ///   - people: the roster; those who review and work here now count for the headcount.
    ///   - days: what each looked at, by day; `nil` where the time told of is not one for which exposure is told.
    public init(people: [Person], days: [PersonID: [Day]]?) {
        let active = people.filter { $0.isActive && $0.roles.contains(.moderator) }
        let languages = active.reduce(into: Set()) { $0.formUnion($1.languages) }
        headcount = SmallCells.sizes(active.map { $0.languages.isEmpty ? languages : $0.languages })
        reviewers = headcount == nil ? nil : active.count
        isWithheld = days == nil
        expose(people, days ?? [:])
    }

    private mutating func expose(_ people: [Person], _ days: [PersonID: [Day]]) {
        let known = Dictionary(people.map { ($0.id, $0) }) { $1 }
        var members: [String: [[Day]]] = [:]
        for (id, own) in days where !own.isEmpty {
            let languages = known[id]?.languages ?? []
            let group = languages.isEmpty ? Self.any : languages.count > 1 ? Self.several : languages.first
            members[group ?? Self.any, default: []].append(own)
        }
        guard let (shown, rest) = SmallCells.partition(members.mapValues(\.count)) else { return }
        var groups = shown.map { Self.group($0, members[$0] ?? []) }
        if !rest.isEmpty { groups.append(Self.group(nil, rest.flatMap { members[$0] ?? [] })) }
        self.groups = groups
        all = Self.group(nil, Array(members.values.joined()))
    }

    private static func group(_ name: String?, _ people: [[Day]]) -> Group {
        let days = people.flatMap(\.self)
        let count = max(1, days.count)
        func share(_ part: Int) -> Int { (part * 100 + count / 2) / count }
        let milliseconds = days.reduce(Int64(0)) { $0 + $1.milliseconds }
        return Group(
            name: name, people: people.count, days: days.count,
            hours: Int((milliseconds + 1_800_000) / 3_600_000),
            meanDose: (days.reduce(0) { $0 + $1.dose } + count * 5) / (count * 10),
            nearLimit: share(days.count { $0.dose >= 800 }),
            atLimit: share(days.count { $0.dose >= 1000 }))
    }
}
