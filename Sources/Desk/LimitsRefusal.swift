public import Exposure
public import Store

/// Why limits were not proposed, signed or loosened for one person.
public enum LimitsRefusal: Hashable, Sendable {
    /// A reason is needed.
    case needsReason
    /// The proposal changes nothing.
    case nothingChanges
    /// All of it protects more, so that nobody has to sign.
    case onlyLowers
    /// No proposal has this id, or its beginning.
    case noProposal(String)
    /// Nobody approves their own act.
    case ownProposal(ProposalID)
    /// Only who proposed takes it back.
    case notYourProposal(ProposalID)
    /// It was answered before.
    case answered(ProposalID)
    /// It was proposed too long ago.
    case lapsed(ProposalID)
    /// Limits changed since it was proposed.
    case outdated(ProposalID, base: Int, now: Int)
    /// The ceiling is raised by the store's owner alone.
    case needsOwner
    /// There are no such limits to see or to refuse.
    case noNotice(Int)
    /// A refusal is taken back between shifts.
    case inShift
    /// What is asked for one person doesn't go beyond their limits.
    case overrideOnlyRaises(LimitField)
    /// That can't be loosened for one person.
    case notGrantable(LimitField)
    /// No override has this id, or its beginning.
    case noOverride(String)
    /// Nobody asks for an override of their own.
    case ownOverride
    /// Who asks doesn't sign.
    case ownRequest(OverrideID)
    /// Whom it is for doesn't sign.
    case concerned(OverrideID)
    /// A second lead answered before.
    case signedBefore(OverrideID)
    /// A second lead has to sign first.
    case notSigned(OverrideID)
    /// It is for somebody else.
    case notForYou(OverrideID)
    /// It is over, or was said no to.
    case over(OverrideID)

    var english: String {
        switch self {
        case .needsReason: "a reason is needed (--reason)"
        case .nothingChanges: "that is what is in force already"
        case .onlyLowers: "all of this protects more, which needs nobody's signature (releve limits lower)"
        case .noProposal(let id): "no proposal \(id) (see: releve limits proposals)"
        case .ownProposal(let id): "proposal \(id) is yours: a second lead has to answer it"
        case .notYourProposal(let id): "proposal \(id) is somebody else's (refuse it with: --refuse)"
        case .answered(let id): "proposal \(id) was answered before"
        case .lapsed(let id): "proposal \(id) is older than 7 days: propose it again"
        case .outdated(let id, let base, let now):
            "proposal \(id) changes limits version \(base), and version \(now) is in force: propose it again"
        case .needsOwner:
            "the ceiling is raised only by a lead who is the owner of the store (as the OS user whose file it is)"
        case .noNotice(let version):
            "you are not asked about limits version \(version) (see: releve limits show)"
        case .inShift:
            "a refusal is taken back between shifts, for what it loosens waits for a shift to begin"
        case .overrideOnlyRaises(let field):
            "\(field.rawValue) would not be loosened by that (a lower limit of their own is the person's business)"
        case .notGrantable(let field):
            "\(field.rawValue) can't be loosened for one person (only \(Self.grantable))"
        case .noOverride(let id): "no override \(id) (see: releve limits override list)"
        case .ownOverride: "nobody asks for an override of their own: a lead does, and a second one signs"
        case .ownRequest(let id): "you asked for override \(id): a second lead has to answer it"
        case .concerned(let id): "override \(id) is for you: you consent or decline, and another lead signs"
        case .signedBefore(let id): "override \(id) was answered by a second lead before"
        case .notSigned(let id): "a second lead has not signed override \(id) yet"
        case .notForYou(let id): "override \(id) is for somebody else, who alone consents or declines"
        case .over(let id): "override \(id) is over (see: releve limits override list)"
        }
    }

    var french: String {
        switch self {
        case .needsReason: "il faut un motif (--reason)"
        case .nothingChanges: "c'est déjà ce qui est en vigueur"
        case .onlyLowers:
            "tout ceci protège davantage : aucune signature n'est nécessaire (releve limits lower)"
        case .noProposal(let id): "pas de proposition \(id) (voir : releve limits proposals)"
        case .ownProposal(let id): "la proposition \(id) est la vôtre : une autre personne doit y répondre"
        case .notYourProposal(let id):
            "la proposition \(id) est d'une autre personne (pour la refuser : --refuse)"
        case .answered(let id): "la proposition \(id) a déjà sa réponse"
        case .lapsed(let id): "la proposition \(id) a plus de 7 jours : proposez-la de nouveau"
        case .outdated(let id, let base, let now):
            "la proposition \(id) change les limites version \(base), et la version \(now) est en vigueur : "
                + "proposez-la de nouveau"
        case .needsOwner:
            "seul·e un·e responsable à qui appartient le fichier du site relève le plafond"
        case .noNotice(let version): "les limites version \(version) ne vous sont pas soumises"
        case .inShift: "un refus se reprend entre deux services : ce qu'il relâche attend un début de service"
        case .overrideOnlyRaises(let field): "\(field.rawValue) n'en serait pas relâché"
        case .notGrantable(let field):
            "\(field.rawValue) ne se relâche pas pour une seule personne (seulement \(Self.grantable))"
        case .noOverride(let id): "pas de dérogation \(id) (voir : releve limits override list)"
        case .ownOverride: "nul ne demande sa propre dérogation"
        case .ownRequest(let id): "vous avez demandé la dérogation \(id) : une autre personne doit signer"
        case .concerned(let id):
            "la dérogation \(id) est pour vous : acceptez ou refusez, une autre personne signe"
        case .signedBefore(let id): "la dérogation \(id) a déjà sa seconde réponse"
        case .notSigned(let id): "la dérogation \(id) n'a pas encore de seconde signature"
        case .notForYou(let id): "la dérogation \(id) est pour une autre personne"
        case .over(let id): "la dérogation \(id) est finie"
        }
    }

    private static let grantable = LimitField.grantable.map(\.rawValue).sorted().joined(separator: ", ")
}
