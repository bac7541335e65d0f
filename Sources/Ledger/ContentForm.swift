import Moderation

/// The stored form of a post, for reading.
struct ContentForm: Decodable {
    private let author: AuthorForm?
    private let body: String
    private let community: String?
    private let createdAt: Timestamp?
    private let deadline: Timestamp?
    private let externalID: String
    private let extra: [String: JSONValue]?
    private let flags: [FlagForm]?
    private let kind: String
    private let language: String?
    private let links: [String]?
    private let media: [MediaForm]?
    private let scores: [String: Int]?
    private let source: String
    private let thread: [ThreadForm]?
    private let title: String?
    private let url: String?

    private enum CodingKeys: String, CodingKey {
        case author, body, community, deadline, extra, flags, kind, language, links, media, scores, source
        case thread, title, url
        case createdAt = "created_at"
        case externalID = "external_id"
    }

    var post: FlaggedPost {
        FlaggedPost(
            source: source, externalID: externalID, title: title, body: body, language: language,
            community: community, kind: kind, author: author?.author ?? Author(), createdAt: createdAt,
            deadline: deadline, url: url, links: (links ?? []).map { Link(url: $0) },
            media: (media ?? []).map(\.media), thread: (thread ?? []).map(\.post),
            flags: (flags ?? []).map(\.flag), scores: scores ?? [:], extra: extra ?? [:])
    }

    private struct AuthorForm: Decodable {
        let accountCreatedAt: Timestamp?
        let displayName: String?
        let earlierFlags: Int?
        let earlierRemovals: Int?
        let handle: String?

        var author: Author {
            Author(
                handle: handle, displayName: displayName, accountCreatedAt: accountCreatedAt,
                earlierRemovals: earlierRemovals, earlierFlags: earlierFlags)
        }

        enum CodingKeys: String, CodingKey {
            case handle
            case accountCreatedAt = "account_created_at"
            case displayName = "display_name"
            case earlierFlags = "earlier_flags"
            case earlierRemovals = "earlier_removals"
        }
    }

    private struct FlagForm: Decodable {
        let createdAt: Timestamp?
        let externalID: String?
        let reason: String
        let reporter: String?
        let trusted: Bool?

        var flag: Flag {
            Flag(
                externalID: externalID, reason: reason, reporter: reporter, isTrusted: trusted ?? false,
                createdAt: createdAt)
        }

        enum CodingKeys: String, CodingKey {
            case reason, reporter, trusted
            case createdAt = "created_at"
            case externalID = "external_id"
        }
    }

    private struct MediaForm: Decodable {
        let altText: String?
        let hash: String?
        let kind: String
        let url: String?

        var media: Media { Media(kind: kind, hash: hash, altText: altText, url: url) }

        enum CodingKeys: String, CodingKey {
            case hash, kind, url
            case altText = "alt_text"
        }
    }

    private struct ThreadForm: Decodable {
        let author: String?
        let body: String
        let createdAt: Timestamp?

        var post: ThreadPost { ThreadPost(author: author, body: body, createdAt: createdAt) }

        enum CodingKeys: String, CodingKey {
            case author, body
            case createdAt = "created_at"
        }
    }
}
