import Desk
import Moderation
import Store
import TerminalKit

/// What the audit desk hands out, as text and as JSON.
enum AuditText {
    static func line(_ line: AuditLine) -> String {
        let language = line.language ?? DecisionFilter.unknownLanguage
        let head = [
            line.id.rawValue, line.at.rfc3339, line.hazard.rawValue.padded(8), language.padded(5),
            line.post.rawValue,
        ]
        guard let decision = line.shown else {
            return (head + ["hidden until you have judged it"]).joined(separator: "  ")
        }
        return (head + [decided(decision)] + (line.isEscalated ? ["escalated"] : [])).joined(separator: "  ")
    }

    static func decided(_ decision: Decision) -> String {
        let maker =
            switch decision.maker {
            case .person(let person): person.rawValue
            case .rule(let rule, let lead): "rule \(rule) (by leave of \(lead))"
            }
        var parts = ["\(decision.action.rawValue) by \(maker)"]
        if let policy = decision.policy { parts.append("under \(policy)") }
        if let rule = decision.rule, !decision.isAutomatic { parts.append("rule \(rule)") }
        if let differs = decision.differsFromRecommendation {
            let advised = decision.recommendation?.action.rawValue ?? ""
            parts.append(differs ? "advised: \(advised)" : "as advised")
        }
        if let origin = decision.appliedFrom { parts.append("applied from \(origin), not shown") }
        if let undone = decision.undoneAt { parts.append("undone \(undone)") }
        return parts.joined(separator: ", ")
    }

    static func print(_ found: AuditCase, shown: FlaggedPost?, json: Bool) throws {
        if json { return try Output.json(AuditCaseCard(found, shown: shown)) }
        let file = found.file
        Output.line("decision \(found.line.id) on post \(found.line.post), version \(file.version)")
        Output.line("decided \(found.line.at), hazard \(found.line.hazard.rawValue)")
        Output.line(file.neutralLine(in: Settings.language))
        let place = [file.source, file.community, file.kind, file.language].compactMap(\.self)
        Output.line(place.joined(separator: " · "))
        for flag in file.flags { Output.line("flag: \(flag.reason)" + (flag.isTrusted ? " (trusted)" : "")) }
        if found.isEvaluationLater { Output.line("(what the rules found is of a later version of the post)") }
        for finding in file.evaluation.findings {
            let recommended = finding.recommends.map { ", recommends \($0.rawValue)" } ?? ""
            Output.line("finding: \(finding.rule)\(recommended)")
        }
        printDecision(found)
        guard let shown else {
            Output.line(
                "[covered: \(file.textLength) characters; --uncover shows them and counts as your exposure]")
            return
        }
        if let title = shown.title { Output.line("title: \(title)") }
        for line in SafeText.lines(of: shown.body) { Output.line("  \(line.plain)") }
        for link in shown.links { Output.line("link: \(link.url)") }
        for media in shown.media { Output.line("media: \(media.kind) \(media.altText ?? "")") }
    }

    private static func printDecision(_ found: AuditCase) {
        if let decision = found.line.shown {
            Output.line("decision: \(decided(decision))")
            if let note = decision.note { Output.line("note: \(note)") }
        } else {
            Output.line(
                "the decision is hidden: sample \(found.hiddenFor?.rawValue ?? "") is blind (releve audit judge)"
            )
        }
        if let judgement = found.judgement {
            Output.line("you would have: \(judgement.action.rawValue) \(judgement.policy?.rawValue ?? "")")
        }
        for mark in found.own {
            if let verdict = mark.verdict { Output.line("you, \(mark.at): \(said(verdict, mark))") }
        }
        for mark in found.others {
            if let verdict = mark.verdict { Output.line("\(mark.rater), \(mark.at): \(said(verdict, mark))") }
        }
    }

    private static func said(_ verdict: AuditVerdict, _ mark: AuditMark) -> String {
        verdict.rawValue + (mark.reason.map { ", \($0)" } ?? "")
    }
}

/// A decision in a list, as JSON; without the decision itself while that is hidden.
struct AuditLineCard: Encodable {
    let id, post, at, hazard: String
    let language: String?
    let escalated, hidden: Bool
    let decision: Decision?
    let differs: Bool?

    init(_ line: AuditLine) {
        id = line.id.rawValue
        post = line.post.rawValue
        at = line.at.rfc3339
        hazard = line.hazard.rawValue
        language = line.language
        escalated = line.isEscalated
        hidden = line.shown == nil
        decision = line.shown
        differs = line.shown?.differsFromRecommendation
    }
}

/// A decision and its post, as JSON.
struct AuditCaseCard: Encodable {
    let line: AuditLineCard
    let neutral, source: String
    let version, length: Int
    let findings: [Finding]
    let recommendation: Recommendation?
    let judgement: Judgement?
    let marks, others: [Mark]
    let content: FlaggedPost?

    struct Mark: Encodable {
        let rater, at: String
        let sample, verdict, reason: String?

        init(_ mark: AuditMark) {
            rater = mark.rater.rawValue
            at = mark.at.rfc3339
            sample = mark.sample?.rawValue
            verdict = mark.verdict?.rawValue
            reason = mark.reason
        }
    }

    init(_ found: AuditCase, shown: FlaggedPost?) {
        line = AuditLineCard(found.line)
        neutral = found.file.neutralLine(in: Settings.language)
        source = found.file.source
        version = found.file.version
        length = found.file.textLength
        findings = found.file.evaluation.findings
        recommendation = found.file.evaluation.recommendation
        judgement = found.judgement
        marks = found.own.map(Mark.init)
        others = found.others.map(Mark.init)
        content = shown
    }
}
