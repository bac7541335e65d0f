import Exposure
import Moderation
import PolicyEngine
import Store

extension WhatIfQuestion {
    /// What becomes of one decision.
    enum Fate: Sendable {
        case change(DecisionsWhatIf.Change)
        case erased
        case unknown
    }

    func fate(of decision: Decision, _ kept: KeptPost?) -> Fate {
        var after = decision.recommendation
        if evaluator != nil || !reading.isPlain {
            guard let kept, let recorded = kept.evaluation(before: decision) else { return .unknown }
            switch said(of: kept, recorded) {
            case .some(let evaluation): after = evaluation.recommendation
            case nil: return kept.content(version: recorded.version)?.bytes == nil ? .erased : .unknown
            }
        }
        return .change(
            DecisionsWhatIf.Change(
                decision: decision.id, post: decision.post, before: decision.recommendation, after: after,
                decided: decision.action))
    }

    /// What a look at a post would have been; `nil` when that can't be told.
    func look(_ span: Span, _ kept: KeptPost) -> RecordedLook? {
        guard let recorded = kept.evaluation(at: span.openedAt), let shown = recorded.hazard else {
            return nil
        }
        let now = evaluator == nil && reading.isPlain ? shown : said(of: kept, recorded)?.hazard
        guard let now else { return nil }
        // Charged higher than shown, because the decision cited a policy of a higher hazard.
        let charged = span.hazard > shown ? reading.hazard(span.hazard) : now
        return RecordedLook(span: span, shownAs: now, chargedAs: charged)
    }

    private func said(of kept: KeptPost, _ recorded: KeptEvaluation) -> Evaluation? {
        let said = evaluator.map { kept.evaluation(again: recorded, by: $0) } ?? recorded.evaluation
        return said.map(reading.read)
    }
}

extension ShiftWhatIf {
    init(_ shift: Shift, _ spans: [Span], then: ShiftReplay) {
        let end = spans.map { $0.openedAt + $0.visible }.max() ?? shift.startedAt
        self.init(
            shift: shift.id, person: shift.person, startedAt: shift.startedAt,
            dose: spans.reduce(.zero) { $0 + $1.dose }, endedAfter: max(.zero, end - shift.startedAt),
            looks: spans.count, then: then)
    }
}
