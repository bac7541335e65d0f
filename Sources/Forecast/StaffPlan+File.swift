import Moderation

/// Shifts as a file of parameters says them.
extension StaffPlan {
    init(_ top: [String: ScenarioNode], languages: [String: Double]) throws(ScenarioProblem) {
        if let seats = top["seats"], try seats.truth() {
            if let other = top["shifts"] ?? top["languages"] {
                throw other.problem("seats that are never empty have no shifts, and read every language")
            }
            self = .seats
            return
        }
        let days = try top["days_per_week"]?.number(1...7) ?? 5
        guard let shifts = top["shifts"] else {
            self.init(starts: StaffPlan.aroundTheClock.starts, daysPerWeek: Int(days))
            return
        }
        var starts: [Start] = []
        for node in try shifts.list() { starts.append(try Start(node, languages: languages)) }
        guard !starts.isEmpty else { throw shifts.problem("no shift is named (seats: \"seats\": true)") }
        for name in languages.keys.sorted() where !starts.contains(where: { $0.reads(name) }) {
            throw shifts.problem("nobody reads \(name.debugDescription)")
        }
        self.init(starts: starts, daysPerWeek: Int(days))
    }
}

extension StaffPlan.Start {
    fileprivate init(_ node: ScenarioNode, languages: [String: Double]) throws(ScenarioProblem) {
        let fields = try node.object([
            "start", "share", "hours", "days_per_week", "languages", "opts_out",
        ])
        guard let start = fields["start"] else {
            throw node.problem("\"start\" is missing, such as 06:00")
        }
        self.init(minute: try start.minute(), share: try fields["share"]?.number(0.000_1...1_000_000) ?? 1)
        length = try fields["hours"].map { (node) throws(ScenarioProblem) in
            .milliseconds(Int64(try node.number(0.5...24) * 3_600_000))
        }
        daysPerWeek = try fields["days_per_week"].map { (node) throws(ScenarioProblem) in
            Int(try node.number(1...7))
        }
        self.languages = try fields["languages"].map { (list) throws(ScenarioProblem) in
            var read = Set<String>()
            for item in try list.list() {
                let name = try item.text()
                guard languages[name] != nil else {
                    throw item.problem("no posts are in \(name.debugDescription) (see \"languages\" above)")
                }
                read.insert(name)
            }
            return read
        }
        for item in try fields["opts_out"]?.list() ?? [] { optsOut.insert(try item.hazard()) }
    }

    fileprivate func reads(_ language: String) -> Bool { languages?.contains(language) ?? true }

    var json: JSONValue {
        let (hour, rest) = (minute / 60, minute % 60)
        let text = (hour < 10 ? "0" : "") + "\(hour):" + (rest < 10 ? "0" : "") + "\(rest)"
        var fields: [String: JSONValue] = ["start": .string(text), "share": .number(share)]
        if let length { fields["hours"] = .number(length.hours) }
        if let daysPerWeek { fields["days_per_week"] = .integer(Int64(daysPerWeek)) }
        if let languages { fields["languages"] = .array(languages.sorted().map { .string($0) }) }
        if !optsOut.isEmpty {
            fields["opts_out"] = .array(optsOut.sorted().map { .string($0.rawValue) })
        }
        return .object(fields)
    }
}
