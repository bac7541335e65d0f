public import Moderation
public import PolicyEngine

/// Makes statements of reasons from decisions, and says why where one can't be made.
public struct StatementBuilder: Sendable {
    private let settings: StatementSettings
    private let undoWindow: Duration

    /// - Parameter undoWindow: how long after a decision its effect stays on the site.
    public init(settings: StatementSettings, undoWindow: Duration) {
        self.settings = settings
        self.undoWindow = undoWindow
    }

    /// What became of a decision.
    public enum Fate: Hashable, Sendable {
        /// It restricts nobody, or was taken back before it took effect.
        case nothingToState
        /// It may still be taken back; the next export will have it.
        case tooRecent
        /// It took effect and stands.
        case standing
        /// It took effect and was taken back later.
        case overturned(at: Timestamp)
    }

    /// Why no statement can be made: what is wrong and what to do.
    public struct Refusal: Error, Hashable, Sendable {
        /// In words.
        public var reason: String
    }

    /// What became of a decision by that moment.
    ///
    /// One that is undone within the undo window never left the site. One that was undone later may have taken
    /// effect, and counts as if it had.
    public func fate(of decision: Decision, at now: Timestamp) -> Fate {
        guard decision.action.isRestrictive else { return .nothingToState }
        let effect = decision.decidedAt + undoWindow
        if let undone = decision.undoneAt {
            return undone <= effect ? .nothingToState : .overturned(at: undone)
        }
        return effect > now ? .tooRecent : .standing
    }

    /// The statement of a restrictive decision that took effect.
    ///
    /// - Parameter policy: the policy cited, as the decision's bundle has it.
    public func statement(of post: DecidedPost, under policy: Policy?) throws(Refusal) -> Statement {
        let decision = post.decision
        guard let policy else {
            throw Refusal(reason: "it cites no policy that its bundle holds (nothing to do: keep the record)")
        }
        let (types, otherType) = ContentKind.types(of: post, in: settings.language)
        let effect = decision.decidedAt + undoWindow
        let keywords = policy.dsa.keywords
        let (visibility, account) = measures(of: decision.action, policy)
        return Statement(
            visibility: [visibility], account: account,
            accountType: settings.accountType.map { "ACCOUNT_TYPE_" + $0.rawValue.uppercased() },
            ground: try ground(of: policy), groundURL: policy.dsa.url, contentTypes: types,
            otherContentType: otherType, category: policy.dsa.category,
            categoryAddition: policy.dsa.also.filter { $0 != policy.dsa.category }, keywords: keywords,
            otherKeyword: keywords.contains("KEYWORD_OTHER")
                ? policy.dsa.otherKeyword?.text(in: settings.language).clipped(to: 500) : nil,
            territories: settings.territories,
            language: LanguageCode.iso6391(post.content?.language ?? post.language),
            contentDate: try contentDate(of: post), applicationDate: try applicationDate(effect),
            accountEndDate: account == nil ? nil : endDate(of: decision, .suspend, from: effect),
            visibilityEndDate: endDate(
                of: decision, decision.action == .suspend ? .remove : decision.action, from: effect),
            facts: StatementFacts(language: settings.language).text(of: post, policy).clipped(to: 5000),
            source: origin(of: post).rawValue, isDetectedAutomatically: isDetectedAutomatically(post),
            automation: automation(of: decision), puid: Statement.puid(of: decision.id))
    }

    // MARK: What was done

    private func measures(of action: Action, _ policy: Policy) -> (visibility: String, account: String?) {
        let name =
            switch action {
            case .keep, .remove, .suspend: "REMOVED"
            case .label: "LABELLED"
            case .restrict: policy.dsa.restriction.rawValue.uppercased()
            }
        return (
            "DECISION_VISIBILITY_CONTENT_" + name, action == .suspend ? "DECISION_ACCOUNT_SUSPENDED" : nil
        )
    }

    private func automation(of decision: Decision) -> Statement.Automation {
        if decision.isAutomatic { return .fully }
        // A person decided, and a comparison of texts found to which posts that goes.
        if decision.appliedFrom != nil { return .partially }
        return decision.recommendation == nil ? .not : .partially
    }

    private func ground(of policy: Policy) throws(Refusal) -> Statement.Ground {
        let given = settings.bases[policy.id]
        let isIllegal = policy.dsa.ground == "illegal"
        let title = policy.title.text(in: settings.language)
        let isFrench = settings.language == "fr"
        var basis = policy.dsa.basis?.text(in: settings.language) ?? given?.basis
        if !isIllegal, basis == nil {
            basis = isFrench ? "Règles du site : \(title)" : "Rules of the site: \(title)"
        }
        guard let basis = basis?.clipped(to: 500), basis.contains(where: { !$0.isWhitespace }) else {
            throw Refusal(
                reason:
                    "the policy \(policy.id) rests on the law but doesn't name it (add basis: to its dsa:, and for "
                    + "decisions under older policies bases: {\(policy.id): {basis: …}} to the --settings)")
        }
        let usual =
            switch (isIllegal, isFrench) {
            case (true, false): "The content is of a kind that this law forbids: \(title)."
            case (true, true): "Le contenu est d'un genre que cette loi interdit : \(title)."
            case (false, false): "The content is of a kind that our rules don't allow: \(title)."
            case (false, true): "Le contenu est d'un genre que nos règles n'admettent pas : \(title)."
            }
        let said = policy.dsa.explanation?.text(in: settings.language) ?? given?.explanation
        let explanation = (said ?? usual).clipped(to: 2000)
        return isIllegal
            ? .illegal(ground: basis, explanation: explanation)
            : .incompatible(ground: basis, explanation: explanation)
    }

    // MARK: When

    private func contentDate(of post: DecidedPost) throws(Refusal) -> String {
        // Where nobody said when it was posted, it was there at the latest when it came.
        let day = Day.text(post.content?.createdAt ?? post.takenInAt)
        if Day.content.contains(day) { return day }
        throw Refusal(
            reason:
                "the content is dated \(day), and the database takes days from \(Day.content.lowerBound) to "
                + "\(Day.content.upperBound) (send its right created_at again, then decide again)")
    }

    private func applicationDate(_ effect: Timestamp) throws(Refusal) -> String {
        let day = Day.text(effect)
        if Day.application.contains(day) { return day }
        throw Refusal(
            reason:
                "it was decided on \(day), and the database takes days from \(Day.application.lowerBound) to "
                + "\(Day.application.upperBound) (check the clock of the machine that decided it)")
    }

    /// The day a measure ended or will: when it was taken back, or after the site's time for that action.
    private func endDate(of decision: Decision, _ measure: Action, from effect: Timestamp) -> String? {
        let usual = settings.days[measure].map { effect + .seconds(86_400 * Int64($0)) }
        let end = [decision.undoneAt, usual].compactMap(\.self).min { $0 < $1 }
        let day = end.map(Day.text)
        return day.flatMap { Day.application.contains($0) ? $0 : nil }
    }

    // MARK: Who found it

    enum Origin: String, CaseIterable {
        case article16 = "SOURCE_ARTICLE_16"
        case trustedFlagger = "SOURCE_TRUSTED_FLAGGER"
        case voluntary = "SOURCE_VOLUNTARY"
        case other = "SOURCE_TYPE_OTHER_NOTIFICATION"
    }

    /// Who brought it to the site's notice; of several, who binds it most.
    private func origin(of post: DecidedPost) -> Origin {
        guard let content = post.content else { return post.flagCount == 0 ? .voluntary : .other }
        let people = content.flags.filter { !settings.automated.cover($0, of: post.source) }
        if people.contains(where: \.isTrusted) { return .trustedFlagger }
        if people.contains(where: { settings.article16.cover($0, of: post.source) }) { return .article16 }
        return people.isEmpty ? .voluntary : .other
    }

    /// Whether a machine found it: no person flagged it, and a machine did, an outside classifier scored it, the whole
    /// source is a scan, or a rule of ours had something to say.
    private func isDetectedAutomatically(_ post: DecidedPost) -> Bool {
        guard origin(of: post) == .voluntary else { return false }
        return settings.automated.sources.contains(post.source) || post.content?.flags.isEmpty == false
            || post.content?.scores.isEmpty == false || post.decision.recommendation != nil
            || post.decision.isAutomatic
    }
}
