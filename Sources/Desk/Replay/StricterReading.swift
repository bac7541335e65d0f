public import Moderation

/// Reading what the rules said more strictly than they say it.
public struct StricterReading: Hashable, Sendable {
    /// Rules on trial count as if they were live.
    public var countsTrials = false
    /// Every hazard but `none` is so many grades higher, `extreme` at most.
    public var hazardUp = 0
    /// Anything that a rule finds asks for removal at least.
    public var anyFindingRemoves = false

    /// Reads as it stands.
    public init(countsTrials: Bool = false, hazardUp: Int = 0, anyFindingRemoves: Bool = false) {
        self.countsTrials = countsTrials
        self.hazardUp = hazardUp
        self.anyFindingRemoves = anyFindingRemoves
    }

    /// Whether it changes nothing.
    public var isPlain: Bool { self == StricterReading() }

    /// A hazard as this reads it.
    public func hazard(_ hazard: Hazard) -> Hazard {
        guard hazard > .none, hazardUp > 0 else { return hazard }
        return Hazard(level: min(Hazard.extreme.level, hazard.level + hazardUp)) ?? .extreme
    }

    /// What the rules said as this reads it.
    public func read(_ evaluation: Evaluation) -> Evaluation {
        guard !isPlain else { return evaluation }
        var read = evaluation
        if countsTrials {
            read.findings += evaluation.shadow
            read.shadow = []
        }
        let trials = read.findings.map(\.hazard).max() ?? .none
        read.hazard = hazard(max(evaluation.hazard, trials))
        for index in read.findings.indices {
            read.findings[index].hazard = hazard(read.findings[index].hazard)
            let action = read.findings[index].recommends
            if anyFindingRemoves, action.map({ $0.severity < Action.remove.severity }) ?? true {
                read.findings[index].recommends = .remove
            }
        }
        read.recommendation = Self.recommendation(of: read.findings)
        return read
    }

    /// What findings together suggest, by the evaluator's own order: the strongest action, then the highest hazard,
    /// then the first name.
    static func recommendation(of findings: [Finding]) -> Recommendation? {
        let advising = findings.compactMap { finding in finding.recommends.map { (finding, $0) } }
        let strongest = advising.max {
            ($0.1.severity, $0.0.hazard, $1.0.rule) < ($1.1.severity, $1.0.hazard, $0.0.rule)
        }
        return strongest.map { Recommendation(action: $0.1, policy: $0.0.policy, rule: $0.0.rule) }
    }
}
