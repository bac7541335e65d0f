import Exposure
import Moderation

extension DeskError: CustomStringConvertible {
    /// The message in English.
    public var description: String { message(in: "en") }

    /// What happened, to what, and what to do next, in `en` or `fr`.
    public func message(in language: String) -> String { language == "fr" ? french : english }

    private var english: String {
        switch self {
        case .noSite: "there is no site in this store (make one with: releve init)"
        case .siteExists(let name): "there is a site already: \(name) (use another --store for a new one)"
        case .noPolicies: "no policies are in force (load some with: releve init --policies DIR)"
        case .notOnRoster(let user):
            "\(user) is not on the roster (ask your lead for: releve roster add --user \(user))"
        case .actingAsRefused(let name): "acting as \(name) is for demo sites only (leave out --as)"
        case .needsRole(let role): "that needs the role \(role.rawValue)"
        case .noSuchPost(let id): "no post \(id) (see: releve queue list)"
        case .ambiguous(let id, let posts):
            "\(id) fits several posts: \(posts.map(\.rawValue).joined(separator: ", ")) (give more letters)"
        case .notAvailable(let id, let state):
            "post \(id) is \(state.rawValue), not waiting (see: releve queue show \(id))"
        case .erased(let erasure): "post \(erasure.post): \(erasure.sentence(in: "en"))"
        case .claimLost(let id):
            "the claim on \(id) has lapsed; nothing was recorded (claim it again to decide it)"
        case .invalid(let choice): choice.english
        case .limited(let refusal): refusal.english
        case .nothingToUndo: "there is no decision of yours that can still be taken back"
        case .needsCountersigner(let fields):
            "this would loosen \(fields.joined(separator: ", ")): that needs a reason and a second lead's signature,"
                + " and waits for the next shift (releve limits propose; lowering limits acts at once)"
        case .noShift: "no shift is open (start one with: releve shift start)"
        case .full(let path):
            "the disk of \(path) is full: this was not recorded, and nothing recorded before is lost"
                + " (free some space and try again)"
        case .damaged(let what): "\(what) is damaged (releve ledger verify, then restore from a backup)"
        case .store(let what, let remedy): "\(what) (\(remedy))"
        }
    }

    private var french: String {
        switch self {
        case .noSite: "il n'y a pas de site ici (créez-en un : releve init)"
        case .siteExists(let name): "il y a déjà un site : \(name) (prenez un autre --store)"
        case .noPolicies: "aucune règle n'est en vigueur (chargez-en : releve init --policies DIR)"
        case .notOnRoster(let user):
            "\(user) n'est pas dans l'équipe (demandez : releve roster add --user \(user))"
        case .actingAsRefused(let name): "agir comme \(name) n'est permis que sur un site de démonstration"
        case .needsRole(let role): "il faut pour cela le rôle \(role.rawValue)"
        case .noSuchPost(let id): "pas de message \(id) (voir : releve queue list)"
        case .ambiguous(let id, let posts):
            "\(id) désigne plusieurs messages : \(posts.map(\.rawValue).joined(separator: ", "))"
        case .notAvailable(let id, let state): "le message \(id) n'attend pas : \(state.rawValue)"
        case .erased(let erasure): "message \(erasure.post) : \(erasure.sentence(in: "fr"))"
        case .claimLost(let id): "la prise de \(id) a expiré ; rien n'a été enregistré (reprenez-le)"
        case .invalid(let choice): choice.french
        case .limited(let refusal): refusal.french
        case .nothingToUndo: "aucune de vos décisions ne peut plus être annulée"
        case .needsCountersigner(let fields):
            "cela relâcherait \(fields.joined(separator: ", ")) : il faut un motif, une seconde signature,"
                + " et attendre le service suivant (releve limits propose ; abaisser agit tout de suite)"
        case .noShift: "aucun service n'est commencé (releve shift start)"
        case .full(let path):
            "le disque de \(path) est plein : ceci n'est pas enregistré, et rien de ce qui l'était n'est perdu"
                + " (libérez de la place et réessayez)"
        case .damaged(let what):
            "\(what) : abîmé (releve ledger verify, puis reprenez une sauvegarde)"
        case .store(let what, let remedy): "\(what) (\(remedy))"
        }
    }
}

extension DeskError.InvalidChoice {
    fileprivate var english: String {
        switch self {
        case .needsPolicy(let action): "\(action.rawValue) needs a policy (cite one with --policy)"
        case .unknownPolicy(let id, let near):
            "no policy \(id)" + (near.map { " (did you mean \($0)?)" } ?? " (see: releve policy list)")
        case .actionNotInPolicy(let action, let id, let allowed):
            "policy \(id) doesn't provide for \(action.rawValue)"
                + " (it allows \(allowed.map(\.rawValue).joined(separator: ", ")))"
        case .unknownRule(let id): "no rule \(id) in that policy"
        case .notAutomatic(let id):
            "rule \(id) is not written to decide by itself (it needs status live, and automatic: keep or remove)"
        case .noKey:
            "the key that signs this ledger can't be read here (ask the site's owner, who has the key file)"
        case .noEntry(let index, let size):
            "the ledger has no entry \(index) (they are numbered from 0 to \(size - 1))"
        case .noCheckpoint(let size):
            "there is no checkpoint of size \(size) (see: releve ledger checkpoint --list)"
        case .noFinding(let id, let post): "rule \(id) found nothing on \(post)"
        case .notDecidedByRule(let post): "no rule decided \(post) by itself (see: releve queue show \(post))"
        case .limits(let what): what
        case .doesNotFit(let hazard):
            "what is left of your dose doesn't hold another post of hazard \(hazard.rawValue)"
                + " (lighter ones may; see: releve exposure show)"
        case .suspendsOne:
            "accounts are suspended one by one (leave out --alike, or remove the posts of the group)"
        case .tooMany(let count, let most): "\(count) posts are too many at once (at most \(most))"
        case .groupChanged(let confirmed, let now):
            "\(now) waiting posts say the same by now, not \(confirmed)"
                + " (look with: releve queue alike, and give that number)"
        case .audit(let refusal): refusal.english
        case .limit(let refusal): refusal.english
        case .other(let what): what
        }
    }

    fileprivate var french: String {
        switch self {
        case .needsPolicy(let action): "\(action.rawValue) demande une règle (citez-en une : --policy)"
        case .unknownPolicy(let id, let near):
            "pas de règle \(id)"
                + (near.map { " (vouliez-vous dire \($0) ?)" } ?? " (voir : releve policy list)")
        case .actionNotInPolicy(let action, let id, let allowed):
            "la règle \(id) ne prévoit pas \(action.rawValue)"
                + " (elle permet \(allowed.map(\.rawValue).joined(separator: ", ")))"
        case .unknownRule(let id): "pas de test \(id) dans cette règle"
        case .notAutomatic(let id):
            "le test \(id) n'est pas fait pour décider seul (il faut automatic: keep ou remove)"
        case .noKey: "la clé qui signe ce registre n'est pas lisible ici (demandez au propriétaire du site)"
        case .noEntry(let index, let size):
            "le registre n'a pas d'entrée \(index) (numérotées de 0 à \(size - 1))"
        case .noCheckpoint(let size): "pas de point de contrôle de taille \(size)"
        case .noFinding(let id, let post): "le test \(id) n'a rien trouvé dans \(post)"
        case .notDecidedByRule(let post): "aucun test n'a décidé seul de \(post)"
        case .limits(let what): what
        case .doesNotFit(let hazard):
            "ce qui reste de votre dose ne contient plus de message de gravité \(hazard.rawValue)"
                + " (de plus légers, peut-être ; voir : releve exposure show)"
        case .suspendsOne:
            "les comptes sont suspendus un à un (sans --alike, ou retirez les messages du groupe)"
        case .tooMany(let count, let most): "\(count) messages, c'est trop à la fois (\(most) au plus)"
        case .groupChanged(let confirmed, let now):
            "\(now) messages en attente disent maintenant la même chose, non \(confirmed)"
                + " (regardez avec : releve queue alike, et donnez ce nombre)"
        case .audit(let refusal): refusal.french
        case .limit(let refusal): refusal.french
        case .other(let what): what
        }
    }
}

extension Refusal {
    fileprivate var english: String {
        let when = until.map { " Work with exposure may resume at \($0.description)." } ?? ""
        switch self {
        case .notOnShift: return "no shift is open (start one with: releve shift start)"
        case .resting: return "rest between shifts is not over.\(when)"
        case .onBreak: return "this is a break.\(when)"
        case .breakDue: return "a break is due (releve shift break).\(when)"
        case .capped: return "the exposure limit is reached; nothing more is uncovered.\(when)"
        case .lastHour: return "nothing severe or extreme in the last hour of a shift.\(when)"
        case .runOfSevere(let owed): return "after several severe posts, \(owed) lighter ones come first"
        case .shiftOver: return "the shift is over.\(when)"
        }
    }

    fileprivate var french: String {
        let when = until.map { " Reprise possible à \($0.description)." } ?? ""
        switch self {
        case .notOnShift: return "aucun service n'est commencé (releve shift start)"
        case .resting: return "le repos entre deux services n'est pas fini.\(when)"
        case .onBreak: return "c'est la pause.\(when)"
        case .breakDue: return "une pause est due (releve shift break).\(when)"
        case .capped: return "la limite d'exposition est atteinte ; plus rien n'est découvert.\(when)"
        case .lastHour: return "rien de grave dans la dernière heure du service.\(when)"
        case .runOfSevere(let owed): return "après plusieurs messages graves, d'abord \(owed) plus légers"
        case .shiftOver: return "le service est fini.\(when)"
        }
    }
}
