/// What a person asked not to be shown; no reason is asked for.
public struct OptOuts: Hashable, Sendable, Codable {
    /// Whole hazards.
    public var hazards: Set<Hazard>
    /// Policies.
    public var policies: Set<PolicyID>
    /// What they don't want to be shown today; it ends by itself.
    public var today: DayOptOuts?

    /// Makes opt-outs; none by default.
    public init(hazards: Set<Hazard> = [], policies: Set<PolicyID> = [], today: DayOptOuts? = nil) {
        self.hazards = hazards
        self.policies = policies
        self.today = today
    }

    /// Whether a post with this hazard and recommended or found policies is not to be shown at a moment.
    public func cover(hazard: Hazard, policies found: some Sequence<PolicyID>, at now: Timestamp) -> Bool {
        let inForce = inForce(at: now)
        return inForce.hazards.contains(hazard) || found.contains(where: inForce.policies.contains)
    }

    /// What is not to be shown at a moment: what never is, and what isn't today while that lasts.
    public func inForce(at now: Timestamp) -> OptOuts {
        guard let today, now < today.until else { return OptOuts(hazards: hazards, policies: policies) }
        return OptOuts(
            hazards: hazards.union(today.hazards), policies: policies.union(today.policies))
    }
}

/// What a person doesn't want to be shown for the rest of a day.
public struct DayOptOuts: Hashable, Sendable, Codable {
    /// Whole hazards.
    public var hazards: Set<Hazard>
    /// Policies.
    public var policies: Set<PolicyID>
    /// When it ends.
    public var until: Timestamp

    /// Makes opt-outs for a day.
    public init(hazards: Set<Hazard> = [], policies: Set<PolicyID> = [], until: Timestamp) {
        self.hazards = hazards
        self.policies = policies
        self.until = until
    }
}
