public import Moderation

/// Decisions as rows, for analysis and for training.
public enum DecisionRows {
    /// One decision with where it comes from.
    ///
    /// Notes stay on the site, for they are a person's words.
    public static func decision(_ post: DecidedPost) -> ExportRow {
        let decision = post.decision
        var row = ExportRow()
        row.add("decision", decision.id.rawValue)
        row.add("decided_at", decision.decidedAt.rfc3339)
        addMaker(of: decision, to: &row)
        row.add("action", decision.action.rawValue)
        row.add("policy", decision.policy?.rawValue)
        row.add("rule", decision.rule?.rawValue)
        addRecommendation(of: decision, to: &row)
        row.add("undone_at", decision.undoneAt?.rfc3339)
        row.add("bundle", decision.bundle.hex)
        addPost(post, to: &row)
        row.add("taken_in_at", post.takenInAt.rfc3339)
        row.add("stated", .flag(post.isStated))
        return row
    }

    /// What a decision says of a post: acted on under a policy, or kept.
    ///
    /// - Parameter withText: adds title and text of the version that was decided; nothing where they were erased.
    public static func label(_ post: DecidedPost, withText: Bool) -> ExportRow {
        let decision = post.decision
        var row = ExportRow()
        row.add("post", decision.post.rawValue)
        row.add("version", .number(decision.postVersion))
        row.add("label", decision.action.isRestrictive ? decision.policy?.rawValue : "none")
        row.add("action", decision.action.rawValue)
        row.add("rule", decision.rule?.rawValue)
        row.add("decision", decision.id.rawValue)
        row.add("decided_at", decision.decidedAt.rfc3339)
        addMaker(of: decision, to: &row)
        addRecommendation(of: decision, to: &row)
        row.add("undone", .flag(decision.undoneAt != nil))
        row.add("bundle", decision.bundle.hex)
        row.add("latest_version", .flag(post.isLatest))
        row.add("source", post.source)
        row.add("language", post.language)
        row.add("hazard", post.hazard.rawValue)
        row.add("erased", .flag(post.content == nil))
        if withText {
            row.add("title", post.content?.title)
            row.add("text", post.content?.body)
        }
        return row
    }

    private static func addMaker(of decision: Decision, to row: inout ExportRow) {
        switch decision.maker {
        case .person(let person):
            row.add("by", "person")
            row.add("person", person.rawValue)
            row.add("approved_by", .nothing)
        case .rule(_, let lead):
            row.add("by", "rule")
            row.add("person", .nothing)
            row.add("approved_by", lead.rawValue)
        }
        row.add("applied_from", decision.appliedFrom?.rawValue)
    }

    private static func addRecommendation(of decision: Decision, to row: inout ExportRow) {
        row.add("recommended_action", decision.recommendation?.action.rawValue)
        row.add("recommended_policy", decision.recommendation?.policy.rawValue)
        row.add("recommended_rule", decision.recommendation?.rule.rawValue)
        // A rule agrees with itself; that says nothing.
        let agrees = decision.isAutomatic ? nil : decision.followsRecommendation
        row.add("agreed", agrees.map { .flag($0) } ?? .nothing)
    }

    private static func addPost(_ post: DecidedPost, to row: inout ExportRow) {
        row.add("post", post.decision.post.rawValue)
        row.add("version", .number(post.decision.postVersion))
        row.add("latest_version", .flag(post.isLatest))
        row.add("source", post.source)
        row.add("language", post.language)
        row.add("hazard", post.hazard.rawValue)
        row.add("flags", .number(post.content?.flags.count ?? post.flagCount))
        row.add("erased", .flag(post.content == nil))
    }
}
