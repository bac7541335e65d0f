import Crypto
public import Moderation

/// How the ledger commits to what the rules said, evidence and all.
public enum EvaluationCommitment {
    /// SHA-256, in hexadecimal, over the content's salt, the findings, a line feed and what stands aside of them;
    /// `nil` when there is nothing of either, as for most posts.
    ///
    /// The salt is the content's, so that nobody can guess from the ledger which hosts a post linked to.
    public static func digest(of evaluation: Evaluation, salt: [UInt8]) -> String? {
        let aside = AsideForm.bytes(of: evaluation)
        guard !evaluation.findings.isEmpty || aside != nil else { return nil }
        return digest(findings: FindingsForm.bytes(of: evaluation.findings), aside: aside, salt: salt)
    }

    /// The same of what is kept: canonical bytes, `nil` where there is nothing of one of them.
    public static func digest(findings: [UInt8]?, aside: [UInt8]?, salt: [UInt8]) -> String {
        var hash = SHA256()
        hash.update(data: salt)
        hash.update(data: findings ?? Array("[]".utf8))
        hash.update(data: [0x0A])
        hash.update(data: aside ?? [])
        return Hexadecimal.string(Array(hash.finalize()))
    }
}
