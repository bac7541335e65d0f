/// What somebody asked us to look at: text, author, links, media, thread, and the flags on it.
public struct FlaggedPost: Hashable, Sendable, Codable {
    /// Which platform, community or client sends it, such as `forum.example`.
    public var source: String
    /// The platform's own name for the post; with `source` it says which post this is.
    public var externalID: String
    /// The title, where the platform has one.
    public var title: String?
    /// The text.
    public var body: String
    /// BCP 47 primary language in lower case, such as `fr`; `nil` when nobody said.
    public var language: String?
    /// The group, forum or board it was posted in.
    public var community: String?
    /// `post`, `comment`, `message`, `profile`, `image` …, as the platform says.
    public var kind: String
    /// Who wrote it.
    public var author: Author
    /// When it was written.
    public var createdAt: Timestamp?
    /// By when the platform must answer, if it said.
    public var deadline: Timestamp?
    /// Where it stands on the platform.
    public var url: String?
    /// Links found in it or given with it.
    public var links: [Link]
    /// Pictures, sound and video, never their bytes.
    public var media: [Media]
    /// The posts above it, outermost first.
    public var thread: [ThreadPost]
    /// The reports on it.
    public var flags: [Flag]
    /// Scores of outside classifiers, such as `toxicity`, in thousandths.
    public var scores: [String: Int]
    /// What the platform sent beyond these fields.
    public var extra: [String: JSONValue]

    /// Makes a post; everything but source, id and text may be left out.
    public init(
        source: String, externalID: String, title: String? = nil, body: String, language: String? = nil,
        community: String? = nil, kind: String = "post", author: Author = Author(),
        createdAt: Timestamp? = nil, deadline: Timestamp? = nil, url: String? = nil, links: [Link] = [],
        media: [Media] = [], thread: [ThreadPost] = [], flags: [Flag] = [], scores: [String: Int] = [:],
        extra: [String: JSONValue] = [:]
    ) {
        self.source = source
        self.externalID = externalID
        self.title = title
        self.body = body
        self.language = language
        self.community = community
        self.kind = kind
        self.author = author
        self.createdAt = createdAt
        self.deadline = deadline
        self.url = url
        self.links = links
        self.media = media
        self.thread = thread
        self.flags = flags
        self.scores = scores
        self.extra = extra
    }
}

/// Who wrote a post, as far as the platform tells.
public struct Author: Hashable, Sendable, Codable {
    /// The handle.
    public var handle: String?
    /// The name shown.
    public var displayName: String?
    /// When the account was made.
    public var accountCreatedAt: Timestamp?
    /// How many of their posts were removed before.
    public var earlierRemovals: Int?
    /// How many of their posts were flagged before.
    public var earlierFlags: Int?

    /// Makes an author; every fact may be unknown.
    public init(
        handle: String? = nil, displayName: String? = nil, accountCreatedAt: Timestamp? = nil,
        earlierRemovals: Int? = nil, earlierFlags: Int? = nil
    ) {
        self.handle = handle
        self.displayName = displayName
        self.accountCreatedAt = accountCreatedAt
        self.earlierRemovals = earlierRemovals
        self.earlierFlags = earlierFlags
    }
}

/// One report on a post.
public struct Flag: Hashable, Sendable, Codable {
    /// The platform's name for the report; the same one twice is one flag.
    public var externalID: String?
    /// Why, in a word or a sentence: hostile input like the post itself.
    public var reason: String
    /// Who reported, as the platform names them.
    public var reporter: String?
    /// Whether the platform calls the reporter a trusted flagger.
    public var isTrusted: Bool
    /// When.
    public var createdAt: Timestamp?

    /// Makes a flag.
    public init(
        externalID: String? = nil, reason: String, reporter: String? = nil, isTrusted: Bool = false,
        createdAt: Timestamp? = nil
    ) {
        self.externalID = externalID
        self.reason = reason
        self.reporter = reporter
        self.isTrusted = isTrusted
        self.createdAt = createdAt
    }
}

/// A link in a post.
public struct Link: Hashable, Sendable, Codable {
    /// The address as written.
    public var url: String

    /// Makes a link.
    public init(url: String) { self.url = url }

    /// What follows the host, from its "/" on, without query and fragment; empty when there is none.
    public var path: String {
        var rest = Substring(url)
        if let scheme = rest.range(ofSubsequence: "://") {
            rest = rest[scheme.upperBound...]
        } else if rest.hasPrefix("//") {
            rest = rest.dropFirst(2)
        }
        guard let slash = rest.firstIndex(where: { $0 == "/" || $0 == "?" || $0 == "#" }), rest[slash] == "/"
        else {
            return ""
        }
        return String(rest[slash...].prefix { $0 != "?" && $0 != "#" })
    }

    /// The host in lower case, without user, port or trailing dot; empty when the address has none.
    public var host: String {
        var rest = Substring(url)
        if let scheme = rest.range(ofSubsequence: "://") { rest = rest[scheme.upperBound...] }
        if rest.hasPrefix("//") { rest = rest.dropFirst(2) }
        rest = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" && $0 != "\\" }
        if let at = rest.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
        if rest.first == "[" { return rest.prefix { $0 != "]" }.dropFirst().lowercased() }
        rest = rest.prefix { $0 != ":" }
        while rest.last == "." { rest.removeLast() }
        return rest.lowercased()
    }
}

/// A picture, sound or video that goes with a post; a stub, never the bytes.
public struct Media: Hashable, Sendable, Codable {
    /// What it is, such as `image`, `video` or `audio`.
    public var kind: String
    /// Its digest, as the platform gives it.
    public var hash: String?
    /// The description written for people who can't see it.
    public var altText: String?
    /// Where it is.
    public var url: String?

    /// Makes a media stub.
    public init(kind: String, hash: String? = nil, altText: String? = nil, url: String? = nil) {
        self.kind = kind
        self.hash = hash
        self.altText = altText
        self.url = url
    }
}

/// A post above the flagged one in its thread.
public struct ThreadPost: Hashable, Sendable, Codable {
    /// Who wrote it.
    public var author: String?
    /// Its text; as hostile and as hazardous as any other.
    public var body: String
    /// When.
    public var createdAt: Timestamp?

    /// Makes a post of the thread.
    public init(author: String? = nil, body: String, createdAt: Timestamp? = nil) {
        self.author = author
        self.body = body
        self.createdAt = createdAt
    }
}

extension Substring {
    /// Where a short ASCII needle first stands.
    fileprivate func range(ofSubsequence needle: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(needle) { return start..<index(start, offsetBy: needle.count) }
            start = index(after: start)
        }
        return nil
    }
}
