public import Moderation

/// What a report says of those who review: of groups of ten people and more, and of nobody alone.
public struct TeamFigures: Sendable {
    /// One shift of somebody.
    public struct Shift: Hashable, Sendable {
        /// For how long they looked, in milliseconds.
        public var milliseconds: Int64
        /// What it was charged, in thousandths of a full dose.
        public var dose: Int

        /// Makes a shift.
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
        /// How many shifts they had.
        public var shifts: Int
        /// For how many hours they looked, rounded.
        public var hours: Int
        /// The mean dose of a shift, in percent of a full one, rounded.
        public var meanDose: Int
        /// In how many of a hundred shifts the dose reached 80 %, rounded.
        public var nearLimit: Int
        /// In how many of a hundred shifts the dose reached 100 %, rounded.
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

    /// Says nothing.
    public init() {}

    /// - Parameters:
    ///   - people: the roster; those who review and work here now count for the headcount.
    ///   - shifts: what each looked at, by shift.
    public init(people: [Person], shifts: [PersonID: [Shift]]) {
        let active = people.filter { $0.isActive && $0.roles.contains(.moderator) }
        let languages = active.reduce(into: Set()) { $0.formUnion($1.languages) }
        headcount = SmallCells.sizes(active.map { $0.languages.isEmpty ? languages : $0.languages })
        reviewers = headcount == nil ? nil : active.count
        expose(people, shifts)
    }

    private mutating func expose(_ people: [Person], _ shifts: [PersonID: [Shift]]) {
        let known = Dictionary(people.map { ($0.id, $0) }) { $1 }
        var members: [String: [[Shift]]] = [:]
        for (id, own) in shifts where !own.isEmpty {
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

    private static func group(_ name: String?, _ people: [[Shift]]) -> Group {
        let shifts = people.flatMap(\.self)
        let count = max(1, shifts.count)
        func share(_ part: Int) -> Int { (part * 100 + count / 2) / count }
        let milliseconds = shifts.reduce(Int64(0)) { $0 + $1.milliseconds }
        return Group(
            name: name, people: people.count, shifts: shifts.count,
            hours: Int((milliseconds + 1_800_000) / 3_600_000),
            meanDose: (shifts.reduce(0) { $0 + $1.dose } + count * 5) / (count * 10),
            nearLimit: share(shifts.count { $0.dose >= 800 }),
            atLimit: share(shifts.count { $0.dose >= 1000 }))
    }
}
