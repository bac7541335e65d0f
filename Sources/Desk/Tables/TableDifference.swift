public import Store

/// The first thing in a table that is not as the ledger says.
public struct TableDifference: Hashable, Sendable {
    /// In what way it differs.
    public enum Way: Hashable, Sendable {
        /// A column holds something else than the entry says.
        case differs(column: String)
        /// A row that the entry asks for is not there.
        case missing
        /// No entry tells of this row.
        case untold
        /// A total stands in the place of this row, which is still there.
        case settled
        /// The engine itself finds its file damaged.
        case damaged(StoreDamage)
    }

    /// The table; `nil` when it is the store as a whole.
    public var table: KeptTable?
    /// The row, by its name or number.
    public var row: String
    /// In what way.
    public var way: Way
    /// The entry that says otherwise.
    public var entry: Int64?

    /// What is wrong, in a sentence, in `en` or `fr`.
    public func message(in language: String) -> String {
        let place = "\(table?.rawValue ?? "store") \(row)"
        let told = entry.map { language == "fr" ? " (entrée \($0))" : " (entry \($0))" } ?? ""
        if language == "fr" {
            return switch way {
            case .differs(let column): "\(place) : \(column) n'est pas ce que dit le registre\(told)"
            case .missing: "\(place) : la ligne manque\(told)"
            case .untold: "\(place) : aucune entrée ne parle de cette ligne"
            case .settled: "\(place) : un total de la journée a pris la place de cette ligne\(told)"
            case .damaged(let what): "le fichier est abîmé : \(what.french)"
            }
        }
        return switch way {
        case .differs(let column): "\(place): \(column) is not what the ledger says\(told)"
        case .missing: "\(place): the row is missing\(told)"
        case .untold: "\(place): no entry tells of this row"
        case .settled: "\(place): a day's total took the place of this row\(told)"
        case .damaged(let what): "the file is damaged: \(what.english)"
        }
    }

    /// What can't be relied on because of it, in `en` or `fr`.
    public func dependents(in language: String) -> String {
        language == "fr" ? french : english
    }

    private var english: String {
        switch table {
        case nil: "everything: restore from a backup, then verify again"
        case .site: "the name and key that checkpoints are checked against"
        case .bundles, .bundlesInForce: "all evaluations and decisions under that bundle, and their replay"
        case .limits: "the doses charged under these limits, and who could take a post then"
        case .people: "who is meant by that pseudonym in entries, decisions and exposure"
        case .posts, .formerContents, .formerEvaluations:
            "the decisions on that post, its replay, statements and labels made from it"
        case .erasures: "on whose authority that post's content is gone"
        case .claims, .skips: "who is offered that post next"
        case .decisions: "its effect, statements, exports and agreement figures that count it"
        case .outbox: "what leaves the site for that decision"
        case .spans: "that person's dose of the day and the week, and their shift's end"
        case .shifts: "that person's breaks and rest, and the spans of that shift"
        case .automations: "what that rule decided by itself"
        case .objections: "how often that rule was called wrong"
        case .shelfCounts, .sources: "counts and the order in which posts are offered"
        case .escalatedPosts: "what auditors find by escalation, and samples drawn by it"
        case .samples, .sampleItems: "that sample: its marks, figures and drawing it again"
        case .marks: "agreement figures that count it, and what its decision's auditors are shown"
        case .openings: "who saw whose name, why, and what the person concerned is told of it"
        case .statements: "which statements of reasons the next export leaves out"
        case .dayTotals: "that person's record of that day, and team figures of its month"
        case .takenDays: "that person's dose of the day and the week"
        case .conditions: "what work is said to come to, and when spans give way to totals"
        case .handovers, .handoverLooks: "which physician saw that person's record"
        case .limitProposals: "who proposed and who signed the limits that came of it"
        case .limitNotices: "who is still shown that limits were loosened"
        case .overrides: "who could go beyond which limits in that shift, and on whose word"
        case .support: "whom people turn to when they need somebody"
        case .watchings: "what people are told of who watched their shifts"
        }
    }

    private var french: String {
        switch table {
        case nil: "tout : reprenez une sauvegarde, puis vérifiez-la"
        case .site: "le nom et la clé avec lesquels les points de contrôle sont vérifiés"
        case .bundles, .bundlesInForce: "les évaluations et décisions sous ces règles, et leur rejeu"
        case .limits: "les doses comptées sous ces limites, et qui pouvait prendre un message"
        case .people: "qui est désigné par ce pseudonyme"
        case .posts, .formerContents, .formerEvaluations:
            "les décisions sur ce message, leur rejeu, les motivations et étiquettes qui en viennent"
        case .erasures: "par quelle autorité le contenu de ce message a été effacé"
        case .claims, .skips: "à qui ce message sera proposé"
        case .decisions: "son effet, les motivations, les exports et les chiffres d'accord qui la comptent"
        case .outbox: "ce qui quitte le site pour cette décision"
        case .spans: "la dose de cette personne ce jour et cette semaine, et la fin de son service"
        case .shifts: "les pauses et le repos de cette personne, et ce qu'elle a vu dans ce service"
        case .automations: "ce que ce test a décidé seul"
        case .objections: "combien de fois ce test a été dit faux"
        case .shelfCounts, .sources: "les comptes et l'ordre dans lequel les messages sont proposés"
        case .escalatedPosts: "ce que les auditeurs trouvent par escalade, et les échantillons tirés ainsi"
        case .samples, .sampleItems: "cet échantillon : ses avis, ses chiffres et un nouveau tirage"
        case .marks: "les chiffres d'accord qui le comptent, et ce qu'on montre aux auditeurs de la décision"
        case .openings: "qui a vu le nom de qui, pourquoi, et ce qu'en sait la personne concernée"
        case .statements: "quelles motivations le prochain export laisse de côté"
        case .dayTotals: "le relevé de cette personne pour ce jour, et les chiffres d'équipe du mois"
        case .takenDays: "la dose de cette personne ce jour et cette semaine"
        case .conditions: "ce que le travail rapporte, et quand des totaux remplacent le détail"
        case .handovers, .handoverLooks: "quel médecin a vu le relevé de cette personne"
        case .limitProposals: "qui a proposé et qui a signé les limites qui en viennent"
        case .limitNotices: "à qui l'on montre encore que des limites ont été relâchées"
        case .overrides: "qui a pu dépasser quelles limites dans ce service, et sur la parole de qui"
        case .support: "à qui l'on s'adresse quand on a besoin de quelqu'un"
        case .watchings: "ce qu'on dit aux personnes de qui a suivi leurs services"
        }
    }
}

extension StoreDamage {
    fileprivate var english: String {
        switch self {
        case .engine(let words): words
        case .missing(let name): "\(name) is missing"
        case .foreign(let name): "\(name) doesn't belong there"
        case .changed(let name): "\(name) is not what it should be"
        case .stray(let table): "\(table) holds rows that belong to nothing, or too few"
        case .mistyped(let table, let column, let type):
            "\(table).\(column) holds something else than \(type)"
        }
    }

    fileprivate var french: String {
        switch self {
        case .engine(let words): words
        case .missing(let name): "\(name) manque"
        case .foreign(let name): "\(name) n'a rien à y faire"
        case .changed(let name): "\(name) n'est pas ce qu'il devrait être"
        case .stray(let table): "\(table) a des lignes qui ne tiennent à rien, ou trop peu de lignes"
        case .mistyped(let table, let column, let type):
            "\(table).\(column) contient autre chose que \(type)"
        }
    }
}

/// What holding the tables against the ledger found.
public struct TableVerification: Hashable, Sendable {
    /// How many rows were looked at.
    public var rows: Int64 = 0
    /// The first difference of each table that has one.
    public var differences: [TableDifference] = []
    /// From which entry on entries tell enough for every row; `nil` when none does.
    public var fullFrom: Int64?

    /// Whether nothing differs.
    public var isIntact: Bool { differences.isEmpty }
}
