import Ledger
import Moderation

/// How a person's words enter the ledger: as a salted digest, so that they can be erased.
enum Commitment {
    /// The entry's fields for a text: none when it is empty.
    static func fields(of text: String?, name: String, salt: [UInt8]) -> [String: LedgerValue] {
        guard let text, !text.isEmpty else { return [:] }
        let digest = ContentCommitment.digest(salt: salt, bytes: Array(text.utf8))
        return ["\(name)_digest": .string(Hexadecimal.string(digest))]
    }

    /// What stands in the ledger for the person behind a pseudonym: SHA-256 over a salt that the roster keeps and a
    /// canonical JSON array of OS user and name.
    static func identity(user: String, name: String, salt: [UInt8]) -> String {
        let words = CanonicalJSON.bytes(of: .array([.string(user), .string(name)]))
        return Hexadecimal.string(ContentCommitment.digest(salt: salt, bytes: words))
    }
}
