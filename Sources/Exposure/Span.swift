public import Moderation

/// How an exposure span came to its end.
public enum SpanEnd: String, CaseIterable, Hashable, Sendable, Codable {
    /// The person covered the post.
    case covered
    /// The person decided.
    case decided
    /// The post went back to the queue.
    case released
    /// The console was suspended.
    case paused
    /// The screen was locked.
    case locked
    /// No key came for a while.
    case idle
    /// The terminal lost the focus.
    case focusLost
    /// The terminal went away.
    case hangup
    /// A break began.
    case broke
    /// The console died; charged up to the last beat and one interval.
    case crashed
    /// The shift ended.
    case shiftEnded
    /// A limit was reached.
    case limit
}

/// From the moment content is uncovered until it is covered, with its hazard.
public struct Span: Hashable, Sendable, Codable {
    /// Which span.
    public var id: SpanID
    /// Who looked.
    public var person: PersonID
    /// At what; `nil` when it is not a post of the queue.
    public var post: PostID?
    /// In which shift.
    public var shift: ShiftID?
    /// The hazard charged.
    public var hazard: Hazard
    /// When it was uncovered.
    public var openedAt: Timestamp
    /// Time paid for; while the span is open it already includes the beat ahead.
    public var visible: Duration
    /// When it was covered; `nil` while it is open.
    public var closedAt: Timestamp?
    /// The limits whose weights made the dose.
    public var limitsVersion: Int
    /// The charge for `visible` at `hazard`.
    public var dose: Dose
    /// How it ended; `nil` while it is open.
    public var closedBy: SpanEnd?

    /// Makes a span from all it holds; `opened` and its kin keep the parts consistent.
    public init(
        id: SpanID, person: PersonID, post: PostID?, shift: ShiftID?, hazard: Hazard, openedAt: Timestamp,
        visible: Duration, closedAt: Timestamp? = nil, limitsVersion: Int, dose: Dose,
        closedBy: SpanEnd? = nil
    ) {
        self.id = id
        self.person = person
        self.post = post
        self.shift = shift
        self.hazard = hazard
        self.openedAt = openedAt
        self.visible = visible
        self.closedAt = closedAt
        self.limitsVersion = limitsVersion
        self.dose = dose
        self.closedBy = closedBy
    }

    /// Whether content is uncovered.
    public var isOpen: Bool { closedAt == nil }

    /// The last moment that is charged: closing or what is paid up to, whichever is later.
    public var end: Timestamp {
        let paid = openedAt.later(by: visible)
        return max(openedAt, max(paid, closedAt ?? paid))
    }

    /// The latest moment of it that is known to have come: what was paid ahead hasn't.
    func known(_ limits: Limits) -> Timestamp {
        let beat = limits.beat.chargedMilliseconds
        let paid = visible.chargedMilliseconds
        guard let closedAt else { return openedAt.later(by: max(0, paid.saturatingSubtract(beat))) }
        // A look at printed text is charged to its end at once, a crash a beat beyond what is known.
        let isPrinted = closedBy == .covered && visible == limits.autoCover
        if isPrinted { return openedAt }
        guard closedBy == .crashed else { return max(openedAt.later(by: paid), closedAt) }
        return openedAt.later(by: max(0, paid.saturatingSubtract(beat)))
    }

    /// A span that opens now, with the first beat and the floor paid in advance.
    public static func opened(
        id: SpanID, person: PersonID, post: PostID?, shift: ShiftID?, hazard: Hazard, at now: Timestamp,
        limits: Limits
    ) -> Span {
        Span(
            id: id, person: person, post: post, shift: shift, hazard: hazard, openedAt: now,
            visible: limits.beat, limitsVersion: limits.version,
            dose: .charge(hazard: hazard, visible: limits.beat, limits: limits))
    }

    /// The open span paid up to one beat after `elapsed`, monotonic time since it opened.
    ///
    /// What was paid is never taken back by a beat, and a closed span stays as it is.
    public func beaten(elapsed: Duration, limits: Limits) -> Span {
        guard isOpen else { return self }
        let ahead = elapsed.chargedMilliseconds.saturatingAdd(limits.beat.chargedMilliseconds)
        var span = self
        span.visible = max(visible, .milliseconds(ahead))
        span.charge(limits)
        span.dose = max(dose, span.dose)
        return span
    }

    /// The span closed after `elapsed`, monotonic time since it opened; gives back what was paid ahead.
    ///
    /// `now` is the wall clock and only dates the closing. A closed span stays as it is.
    public func closed(elapsed: Duration, at now: Timestamp, by end: SpanEnd, limits: Limits) -> Span {
        guard isOpen else { return self }
        var span = self
        span.visible = .milliseconds(elapsed.chargedMilliseconds)
        span.closedAt = max(now, openedAt)
        span.closedBy = end
        span.charge(limits)
        return span
    }

    /// The span of a console that died: closed where it was paid up to, the last beat and one interval.
    ///
    /// Needs no clock: everything paid ahead stays charged. A closed span stays as it is.
    public func recovered() -> Span {
        guard isOpen else { return self }
        var span = self
        span.closedAt = openedAt.later(by: visible)
        span.closedBy = .crashed
        return span
    }

    /// The span charged at a higher hazard; a lower one changes nothing, for down-rating gives nothing back.
    public func rerated(to hazard: Hazard, limits: Limits) -> Span {
        guard hazard > self.hazard else { return self }
        var span = self
        span.hazard = hazard
        span.charge(limits)
        span.dose = max(dose, span.dose)
        return span
    }

    private mutating func charge(_ limits: Limits) {
        dose = .charge(hazard: hazard, visible: visible, limits: limits)
        limitsVersion = limits.version
    }
}
