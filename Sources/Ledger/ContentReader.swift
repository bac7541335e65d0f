import Moderation

/// Reads a post from its canonical bytes.
struct ContentReader {
    private var author = Author()
    private var body: String?
    private var community: String?
    private var createdAt: Timestamp?
    private var deadline: Timestamp?
    private var externalID: String?
    private var extra: [String: JSONValue] = [:]
    private var flags: [Flag] = []
    private var kind: String?
    private var language: String?
    private var links: [Link] = []
    private var media: [Media] = []
    private var scores: [String: Int] = [:]
    private var source: String?
    private var thread: [ThreadPost] = []
    private var title: String?
    private var url: String?

    static func post(from bytes: [UInt8]) throws -> FlaggedPost {
        try CanonicalReader.read(bytes) { reader in
            var content = ContentReader()
            try reader.object { try content.member(&$0, $1) }
            return try content.post()
        }
    }

    private func post() throws -> FlaggedPost {
        guard let source, let externalID, let body, let kind else { throw CanonicalReader.Unreadable() }
        return FlaggedPost(
            source: source, externalID: externalID, title: title, body: body, language: language,
            community: community, kind: kind, author: author, createdAt: createdAt, deadline: deadline,
            url: url, links: links, media: media, thread: thread, flags: flags, scores: scores, extra: extra)
    }

    private mutating func member(_ reader: inout CanonicalReader, _ name: String) throws {
        switch name {
        case "author": author = try Self.author(&reader)
        case "body": body = try reader.string()
        case "community": community = try reader.string()
        case "created_at": createdAt = Timestamp(milliseconds: try reader.integer())
        case "deadline": deadline = Timestamp(milliseconds: try reader.integer())
        case "external_id": externalID = try reader.string()
        case "extra":
            guard case .object(let members) = try reader.jsonValue() else {
                throw CanonicalReader.Unreadable()
            }
            extra = members
        case "flags": flags = try reader.list(Self.flag)
        case "kind": kind = try reader.string()
        case "language": language = try reader.string()
        case "links": links = try reader.list { Link(url: try $0.string()) }
        case "media": media = try reader.list(Self.media)
        case "scores": try reader.object { scores[$1] = Int(try $0.integer()) }
        case "source": source = try reader.string()
        case "thread": thread = try reader.list(Self.threadPost)
        case "title": title = try reader.string()
        case "url": url = try reader.string()
        default: throw CanonicalReader.Unreadable()
        }
    }

    private static func author(_ reader: inout CanonicalReader) throws -> Author {
        var author = Author()
        try reader.object { reader, name in
            switch name {
            case "account_created_at":
                author.accountCreatedAt = Timestamp(milliseconds: try reader.integer())
            case "display_name": author.displayName = try reader.string()
            case "earlier_flags": author.earlierFlags = Int(try reader.integer())
            case "earlier_removals": author.earlierRemovals = Int(try reader.integer())
            case "handle": author.handle = try reader.string()
            default: throw CanonicalReader.Unreadable()
            }
        }
        return author
    }

    private static func flag(_ reader: inout CanonicalReader) throws -> Flag {
        var flag = Flag(reason: "")
        var hasReason = false
        try reader.object { reader, name in
            switch name {
            case "created_at": flag.createdAt = Timestamp(milliseconds: try reader.integer())
            case "external_id": flag.externalID = try reader.string()
            case "reason":
                flag.reason = try reader.string()
                hasReason = true
            case "reporter": flag.reporter = try reader.string()
            case "trusted": flag.isTrusted = try reader.bool()
            default: throw CanonicalReader.Unreadable()
            }
        }
        guard hasReason else { throw CanonicalReader.Unreadable() }
        return flag
    }

    private static func media(_ reader: inout CanonicalReader) throws -> Media {
        var media = Media(kind: "")
        var hasKind = false
        try reader.object { reader, name in
            switch name {
            case "alt_text": media.altText = try reader.string()
            case "hash": media.hash = try reader.string()
            case "kind":
                media.kind = try reader.string()
                hasKind = true
            case "url": media.url = try reader.string()
            default: throw CanonicalReader.Unreadable()
            }
        }
        guard hasKind else { throw CanonicalReader.Unreadable() }
        return media
    }

    private static func threadPost(_ reader: inout CanonicalReader) throws -> ThreadPost {
        var post = ThreadPost(author: nil, body: "")
        var hasBody = false
        try reader.object { reader, name in
            switch name {
            case "author": post.author = try reader.string()
            case "body":
                post.body = try reader.string()
                hasBody = true
            case "created_at": post.createdAt = Timestamp(milliseconds: try reader.integer())
            default: throw CanonicalReader.Unreadable()
            }
        }
        guard hasBody else { throw CanonicalReader.Unreadable() }
        return post
    }
}
