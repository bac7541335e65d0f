import Crypto
import Foundation
public import Moderation

/// How the ledger commits to a post's content without holding it.
public enum ContentCommitment {
    /// SHA-256 over a random salt and the bytes.
    ///
    /// The salt lives and dies with the content, so an erased short post can't be guessed back.
    public static func digest(salt: [UInt8], bytes: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        salt.withUnsafeBytes { hash.update(bufferPointer: $0) }
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return hash.finalize().withUnsafeBytes { Array($0) }
    }

    /// SHA-256 of bytes, in hexadecimal.
    public static func sha256(_ bytes: [UInt8]) -> String {
        Hexadecimal.string(Array(SHA256.hash(data: bytes)))
    }

    /// A post as canonical JSON; what it doesn't have is left out.
    public static func bytes(of post: FlaggedPost) -> [UInt8] {
        var object = ObjectWriter(reserving: post.body.utf8.count + 256)
        object.member("author", post.author == Author() ? nil : post.author) { $0.author($1) }
        object.member("body", post.body) { $0.json.write($1) }
        object.member("community", post.community) { $0.json.write($1) }
        object.member("created_at", post.createdAt) { $0.json.write($1.milliseconds) }
        object.member("deadline", post.deadline) { $0.json.write($1.milliseconds) }
        object.member("external_id", post.externalID) { $0.json.write($1) }
        object.member("extra", post.extra.isEmpty ? nil : post.extra) { $0.json.write(JSONValue.object($1)) }
        object.list("flags", post.flags) { $0.flag($1) }
        object.member("kind", post.kind) { $0.json.write($1) }
        object.member("language", post.language) { $0.json.write($1) }
        object.list("links", post.links) { $0.json.write($1.url) }
        object.list("media", post.media) { $0.media($1) }
        object.member("scores", post.scores.isEmpty ? nil : post.scores) { writer, scores in
            writer.json.write(LedgerValue.object(scores.mapValues { .integer(Int64($0)) }))
        }
        object.member("source", post.source) { $0.json.write($1) }
        object.list("thread", post.thread) { $0.threadPost($1) }
        object.member("title", post.title) { $0.json.write($1) }
        object.member("url", post.url) { $0.json.write($1) }
        return object.finish()
    }

    /// Reads what `bytes(of:)` wrote.
    public static func post(from bytes: [UInt8]) throws -> FlaggedPost {
        if let post = try? ContentReader.post(from: bytes) { return post }
        return try JSONDecoder().decode(ContentForm.self, from: Data(bytes)).post
    }
}

/// Writes members of an object in canonical order, leaving absent ones out.
private struct ObjectWriter {
    var json: CanonicalJSON
    private var isFirst = true

    init(reserving capacity: Int) {
        json = CanonicalJSON(reserving: capacity)
        json.raw("{")
    }

    mutating func finish() -> [UInt8] {
        json.raw("}")
        return json.bytes
    }

    mutating func member<Value>(
        _ name: StaticString, _ value: Value?, _ write: (inout ObjectWriter, Value) -> Void
    ) {
        guard let value else { return }
        if !isFirst { json.raw(",") }
        json.raw("\"")
        json.raw(name)
        json.raw("\":")
        write(&self, value)
        isFirst = false
    }

    mutating func list<Value>(
        _ name: StaticString, _ values: [Value], _ write: (inout ObjectWriter, Value) -> Void
    ) {
        member(name, values.isEmpty ? nil : values) { writer, values in
            writer.json.raw("[")
            for (index, value) in values.enumerated() {
                if index > 0 { writer.json.raw(",") }
                write(&writer, value)
            }
            writer.json.raw("]")
        }
    }

    /// An object inside this one.
    private mutating func nested(_ body: (inout ObjectWriter) -> Void) {
        json.raw("{")
        isFirst = true
        body(&self)
        json.raw("}")
    }

    mutating func author(_ author: Author) {
        nested { object in
            object.member("account_created_at", author.accountCreatedAt) { $0.json.write($1.milliseconds) }
            object.member("display_name", author.displayName) { $0.json.write($1) }
            object.member("earlier_flags", author.earlierFlags) { $0.json.write(Int64($1)) }
            object.member("earlier_removals", author.earlierRemovals) { $0.json.write(Int64($1)) }
            object.member("handle", author.handle) { $0.json.write($1) }
        }
    }

    mutating func flag(_ flag: Flag) {
        nested { object in
            object.member("created_at", flag.createdAt) { $0.json.write($1.milliseconds) }
            object.member("external_id", flag.externalID) { $0.json.write($1) }
            object.member("reason", flag.reason) { $0.json.write($1) }
            object.member("reporter", flag.reporter) { $0.json.write($1) }
            object.member("trusted", flag.isTrusted ? true : nil) { writer, _ in writer.json.raw("true") }
        }
    }

    mutating func media(_ media: Media) {
        nested { object in
            object.member("alt_text", media.altText) { $0.json.write($1) }
            object.member("hash", media.hash) { $0.json.write($1) }
            object.member("kind", media.kind) { $0.json.write($1) }
            object.member("url", media.url) { $0.json.write($1) }
        }
    }

    mutating func threadPost(_ post: ThreadPost) {
        nested { object in
            object.member("author", post.author) { $0.json.write($1) }
            object.member("body", post.body) { $0.json.write($1) }
            object.member("created_at", post.createdAt) { $0.json.write($1.milliseconds) }
        }
    }
}
