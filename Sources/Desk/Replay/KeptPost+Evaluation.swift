import Ledger
import Moderation
import PolicyEngine
import Store

extension KeptPost {
    /// What the rules had said when somebody decided.
    func evaluation(before decision: Decision) -> KeptEvaluation? {
        let earlier = evaluations.filter {
            $0.version == decision.postVersion && $0.evaluatedAt <= decision.decidedAt
        }
        return earlier.last { $0.bundle == decision.bundle } ?? earlier.last
    }

    /// What the rules had said at a moment.
    func evaluation(at moment: Timestamp) -> KeptEvaluation? {
        evaluations.last { $0.evaluatedAt <= moment } ?? evaluations.first
    }

    /// What the policies of an evaluator say of a recorded version as of its recorded moment; `nil` once erased.
    func evaluation(again recorded: KeptEvaluation, by evaluator: Evaluator) -> Evaluation? {
        guard let bytes = content(version: recorded.version)?.bytes,
            let post = try? ContentCommitment.post(from: bytes)
        else { return nil }
        let state = recorded.aside.flatMap { try? AsideForm.state(from: $0) } ?? StateSnapshot()
        return evaluator.evaluate(post, now: recorded.evaluatedAt, state: state)
    }
}

extension KeptEvaluation {
    /// The hazard; `nil` when its level is none that there is.
    var hazard: Hazard? { Hazard(level: hazardLevel) }

    /// It read; `nil` when it can't be read.
    var evaluation: Evaluation? {
        guard let hazard else { return nil }
        do throws(LedgerError) {
            let aside = try aside.map { bytes throws(LedgerError) in try AsideForm.aside(from: bytes) }
            return Evaluation(
                findings: try findings.map { bytes throws(LedgerError) in
                    try FindingsForm.findings(from: bytes)
                } ?? [],
                recommendation: recommendation, hazard: hazard, bundle: bundle, shadow: aside?.shadow ?? [],
                state: aside?.state ?? StateSnapshot(), overBudget: aside?.overBudget ?? [])
        } catch { return nil }
    }
}
