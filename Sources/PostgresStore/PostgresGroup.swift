#if Postgres
/// A group of logins on a server; a login in none of them can't open a site.
///
/// Groups are the server's, not a database's: several sites on one server share them, and which login may open which
/// database is said by the databases' right to connect.
enum PostgresGroup: String, CaseIterable {
    case moderator, lead, auditor, representative, physician
    /// Programs that take posts in and enforce decisions, and are nobody.
    case gateway
    /// Who may do what the site's owner does: raise a ceiling, sign with another key.
    case owner

    static let prefix = "releve_"

    var name: String { Self.prefix + rawValue }

    /// The groups of people, who all have a record of their own.
    static let people: [Self] = [.moderator, .lead, .auditor, .representative, .physician]
    /// Those who work with posts.
    static let desk: [Self] = [.moderator, .lead, .auditor]
}

/// What entries a group's logins may make, and of whom these may tell.
struct PostgresEntryRule {
    enum Actor {
        /// The person who logged in.
        case own
        /// Nobody: what a program did, or nobody did.
        case nobody
        /// Also others: what happens to them, or what somebody else proposed.
        case anybody
    }

    let actor: Actor
    /// `nil`: everybody on the roster.
    let groups: [PostgresGroup]?
    let kinds: [String]

    static let all: [Self] = [
        Self(
            actor: .own, groups: nil,
            kinds: [
                "uncovered", "covered", "recharged", "limit_reached", "shift_started", "shift_ended",
                "break_started", "break_ended", "limits_acknowledged", "override", "override_declined",
                "exposure_settled", "record_exported", "dose_taken", "handed_over", "handover_revoked",
            ]),
        Self(
            actor: .own, groups: [.moderator, .lead],
            kinds: ["claimed", "released", "skipped", "escalated", "decided", "undone", "rule_disputed"]),
        // Whose lease has run out is somebody else; that it has is asked of the claim's own row.
        Self(actor: .anybody, groups: [.moderator, .lead], kinds: ["claim_expired"]),
        Self(actor: .nobody, groups: [.moderator, .lead], kinds: ["evaluated", "urgent_unserved"]),
        Self(actor: .nobody, groups: [.auditor], kinds: ["urgent_unserved"]),
        Self(
            actor: .nobody, groups: [.gateway],
            kinds: ["taken_in", "flagged", "evaluated", "decided", "delivered", "delivery_failed"]),
        Self(
            actor: .own, groups: [.lead],
            kinds: [
                "limits_proposed", "limits_approved", "limits_refused", "limits_withdrawn", "bundle_in_force",
                "automation_approved", "automation_ended", "person_added", "person_changed", "erased",
                "override_requested", "override_countersigned", "override_refused", "conditions_set",
                "support_changed", "opening_approved", "opening_refused", "replayed",
            ]),
        // Limits come into force in the name of who proposed them; others' looking ends where a post is erased.
        Self(actor: .anybody, groups: [.lead], kinds: ["limits_in_force", "covered", "exposure_settled"]),
        Self(
            actor: .own, groups: [.auditor],
            kinds: [
                "audit_looked", "audit_judged", "audit_marked", "sample_announced", "sample_drawn",
                "opening_requested", "opening_approved", "opening_refused", "pseudonym_opened", "replayed",
            ]),
        Self(
            actor: .own, groups: PostgresGroup.desk + [.representative],
            kinds: ["exported", "stated"]),
        Self(actor: .own, groups: [.physician], kinds: ["handover_opened"]),
        Self(actor: .own, groups: [.owner], kinds: ["key_changed"]),
    ]

    /// Kinds that only the owner of the tables makes.
    static let kept = ["site_made", "form_changed"]

    /// SQL that says whether `kind` and `actor` are such that a login whose person is `own` may make the entry.
    static let condition: String =
        all.map { rule in
            let kinds = rule.kinds.map { "'\($0)'" }.joined(separator: ", ")
            let actor =
                switch rule.actor {
                case .own: "actor = own"
                case .nobody: "actor IS NULL"
                case .anybody: "true"
                }
            let groups = rule.groups.map { groups in
                groups.map { PostgresSchema.isMember(of: "'\($0.name)'") }.joined(separator: " OR ")
            }
            return "kind IN (\(kinds)) AND \(actor) AND (\(groups ?? "true"))"
        }.joined(separator: "\n OR ")
}
#endif
