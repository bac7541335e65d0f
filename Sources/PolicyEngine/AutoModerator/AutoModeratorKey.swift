/// The name of a search check, such as `~title+body#2 (regex, includes)`.
struct AutoModeratorKey {
    /// How a text is searched.
    enum Method: String, CaseIterable {
        case includesWord = "includes-word"
        case includes
        case startsWith = "starts-with"
        case endsWith = "ends-with"
        case fullExact = "full-exact"
        case fullText = "full-text"
        /// A domain or one below it; what `domain` alone does when nothing else is said.
        case domain
    }

    var fields: [String]
    var method: Method
    var isNegated: Bool
    var isRegex = false
    var isCaseSensitive = false
    /// Words in the brackets that nobody knows.
    var unknownModifiers: [String] = []
    /// Whether two methods are asked for; the first counts.
    var extraMethods: [String] = []

    /// Reads a name; `nil` when it can't be one of a search check.
    init?(_ name: String) {
        var rest = name[...]
        isNegated = rest.hasPrefix("~")
        while rest.hasPrefix("~") { rest.removeFirst() }
        let fields = rest.prefix { $0 != "(" && !$0.isWhitespace }
        rest = rest.dropFirst(fields.count).trimmingSpaces[...]
        self.fields = fields.prefix { $0 != "#" }.split(separator: "+").map { $0.trimmingSpaces }
        guard (1...20).contains(self.fields.count) else { return nil }
        var words: [String] = []
        if !rest.isEmpty {
            guard rest.hasPrefix("("), rest.hasSuffix(")"), rest.count > 2 else { return nil }
            words = rest.dropFirst().dropLast().split(separator: ",").map { $0.trimmingSpaces }
        }
        var method: Method?
        for word in words {
            if word == "regex" {
                isRegex = true
            } else if word == "case-sensitive" {
                isCaseSensitive = true
            } else if word != "domain", let known = Method(rawValue: word) {
                if method == nil { method = known } else { extraMethods.append(word) }
            } else {
                unknownModifiers.append(word)
            }
        }
        self.method = method ?? Self.defaultMethod(self.fields)
    }

    /// What is meant when no method is given.
    private static func defaultMethod(_ fields: [String]) -> Method {
        guard Set(fields).count == 1, let field = fields.first else { return .includesWord }
        switch field {
        case "domain": return .domain
        case "url", "media_author_url": return .includes
        case "id", "media_author", "flair_text", "flair_css_class", "flair_template_id": return .fullExact
        default: return .includesWord
        }
    }
}

/// The words of AutoModerator's language, by what becomes of them.
enum AutoModeratorWords {
    /// What a text may be searched in, of submissions and comments.
    static let searched: Set<String> = [
        "id", "title", "domain", "url", "body", "flair_text", "flair_css_class", "flair_template_id",
        "poll_option_text", "poll_option_count", "crosspost_id", "crosspost_title", "crosspost_body",
        "media_author", "media_author_url", "media_title", "media_description",
    ]
    /// The same of authors.
    static let searchedOfAuthors: Set<String> = [
        "id", "name", "flair_text", "flair_css_class", "flair_template_id",
    ]
    /// The searched fields that our posts have.
    static let kept: Set<String> = ["title", "body", "url", "domain"]
    /// Checks of comments only; those of submissions only.
    static let ofComments: Set<String> = ["is_top_level", "parent_submission"]
    static let ofSubmissions: Set<String> = [
        "is_original_content", "is_poll", "is_gallery", "discussion_type", "is_meta_discussion",
        "past_archive_date", "set_flair", "overwrite_flair", "set_sticky", "set_nsfw", "set_spoiler",
        "set_contest_mode", "set_original_content", "set_suggested_sort", "set_post_crowd_control_level",
    ]
    /// What AutoModerator does beside its action, and what to do instead.
    static let effects: [String: String] = [
        "comment": "write it as the decision's rationale, or let the platform post it",
        "comment_locked": "it goes with comment",
        "comment_stickied": "it goes with comment",
        "modmail": "the finding itself is what moderators see",
        "modmail_subject": "it goes with modmail",
        "message": "write it as the decision's rationale; the platform tells the author",
        "message_subject": "it goes with message",
        "set_flair": "recommend label by hand if it warns readers",
        "overwrite_flair": "it goes with set_flair",
        "set_sticky": "do it on the platform",
        "set_nsfw": "recommend label or restrict by hand",
        "set_spoiler": "recommend label by hand",
        "set_contest_mode": "do it on the platform",
        "set_original_content": "do it on the platform",
        "set_suggested_sort": "do it on the platform",
        "set_locked": "do it on the platform",
        "set_post_crowd_control_level": "do it on the platform",
        "ban_user": "decide suspend by hand",
    ]
    /// Actions; the others only go with one of them.
    static func isAction(_ name: String) -> Bool {
        effects[name] != nil
            && ![
                "comment_locked", "comment_stickied", "modmail_subject", "message_subject", "overwrite_flair",
            ].contains(name)
    }
    /// Checks that our posts can't answer, and why.
    static let unanswered: [String: String] = [
        "is_edited": "posts do not say whether they were edited",
        "is_original_content": "posts do not say whether they are original",
        "discussion_type": "posts do not say whether they are chats",
        "is_meta_discussion": "posts do not say whether they are about the platform",
        "comment_karma": "posts carry no karma",
        "post_karma": "posts carry no karma",
        "link_karma": "posts carry no karma",
        "combined_karma": "posts carry no karma",
        "comment_subreddit_karma": "posts carry no karma",
        "post_subreddit_karma": "posts carry no karma",
        "combined_subreddit_karma": "posts carry no karma",
        "contributor_quality": "posts carry no contributor quality score",
        "has_verified_email": "posts do not say whether an address was verified",
        "is_gold": "posts do not say who pays",
        "is_submitter": "two fields of a post can't be compared",
        "is_contributor": "posts do not say who is approved",
        "event_label": "there are no temporary events",
        "is_nsfw": "posts do not say what their community is for",
    ]
    static let thresholds: Set<String> = [
        "comment_karma", "post_karma", "link_karma", "combined_karma", "comment_subreddit_karma",
        "post_subreddit_karma", "combined_subreddit_karma", "account_age",
    ]
    static let groups: Set<String> = [
        "author", "~author", "crosspost_author", "crosspost_subreddit", "subreddit", "parent_submission",
    ]
    /// Everything that may stand at the top of a rule, for suggestions.
    static let known: [String] =
        (Array(searched) + Array(effects.keys) + Array(groups) + [
            "type", "priority", "moderators_exempt", "standard", "action", "action_reason", "report_reason",
            "reports", "body_longer_than", "body_shorter_than", "is_top_level", "is_edited",
            "is_original_content", "is_poll", "is_gallery", "discussion_type", "is_meta_discussion",
            "past_archive_date", "ignore_blockquotes",
        ]).sorted()
}
