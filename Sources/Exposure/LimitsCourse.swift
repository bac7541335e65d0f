public import Moderation

/// A leave for one person and one shift to go beyond some limits, to which the person consented.
public struct LimitsGrant: Hashable, Sendable {
    /// The version of the limits in force when the person consented.
    public var version: Int
    /// The figures that hold instead.
    public var figures: [LimitField: Int64]

    /// Makes a grant.
    public init(version: Int, figures: [LimitField: Int64]) {
        self.version = version
        self.figures = figures
    }
}

/// How a site's limits came to be what they are, and what of them holds for one person.
///
/// What tightens holds at once, for everybody. What loosens holds for a person from the beginning of their next shift,
/// and never if they refused it. A grant holds in its shift, until limits change again: what is lowered after it is
/// lowered for its person too.
public struct LimitsCourse: Hashable, Sendable {
    /// A version of the limits.
    public struct Step: Hashable, Sendable {
        /// The limits.
        public var limits: Limits
        /// Since when they are in force.
        public var since: Timestamp

        /// Makes a step.
        public init(limits: Limits, since: Timestamp) {
            self.limits = limits
            self.since = since
        }
    }

    /// All versions, oldest first.
    public var steps: [Step]
    /// The versions whose loosening the person refused.
    public var refused: Set<Int>
    /// Leaves for the shift that lasts.
    public var grants: [LimitsGrant]

    /// Makes a course.
    public init(steps: [Step], refused: Set<Int> = [], grants: [LimitsGrant] = []) {
        self.steps = steps
        self.refused = refused
        self.grants = grants
    }

    /// What holds for the person; `nil` when there never were limits.
    ///
    /// The figures may be of several versions, each the strictest of those that speak; the version is the last one's.
    ///
    /// - Parameter shift: when their shift began; between shifts when the last one began, for what loosens waits for the
    ///   beginning of the next. `nil` for somebody who had none.
    public func limits(inShiftFrom shift: Timestamp?) -> Limits? {
        var own: Limits?
        var held: Limits?
        var before: Limits?
        for step in steps {
            let next = own.map { $0.following(step.limits, from: before ?? $0, isRefused: isRefused(step)) }
            own = next ?? step.limits
            let isDuring = shift.map { step.since > $0 } ?? false
            held = isDuring ? held.flatMap { held in own.map { held.stricter(of: $0) } } ?? own : own
            for grant in grants where grant.version == step.limits.version { held?.grant(grant.figures) }
            before = step.limits
        }
        return held
    }

    /// Whether what loosened last still waits for the person's next shift.
    public func waits(inShiftFrom shift: Timestamp) -> Bool {
        guard let now = LimitsCourse(steps: steps, refused: refused).limits(inShiftFrom: shift) else {
            return false
        }
        return LimitsCourse(steps: steps, refused: refused).limits(inShiftFrom: nil) != now
    }

    private func isRefused(_ step: Step) -> Bool { refused.contains(step.limits.version) }
}

extension Limits {
    /// Of every figure the one that protects more; the version is the later one's.
    public func stricter(of other: Limits) -> Limits {
        var result = self
        for field in LimitField.allCases where LimitChange(field, from: self, to: other).tightens {
            result[field] = other[field]
        }
        result.version = max(version, other.version)
        return result
    }

    /// What holds for somebody under these limits when the site's change from `old` to `new`.
    ///
    /// Figures that don't change stay theirs, for they may be stricter after a refusal.
    fileprivate func following(_ new: Limits, from old: Limits, isRefused: Bool) -> Limits {
        var result = self
        for change in new.changes(from: old) {
            let own = LimitChange(field: change.field, old: self[change.field], new: change.new)
            if own.tightens || (change.loosens && !isRefused) { result[change.field] = change.new }
        }
        result.version = new.version
        return result
    }

    /// Puts looser figures in the place of stricter ones; the ceiling stays above all.
    fileprivate mutating func grant(_ figures: [LimitField: Int64]) {
        for (field, figure) in figures where LimitField.grantable.contains(field) {
            guard LimitChange(field: field, old: self[field], new: figure).loosens else { continue }
            self[field] = field == .daily ? min(figure, self[.ceiling]) : figure
        }
    }
}

extension LimitChange {
    fileprivate init(_ field: LimitField, from old: Limits, to new: Limits) {
        self.init(field: field, old: old[field], new: new[field])
    }
}

extension LimitField {
    /// What a leave for one person and one shift can loosen.
    ///
    /// Not the ceiling, the hard length of a shift, breaks and rest; nor weights, the floor and the time without a key,
    /// by which exposure is counted: a dose stays the same figure for everybody.
    public static let grantable: Set<LimitField> = [
        .continuous, .daily, .lastHour, .lighterAfterRun, .runOfSevere, .shiftLength, .weekly,
    ]
}
