/// One thing that was looked at: how it is, and what to do about it.
struct DoctorFinding: Encodable {
    /// How serious it is.
    enum State: String, Encodable {
        /// As it should be.
        case ok
        /// Nothing is lost by it today, but somebody should know.
        case note
        /// Something is wrong, or will be lost if nobody acts.
        case wrong
    }

    /// What was looked at.
    let check: String
    let state: State
    /// What was found, in a sentence.
    let says: String
    /// What to do; none where all is well.
    let remedy: String?

    /// All is well.
    static func ok(_ check: String, _ says: String) -> DoctorFinding {
        DoctorFinding(check: check, state: .ok, says: says, remedy: nil)
    }

    static func note(_ check: String, _ says: String, _ remedy: String) -> DoctorFinding {
        DoctorFinding(check: check, state: .note, says: says, remedy: remedy)
    }

    static func wrong(_ check: String, _ says: String, _ remedy: String) -> DoctorFinding {
        DoctorFinding(check: check, state: .wrong, says: says, remedy: remedy)
    }

    /// The line that people read.
    var line: String {
        let word =
            switch state {
            case .ok: "ok"
            case .note: "worth knowing"
            case .wrong: "WRONG"
            }
        return "\(word.padded(14))\(check.padded(12))\(says)" + (remedy.map { " → \($0)" } ?? "")
    }
}
