public import Moderation

/// What the ledger says of one evaluation: an entry that a post was taken in, flagged again, or evaluated again.
public struct EvaluationEntry: Hashable, Sendable {
    /// Which of the three.
    public var kind: EntryKind
    /// When: ages and deadlines were counted from then.
    public var at: Timestamp
    /// The post.
    public var post: PostID
    /// The version evaluated.
    public var version: Int
    /// Under which bundle.
    public var bundle: BundleDigest
    /// What commits to the content, in hexadecimal.
    public var content: String
    /// What commits to the findings (see ``EvaluationCommitment``); `nil` where there was nothing.
    public var commitment: String?
    /// The hazard that was told.
    public var hazard: Hazard
    /// The action that was recommended.
    public var recommended: Action?

    /// What bytes of the ledger are to whoever looks for evaluations.
    public enum Reading: Hashable, Sendable {
        /// It tells of an evaluation.
        case evaluation(EvaluationEntry)
        /// It tells of a decision.
        case decision
        /// It tells of something else.
        case other
        /// It is no entry, or tells of an evaluation without what belongs to one.
        case unreadable
    }

    /// Reads an entry's canonical bytes.
    ///
    /// Whether they are canonical to the last byte is for ``LedgerVerifier`` to say.
    public static func read(_ bytes: [UInt8]) -> Reading {
        var parts = Parts()
        do {
            try CanonicalReader.read(bytes) { reader in
                try reader.object { try parts.member(&$0, $1) }
            }
        } catch { return .unreadable }
        switch parts.kind {
        case "taken_in", "flagged", "evaluated":
            return parts.entry.map { .evaluation($0) } ?? .unreadable
        case "decided": return .decision
        case nil: return .unreadable
        default: return .other
        }
    }

    private struct Parts {
        var at: String?
        var kind: String?
        var post: String?
        var version: Int?
        var bundle: String?
        var content: String?
        var commitment: String?
        var hazard: String?
        var recommended: String?

        mutating func member(_ reader: inout CanonicalReader, _ name: String) throws {
            switch name {
            case "at": at = try reader.string()
            case "data": try reader.object { try datum(&$0, $1) }
            case "kind": kind = try reader.string()
            case "post": post = try reader.string()
            default: try reader.skipValue()
            }
        }

        private mutating func datum(_ reader: inout CanonicalReader, _ name: String) throws {
            switch name {
            case "bundle": bundle = try reader.string()
            case "content": content = try reader.string()
            case "evaluation": commitment = try reader.string()
            case "hazard": hazard = try reader.string()
            case "version": version = Int(try reader.integer())
            // Of a decision it is more than an action.
            case "recommended": recommended = try reader.textOrSkip()
            default: try reader.skipValue()
            }
        }

        var entry: EvaluationEntry? {
            guard let kind = kind.flatMap({ EntryKind(rawValue: $0) }),
                let at = at.flatMap({ Timestamp(rfc3339: $0) }), let post, let version, let bundle,
                let content, let hazard = hazard.flatMap({ Hazard(rawValue: $0) })
            else { return nil }
            let action = recommended.flatMap { Action(rawValue: $0) }
            guard (action == nil) == (recommended == nil) else { return nil }
            return EvaluationEntry(
                kind: kind, at: at, post: PostID(post), version: version, bundle: BundleDigest(hex: bundle),
                content: content, commitment: commitment, hazard: hazard, recommended: action)
        }
    }
}

extension CanonicalReader {
    /// A text; anything else is passed over and gives `nil`.
    fileprivate mutating func textOrSkip() throws -> String? {
        do { return try string() } catch {
            try skipValue()
            return nil
        }
    }
}
