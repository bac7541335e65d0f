import Moderation
import PolicyEngine

/// Tells what was found and done in sentences made of fixed words, counts and the site's own titles, so that nothing
/// of the post, its author or its reporters can be in them.
struct StatementFacts {
    let language: String
    private var isFrench: Bool { language == "fr" }

    func text(of post: DecidedPost, _ policy: Policy) -> String {
        [notices(post), found(post, policy), decided(post.decision), later(post)].compactMap(\.self)
            .joined(separator: " ")
    }

    private func notices(_ post: DecidedPost) -> String {
        guard let content = post.content else {
            return isFrench
                ? "Le contenu a été signalé \(post.flagCount) fois."
                : "The content was flagged \(times(post.flagCount))."
        }
        let flags = content.flags
        guard !flags.isEmpty else {
            return isFrench ? "Personne n'a signalé le contenu." : "Nobody flagged the content."
        }
        let names = FlagKinds.names(in: language)
        let kinds = FlagKinds.counts(of: flags).map { kind, count in
            let name = kind.map { names[$0] } ?? (isFrench ? "autre motif" : "another reason")
            return "\(name) (\(count))"
        }.joined(separator: ", ")
        let trusted = flags.count(where: \.isTrusted)
        if isFrench {
            return "Le contenu a été signalé \(flags.count) fois : \(kinds)"
                + (trusted == 0 ? "." : ", dont \(trusted) par des signaleurs de confiance.")
        }
        return "The content was flagged \(times(flags.count)): \(kinds)"
            + (trusted == 0 ? "." : "; \(trusted) of these by trusted flaggers.")
    }

    private func found(_ post: DecidedPost, _ policy: Policy) -> String? {
        let title = policy.title.text(in: language).clipped(to: 300)
        guard let suggested = post.decision.recommendation else {
            return isFrench
                ? "Aucune règle automatique ne recommandait de mesure. Le contenu relève de : \(title)."
                : "No automated rule recommended a measure. The content falls under: \(title)."
        }
        let action = measure(suggested.action)
        guard suggested.policy == policy.id else {
            return isFrench
                ? "Une règle automatique recommandait autre chose : \(action), au titre d'une autre politique. "
                    + "Le contenu relève de : \(title)."
                : "An automated rule recommended something else: \(action), under another policy. "
                    + "The content falls under: \(title)."
        }
        let rule = policy.rules.first { $0.id == suggested.rule }
        let name = (rule?.title?.text(in: language) ?? suggested.rule.rawValue).clipped(to: 300)
        return isFrench
            ? "La règle automatique « \(name) » (\(title)) l'a trouvé et recommandait : \(action)."
            : "The automated rule “\(name)” (\(title)) found it and recommended: \(action)."
    }

    private func decided(_ decision: Decision) -> String {
        let action = measure(decision.action)
        if decision.isAutomatic {
            return isFrench
                ? "Cette règle, autorisée à décider seule, a décidé : \(action). Personne n'a examiné le contenu avant."
                : "That rule, which has leave to decide by itself, decided: \(action). No person looked before."
        }
        if decision.appliedFrom != nil {
            return isFrench
                ? "Une personne a décidé d'un contenu qui dit la même chose, et appliqué sa décision à celui-ci : \(action)."
                : "A person decided on content that says the same, and applied the decision to this one: \(action)."
        }
        let manner =
            switch decision.followsRecommendation {
            case true?: isFrench ? ", comme recommandé" : ", as recommended"
            case false?: isFrench ? ", autrement que recommandé" : ", other than recommended"
            case nil: ""
            }
        return isFrench
            ? "Une personne a examiné le contenu et décidé\(manner) : \(action)."
            : "A person reviewed the content and decided\(manner): \(action)."
    }

    private func later(_ post: DecidedPost) -> String? {
        var sentences: [String] = []
        if post.content == nil {
            sentences.append(
                isFrench ? "Le contenu a été effacé depuis." : "The content has been erased since.")
        }
        if post.content?.createdAt == nil {
            sentences.append(
                isFrench
                    ? "Le jour de publication est inconnu ; le jour donné est celui où le contenu nous est parvenu."
                    : "The day of posting is not known; the day given is that on which the content came to us."
            )
        }
        if post.decision.undoneAt != nil {
            sentences.append(
                isFrench ? "La décision a été annulée depuis." : "The decision has been overturned since.")
        }
        return sentences.isEmpty ? nil : sentences.joined(separator: " ")
    }

    private func times(_ count: Int) -> String { count == 1 ? "once" : "\(count) times" }

    private func measure(_ action: Action) -> String { ActionWords.name(of: action, in: language) }
}

/// Actions in words for the public.
enum ActionWords {
    static func name(of action: Action, in language: String) -> String {
        let isFrench = language == "fr"
        return switch action {
        case .keep: isFrench ? "maintien" : "kept"
        case .label: isFrench ? "étiquetage" : "labelled"
        case .restrict: isFrench ? "visibilité réduite" : "restricted"
        case .remove: isFrench ? "retrait" : "removed"
        case .suspend: isFrench ? "retrait et suspension du compte" : "removed, account suspended"
        }
    }
}
