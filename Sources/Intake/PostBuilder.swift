import Moderation

/// Why a record can't be taken in.
public struct RecordError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The field, if it is about one.
    public let field: String?
    /// What is wrong, and the remedy.
    public let reason: String

    init(_ field: String? = nil, _ reason: String) {
        self.field = field
        self.reason = reason
    }

    /// Such as `text: it must be a text`.
    public var description: String { field.map { "\($0): \(reason)" } ?? reason }
}

/// The fields of a record, by the names that files use.
enum PostField {
    static let names = [
        "source", "id", "title", "text", "language", "community", "kind", "author", "author.handle",
        "author.display_name", "author.account_created_at", "author.earlier_removals", "author.earlier_flags",
        "created_at", "deadline", "url", "links", "media", "thread", "flags", "reason", "reporter", "scores",
    ]
}

/// Makes a post of the named values of a record.
struct PostBuilder {
    let options: IntakeOptions
    private var post: FlaggedPost
    private var reason: String?
    private var reporter: String?

    /// Reads a record; `identity` is called when the record has no id of its own.
    static func post(
        from members: JSONReader.Members, options: IntakeOptions, identity: () -> String
    ) throws(RecordError) -> FlaggedPost {
        var builder = PostBuilder(options: options)
        // Members come in no order, so what may meet in one field is settled by rule: a mapped name goes before
        // our own, `text` before `body`, and a single fact of the author before the author as a whole.
        var rest: [(field: String, name: String, value: JSONValue)] = []
        for (name, value) in members where value != .null {
            let field = builder.field(of: name, in: members)
            if field == "author" {
                try builder.set(field, value, theirs: name)
            } else {
                rest.append((field, name, value))
            }
        }
        for member in rest { try builder.set(member.field, member.value, theirs: member.name) }
        return try builder.finish(identity: identity)
    }

    /// The field of ours that a name of theirs fills; their own name when it goes to `extra`.
    private func field(of name: String, in members: JSONReader.Members) -> String {
        if options.setAside.contains(name) { return "" }
        if let field = options.map.ours[name] { return field }
        let field = name == "body" ? "text" : name
        if options.map.fields.contains(field) { return "" }
        if name == "body", members.contains(where: { $0.name == "text" && $0.value != .null }) { return "" }
        return field
    }

    private init(options: IntakeOptions) {
        self.options = options
        post = FlaggedPost(source: options.source, externalID: "", body: "")
    }

    private func finish(identity: () -> String) throws(RecordError) -> FlaggedPost {
        var post = post
        guard !post.body.isEmpty || post.title != nil || !post.media.isEmpty else {
            throw RecordError(
                "text", "there is no text, title or media (name the column with --map text=COLUMN)")
        }
        if post.externalID.isEmpty { post.externalID = "auto-" + identity() }
        if let reason { post.flags.append(Flag(reason: reason, reporter: reporter)) }
        return post
    }

    private mutating func set(_ field: String, _ value: JSONValue, theirs: String) throws(RecordError) {
        switch field {
        case "source":
            let name = try text(value, field)
            if !name.isEmpty { post.source = name }
        case "id": post.externalID = try identifier(value, field)
        case "title": post.title = try optional(value, field)
        case "text": post.body = try text(value, field)
        case "language": post.language = try language(value)
        case "community": post.community = try optional(value, field)
        case "kind": post.kind = try optional(value, field) ?? post.kind
        case "created_at": post.createdAt = try time(value, field)
        case "deadline": post.deadline = try time(value, field)
        case "url": post.url = try optional(value, field)
        case "reason": reason = try optional(value, field)
        case "reporter": reporter = try optional(value, field)
        case "links": post.links = try list(value, field) { item throws(RecordError) in try link(item) }
        case "media": post.media = try list(value, field) { item throws(RecordError) in try media(item) }
        case "thread":
            post.thread = try list(value, field) { item throws(RecordError) in try threadPost(item) }
        case "flags": post.flags = try list(value, field) { item throws(RecordError) in try flag(item) }
        case "scores": post.scores = try scores(value)
        default:
            if field == "author" || field.hasPrefix("author.") {
                try setAuthor(field, value)
            } else {
                post.extra[theirs] = value
            }
        }
    }

    private mutating func setAuthor(_ field: String, _ value: JSONValue) throws(RecordError) {
        switch field {
        case "author":
            guard case .object(let members) = value else {
                post.author.handle = try optional(value, field)
                return
            }
            for (name, value) in members where value != .null { try setAuthor("author." + name, value) }
        case "author.handle": post.author.handle = try optional(value, field)
        case "author.display_name": post.author.displayName = try optional(value, field)
        case "author.account_created_at": post.author.accountCreatedAt = try time(value, field)
        case "author.earlier_removals": post.author.earlierRemovals = try count(value, field)
        case "author.earlier_flags": post.author.earlierFlags = try count(value, field)
        default: post.extra[field] = value
        }
    }

    // MARK: Values

    private func text(_ value: JSONValue, _ field: String) throws(RecordError) -> String {
        let text: String
        switch value {
        case .string(let string): text = string
        case .integer(let number): text = String(number)
        case .bool(let flag): text = String(flag)
        default: throw RecordError(field, "it must be a text")
        }
        guard text.utf8.count <= options.largestField else {
            throw RecordError(field, "it is longer than \(options.largestField) bytes")
        }
        return text
    }

    private func optional(_ value: JSONValue, _ field: String) throws(RecordError) -> String? {
        let text = try text(value, field)
        return text.isEmpty ? nil : text
    }

    private func identifier(_ value: JSONValue, _ field: String) throws(RecordError) -> String {
        switch value {
        case .string, .integer: try text(value, field)
        default: throw RecordError(field, "it must be a text or a whole number")
        }
    }

    private func language(_ value: JSONValue) throws(RecordError) -> String? {
        guard let text = try optional(value, "language") else { return nil }
        let primary = text.prefix { $0 != "-" && $0 != "_" }.lowercased()
        guard (2...3).contains(primary.utf8.count), primary.utf8.allSatisfy({ (0x61...0x7A).contains($0) })
        else {
            throw RecordError("language", "it must be a code such as \"en\" or \"pt-BR\"")
        }
        return primary == "und" ? nil : primary
    }

    /// RFC 3339, or seconds or milliseconds since 1970.
    private func time(_ value: JSONValue, _ field: String) throws(RecordError) -> Timestamp? {
        let seconds: Double
        switch value {
        case .string(let text):
            if text.isEmpty { return nil }
            if let time = Timestamp(rfc3339: text) { return time }
            guard let number = Double(text) else {
                throw RecordError(field, "it must be a time such as 2026-03-01T09:30:00Z")
            }
            seconds = number
        case .integer(let number): seconds = Double(number)
        case .number(let number): seconds = number
        default: throw RecordError(field, "it must be a time such as 2026-03-01T09:30:00Z")
        }
        let milliseconds = seconds.magnitude < 100_000_000_000 ? seconds * 1000 : seconds
        guard milliseconds.magnitude < 253_402_300_800_000 else {
            throw RecordError(field, "it is a time beyond the year 9999")
        }
        return Timestamp(milliseconds: Int64(milliseconds))
    }

    private func count(_ value: JSONValue, _ field: String) throws(RecordError) -> Int? {
        switch value {
        case .integer(let number) where number >= 0: return Int(number)
        case .string(let text) where text.isEmpty: return nil
        case .string(let text):
            if let number = Int(text), number >= 0 { return number }
        default: break
        }
        throw RecordError(field, "it must be a whole number, 0 or more")
    }

    private func list<Item>(
        _ value: JSONValue, _ field: String, _ item: (JSONValue) throws(RecordError) -> Item
    ) throws(RecordError) -> [Item] {
        if case .string(let text) = value, text.isEmpty { return [] }
        let values: [JSONValue] = if case .array(let values) = value { values } else { [value] }
        guard values.count <= options.mostItems else {
            throw RecordError(field, "there are more than \(options.mostItems)")
        }
        var result: [Item] = []
        for value in values { result.append(try item(value)) }
        return result
    }

    private func members(_ value: JSONValue, _ field: String) throws(RecordError) -> [String: JSONValue] {
        guard case .object(let members) = value else {
            throw RecordError(field, "each must be a text or an object")
        }
        return members.filter { $0.value != .null }
    }

    private func link(_ value: JSONValue) throws(RecordError) -> Link {
        if case .object(let members) = value {
            return Link(url: try text(members["url"] ?? .null, "links.url"))
        }
        return Link(url: try text(value, "links"))
    }

    private func media(_ value: JSONValue) throws(RecordError) -> Media {
        let members = try members(value, "media")
        var media = Media(kind: "image")
        if let kind = members["kind"] { media.kind = try text(kind, "media.kind") }
        if let hash = members["hash"] { media.hash = try optional(hash, "media.hash") }
        if let alt = members["alt_text"] { media.altText = try optional(alt, "media.alt_text") }
        if let url = members["url"] { media.url = try optional(url, "media.url") }
        return media
    }

    private func threadPost(_ value: JSONValue) throws(RecordError) -> ThreadPost {
        guard case .object = value else { return ThreadPost(body: try text(value, "thread")) }
        let members = try members(value, "thread")
        var post = ThreadPost(
            body: try text(members["text"] ?? members["body"] ?? .string(""), "thread.text"))
        if let author = members["author"] { post.author = try optional(author, "thread.author") }
        if let time = members["created_at"] { post.createdAt = try self.time(time, "thread.created_at") }
        return post
    }

    private func flag(_ value: JSONValue) throws(RecordError) -> Flag {
        guard case .object = value else { return Flag(reason: try text(value, "flags")) }
        let members = try members(value, "flags")
        var flag = Flag(reason: try text(members["reason"] ?? .string(""), "flags.reason"))
        if let id = members["id"] { flag.externalID = try identifier(id, "flags.id") }
        if let reporter = members["reporter"] { flag.reporter = try optional(reporter, "flags.reporter") }
        if let time = members["created_at"] { flag.createdAt = try self.time(time, "flags.created_at") }
        if let trusted = members["trusted"] {
            guard case .bool(let isTrusted) = trusted else {
                throw RecordError("flags.trusted", "it must be true or false")
            }
            flag.isTrusted = isTrusted
        }
        return flag
    }

    private func scores(_ value: JSONValue) throws(RecordError) -> [String: Int] {
        var result: [String: Int] = [:]
        for (name, value) in try members(value, "scores") {
            let number: Double
            switch value {
            case .integer(let whole): number = Double(whole)
            case .number(let fraction): number = fraction
            default: throw RecordError("scores.\(name)", "it must be a number from 0 to 1")
            }
            guard (0...1).contains(number) else {
                throw RecordError("scores.\(name)", "it must be a number from 0 to 1")
            }
            result[name] = Int((number * 1000).rounded())
        }
        return result
    }
}
