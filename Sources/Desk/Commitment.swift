import Ledger

/// How a person's words enter the ledger: as a salted digest, so that they can be erased.
enum Commitment {
    /// The entry's fields for a text: none when it is empty.
    static func fields(of text: String?, name: String, salt: [UInt8]) -> [String: LedgerValue] {
        guard let text, !text.isEmpty else { return [:] }
        let digest = ContentCommitment.digest(salt: salt, bytes: Array(text.utf8))
        return ["\(name)_digest": .string(Hexadecimal.string(digest))]
    }
}
