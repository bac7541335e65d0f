public import Moderation
public import Store

/// Why the audit desk did not do what was asked.
public enum AuditRefusal: Hashable, Sendable {
    /// No decision has this id, or its beginning.
    case noDecision(String)
    /// Several decisions have ids that begin so.
    case severalDecisions(String, [DecisionID])
    /// Nobody audits their own act.
    case ownAct(DecisionID)
    /// No sample has this id, or its beginning.
    case noSample(String)
    /// The sample was announced but not drawn.
    case notDrawn(SampleID)
    /// The decision is not in that sample.
    case notInSample(DecisionID, SampleID)
    /// In a blind sample the auditor's own judgement comes first.
    case judgeFirst(DecisionID)
    /// The judgement was given, and the decision shown.
    case judgedBefore(DecisionID)
    /// A reason is needed.
    case needsReason
    /// There is nothing to draw from.
    case nothingToDraw
    /// The sample is smaller than its strata's minima.
    case sampleTooSmall(needed: Int, strata: Int)
    /// The seed has a form that is not allowed.
    case badSeed
    /// Nobody has this pseudonym.
    case noPseudonym(String)
    /// The pseudonym is the person's own.
    case ownPseudonym
    /// No request has this id, or its beginning.
    case noRequest(String)
    /// Whoever asks does not answer.
    case ownRequest(OpeningID)
    /// Whoever it is about does not answer.
    case concerned(OpeningID)
    /// The request was answered before.
    case answeredBefore(OpeningID)
    /// Nobody approved the request.
    case notApproved(OpeningID)
    /// Somebody else asked.
    case notYours(OpeningID)
    /// The time to see the name is over.
    case expired(OpeningID)
    /// The name was seen before.
    case seenBefore(OpeningID)
    /// What should be the name of a policy, a rule or a language can't be one.
    case badName(String)
    /// A word of a query is wrong.
    case badQuery(String, column: Int, problem: String)

    var english: String {
        switch self {
        case .noDecision(let id): "no decision \(id) (see: releve audit list)"
        case .severalDecisions(let id, let found):
            "\(id) fits several decisions: \(found.map(\.rawValue).joined(separator: ", ")) (give more letters)"
        case .ownAct(let id):
            "decision \(id) is your own act: nobody audits their own (another auditor can)"
        case .noSample(let id): "no sample \(id) (see: releve audit sample list)"
        case .notDrawn(let id):
            "sample \(id) was announced but not drawn (draw it with: releve audit sample redraw \(id))"
        case .notInSample(let id, let sample): "decision \(id) is not in sample \(sample)"
        case .judgeFirst(let id):
            "the sample is blind: say first what you would have decided (releve audit judge \(id))"
        case .judgedBefore(let id):
            "you have judged \(id) and seen its decision (mark it with: releve audit mark \(id))"
        case .needsReason: "a reason is needed (--reason)"
        case .nothingToDraw: "no decision fits: there is nothing to draw a sample from (widen the filter)"
        case .sampleTooSmall(let needed, let strata):
            "\(strata) strata need at least \(needed) decisions (a larger --size, a smaller --minimum or fewer strata)"
        case .badSeed: "a seed has 1 to 64 letters a-z, digits and hyphens"
        case .noPseudonym(let id): "nobody here has the pseudonym \(id)"
        case .ownPseudonym: "that pseudonym is your own"
        case .noRequest(let id): "no request \(id) (see: releve audit openings)"
        case .ownRequest(let id): "you asked for \(id): a second person has to answer"
        case .concerned(let id): "\(id) is about you: somebody else has to answer"
        case .answeredBefore(let id): "request \(id) was answered before"
        case .notApproved(let id): "nobody has approved request \(id) (releve audit approve \(id))"
        case .notYours(let id): "request \(id) is somebody else's: only who asked sees the name"
        case .expired(let id): "the 24 hours to see the name of request \(id) are over (ask again)"
        case .seenBefore(let id): "the name of request \(id) was shown: it is shown once (ask again)"
        case .badName(let name):
            "\(name.debugDescription) is no name of a policy, a rule or a language (see: releve policy list)"
        case .badQuery(let word, let column, let problem): "filter:\(column): \"\(word)\": \(problem)"
        }
    }

    var french: String {
        switch self {
        case .noDecision(let id): "pas de décision \(id) (voir : releve audit list)"
        case .severalDecisions(let id, let found):
            "\(id) désigne plusieurs décisions : \(found.map(\.rawValue).joined(separator: ", "))"
        case .ownAct(let id): "la décision \(id) est votre acte : nul ne contrôle le sien"
        case .noSample(let id): "pas d'échantillon \(id) (voir : releve audit sample list)"
        case .notDrawn(let id):
            "l'échantillon \(id) est annoncé mais pas tiré (releve audit sample redraw \(id))"
        case .notInSample(let id, let sample): "la décision \(id) n'est pas dans l'échantillon \(sample)"
        case .judgeFirst: "à l'aveugle, dites d'abord ce que vous auriez décidé"
        case .judgedBefore(let id): "vous avez jugé \(id) et vu sa décision"
        case .needsReason: "il faut un motif"
        case .nothingToDraw: "aucune décision ne convient : rien à tirer (élargissez le filtre)"
        case .sampleTooSmall(let needed, let strata):
            "\(strata) strates demandent au moins \(needed) décisions"
        case .badSeed: "une graine a 1 à 64 lettres a-z, chiffres et traits d'union"
        case .noPseudonym(let id): "personne ici n'a le pseudonyme \(id)"
        case .ownPseudonym: "ce pseudonyme est le vôtre"
        case .noRequest(let id): "pas de demande \(id) (voir : releve audit openings)"
        case .ownRequest(let id): "vous avez demandé \(id) : une autre personne doit répondre"
        case .concerned(let id): "\(id) vous concerne : quelqu'un d'autre doit répondre"
        case .answeredBefore(let id): "la demande \(id) a déjà sa réponse"
        case .notApproved(let id): "personne n'a approuvé la demande \(id)"
        case .notYours(let id): "la demande \(id) est d'une autre personne, qui seule voit le nom"
        case .expired(let id): "les 24 heures pour voir le nom de la demande \(id) sont passées"
        case .seenBefore(let id): "le nom de la demande \(id) a été montré : il ne l'est qu'une fois"
        case .badName(let name): "« \(name) » ne nomme ni règle, ni test, ni langue"
        case .badQuery(let word, let column, let problem): "filtre:\(column) : « \(word) » : \(problem)"
        }
    }
}
