import Exposure
import Moderation
import PolicyEngine
import Store

/// Which post is given to whom: what fits what is left for them, in the dispatcher's order.
extension Desk {
    /// The median time uncovered that is assumed of a hazard until enough people's work tells it: a choice.
    public static let assumedMedian: Duration = .seconds(20)
    /// For how long a mean of the team's doses is good for choosing by.
    static let meanLasts: Duration = .seconds(3600)

    // MARK: Inside a transaction

    /// The dispatcher for the site's limits and what its own work has taught.
    func dispatcher(_ limits: Limits, _ figures: DispatchFigures) -> Dispatcher {
        let expected = Hazard.allCases.map { hazard in
            (hazard, figures.medians[hazard].map { .milliseconds($0) } ?? Self.assumedMedian)
        }
        return Dispatcher(
            order: .levelled, limits: limits, expected: Dictionary(uniqueKeysWithValues: expected))
    }

    /// The waiting post that the person is given; `nil` when none is for them now.
    ///
    /// Asks for the head of every kind of post, so that the cost doesn't grow with the number of posts.
    func choose(
        for request: ClaimRequest, _ standing: Standing, _ dispatcher: Dispatcher, _ team: TeamState,
        in tx: any StoreReading
    ) throws -> PostID? {
        let urgent = bundles.urgentPolicies(of: try bundleInForce(in: tx))
        let heads = Self.foremost(try tx.heads(request), urgent: urgent)
        let posts = heads.map { $0.waiting(urgent: urgent) }
        return dispatcher.choose(
            from: posts, for: Candidate(standing), team: team, at: standing.now
        ).map { heads[$0].post }
    }

    /// How the team stands, as long as that is fresh enough to choose by.
    func teamState(_ figures: DispatchFigures, at now: Timestamp) -> TeamState {
        guard let at = figures.meanAt, now - at <= Self.meanLasts, at <= now + Self.meanLasts else {
            return TeamState(mean: nil)
        }
        return TeamState(mean: figures.teamMean, flooded: figures.flooded ?? [])
    }

    /// Of every hazard the first by priority, the one due next, and the first of those that can't wait.
    private static func foremost(_ heads: [QueueHead], urgent: Set<PolicyID>) -> [QueueHead] {
        func isFirst(_ left: QueueHead, _ right: QueueHead) -> Bool {
            if left.priority != right.priority { return left.priority > right.priority }
            return left.place < right.place
        }
        return Hazard.allCases.flatMap { hazard -> [QueueHead] in
            let own = heads.filter { $0.hazard == hazard }
            let chosen = [
                own.min(by: isFirst),
                own.filter { $0.deadline != nil }.min {
                    ($0.deadline ?? $0.takenInAt) < ($1.deadline ?? $1.takenInAt)
                },
                own.filter { !$0.policies.isDisjoint(with: urgent) }.min(by: isFirst),
            ].compactMap(\.self)
            return chosen.enumerated().filter { place, head in
                !chosen[..<place].contains { $0.post == head.post }
            }.map(\.element)
        }
    }
}

extension QueueHead {
    /// What dispatch knows of it.
    func waiting(urgent: Set<PolicyID>) -> WaitingPost {
        WaitingPost(
            hazard: hazard, priority: priority, since: takenInAt, deadline: deadline,
            isUrgent: !policies.isDisjoint(with: urgent),
            isPreferred: Priority.isPreferred(priority, hazard: hazard))
    }
}

extension PolicyBundle {
    /// The policies whose posts can't wait: those on the safety of children and on threats to somebody's life, as their
    /// category or keywords of the EU's transparency database say.
    var urgentPolicies: Set<PolicyID> {
        Set(
            policies.filter { policy in
                let categories = [policy.dsa.category] + policy.dsa.also
                return categories.contains(where: Self.urgentCategories.contains)
                    || policy.dsa.keywords.contains(where: Self.urgentKeywords.contains)
            }.map(\.id))
    }

    private static let urgentCategories: Set<String> = [
        "STATEMENT_CATEGORY_PROTECTION_OF_MINORS", "STATEMENT_CATEGORY_SELF_HARM",
    ]
    private static let urgentKeywords: Set<String> = [
        "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL", "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE",
        "KEYWORD_COORDINATED_HARM", "KEYWORD_GROOMING_SEXUAL_ENTICEMENT_MINORS", "KEYWORD_HUMAN_TRAFFICKING",
        "KEYWORD_INCITEMENT_VIOLENCE_HATRED", "KEYWORD_SELF_MUTILATION", "KEYWORD_SUICIDE",
        "KEYWORD_TERRORIST_CONTENT",
    ]
}
