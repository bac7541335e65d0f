import Moderation
import Yams

extension PolicyReader {
    /// Posts that test a rule: a text alone, or what files of posts say of one, under the same names.
    mutating func examples(_ node: Node?, _ what: String) -> [Rule.Example] {
        guard let node else { return [] }
        return list(node, what).compactMap { example($0) }
    }

    private mutating func example(_ node: Node) -> Rule.Example? {
        if case .scalar = node {
            return text(node, "an example").map { Rule.Example(body: $0, position: node.position) }
        }
        let known = [
            "text", "body", "title", "language", "community", "source", "kind", "author", "age", "created_at",
            "url",
            "links", "media", "thread", "flags", "scores", "history", "now",
        ]
        let before = diagnostics.count
        guard let fields = object(node, "an example", known: known) else { return nil }
        var example = Rule.Example(body: "", position: node.position)
        example.now = fields["now"].flatMap { time($0, "now") } ?? example.now
        readTexts(fields, into: &example.post)
        if let node = fields["author"] { example.post.author = author(node, now: example.now) }
        example.post.createdAt = moment(fields, age: "age", time: "created_at", now: example.now)
        example.post.links = items(fields["links"]) { reader, node in reader.link(node) }
        example.post.media = items(fields["media"]) { reader, node in reader.media(node) }
        example.post.thread = items(fields["thread"]) { reader, node in reader.threadPost(node) }
        example.post.flags = items(fields["flags"]) { reader, node in reader.report(node) }
        if let node = fields["scores"] { example.post.scores = scores(node) }
        if let node = fields["history"] { example.state.counts = history(node) }
        return diagnostics.count == before ? example : nil
    }

    private mutating func readTexts(_ fields: [String: Node], into post: inout FlaggedPost) {
        if let text = fields["text"], fields["body"] != nil {
            fail(text, .badExample, "an example has text or body, which are the same (keep one)")
        }
        post.body = (fields["text"] ?? fields["body"]).flatMap { string($0, "text") } ?? ""
        post.title = fields["title"].flatMap { text($0, "title") }
        post.community = fields["community"].flatMap { text($0, "community") }
        post.source = fields["source"].flatMap { text($0, "source") } ?? post.source
        post.kind = fields["kind"].flatMap { text($0, "kind") } ?? post.kind
        post.url = fields["url"].flatMap { text($0, "url") }
        guard let node = fields["language"], let language = text(node, "language") else { return }
        if Self.isLanguage(language) {
            post.language = language
        } else {
            fail(
                node, .badLanguage,
                "\"\(language)\" is no language of posts (use its code of two or three letters, such as fr)")
        }
    }

    private mutating func author(_ node: Node, now: Timestamp) -> Author {
        if case .scalar = node { return Author(handle: text(node, "author")) }
        let known = [
            "handle", "display_name", "account_age", "account_created_at", "earlier_removals",
            "earlier_flags",
        ]
        guard let fields = object(node, "author", known: known) else { return Author() }
        return Author(
            handle: fields["handle"].flatMap { text($0, "handle") },
            displayName: fields["display_name"].flatMap { text($0, "display_name") },
            accountCreatedAt: moment(fields, age: "account_age", time: "account_created_at", now: now),
            earlierRemovals: fields["earlier_removals"].flatMap { count($0, "earlier_removals") },
            earlierFlags: fields["earlier_flags"].flatMap { count($0, "earlier_flags") })
    }

    private mutating func link(_ node: Node) -> Link? {
        if case .scalar = node { return text(node, "a link").map { Link(url: $0) } }
        guard let fields = object(node, "a link", known: ["url"]) else { return nil }
        return fields["url"].flatMap { text($0, "url") }.map { Link(url: $0) }
    }

    private mutating func media(_ node: Node) -> Media? {
        guard let fields = object(node, "media", known: ["kind", "hash", "alt_text", "url"]) else {
            return nil
        }
        return Media(
            kind: fields["kind"].flatMap { text($0, "kind") } ?? "image",
            hash: fields["hash"].flatMap { text($0, "hash") },
            altText: fields["alt_text"].flatMap { text($0, "alt_text") },
            url: fields["url"].flatMap { text($0, "url") })
    }

    private mutating func threadPost(_ node: Node) -> ThreadPost? {
        if case .scalar = node { return text(node, "a post of the thread").map { ThreadPost(body: $0) } }
        guard let fields = object(node, "a post of the thread", known: ["author", "text", "body"]) else {
            return nil
        }
        return ThreadPost(
            author: fields["author"].flatMap { text($0, "author") },
            body: (fields["text"] ?? fields["body"]).flatMap { string($0, "text") } ?? "")
    }

    private mutating func report(_ node: Node) -> Flag? {
        if case .scalar = node { return text(node, "a flag").map { Flag(reason: $0) } }
        guard let fields = object(node, "a flag", known: ["reason", "reporter", "trusted"]) else {
            return nil
        }
        return Flag(
            reason: fields["reason"].flatMap { string($0, "reason") } ?? "",
            reporter: fields["reporter"].flatMap { text($0, "reporter") },
            isTrusted: fields["trusted"].flatMap { flag($0, "trusted") } ?? false)
    }

    // MARK: Values

    /// One item, or a list of them, as in files of posts.
    private mutating func items<Item>(_ node: Node?, _ item: (inout Self, Node) -> Item?) -> [Item] {
        guard let node else { return [] }
        let nodes: [Node] = if case .sequence(let items) = node { Array(items) } else { [node] }
        return nodes.compactMap { item(&self, $0) }
    }

    /// A text that may be empty.
    private mutating func string(_ node: Node, _ what: String) -> String? {
        if case .scalar(let scalar) = node { return scalar.string }
        return text(node, what)
    }

    private mutating func count(_ node: Node, _ what: String) -> Int? {
        if let count = node.int, count >= 0 { return count }
        fail(node, .badNumber, "\(what) must be a whole number (0 or more)")
        return nil
    }

    private mutating func time(_ node: Node, _ what: String) -> Timestamp? {
        guard let text = text(node, what) else { return nil }
        if let time = Timestamp(rfc3339: text) { return time }
        fail(node, .badTime, "\(what) must be a time (such as 2026-03-01T09:30:00Z)")
        return nil
    }

    /// A moment, given as itself or by how long it was before the evaluation.
    private mutating func moment(
        _ fields: [String: Node], age: String, time name: String, now: Timestamp
    ) -> Timestamp? {
        guard let node = fields[age] else { return fields[name].flatMap { time($0, name) } }
        if fields[name] != nil {
            fail(node, .badExample, "an example has \(age) or \(name), which say the same (keep one)")
        }
        guard let text = text(node, age) else { return nil }
        guard let milliseconds = Self.age(text) else {
            fail(node, .badTime, "\"\(text)\" is no time (such as 3 days)")
            return nil
        }
        return Timestamp(milliseconds: now.milliseconds - milliseconds)
    }

    private mutating func scores(_ node: Node) -> [String: Int] {
        guard case .mapping(let mapping) = node else {
            fail(node, .notMapping, "scores must be a mapping (such as {toxicity: 0.9})")
            return [:]
        }
        var result: [String: Int] = [:]
        for (key, value) in mapping {
            guard let name = text(key, "a score's name"), let figure = text(value, "a score") else {
                continue
            }
            guard let score = Self.thousandths(figure), (0...1000).contains(score) else {
                fail(value, .badNumber, "\"\(figure)\" is no score (a number from 0 to 1)")
                continue
            }
            result[name] = Int(score)
        }
        return result
    }

    /// `{removals/7 days: 3}`: what of the author's history, in how much time before the post.
    private mutating func history(_ node: Node) -> [String: Int] {
        guard case .mapping(let mapping) = node else {
            fail(node, .notMapping, "history must be a mapping (such as {removals/7 days: 3})")
            return [:]
        }
        var result: [String: Int] = [:]
        for (key, value) in mapping {
            guard let name = text(key, "a part of history") else { continue }
            let parts = name.split(separator: "/", maxSplits: 1)
            guard parts.count == 2, let metric = HistoryQuery.Metric(rawValue: parts[0].trimmingSpaces),
                let window = Self.age(parts[1].trimmingSpaces), window > 0
            else {
                fail(
                    key, .badExample,
                    "\"\(name)\" is no part of history (posts, flags or removals, and in how much time, such as "
                        + "removals/7 days)")
                continue
            }
            if let count = count(value, name) {
                result[HistoryQuery(metric, window: .milliseconds(window)).key] = count
            }
        }
        return result
    }
}

extension Rule.Example {
    /// A post of that text alone.
    init(body: String, position: FilePosition) {
        self.init(
            post: FlaggedPost(source: "example", externalID: "1", body: body), state: StateSnapshot(),
            now: Self.usualNow, position: position)
    }
}
