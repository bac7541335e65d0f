import Desk
import Moderation
import PolicyEngine
import Store

/// The people and policies of a site.
enum SiteChecks {
    static func people(_ health: SiteHealth) -> [DoctorFinding] {
        guard let people = health.people else { return [] }
        if people[.lead] ?? 0 < 2, !health.site.isDemo {
            return [
                .note(
                    "people",
                    "there is only one lead: nobody can countersign limits, or open a pseudonym with them",
                    "releve roster add --user NAME --roles lead")
            ]
        }
        let counts = Role.allCases.compactMap { role in people[role].map { "\($0) \(role.rawValue)" } }
        return [.ok("people", counts.joined(separator: ", "))]
    }

    static func policies(_ bundle: PolicyBundle) -> DoctorFinding {
        let warnings = PolicyLint.lint(bundle)
        let text = "\(bundle.policies.count) in force, bundle \(bundle.digest.short)"
        guard let first = warnings.first else { return .ok("policies", text) }
        return .note(
            "policies", "\(text): \(warnings.count) warnings, the first: \(first.description)",
            "releve policy lint, then releve policy adopt")
    }
}
