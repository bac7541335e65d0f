public import Exposure
import Ledger
public import Moderation
import Store

extension Desk {
    /// Uncovers the post in hand and starts the exposure clock, if the limits allow.
    public func uncover(_ file: CaseFile, by person: Person) throws(DeskError) -> UncoverOutcome {
        let moment = clock.now()
        return try write(as: .own(person.id)) { tx in
            try demandClaim(file.claim, in: tx)
            return try uncover(
                file.post, claimedAt: file.claim.claimedAt, by: person.id, at: moment, in: tx)
        }
    }

    /// Shows a post to somebody who doesn't hold it, as a script or a lead does.
    ///
    /// Nobody can tell how long printed text is looked at, so the longest time that content stays uncovered
    /// without a key is charged at once, and the post is refused where the limits don't leave so much.
    public func look(at id: PostID, by person: Person) throws(DeskError) -> UncoverOutcome {
        let moment = clock.now()
        return try write { tx in
            guard let post = try tx.post(id) else { throw DeskError.noSuchPost(id.rawValue) }
            if let refused = try refusalToPrint(
                post.evaluation.hazard, for: person.id, at: moment.wall, in: tx)
            {
                return refused
            }
            let outcome = try uncover(id, claimedAt: nil, by: person.id, at: moment, in: tx)
            if case .uncovered(let post) = outcome { try chargeLook(post.open, at: moment, in: tx) }
            return outcome
        }
    }

    /// Pays for the time until the next beat, and says whether content may stay uncovered.
    ///
    /// To be called every `Limits.beat` while content is uncovered.
    public func beat(_ open: OpenSpan) throws(DeskError) -> BeatOutcome {
        let moment = clock.now()
        return try write(as: .own(open.person)) { tx in
            guard let span = try tx.span(open.id) else { throw DeskError.noShift }
            let before = try standing(of: open.person, at: moment.wall, in: tx)
            let limits = before.limits
            let paid = span.paid(elapsed: moment.monotonic - open.openedAt.monotonic, limits: limits)
            if span.isOpen {
                try tx.save(paid)
            } else {
                try recharge(paid, ifOtherThan: span, at: moment.wall, in: tx)
            }
            let standing = try standing(of: open.person, at: moment.wall, in: tx)
            try noteLimit(reachedBy: paid, at: moment.wall, from: before, to: standing, in: tx)
            if !paid.isOpen { return .mustCover(.onBreak(until: moment.wall), standing) }
            // Another console of the same person may have begun a break or ended the shift.
            if let absence = standing.absence { return .mustCover(absence, standing) }
            if let deadline = standing.mustCover(paid, lastKeyAt: nil), deadline.at <= moment.wall {
                return .mustCover(standing.refusal(because: deadline.reason), standing)
            }
            return .goOn(standing)
        }
    }

    /// Stops the exposure clock; what was visible is charged, at least the floor.
    public func cover(_ open: OpenSpan, because end: SpanEnd) throws(DeskError) {
        let moment = clock.now()
        try write(as: .own(open.person)) { try close(open, because: end, at: moment, in: $0) }
    }

    // MARK: Inside a transaction

    /// Why content can't be printed: so long as it may be looked at, the limits don't leave.
    func refusalToPrint(
        _ hazard: Hazard, for person: PersonID, at now: Timestamp, in tx: any StoreReading
    ) throws -> UncoverOutcome? {
        var record = try record(of: person, at: now, in: tx)
        let before = Dosimeter.standing(of: record)
        guard before.mayUncover(hazard).isAllowed else { return nil }
        let span = Span.opened(
            id: SpanID(""), person: person, post: nil, shift: record.openShift?.id, hazard: hazard,
            at: before.latest, limits: record.limits)
        record.spans.append(span)
        let deadline = Dosimeter.standing(of: record).mustCover(span, lastKeyAt: nil)
        guard let deadline, deadline.at < now + record.limits.autoCover else { return nil }
        return .refused(before.refusal(because: deadline.reason), before)
    }

    /// Charges a look whose end nobody can tell as the longest time that content stays uncovered without a key.
    func chargeLook(_ open: OpenSpan, at moment: Moment, in tx: any StoreTransaction) throws {
        guard let span = try tx.span(open.id) else { return }
        let limits = try limits(of: open.person, at: moment.wall, in: tx)
        let charged = span.closed(
            elapsed: limits.autoCover, at: span.openedAt + limits.autoCover, by: .covered, limits: limits)
        try keepClosed(charged, at: moment.wall, in: tx)
    }

    /// Why there is no content.
    func gone(_ id: PostID, in tx: any StoreReading) throws -> any Error {
        if let erasure = try tx.erasure(of: id) { return DeskError.erased(erasure) }
        return StoreError.damaged("the content of post \(id)")
    }

    func limits(in tx: any StoreReading) throws -> Limits {
        guard let limits = try tx.limitsHistory().last?.limits else { throw DeskError.noSite }
        return limits
    }

    func uncover(
        _ id: PostID, claimedAt: Timestamp?, by person: PersonID, at moment: Moment,
        in tx: any StoreTransaction
    ) throws -> UncoverOutcome {
        guard let post = try tx.post(id) else { throw DeskError.noSuchPost(id.rawValue) }
        guard let content = post.content else {
            throw try gone(id, in: tx)
        }
        return try uncover(
            id, content: content, hazard: post.evaluation.hazard, claimedAt: claimedAt, by: person,
            at: moment, in: tx)
    }

    /// Opens the span of a look at content, whichever version of its post it is.
    ///
    /// - Parameter more: what else the entry tells.
    func uncover(
        _ id: PostID, content: FlaggedPost, hazard: Hazard, claimedAt: Timestamp?, by person: PersonID,
        at moment: Moment, more: [String: LedgerValue] = [:], in tx: any StoreTransaction
    ) throws -> UncoverOutcome {
        let record = try record(of: person, at: moment.wall, in: tx)
        let standing = Dosimeter.standing(of: record)
        // After a clock was set back exposure goes on where it had come to, and leaves the windows no sooner.
        let moment = Moment(wall: standing.latest, monotonic: moment.monotonic)
        let inHandSince = claimedAt.flatMap { start in
            record.spans.lazy.filter { $0.post == id && $0.openedAt >= start }.map(\.openedAt).min()
        }
        if case .refused(let refusal) = standing.mayUncover(hazard, inHandSince: inHandSince) {
            return .refused(refusal, standing)
        }
        let span = Span.opened(
            id: newID(), person: person, post: id, shift: record.openShift?.id, hazard: hazard,
            at: moment.wall, limits: record.limits)
        try tx.save(span)
        try tx.append(
            LedgerEntry(
                kind: .uncovered, at: moment.wall, person: person, post: id,
                fields: [
                    "span": .string(span.id.rawValue), "hazard": .string(hazard.rawValue),
                    "limits_version": .integer(Int64(record.limits.version)),
                ].merging(span.shift.map { ["shift": .string($0.rawValue)] } ?? [:]) { $1 }
                    .merging(more) { $1 }))
        let open = OpenSpan(id: span.id, person: person, post: id, hazard: hazard, openedAt: moment)
        let paid = try self.standing(of: person, at: standing.now, in: tx)
        try noteLimit(reachedBy: span, at: moment.wall, from: standing, to: paid, in: tx)
        let deadline = paid.mustCover(span, lastKeyAt: nil)
        let mayStay = deadline.map { $0.at - standing.now } ?? record.limits.shiftHard
        return .uncovered(UncoveredPost(content: content, open: open, mayStay: max(.zero, mayStay)))
    }

    /// Records that a limit is reached with what a span has paid, by its opening or by a beat.
    private func noteLimit(
        reachedBy span: Span, at now: Timestamp, from before: Standing, to after: Standing,
        in tx: any StoreTransaction
    ) throws {
        guard before.cap == nil, let cap = after.cap else { return }
        try tx.append(
            LedgerEntry(
                kind: .limitReached, at: now, person: span.person, post: span.post,
                fields: ["span": .string(span.id.rawValue), "limit": .string(cap.reason.rawValue)]))
    }

    func close(_ open: OpenSpan, because end: SpanEnd, at moment: Moment, in tx: any StoreTransaction) throws
    {
        guard let span = try tx.span(open.id) else { return }
        let elapsed = moment.monotonic - open.openedAt.monotonic
        let limits = try limits(of: open.person, at: moment.wall, in: tx)
        guard span.isOpen else {
            // Somebody took this console for dead; what was really seen is charged all the same.
            let longer = span.paid(elapsed: elapsed, limits: limits)
            try recharge(longer, ifOtherThan: span, at: moment.wall, in: tx)
            return
        }
        try keepClosed(
            span.closed(elapsed: elapsed, at: moment.wall, by: end, limits: limits),
            at: moment.wall, in: tx)
    }

    func keepClosed(_ span: Span, at now: Timestamp, in tx: any StoreTransaction) throws {
        try tx.save(span)
        try tx.append(entry(.covered, of: span, at: now))
    }

    /// Charges a span anew that an entry told of before, so that another one must.
    func recharge(
        _ span: Span, ifOtherThan before: Span? = nil, at now: Timestamp, in tx: any StoreTransaction
    ) throws {
        guard span != before else { return }
        try tx.save(span)
        try tx.append(entry(.recharged, of: span, at: now))
    }

    private func entry(_ kind: EntryKind, of span: Span, at now: Timestamp) -> LedgerEntry {
        var fields: [String: LedgerValue] = [
            "span": .string(span.id.rawValue), "hazard": .string(span.hazard.rawValue),
            "visible_ms": .integer(span.visible.wholeMilliseconds), "dose": .integer(span.dose.units),
            "because": .string(span.closedBy?.rawValue ?? ""),
            "limits_version": .integer(Int64(span.limitsVersion)),
        ]
        if let closed = span.closedAt, closed != now { fields["closed"] = .string(closed.rfc3339) }
        return LedgerEntry(kind: kind, at: now, person: span.person, post: span.post, fields: fields)
    }
}

extension Span {
    /// Paid up to a beat after `elapsed`; one that was closed as crashed is paid on while its console lives.
    fileprivate func paid(elapsed: Duration, limits: Limits) -> Span {
        guard !isOpen else { return beaten(elapsed: elapsed, limits: limits) }
        guard elapsed > visible else { return self }
        var reopened = self
        reopened.closedAt = nil
        reopened.closedBy = nil
        var longer = reopened.beaten(elapsed: elapsed, limits: limits)
        longer.closedAt = longer.openedAt + longer.visible
        longer.closedBy = closedBy
        return longer
    }
}
