import Moderation

/// A value in a file of parameters, and where it stands.
struct ScenarioNode {
    let value: JSONValue
    let place: String

    init(_ value: JSONValue, _ place: String) {
        self.value = value
        self.place = place
    }

    func problem(_ message: String) -> ScenarioProblem { ScenarioProblem(place: place, message: message) }

    private func child(_ value: JSONValue, _ name: String) -> ScenarioNode {
        ScenarioNode(value, place.isEmpty ? name : "\(place).\(name)")
    }

    /// The members of an object that may have no others.
    func object(_ names: [String]) throws(ScenarioProblem) -> [String: ScenarioNode] {
        guard case .object(let members) = value else {
            throw problem("an object is wanted, with \(names.joined(separator: ", "))")
        }
        var result: [String: ScenarioNode] = [:]
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            guard names.contains(name) else {
                throw problem(
                    "unknown name \(name.debugDescription) (one of \(names.joined(separator: ", ")))")
            }
            result[name] = child(value, name)
        }
        return result
    }

    /// The members of an object that may have any name.
    func shares() throws(ScenarioProblem) -> [String: ScenarioNode] {
        guard case .object(let members) = value, !members.isEmpty else {
            throw problem("an object is wanted, such as {\"en\": 3, \"fr\": 1}")
        }
        return Dictionary(uniqueKeysWithValues: members.map { ($0.key, child($0.value, $0.key)) })
    }

    func text() throws(ScenarioProblem) -> String {
        guard case .string(let text) = value else { throw problem("text in quotes is wanted") }
        return text
    }

    func part(_ name: String, of parts: [String: ScenarioNode]) throws(ScenarioProblem) -> ScenarioNode {
        guard let part = parts[name] else { throw problem("\"\(name)\" is missing") }
        return part
    }

    func list() throws(ScenarioProblem) -> [ScenarioNode] {
        guard case .array(let items) = value else { throw problem("a list is wanted") }
        return items.enumerated().map { ScenarioNode($0.element, "\(place)[\($0.offset)]") }
    }

    func number(_ allowed: ClosedRange<Double>) throws(ScenarioProblem) -> Double {
        let number: Double? =
            switch value {
            case .integer(let whole): Double(whole)
            case .number(let part): part
            default: nil
            }
        guard let number, allowed.contains(number) else {
            throw problem(
                "a number from \(Self.text(allowed.lowerBound)) to \(Self.text(allowed.upperBound)) is wanted"
            )
        }
        return number
    }

    private static func text(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? "\(Int64(number))" : "\(number)"
    }

    func truth() throws(ScenarioProblem) -> Bool {
        guard case .bool(let truth) = value else { throw problem("true or false is wanted") }
        return truth
    }

    /// One figure for each hour of the day, or one for all.
    func hours() throws(ScenarioProblem) -> [Double] {
        let allowed: ClosedRange<Double> = 0...1_000_000
        guard case .array = value else {
            return Array(repeating: try number(allowed), count: 24)
        }
        var figures: [Double] = []
        for item in try list() { figures.append(try item.number(allowed)) }
        guard figures.count == 24 else {
            throw problem("24 figures are wanted, posts an hour for each hour of the UTC day, or one for all")
        }
        return figures
    }

    func hazard() throws(ScenarioProblem) -> Hazard {
        guard case .string(let name) = value, let hazard = Hazard(rawValue: name) else {
            throw problem("a hazard is wanted (\(Hazard.allCases.map(\.rawValue).joined(separator: ", ")))")
        }
        return hazard
    }

    /// Minutes after midnight from `06:30`.
    func minute() throws(ScenarioProblem) -> Int {
        guard case .string(let text) = value else { throw problem("a time of day is wanted, such as 06:30") }
        let parts = text.split(separator: ":").compactMap { Int($0) }
        guard parts.count == 2, (0..<24).contains(parts[0]), (0..<60).contains(parts[1]) else {
            throw problem("\(text.debugDescription) is no time of day, such as 06:30")
        }
        return parts[0] * 60 + parts[1]
    }
}
