import Moderation
import PolicyEngine
import Yams

extension StatementSettings {
    /// What is wrong with a file of settings, and where.
    public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        /// Such as `statements.yaml:3:5: …`.
        public var description: String
    }

    /// Reads settings from YAML or JSON; `Documentation/exports.md` tells the keys.
    ///
    /// - Parameter file: the name that errors begin with.
    public init(yaml text: String, file: String) throws(Problem) {
        self.init()
        let root: Node?
        do { root = try Yams.compose(yaml: text) } catch let error as YamlError {
            throw Problem(description: "\(file): it is neither YAML nor JSON: \(Self.first(of: error))")
        } catch {
            throw Problem(description: "\(file): it can't be read")
        }
        guard let root else { return }
        let reader = SettingsReader(file: file)
        for (name, node) in try reader.members(
            root, of: "the settings",
            known: ["language", "territories", "account_type", "automated", "article_16", "bases", "days"])
        {
            switch name {
            case "language": language = try reader.choice(node, among: ["en", "fr"])
            case "territories": territories = try reader.territories(node)
            case "account_type":
                accountType = AccountType(rawValue: try reader.choice(node, among: ["business", "private"]))
            case "automated": automated = try reader.origins(node)
            case "article_16": article16 = try reader.origins(node)
            case "bases": bases = try reader.bases(node)
            default: days = try reader.days(node)
            }
        }
    }

    private static func first(of error: YamlError) -> String {
        String(describing: error).split(separator: "\n").joined(separator: " ")
    }
}

/// Reads the parts of a file of settings.
private struct SettingsReader {
    typealias Problem = StatementSettings.Problem
    let file: String

    func problem(_ node: Node, _ message: String) -> Problem {
        let mark = node.mark.map { ":\($0.line):\($0.column)" } ?? ""
        return Problem(description: "\(file)\(mark): \(message)")
    }

    func members(_ node: Node, of what: String, known: [String]? = nil) throws(Problem) -> [(String, Node)] {
        guard case .mapping(let mapping) = node else {
            throw problem(node, "\(what) must be a mapping (write NAME: VALUE)")
        }
        var result: [(String, Node)] = []
        for (key, value) in mapping {
            let name = try text(key)
            if let known, !known.contains(name) {
                throw problem(
                    key,
                    "unknown field \(name.debugDescription) in \(what) (one of \(known.joined(separator: ", ")))"
                )
            }
            result.append((name, value))
        }
        return result
    }

    func text(_ node: Node) throws(Problem) -> String {
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
            throw problem(node, "it must be a text")
        }
        return scalar.string
    }

    func texts(_ node: Node) throws(Problem) -> [String] {
        guard case .sequence(let items) = node else { return [try text(node)] }
        var result: [String] = []
        for item in items { result.append(try text(item)) }
        return result
    }

    func choice(_ node: Node, among known: [String]) throws(Problem) -> String {
        let word = try text(node)
        if known.contains(word) { return word }
        throw problem(node, "\(word.debugDescription) is none of \(known.joined(separator: ", "))")
    }

    func territories(_ node: Node) throws(Problem) -> [String] {
        var result: Set<String> = []
        for code in try texts(node) {
            switch code {
            case "EU": result.formUnion(StatementSettings.union)
            case "EEA": result.formUnion(StatementSettings.area)
            case _ where StatementSettings.area.contains(code): result.insert(code)
            default:
                throw problem(
                    node,
                    "\(code.debugDescription) is no country of the EU or the EEA (two capital letters such as FR, or "
                        + "EU or EEA for all; Norway is NO in quotes)")
            }
        }
        return result.sorted()
    }

    func origins(_ node: Node) throws(Problem) -> StatementSettings.Origins {
        var result = StatementSettings.Origins()
        for (name, node) in try members(node, of: "it", known: ["sources", "reporters", "reasons"]) {
            let names = Set(try texts(node))
            switch name {
            case "sources": result.sources = names
            case "reporters": result.reporters = names
            default: result.reasons = names
            }
        }
        return result
    }

    func bases(_ node: Node) throws(Problem) -> [PolicyID: StatementSettings.Basis] {
        var result: [PolicyID: StatementSettings.Basis] = [:]
        for (policy, node) in try members(node, of: "bases") {
            let fields = Dictionary(
                try members(node, of: "the basis of \(policy)", known: ["basis", "explanation"])
            ) { $1 }
            guard let basis = fields["basis"] else {
                throw problem(node, "it needs a basis: which law, or which part of the terms")
            }
            var explanation: String?
            if let node = fields["explanation"] { explanation = try text(node) }
            result[PolicyID(policy)] = .init(basis: try text(basis), explanation: explanation)
        }
        return result
    }

    func days(_ node: Node) throws(Problem) -> [Action: Int] {
        var result: [Action: Int] = [:]
        let known = Action.allCases.filter(\.isRestrictive).map(\.rawValue)
        for (name, node) in try members(node, of: "days", known: known) {
            guard let action = Action(rawValue: name), let days = Int(try text(node)),
                (1...3650).contains(days)
            else { throw problem(node, "it must be a number of days from 1 to 3650") }
            result[action] = days
        }
        return result
    }
}
