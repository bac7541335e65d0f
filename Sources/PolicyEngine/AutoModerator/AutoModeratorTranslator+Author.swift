import Yams

extension AutoModeratorTranslator {
    /// Checks of what belongs to the post: its author, its community, the post above it.
    mutating func readGroup(_ entry: AutoModeratorEntry) {
        switch entry.name {
        case "author", "~author":
            if case .mapping = entry.value, entry.name == "author" { return readAuthor(entry) }
            let key = AutoModeratorKey(entry.name == "author" ? "name" : "~name")
            guard entry.texts != nil, let key else {
                return obstruct(entry, entry.name, "it must be names, or checks of the author")
            }
            sawCheck()
            search(AutoModeratorEntry(name: entry.name, key: entry.key, value: entry.value), key)
        case "subreddit": readCommunity(entry)
        default: readOther(entry)
        }
    }

    // MARK: Author

    private mutating func readAuthor(_ group: AutoModeratorEntry) {
        let entries = AutoModeratorEntry.entries(of: group.value) ?? []
        let isAny = entries.first { $0.name == "satisfy_any_threshold" }?.flag == true
        var hasAge = false
        var lost: [AutoModeratorEntry] = []
        for entry in entries {
            let name = entry.name
            switch name {
            case "satisfy_any_threshold":
                if entry.flag == nil { obstruct(entry, "author.\(name)", "it must be true or false") }
            case "account_age":
                sawCheck()
                hasAge = readAge(entry) || hasAge
            case _ where AutoModeratorWords.thresholds.contains(name):
                sawCheck()
                lost.append(entry)
            case "is_moderator":
                sawCheck()
                readIsModerator(entry)
            case _ where AutoModeratorWords.unanswered[name] != nil:
                sawCheck()
                obstruct(entry, "author.\(name)", AutoModeratorWords.unanswered[name] ?? "")
            case "set_flair", "overwrite_flair": lose(effect: entry, in: "author")
            default:
                sawCheck()
                readAuthorSearch(entry)
            }
        }
        for entry in lost {
            let reason = AutoModeratorWords.unanswered[entry.name] ?? ""
            if isAny, hasAge {
                note(
                    .narrower, entry.key, "author.\(entry.name)",
                    "\(reason); the other threshold is asked, and the rule finds less")
            } else {
                obstruct(entry, "author.\(entry.name)", reason)
            }
        }
    }

    private mutating func readAuthorSearch(_ entry: AutoModeratorEntry) {
        guard let key = AutoModeratorKey(entry.name),
            key.fields.contains(where: AutoModeratorWords.searchedOfAuthors.contains)
        else {
            let known =
                Array(AutoModeratorWords.searchedOfAuthors) + Array(AutoModeratorWords.thresholds) + [
                    "satisfy_any_threshold", "is_moderator", "is_submitter", "is_contributor", "is_gold",
                    "has_verified_email", "contributor_quality", "set_flair", "overwrite_flair",
                ]
            return obstruct(
                entry, "author.\(entry.name)",
                "it is unknown of authors" + Suggestion.text(for: entry.name, among: known.sorted()))
        }
        search(entry, key, of: "author")
    }

    /// `< 3 days`; days when no unit is given.
    private mutating func readAge(_ entry: AutoModeratorEntry) -> Bool {
        var rest = (entry.text ?? "").trimmingAll
        let signs = [("<=", "le"), (">=", "ge"), ("==", "equals"), ("<", "lt"), (">", "gt"), ("=", "equals")]
        let sign = signs.first { rest.hasPrefix($0.0) }
        rest = rest.dropFirst(sign?.0.count ?? 0).trimmingSpaces
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        var unit = rest.dropFirst(digits.count).trimmingSpaces.lowercased()
        if unit.isEmpty { unit = "days" }
        let time = "\(Int(digits).map(String.init) ?? "") \(unit)"
        guard unit != "second", unit != "seconds", PolicyReader.age(time) != nil else {
            obstruct(entry, "author.account_age", "it is no comparison such as \"< 3 days\" (mend it)")
            return false
        }
        rule.require("account_age", "author.account_age", [.init(sign?.1 ?? "equals", .text(time))])
        return true
    }

    private mutating func readIsModerator(_ entry: AutoModeratorEntry) {
        guard let flag = entry.flag else {
            return obstruct(entry, "author.is_moderator", "it must be true or false")
        }
        guard !options.moderators.isEmpty else {
            return obstruct(
                entry, "author.is_moderator",
                "posts do not say who moderates (give their names with --moderators)")
        }
        let name = rule.guardedByModerators(options.moderators)
        rule.require(flag ? name : "not \(name)", isPositive: flag)
    }

    // MARK: Community and others

    private mutating func readCommunity(_ group: AutoModeratorEntry) {
        guard let entries = AutoModeratorEntry.entries(of: group.value) else {
            return obstruct(group, "subreddit", "it must hold checks of the community")
        }
        for entry in entries {
            sawCheck()
            let construct = "subreddit.\(entry.name)"
            guard let key = AutoModeratorKey(entry.name), key.fields == ["name"] else {
                obstruct(
                    entry, construct,
                    AutoModeratorWords.unanswered[entry.name] ?? "it is unknown of communities")
                continue
            }
            let operators: [AutoModeratorKey.Method: String] = [
                .includes: "contains", .startsWith: "starts_with", .endsWith: "ends_with",
            ]
            let values = words(entry)
            guard !key.isRegex, !key.isCaseSensitive, key.unknownModifiers.isEmpty, !values.isEmpty else {
                obstruct(entry, construct, "a community is compared by name, without expressions")
                continue
            }
            let test = YAMLText.Entry(operators[key.method] ?? "any_of", .texts(values))
            if operators[key.method] == nil, !key.isNegated { rule.communities = values }
            let name = rule.select("community", .map([.init("community", .map([test]))]))
            rule.require(key.isNegated ? "not \(name)" : name, isPositive: !key.isNegated)
        }
    }

    /// Posts above a comment and originals of crossposts: our posts know of them at most who wrote them.
    private mutating func readOther(_ group: AutoModeratorEntry) {
        guard let entries = AutoModeratorEntry.entries(of: group.value) else {
            sawCheck()
            return obstruct(group, group.name, "it must hold checks")
        }
        let reasons = [
            "parent_submission": "what stands above a comment is not looked at",
            "crosspost_author": "posts do not say what they were crossposted from",
            "crosspost_subreddit": "posts do not say what they were crossposted from",
        ]
        for entry in entries {
            let construct = "\(group.name).\(entry.name)"
            if entry.name == "action" || entry.name == "action_reason" {
                sawAction()
                note(.effect, entry.key, construct, "it is not done; instead: decide that post by itself")
            } else if AutoModeratorWords.effects[entry.name] != nil {
                lose(effect: entry, in: group.name)
            } else {
                sawCheck()
                obstruct(entry, construct, reasons[group.name] ?? "")
            }
        }
        // The group itself asks for a crosspost.
        if group.name.hasPrefix("crosspost") {
            rule.kinds.remove(.comment)
            rule.require(rule.guarded(by: .isCrosspost))
        }
    }
}

extension AutoModeratorRule {
    /// The selection of posts by people who moderate.
    mutating func guardedByModerators(_ names: [String]) -> String {
        let name = "by_moderator"
        if !selections.contains(where: { $0.name == name }) {
            selections.append(
                (
                    name,
                    .map([
                        .init(
                            "author.handle",
                            .map([.init("fold", .text("case")), .init("equals", .texts(names))]))
                    ])
                ))
        }
        return name
    }
}

extension String {
    fileprivate var trimmingAll: String { self[...].trimmingSpaces }
}
