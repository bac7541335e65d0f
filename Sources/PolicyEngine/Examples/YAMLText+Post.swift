import Moderation

extension YAMLText {
    /// A post as an example in a policy: its text alone where there is nothing else to say.
    static func example(_ post: FlaggedPost) -> YAMLText {
        var entries: [Entry] = []
        if let title = post.title { entries.append(.init("title", .text(title))) }
        if !post.body.isEmpty { entries.append(.init("text", .text(post.body))) }
        if post.kind != "post" { entries.append(.init("kind", .text(post.kind))) }
        if let language = post.language { entries.append(.init("language", .text(language))) }
        if let community = post.community { entries.append(.init("community", .text(community))) }
        var author: [Entry] = []
        if let handle = post.author.handle { author.append(.init("handle", .text(handle))) }
        if let made = post.author.accountCreatedAt {
            author.append(.init("account_age", .text(time(since: made))))
        }
        if !author.isEmpty { entries.append(.init("author", .map(author))) }
        if let made = post.createdAt { entries.append(.init("age", .text(time(since: made)))) }
        if !post.links.isEmpty { entries.append(.init("links", .texts(post.links.map(\.url)))) }
        if !post.flags.isEmpty { entries.append(.init("flags", .texts(post.flags.map(\.reason)))) }
        if !post.thread.isEmpty { entries.append(.init("thread", .texts(post.thread.map(\.body)))) }
        if entries.map(\.name) == ["text"] { return .text(post.body) }
        return .map(entries.isEmpty ? [.init("kind", .text(post.kind))] : entries)
    }

    /// How long before the usual moment, in the largest unit that says it exactly.
    private static func time(since moment: Timestamp) -> String {
        let age = max(0, Rule.Example.usualNow.milliseconds - moment.milliseconds)
        let units: [(String, Int64)] = [
            ("days", 86_400_000), ("hours", 3_600_000), ("minutes", 60_000), ("seconds", 1000),
        ]
        let unit = units.first { age % $0.1 == 0 && age / $0.1 <= 100_000 && age > 0 } ?? ("seconds", 1000)
        return "\(age / unit.1) \(unit.0)"
    }
}
