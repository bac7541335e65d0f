public import Moderation
public import Store

/// How far auditors agree with decisions and with each other.
public struct AuditFigures: Hashable, Sendable {
    /// What the auditors together hold of decisions: the more frequent of agree and disagree.
    public struct Tally: Hashable, Sendable {
        /// Upheld.
        public var agree = 0
        /// Not upheld.
        public var disagree = 0
        /// Unclear, or as many for as against.
        public var unclear = 0

        /// How many decisions.
        public var decisions: Int { agree + disagree + unclear }
        /// The share upheld of those that are clear, with Wilson's interval.
        public var upheld: Agreement.Figure { Agreement.share(agree, of: agree + disagree) }

        mutating func add(_ verdict: AuditVerdict) {
            switch verdict {
            case .agree: agree += 1
            case .disagree: disagree += 1
            case .unclear: unclear += 1
            }
        }
    }

    /// Two raters, or a rater and the decisions.
    public struct Pair: Hashable, Sendable {
        /// The first rater.
        public var first: PersonID
        /// The second; `nil` for the decisions as they were made.
        public var second: PersonID?
        /// How often they say the same.
        public var percent: Agreement.Figure
        /// Cohen's kappa.
        public var kappa: Agreement.Figure
    }

    /// The decisions of one policy, language or action.
    public struct Cell: Hashable, Sendable {
        /// The policy, language or action.
        public var name: String
        /// The figures; `nil` where they would point at somebody.
        public var tally: Tally?
    }

    /// A cell is shown with at least so many decisions, by at least so many people.
    public static let leastDecisions = 5
    /// With two, each would learn the other's figures from the sum.
    public static let leastPeople = 3

    /// All decisions that somebody holds something of.
    public var all: Tally
    /// How many raters there are.
    public var raters: Int
    /// How far the raters' verdicts agree: Krippendorff's alpha.
    public var verdicts: Agreement.Figure
    /// How far what the raters would have done agrees: Krippendorff's alpha.
    public var judgements: Agreement.Figure
    /// Each two raters, by their verdicts.
    public var pairs: [Pair]
    /// Each rater and the decisions, by actions; what the rater would have done was said before they saw it.
    public var withDecisions: [Pair]
    /// By policy, language and action.
    public var cells: [StratumFacet: [Cell]]
    /// How the intervals of kappa and alpha were made.
    public var bootstrap: Agreement.Bootstrap

    /// The figures of ratings.
    public init(_ ratings: [Rating], bootstrap: Agreement.Bootstrap) {
        self.bootstrap = bootstrap
        let units = Dictionary(grouping: ratings, by: \.audited.decision.id).sorted { $0.key < $1.key }
            .map { Unit(ratings: $0.value) }
        let people = Set(ratings.map(\.rater)).sorted()
        raters = people.count
        var tally = Tally()
        for unit in units { if let verdict = unit.verdict { tally.add(verdict) } }
        all = tally
        verdicts = Agreement.alpha(units.map { $0.ratings.compactMap(\.verdict) }, bootstrap: bootstrap)
        judgements = Agreement.alpha(
            units.map { $0.ratings.compactMap(\.judgement?.action) }, bootstrap: bootstrap)
        pairs = people.indices.flatMap { first in
            people.indices.dropFirst(first + 1).map { second in
                Self.pair(
                    people[first], people[second],
                    units.compactMap { unit in
                        unit.verdict(of: people[first]).flatMap { left in
                            unit.verdict(of: people[second]).map { (left, $0) }
                        }
                    }, bootstrap)
            }
        }
        withDecisions = people.map { rater in
            Self.pair(
                rater, nil,
                units.compactMap { unit in
                    unit.judgement(of: rater).map { ($0.action, unit.decision.action) }
                }, bootstrap)
        }
        cells = Dictionary(
            uniqueKeysWithValues: [StratumFacet.policy, .language, .action].map {
                ($0, Self.cells(units, by: $0))
            })
    }

    private static func pair<Category: Hashable>(
        _ first: PersonID, _ second: PersonID?, _ said: [(Category, Category)],
        _ bootstrap: Agreement.Bootstrap
    ) -> Pair {
        Pair(
            first: first, second: second, percent: Agreement.percent(said),
            kappa: Agreement.kappa(said, bootstrap: bootstrap))
    }

    // MARK: Cells

    private static func cells(_ units: [Unit], by facet: StratumFacet) -> [Cell] {
        let groups = Dictionary(grouping: units.filter { $0.verdict != nil }) { $0.name(facet) }
        var cells = groups.map { name, units in
            var tally = Tally()
            for unit in units { if let verdict = unit.verdict { tally.add(verdict) } }
            let people = Set(units.compactMap(\.decision.person))
            let isShown = units.count >= leastDecisions && (people.isEmpty || people.count >= leastPeople)
            return (cell: Cell(name: name, tally: isShown ? tally : nil), size: units.count)
        }.sorted { SampleDraw.precedes($0.cell.name, $1.cell.name) }
        // One cell left out could be found from the sum: the smallest other one goes with it.
        if cells.count(where: { $0.cell.tally == nil }) == 1,
            let smallest = cells.indices.filter({ cells[$0].cell.tally != nil }).min(by: {
                cells[$0].size < cells[$1].size
            })
        {
            cells[smallest].cell.tally = nil
        }
        return cells.map(\.cell)
    }

    /// What was said of one decision.
    private struct Unit {
        let ratings: [Rating]
        let decision: Decision
        let language: String?
        /// What the raters together hold of it.
        let verdict: AuditVerdict?

        init(ratings: [Rating]) {
            self.ratings = ratings
            decision = ratings[0].audited.decision
            language = ratings[0].audited.language
            let said = ratings.compactMap(\.verdict)
            let balance = said.count { $0 == .agree } - said.count { $0 == .disagree }
            verdict = said.isEmpty ? nil : balance > 0 ? .agree : balance < 0 ? .disagree : .unclear
        }

        func verdict(of rater: PersonID) -> AuditVerdict? { ratings.first { $0.rater == rater }?.verdict }

        func judgement(of rater: PersonID) -> Judgement? { ratings.first { $0.rater == rater }?.judgement }

        func name(_ facet: StratumFacet) -> String {
            switch facet {
            case .policy: decision.policy?.rawValue ?? "-"
            case .language: language ?? DecisionFilter.unknownLanguage
            default: decision.action.rawValue
            }
        }
    }
}
