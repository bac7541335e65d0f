import Crypto
import Ledger
import Moderation
import PolicyEngine
import Store

/// Policies as a store keeps them, whether or not their text is still what their name says.
struct KeptPolicies: Sendable {
    let evaluator: Evaluator?
    /// What is wrong with them.
    let difference: BundleDifference?
}

/// Evaluates one recorded evaluation again and says what became of it.
struct EvaluationReplay: Sendable {
    enum Outcome: Sendable {
        case same
        case erased
        case different(EvaluationDifference)
    }

    let index: Int64
    let entry: EvaluationEntry

    func outcome(with kept: KeptPost?, _ policies: KeptPolicies?) -> Outcome {
        guard let kept, let content = kept.content(version: entry.version) else {
            return .different(difference([.content]))
        }
        let recorded = kept.evaluations.last {
            $0.version == entry.version && $0.bundle == entry.bundle && $0.evaluatedAt == entry.at
        }
        guard let bytes = content.bytes, let salt = content.salt else { return .erased }
        let isContent =
            Hexadecimal.string(ContentCommitment.digest(salt: salt, bytes: bytes)) == entry.content
        guard let post = try? ContentCommitment.post(from: bytes) else {
            return .different(difference([.content], recorded))
        }
        guard let evaluator = policies?.evaluator else {
            return .different(difference(isContent ? [.bundle] : [.content, .bundle], recorded))
        }
        var parts: [EvaluationDifference.Part] = isContent ? [] : [.content]
        guard let recorded else {
            return withoutRecord(post, salt, evaluator, kept: kept, parts: parts)
        }
        // What can't be read as a state is told as a difference, for evaluating without it gives other bytes.
        let state = recorded.aside.flatMap { try? AsideForm.state(from: $0) } ?? StateSnapshot()
        let again = Said(evaluator.evaluate(post, now: entry.at, state: state), salt: salt)
        if again.side.findings != recorded.findings { parts.append(.findings) }
        if again.side.aside != recorded.aside { parts.append(.aside) }
        if again.side.commitment != entry.commitment { parts.append(.commitment) }
        if again.evaluation.hazard != entry.hazard || again.evaluation.hazard.level != recorded.hazardLevel {
            parts.append(.hazard)
        }
        if again.evaluation.recommendation != recorded.recommendation
            || again.evaluation.recommendation?.action != entry.recommended
        {
            parts.append(.recommendation)
        }
        return parts.isEmpty ? .same : .different(difference(parts, recorded, again: again.side))
    }

    /// What was recorded before former evaluations were kept: if anything that is known of the post leads to what the
    /// ledger commits to, it was that.
    private func withoutRecord(
        _ post: FlaggedPost, _ salt: [UInt8], _ evaluator: Evaluator, kept: KeptPost,
        parts: [EvaluationDifference.Part]
    ) -> Outcome {
        var states = [StateSnapshot()]
        for evaluation in kept.evaluations {
            guard let aside = evaluation.aside, let state = try? AsideForm.state(from: aside),
                !states.contains(state)
            else { continue }
            states.append(state)
        }
        var first: Said?
        for state in states {
            let again = Said(evaluator.evaluate(post, now: entry.at, state: state), salt: salt)
            if again.side.commitment == entry.commitment, again.evaluation.hazard == entry.hazard,
                again.evaluation.recommendation?.action == entry.recommended, parts.isEmpty
            {
                return .same
            }
            first = first ?? again
        }
        return .different(difference(parts + [.missing], nil, again: first?.side))
    }

    private func difference(
        _ parts: [EvaluationDifference.Part], _ recorded: KeptEvaluation? = nil,
        again: EvaluationDifference.Side? = nil
    ) -> EvaluationDifference {
        let hazard = recorded.flatMap { Hazard(level: $0.hazardLevel) }
        // Of the hazard that side is told which differs, if only one does.
        let told = again?.hazard == entry.hazard ? hazard ?? entry.hazard : entry.hazard
        return EvaluationDifference(
            entry: index, kind: entry.kind, at: entry.at, post: entry.post, version: entry.version,
            bundle: entry.bundle, parts: parts,
            recorded: EvaluationDifference.Side(
                findings: recorded?.findings, aside: recorded?.aside, commitment: entry.commitment,
                hazard: told, recommendation: recorded?.recommendation),
            recomputed: again)
    }

    /// An evaluation in the form in which it would be kept.
    private struct Said {
        let evaluation: Evaluation
        let side: EvaluationDifference.Side

        init(_ evaluation: Evaluation, salt: [UInt8]) {
            self.evaluation = evaluation
            side = EvaluationDifference.Side(
                findings: evaluation.findings.isEmpty ? nil : FindingsForm.bytes(of: evaluation.findings),
                aside: AsideForm.bytes(of: evaluation),
                commitment: EvaluationCommitment.digest(of: evaluation, salt: salt),
                hazard: evaluation.hazard, recommendation: evaluation.recommendation)
        }
    }
}

extension KeptPolicies {
    /// Policies from the text that is kept under a name.
    ///
    /// - Parameter known: gives the evaluator for a text that is what its name says, which may be at hand.
    init(_ bundle: BundleDigest, stored: StoredBundle?, known: (StoredBundle) throws -> Evaluator) {
        guard let stored else {
            self.init(evaluator: nil, difference: BundleDifference(bundle: bundle, text: nil))
            return
        }
        let digest = SHA256.hash(data: Array(stored.canonical.utf8))
        let text = BundleDigest(hex: Hexadecimal.string(Array(digest)))
        if text == bundle, let evaluator = try? known(stored) {
            self.init(evaluator: evaluator, difference: nil)
            return
        }
        // A changed text is evaluated as it is, so that it can be said which posts it touches.
        let evaluator = (try? PolicyBundle(canonical: stored.canonical)).flatMap {
            try? Evaluator(bundle: $0, cacheDirectory: nil)
        }
        self.init(
            evaluator: evaluator,
            difference: BundleDifference(bundle: bundle, text: evaluator == nil ? nil : text))
    }
}
