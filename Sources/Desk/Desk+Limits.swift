public import Exposure
public import Moderation
public import Store

extension Desk {
    /// The limits in force, and who set them; auditors are told a pseudonym.
    public func limitsInForce(for person: Person) throws(DeskError) -> LimitsInForce {
        try read { try limitsInForce(for: person, in: $0) }
    }

    /// All limits that were ever in force, oldest first.
    public func limitsHistory() throws(DeskError) -> [StoredLimits] { try read { try $0.limitsHistory() } }

    /// Lowers limits at once; what would loosen any is refused, for that needs a countersigner.
    @discardableResult
    public func lowerLimits(to wanted: Limits, by lead: Person) throws(DeskError) -> Limits {
        try demand(.lead, of: lead)
        let now = clock.now().wall
        return try write { tx in
            let old = try limits(in: tx)
            var new = wanted
            new.version = old.version + 1
            let changes = try Self.checked(new, from: old)
            let looser = changes.filter(\.loosens).map(\.field.rawValue)
            guard looser.isEmpty else { throw DeskError.needsCountersigner(looser) }
            guard !changes.isEmpty else { return old }
            try put(new, by: lead.id, at: now, in: tx)
            return new
        }
    }

    /// How many of all moderators each set of limits would have kept from a post with exposure as the latest day (UTC) that
    /// is over ended: a moment that stays the same however often one asks.
    ///
    /// Counts of few people tell of one person's dose, so they don't leave the desk like this.
    func touched(by wanted: Limits, for lead: Person) throws(DeskError) -> (before: Int, after: Int, all: Int)
    {
        try demand(.lead, of: lead)
        let now = clock.now().wall
        let midnight = UTCDay(of: now).start
        return try read { tx in
            var before = 0
            var after = 0
            var all = 0
            for person in try tx.people() where person.works(as: .moderator) {
                all += 1
                var record = try record(of: person.id, at: now, in: tx)
                record.now = midnight
                record.reached = nil
                record.spans.removeAll { $0.openedAt >= midnight }
                record.shifts.removeAll { $0.startedAt >= midnight }
                // Their own lower limit is nobody else's business.
                record.personalLimit = nil
                if Dosimeter.standing(of: record).cap != nil { before += 1 }
                record.limits = wanted
                if Dosimeter.standing(of: record).cap != nil { after += 1 }
            }
            return (before, after, all)
        }
    }
}
