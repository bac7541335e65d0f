public import Moderation

/// What is wrong in a file of parameters, and where.
public struct ScenarioProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The place, such as `hazards.severe.handling`.
    public let place: String
    /// What is wrong and what would be right.
    public let message: String

    /// Such as `hazards.severe.arrivals: 24 figures are wanted, one for each hour, or one for all`.
    public var description: String { place.isEmpty ? message : "\(place): \(message)" }
}

extension Scenario {
    /// Reads parameters, such as `Documentation/forecast.md` describes.
    public init(_ json: JSONValue) throws(ScenarioProblem) {
        let top = try ScenarioNode(json, "").object([
            "hazards", "shifts", "days_per_week", "seats", "backlog", "languages",
        ])
        guard let hazards = top["hazards"] else {
            throw ScenarioProblem(place: "", message: "there are no \"hazards\" in it")
        }
        var work: [Hazard: HazardWork] = [:]
        for (name, node) in try hazards.object(Hazard.allCases.map(\.rawValue)) {
            guard let hazard = Hazard(rawValue: name) else { continue }
            work[hazard] = try HazardWork(node)
        }
        guard !work.isEmpty else { throw hazards.problem("no hazard is named") }
        var backlog: [Backlog] = []
        for node in try top["backlog"]?.list() ?? [] { backlog.append(try Backlog(node)) }
        var languages: [String: Double] = [:]
        for (name, node) in try top["languages"]?.shares() ?? [:] {
            languages[name] = try node.number(0.000_1...1_000_000)
        }
        self.init(
            work: work, plan: try StaffPlan(top, languages: languages), backlog: backlog, languages: languages
        )
    }

    /// The parameters as `init(_:)` reads them.
    public var json: JSONValue {
        var top: [String: JSONValue] = [
            "hazards": .object(
                Dictionary(uniqueKeysWithValues: work.map { ($0.key.rawValue, $0.value.json) }))
        ]
        if plan.hasShifts {
            top["shifts"] = .array(plan.starts.map(\.json))
            top["days_per_week"] = .integer(Int64(plan.daysPerWeek))
        } else {
            top["seats"] = .bool(true)
        }
        if !backlog.isEmpty {
            top["backlog"] = .array(
                backlog.map { waiting in
                    var fields: [String: JSONValue] = [
                        "hazard": .string(waiting.hazard.rawValue), "posts": .integer(Int64(waiting.posts)),
                    ]
                    if let left = waiting.timeLeft { fields["hours_left"] = .number(left.hours) }
                    return .object(fields)
                })
        }
        if !languages.isEmpty { top["languages"] = .object(languages.mapValues { .number($0) }) }
        return .object(top)
    }
}

extension Duration {
    var hours: Double { Double(wholeMilliseconds) / 3_600_000 }
}

extension Backlog {
    fileprivate init(_ node: ScenarioNode) throws(ScenarioProblem) {
        let fields = try node.object(["hazard", "posts", "hours_left"])
        guard let hazard = fields["hazard"], let posts = fields["posts"] else {
            throw node.problem("\"hazard\" and \"posts\" are wanted")
        }
        self.init(
            hazard: try hazard.hazard(),
            timeLeft: try fields["hours_left"].map { (node) throws(ScenarioProblem) in
                .milliseconds(Int64(try node.number(0...87_600) * 3_600_000))
            },
            posts: Int(try posts.number(0...10_000_000)))
    }
}

extension HazardWork {
    fileprivate init(_ node: ScenarioNode) throws(ScenarioProblem) {
        let fields = try node.object(["arrivals", "handling", "visible", "deadlines", "bursts"])
        guard let handling = fields["handling"] else {
            throw node.problem(
                "\"handling\" is missing, such as {\"lognormal\": {\"median\": 30, \"sigma\": 0.8}}")
        }
        var deadlines: [Deadline] = []
        for item in try fields["deadlines"]?.list() ?? [] {
            let parts = try item.object(["share", "hours"])
            guard let hours = parts["hours"] else { throw item.problem("\"hours\" is missing") }
            deadlines.append(
                Deadline(
                    share: try parts["share"]?.number(0...1) ?? 1,
                    within: .milliseconds(Int64(try hours.number(0...87_600) * 3_600_000))))
        }
        if deadlines.reduce(0, { $0 + $1.share }) > 1.000_001, let place = fields["deadlines"] {
            throw place.problem("the shares are more than 1 together")
        }
        self.init(
            arrivals: try fields["arrivals"]?.hours() ?? Array(repeating: 0, count: 24),
            handling: try TimeDistribution(handling),
            visible: try fields["visible"].map { (node) throws(ScenarioProblem) in try TimeDistribution(node)
            },
            deadlines: deadlines,
            bursts: try fields["bursts"].map { (node) throws(ScenarioProblem) in try Bursts(node) })
    }

    fileprivate var json: JSONValue {
        var fields: [String: JSONValue] = [
            "arrivals": .array(arrivals.map { .number($0) }), "handling": handling.json,
            "visible": visible.json,
        ]
        if !deadlines.isEmpty {
            fields["deadlines"] = .array(
                deadlines.map { .object(["share": .number($0.share), "hours": .number($0.within.hours)]) })
        }
        if let bursts {
            fields["bursts"] = .object([
                "per_day": .number(bursts.perDay), "size": bursts.size.json,
                "minutes": .number(bursts.over.hours * 60),
            ])
        }
        return .object(fields)
    }
}

extension HazardWork.Bursts {
    fileprivate init(_ node: ScenarioNode) throws(ScenarioProblem) {
        let fields = try node.object(["per_day", "size", "minutes"])
        guard let perDay = fields["per_day"], let size = fields["size"], let minutes = fields["minutes"]
        else {
            throw node.problem("\"per_day\", \"size\" and \"minutes\" are wanted")
        }
        self.init(
            perDay: try perDay.number(0...10_000), size: try TimeDistribution(size),
            over: .milliseconds(Int64(try minutes.number(0...100_000) * 60_000)))
    }
}

extension TimeDistribution {
    fileprivate init(_ node: ScenarioNode) throws(ScenarioProblem) {
        let kinds = ["constant", "exponential", "lognormal", "pareto", "histogram"]
        let fields = try node.object(kinds)
        guard fields.count == 1, let (kind, value) = fields.first else {
            throw node.problem("one of \(kinds.joined(separator: ", ")) is wanted")
        }
        let times: ClosedRange<Double> = 0.001...1_000_000
        switch kind {
        case "constant": self = .constant(try value.number(times))
        case "exponential": self = .exponential(mean: try value.number(times))
        case "lognormal":
            let parts = try value.object(["median", "sigma"])
            self = .lognormal(
                median: try value.part("median", of: parts).number(times),
                sigma: try value.part("sigma", of: parts).number(0...5))
        case "pareto":
            let parts = try value.object(["least", "tail"])
            self = .pareto(
                least: try value.part("least", of: parts).number(times),
                tail: try value.part("tail", of: parts).number(0.1...100))
        default: self = .histogram(try Self.bins(value))
        }
    }

    private static func bins(_ node: ScenarioNode) throws(ScenarioProblem) -> [Bin] {
        var bins: [Bin] = []
        for item in try node.list() {
            let pair = try item.list()
            guard pair.count == 2 else { throw item.problem("[upper bound, count] is wanted") }
            let bin = Bin(
                upTo: try pair[0].number(0.001...1_000_000), count: try pair[1].number(0...1_000_000_000))
            if let last = bins.last, last.upTo >= bin.upTo { throw item.problem("the bounds must rise") }
            bins.append(bin)
        }
        guard bins.contains(where: { $0.count > 0 }) else { throw node.problem("it counts nothing") }
        return bins
    }

    fileprivate var json: JSONValue {
        switch self {
        case .constant(let value): .object(["constant": .number(value)])
        case .exponential(let mean): .object(["exponential": .number(mean)])
        case .lognormal(let median, let sigma):
            .object(["lognormal": .object(["median": .number(median), "sigma": .number(sigma)])])
        case .pareto(let least, let tail):
            .object(["pareto": .object(["least": .number(least), "tail": .number(tail)])])
        case .histogram(let bins):
            .object(["histogram": .array(bins.map { .array([.number($0.upTo), .number($0.count)]) })])
        }
    }
}
