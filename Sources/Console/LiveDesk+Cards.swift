import Desk
import Exposure
import Ledger
import Moderation
import PolicyEngine
import Store

// What the desk hands out, as the screens know it.

extension CaseCard {
    init(_ file: CaseFile) {
        post = file.post
        version = file.version
        source = file.source
        community = file.community
        kind = file.kind
        language = file.language
        author = file.author
        createdAt = file.createdAt
        deadline = file.deadline
        takenInAt = file.takenInAt
        claimedAt = file.claim.claimedAt
        flags = file.flags
        threadCount = file.threadCount
        linkCount = file.linkCount
        mediaCount = file.mediaCount
        textLength = file.textLength
        evaluation = file.evaluation
        draft = file.draft
        isErased = file.isErased
        neutralLines = Dictionary(
            uniqueKeysWithValues: Language.allCases.map { ($0.rawValue, file.neutralLine(in: $0.rawValue)) })
        policies = file.bundle.bundle.policies.map(PolicyCard.init)
    }
}

extension PolicyCard {
    init(_ policy: Policy) {
        func texts(_ text: LocalizedText) -> [String: String] {
            Dictionary(
                uniqueKeysWithValues: Language.allCases.map { ($0.rawValue, text.text(in: $0.rawValue)) })
        }
        let ground = [policy.ground, policy.dsaCategory].filter { !$0.isEmpty }.joined(separator: " · ")
        self.init(
            id: policy.id, titles: texts(policy.title), guidance: texts(policy.guidance),
            ground: ground.isEmpty ? nil : ground, hazard: policy.hazard, actions: policy.actions,
            rules: policy.rules.map { rule in
                RuleCard(
                    id: rule.id, titles: rule.title.map(texts) ?? [:], whys: rule.why.map(texts) ?? [:],
                    mistakes: rule.falsePositives.map(texts) ?? [:])
            })
    }
}

extension Briefing {
    init(_ overview: Overview) {
        self.init(
            site: overview.site.name, isDemo: overview.site.isDemo, person: overview.person,
            bundle: overview.bundle.digest.short, standing: overview.standing,
            siteLimits: overview.limits.stored.limits, limitsSetBy: overview.limits.setByName,
            limitsSince: overview.limits.stored.since,
            waiting: overview.statistics.counts.filter { $0.state == .waiting }.map {
                Waiting(hazard: $0.hazard, language: $0.language, posts: $0.posts)
            },
            escalated: overview.statistics.total(.escalated), decidedByMe: overview.decidedToday,
            decidedByPeople: overview.decidedTodayByAll, decidedByRules: overview.decidedByRulesToday,
            sources: overview.sources, policies: overview.bundle.policies.map(PolicyCard.init),
            pay: overview.pay)
    }
}

extension OwnRecord {
    init(_ record: PersonalRecord) {
        self.init(
            standing: record.standing, spans: record.spans, shifts: record.shifts,
            decisions: record.decisions, personalLimit: record.personalLimit, optOuts: record.optOuts,
            openedNames: record.openedNames, pay: record.pay, handovers: record.handovers,
            watchings: record.watchings, outcomes: record.outcomes, limits: record.limits)
    }
}

extension Teammate {
    init(_ member: TeamMember) {
        name = member.person.name
        languages = member.person.languages.sorted()
        availability =
            switch member.availability {
            case .available: .available
            case .breakDue: .breakDue
            case .unavailable: .unavailable
            }
    }
}

extension LedgerLine {
    init(_ numbered: NumberedEntry) {
        let entry = numbered.entry
        self.init(
            index: numbered.index, kind: entry.kind.rawValue, at: entry.at,
            person: entry.person?.rawValue ?? "", post: entry.post?.rawValue ?? "",
            details: entry.fields.sorted { $0.key < $1.key }
                .map { "\($0.key)=\(Self.plain($0.value))" }.joined(separator: "  "))
    }

    private static func plain(_ value: LedgerValue) -> String {
        switch value {
        case .string(let text): text
        case .integer(let number): "\(number)"
        case .bool(let flag): flag ? "true" : "false"
        case .array(let values): "[" + values.map(plain).joined(separator: ", ") + "]"
        case .object(let fields):
            "{"
                + fields.sorted { $0.key < $1.key }.map { "\($0.key)=\(plain($0.value))" }
                .joined(separator: ", ") + "}"
        }
    }
}

extension LedgerFinding {
    init(_ verification: LedgerVerification) {
        self.init(
            entries: verification.size, root: Hexadecimal.string(verification.root),
            problems: verification.problem.map { [$0] } ?? [])
    }
}

extension Fault {
    init(_ error: DeskError) {
        self.init(english: error.message(in: "en"), french: error.message(in: "fr"))
        switch error {
        case .claimLost(let post): lost = post
        case .limited(let refusal): self.refusal = refusal
        case .full: isDiskFull = true
        default: break
        }
    }
}
