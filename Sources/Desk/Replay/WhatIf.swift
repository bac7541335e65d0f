public import Exposure
public import Moderation
public import PolicyEngine

/// What is asked: the same recorded work under other policies, other limits, or a stricter reading.
public struct WhatIfQuestion: Sendable {
    /// The policies; `nil` for those of the time.
    public var evaluator: Evaluator?
    /// The limits; `nil` for those of the time.
    public var limits: Limits?
    /// How what the rules say is read.
    public var reading: StricterReading
    /// Decisions made and shifts begun from this moment on; `nil` for all.
    public var from: Timestamp?
    /// Decisions made and shifts begun before this moment; `nil` for all.
    public var to: Timestamp?

    /// Asks.
    public init(
        evaluator: Evaluator? = nil, limits: Limits? = nil, reading: StricterReading = StricterReading(),
        from: Timestamp? = nil, to: Timestamp? = nil
    ) {
        self.evaluator = evaluator
        self.limits = limits
        self.reading = reading
        self.from = from
        self.to = to
    }

    func holds(_ moment: Timestamp) -> Bool {
        (from.map { moment >= $0 } ?? true) && (to.map { moment < $0 } ?? true)
    }
}

/// What would have been recommended beside what was, and beside what people decided.
public struct DecisionsWhatIf: Hashable, Sendable {
    /// From one recommendation to another; no recommendation is `nil`.
    public struct Move: Hashable, Sendable {
        /// What was recommended.
        public var before: Action?
        /// What would have been.
        public var after: Action?
        /// What the person decided.
        public var decided: Action
    }

    /// One decision whose recommendation changes.
    public struct Change: Hashable, Sendable {
        /// The decision.
        public var decision: DecisionID
        /// Its post.
        public var post: PostID
        /// What was recommended.
        public var before: Recommendation?
        /// What would have been.
        public var after: Recommendation?
        /// What the person decided.
        public var decided: Action
    }

    /// How often a policy's recommendations were followed.
    public struct PolicyLine: Hashable, Sendable {
        /// How often it was the one that recommended.
        public var before = 0
        /// How often people then decided just that.
        public var agreedBefore = 0
        /// How often it would have been.
        public var after = 0
        /// How often people decided just that.
        public var agreedAfter = 0
    }

    /// Standing decisions of people that were gone through.
    public var decisions = 0
    /// Decisions left out, for their post's content was erased and other policies can't look at it.
    public var erased = 0
    /// Decisions left out, for what the rules had said is not kept.
    public var unknown = 0
    /// Decisions on which the recommendation (action, policy or rule) changes.
    public var changed = 0
    /// How many decisions moved how, those that stayed included.
    public var moves: [Move: Int] = [:]
    /// By policy.
    public var policies: [PolicyID: PolicyLine] = [:]
    /// Those that change, in the order they were made; at most as many as asked for.
    public var changes: [Change] = []

    /// Nothing yet.
    public init() {}

    /// Decisions on which people did what was recommended; nothing recommended stands for `keep`.
    public var agreedBefore: Int { agreed(\.before) }
    /// Decisions on which people did what would have been recommended.
    public var agreedAfter: Int { agreed(\.after) }

    private func agreed(_ side: KeyPath<Move, Action?>) -> Int {
        moves.reduce(0) { ($1.key[keyPath: side] ?? .keep) == $1.key.decided ? $0 + $1.value : $0 }
    }

    /// How many decisions had this recommended; `nil` for nothing.
    public func recommended(before action: Action?) -> Int {
        moves.reduce(0) { $1.key.before == action ? $0 + $1.value : $0 }
    }

    /// How many decisions would have had this recommended; `nil` for nothing.
    public func recommended(after action: Action?) -> Int {
        moves.reduce(0) { $1.key.after == action ? $0 + $1.value : $0 }
    }

    /// How many people decided this.
    public func decided(_ action: Action) -> Int {
        moves.reduce(0) { $1.key.decided == action ? $0 + $1.value : $0 }
    }

    /// How many decisions moved from one recommendation to another.
    public func moved(from before: Action?, to after: Action?) -> Int {
        moves.reduce(0) { $1.key.before == before && $1.key.after == after ? $0 + $1.value : $0 }
    }

    mutating func add(_ change: Change, most: Int) {
        decisions += 1
        let move = Move(before: change.before?.action, after: change.after?.action, decided: change.decided)
        moves[move, default: 0] += 1
        if let policy = change.before?.policy {
            policies[policy, default: PolicyLine()].before += 1
            if move.before == change.decided { policies[policy, default: PolicyLine()].agreedBefore += 1 }
        }
        if let policy = change.after?.policy {
            policies[policy, default: PolicyLine()].after += 1
            if move.after == change.decided { policies[policy, default: PolicyLine()].agreedAfter += 1 }
        }
        guard change.before != change.after else { return }
        changed += 1
        if changes.count < most { changes.append(change) }
    }
}

/// A recorded shift, and what it would have been.
public struct ShiftWhatIf: Hashable, Sendable {
    /// The shift.
    public var shift: ShiftID
    /// Whose, by pseudonym.
    public var person: PersonID
    /// When it began.
    public var startedAt: Timestamp
    /// The dose that was charged.
    public var dose: Dose
    /// From its beginning to the end of the last exposure.
    public var endedAfter: Duration
    /// How many times something was uncovered.
    public var looks: Int
    /// What it would have been.
    public var then: ShiftReplay
}

/// What shifts would have been, all together; for auditors.
public struct GroupWhatIf: Hashable, Sendable {
    /// How many people.
    public var people: Int
    /// How many shifts.
    public var shifts: Int
    /// The mean dose of a shift.
    public var meanDose: Dose
    /// What it would have been.
    public var meanDoseThen: Dose
    /// Shifts that a limit would have ended before their recorded end.
    public var endedByLimit: Int
}

/// The answer.
public struct WhatIf: Hashable, Sendable {
    /// What becomes of recommendations.
    public var decisions = DecisionsWhatIf()
    /// What becomes of shifts, in the order they began by person; for auditors only.
    public var shifts: [ShiftWhatIf] = []
    /// What becomes of all shifts together, for auditors only; `nil` when there are none.
    public var group: GroupWhatIf?
    /// Looks at posts of which it is not known what other policies would say: they keep their recorded hazard.
    public var looksAsRecorded = 0
    /// Shifts that can't be played again: daily totals stand in the place of their spans.
    public var settledShifts = 0

    /// Nothing yet.
    public init() {}
}
