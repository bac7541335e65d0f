/// What is wrong with a portable record, and where.
public struct RecordProblem: Error, Hashable, Sendable {
    /// What is wrong.
    public enum Fault: Hashable, Sendable {
        /// From this byte on it is not the canonical JSON that the format asks for.
        case notCanonical
        /// A format this version doesn't know.
        case unknownFormat(String)
        /// A member is missing.
        case missing
        /// A member that the format doesn't have.
        case unknown
        /// Not the kind of value that belongs there.
        case wrongKind(String)
        /// The site's key didn't sign these bytes.
        case badSignature
        /// The key is not the one that was asked for.
        case otherKey
        /// No note of the site's ledger signed by that key.
        case badCheckpoint
        /// A receipt's entry is not in the ledger that the checkpoint speaks of.
        case notInLedger
        /// A receipt that tells of somebody or something else.
        case foreignReceipt
        /// A receipt on which nothing in the record rests.
        case idleReceipt
        /// Nothing in the ledger speaks for it.
        case unproved
        /// The ledger says something else.
        case contradicted(ledger: String, record: String)
        /// A sum that is not the sum of its parts.
        case wrongSum(parts: Int64, told: Int64)
        /// Not in order, or there twice.
        case disordered
        /// Later than the record was made.
        case tooLate
    }

    /// Where: a path such as `record.exposure.days[3].dose`, or `byte 117`.
    public var place: String
    /// What.
    public var fault: Fault

    /// Makes a problem.
    public init(_ place: String, _ fault: Fault) {
        self.place = place
        self.fault = fault
    }

    /// The place and what is wrong there, in `en` or `fr`.
    public func message(in language: String) -> String {
        language == "fr" ? "\(place) : \(french)" : "\(place): \(english)"
    }

    private var english: String {
        switch fault {
        case .notCanonical: "the bytes are not what the site wrote from here on (get the file again)"
        case .unknownFormat(let name):
            "the format \(name.debugDescription) is not one this version knows (update releve)"
        case .missing: "it is missing"
        case .unknown: "the format has no such member"
        case .wrongKind(let wanted): "it must be \(wanted)"
        case .badSignature: "the site's key did not sign this record: something in it was changed"
        case .otherKey: "this is not the key that you named"
        case .badCheckpoint: "it is no checkpoint of that site signed with that key"
        case .notInLedger: "the proof does not lead to the ledger's root"
        case .foreignReceipt: "the entry tells of somebody or something else"
        case .idleReceipt: "nothing in the record rests on this entry"
        case .unproved: "no entry of the ledger speaks for it"
        case .contradicted(let ledger, let record): "the ledger says \(ledger), the record \(record)"
        case .wrongSum(let parts, let told): "the parts come to \(parts), the record says \(told)"
        case .disordered: "it is not in order, or there twice"
        case .tooLate: "it is later than the record itself"
        }
    }

    private var french: String {
        switch fault {
        case .notCanonical: "à partir d'ici, ce ne sont pas les octets du site (reprenez le fichier)"
        case .unknownFormat(let name):
            "le format \(name.debugDescription) est inconnu de cette version (mettez releve à jour)"
        case .missing: "il manque"
        case .unknown: "le format n'a pas ce champ"
        case .wrongKind(let wanted): "ce doit être \(wanted)"
        case .badSignature: "la clé du site n'a pas signé ce relevé : quelque chose a été changé"
        case .otherKey: "ce n'est pas la clé que vous avez donnée"
        case .badCheckpoint: "ce n'est pas un point de contrôle de ce site signé par cette clé"
        case .notInLedger: "la preuve ne mène pas à la racine du registre"
        case .foreignReceipt: "l'entrée parle de quelqu'un ou d'autre chose"
        case .idleReceipt: "rien dans le relevé ne repose sur cette entrée"
        case .unproved: "aucune entrée du registre n'en parle"
        case .contradicted(let ledger, let record): "le registre dit \(ledger), le relevé \(record)"
        case .wrongSum(let parts, let told): "les parties font \(parts), le relevé dit \(told)"
        case .disordered: "ce n'est pas en ordre, ou c'est là deux fois"
        case .tooLate: "c'est plus tard que le relevé lui-même"
        }
    }
}
