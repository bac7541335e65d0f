public import Moderation
public import PolicyEngine

/// What a transparency report counts.
///
/// Decisions are added one at a time; nothing in it grows with their number.
public struct ReportFigures: Sendable {
    /// The site.
    public var site: String
    /// The first moment.
    public var from: Timestamp
    /// The moment after the last.
    public var to: Timestamp
    /// How long after a decision its effect stays on the site.
    public var undoWindow: Duration

    /// Decisions of one kind.
    public struct Count: Hashable, Sendable {
        /// Made by people.
        public var people = 0
        /// Made by rules.
        public var rules = 0
        /// Of those by people: taken back after they took effect.
        public var peopleOverturned = 0
        /// Of those by rules: taken back after they took effect.
        public var rulesOverturned = 0

        /// All.
        public var all: Int { people + rules }
        /// All that were taken back.
        public var overturned: Int { peopleOverturned + rulesOverturned }

        /// Both together.
        public static func + (left: Count, right: Count) -> Count {
            var sum = left
            sum.people += right.people
            sum.rules += right.rules
            sum.peopleOverturned += right.peopleOverturned
            sum.rulesOverturned += right.rulesOverturned
            return sum
        }
    }

    /// What decisions are told apart by.
    public struct Cell: Hashable, Sendable {
        /// The category of the policy cited; `nil` for posts that stay as they are.
        public var category: String?
        /// What was done.
        public var action: Action
    }

    /// How a rule fared.
    public struct RuleCount: Hashable, Sendable {
        /// Its title.
        public var title: LocalizedText?
        /// Decided by itself.
        public var decided = 0
        /// Of these, taken back.
        public var overturned = 0
        /// Recommended, and a person decided.
        public var recommended = 0
        /// Of these, decided as recommended.
        public var followed = 0
        /// Called wrong on a post by a moderator.
        public var disputed = 0
    }

    /// How long after coming in posts were decided: up to these many hours, and longer.
    public static let hours = [1, 4, 12, 24, 72, 168, 720]

    /// Decisions that took effect, or stand.
    public var cells: [Cell: Count] = [:]
    /// By time from taking in to decision; one more than ``hours``.
    public var times: [Int] = Array(repeating: 0, count: hours.count + 1)
    /// By the language of the post; `nil` where nobody said.
    public var languages: [String?: Int] = [:]
    /// By how the post came to notice.
    public var notices: [Notice: Int] = [:]
    /// By rule.
    public var rules: [RuleID: RuleCount] = [:]
    /// By people, with a recommendation before them: as it said.
    public var followed = 0
    /// By people, with a recommendation before them: otherwise.
    public var departed = 0
    /// By people, without a recommendation.
    public var unadvised = 0
    /// Applied by a person to posts that say the same as the one they looked at.
    public var applied = 0
    /// Taken back within the undo window: counted nowhere else.
    public var withdrawn = 0
    /// Decisions on posts whose content has been erased since.
    public var erased = 0
    /// Exposure and languages of the people who review.
    public var team = TeamFigures()

    /// How a post came to notice.
    public enum Notice: Int, CaseIterable, Hashable, Sendable {
        /// A trusted flagger reported it.
        case trusted
        /// Others reported it.
        case flagged
        /// Nobody reported it.
        case unflagged
        /// Its content is erased; it had been reported.
        case unknown
    }

    /// Counts nothing yet.
    public init(site: String, from: Timestamp, to: Timestamp, undoWindow: Duration) {
        self.site = site
        self.from = from
        self.to = to
        self.undoWindow = undoWindow
    }

    /// All decisions counted.
    public var total: Count { cells.values.reduce(Count(), +) }

    /// Adds a decision made in the report's time.
    ///
    /// - Parameter bundle: the one it was made under.
    public mutating func add(_ post: DecidedPost, under bundle: PolicyBundle) {
        let decision = post.decision
        if let undone = decision.undoneAt, undone <= decision.decidedAt + undoWindow {
            withdrawn += 1
            return
        }
        let category = decision.action.isRestrictive ? decision.policy.flatMap { bundle.policy($0) } : nil
        let cell = Cell(category: category?.dsaCategory, action: decision.action)
        cells[cell, default: Count()].add(decision)
        let waited = decision.decidedAt.milliseconds - post.takenInAt.milliseconds
        let place = Self.hours.firstIndex { waited <= Int64($0) * 3_600_000 } ?? Self.hours.count
        times[place] += 1
        languages[post.content?.language ?? post.language, default: 0] += 1
        notices[notice(post), default: 0] += 1
        if post.content == nil { erased += 1 }
        count(decision, under: bundle)
    }

    private func notice(_ post: DecidedPost) -> Notice {
        guard let content = post.content else { return post.flagCount == 0 ? .unflagged : .unknown }
        if content.flags.contains(where: \.isTrusted) { return .trusted }
        return content.flags.isEmpty ? .unflagged : .flagged
    }

    private mutating func count(_ decision: Decision, under bundle: PolicyBundle) {
        guard decision.appliedFrom == nil else {
            // Nobody looked at what the rules said of it.
            applied += 1
            return
        }
        guard !decision.isAutomatic else {
            guard let rule = decision.rule else { return }
            rules[rule, default: RuleCount()].decided += 1
            if decision.undoneAt != nil { rules[rule, default: RuleCount()].overturned += 1 }
            return keepTitle(of: rule, in: bundle)
        }
        guard let rule = decision.recommendation?.rule, let follows = decision.followsRecommendation else {
            unadvised += 1
            return
        }
        if follows { followed += 1 } else { departed += 1 }
        rules[rule, default: RuleCount()].recommended += 1
        if follows { rules[rule, default: RuleCount()].followed += 1 }
        keepTitle(of: rule, in: bundle)
    }

    private mutating func keepTitle(of rule: RuleID, in bundle: PolicyBundle) {
        if rules[rule]?.title == nil { rules[rule]?.title = bundle.rule(rule)?.title }
    }

    /// Adds what moderators held against rules.
    public mutating func add(disputes: [RuleID: Int], under bundle: PolicyBundle) {
        for (rule, count) in disputes {
            rules[rule, default: RuleCount()].disputed += count
            keepTitle(of: rule, in: bundle)
        }
    }
}

extension ReportFigures.Count {
    fileprivate mutating func add(_ decision: Decision) {
        let isOverturned = decision.undoneAt != nil
        if decision.isAutomatic {
            rules += 1
            if isOverturned { rulesOverturned += 1 }
        } else {
            people += 1
            if isOverturned { peopleOverturned += 1 }
        }
    }
}
