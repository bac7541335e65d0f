extension CheckInError {
    /// One sentence that says what is wrong and what to do, in `en` or `fr`.
    public func message(in language: String) -> String { language == "fr" ? french : english }

    private var english: String {
        switch self {
        case .notBegun: "no check-ins were begun (releve check-in begin)"
        case .begunBefore: "check-ins were begun before; the passphrase is set (releve check-in passphrase)"
        case .tooShort:
            "a passphrase has \(CheckInBook.shortestPassphrase) characters at least (some words together are good)"
        case .wrongPassphrase:
            "that doesn't open them; there is no other way in (try again, or delete them and begin anew)"
        case .damaged(let path):
            "\(path) is not as it was written (take it from a backup of yours, or delete it)"
        case .tooNew(let path): "\(path) was made by a newer releve (use that one)"
        case .file(let path, let reason): "\(path): \(reason)"
        }
    }

    private var french: String {
        switch self {
        case .notBegun: "aucun état n'a été commencé (releve check-in begin)"
        case .begunBefore: "déjà commencé ; la phrase secrète est fixée (releve check-in passphrase)"
        case .tooShort:
            "une phrase secrète a au moins \(CheckInBook.shortestPassphrase) caractères (plusieurs mots vont bien)"
        case .wrongPassphrase:
            "cela ne les ouvre pas ; il n'y a pas d'autre moyen (réessayez, ou effacez tout pour recommencer)"
        case .damaged(let path):
            "\(path) n'est pas tel qu'il fut écrit (reprenez une copie à vous, ou effacez-le)"
        case .tooNew(let path): "\(path) vient d'un releve plus récent (utilisez celui-là)"
        case .file(let path, let reason): "\(path) : \(reason)"
        }
    }
}
