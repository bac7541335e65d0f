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
        for request: ClaimRequest, _ standing: Standing, _ dispatcher: Dispatcher, _ figures: DispatchFigures,
        in tx: any StoreReading
    ) throws -> PostID? {
        let urgent = bundles.urgentPolicies(of: try bundleInForce(in: tx))
        let isFresh = isFresh(figures, at: standing.now)
        let heads = try tx.heads(request).map { head in
            let isForFew = isFresh && figures.forMany?[head.hazard]?.contains(head.language) == false
            return (head: head, post: head.waiting(urgent: urgent, isForFew: isForFew))
        }
        let foremost = Self.foremost(heads)
        let team =
            isFresh ? TeamState(mean: figures.teamMean, flooded: figures.flooded ?? []) : TeamState(mean: nil)
        return dispatcher.choose(
            from: foremost.map(\.post), for: Candidate(standing), team: team, at: standing.now
        ).map { foremost[$0].head.post }
    }

    /// Whether how the team stands is fresh enough to choose by.
    private func isFresh(_ figures: DispatchFigures, at now: Timestamp) -> Bool {
        guard let at = figures.meanAt else { return false }
        return now - at <= Self.meanLasts && at <= now + Self.meanLasts
    }

    private typealias Head = (head: QueueHead, post: WaitingPost)

    /// Of every hazard the first by priority, the one due next, and the first of those that can't wait; the first two
    /// once more among those that few can take.
    private static func foremost(_ heads: [Head]) -> [Head] {
        func isFirst(_ left: Head, _ right: Head) -> Bool {
            if left.head.priority != right.head.priority { return left.head.priority > right.head.priority }
            return left.head.place < right.head.place
        }
        func firsts(_ some: [Head]) -> [Head?] {
            let due = some.filter { $0.post.deadline != nil }.min {
                ($0.post.deadline ?? $0.post.since) < ($1.post.deadline ?? $1.post.since)
            }
            return [some.min(by: isFirst), due]
        }
        return Hazard.allCases.flatMap { hazard -> [Head] in
            let own = heads.filter { $0.head.hazard == hazard }
            let chosen =
                (firsts(own) + [own.filter(\.post.isUrgent).min(by: isFirst)]
                + firsts(own.filter(\.post.isForFew))).compactMap(\.self)
            return chosen.enumerated().filter { place, one in
                !chosen[..<place].contains { $0.head.post == one.head.post }
            }.map(\.element)
        }
    }
}

extension QueueHead {
    /// What dispatch knows of it.
    func waiting(urgent: Set<PolicyID>, isForFew: Bool = false) -> WaitingPost {
        WaitingPost(
            hazard: hazard, priority: priority, since: takenInAt, deadline: deadline,
            isUrgent: !policies.isDisjoint(with: urgent),
            isPreferred: Priority.isPreferred(priority, hazard: hazard), isForFew: isForFew)
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
