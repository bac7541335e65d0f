public import Moderation

/// Which columns or keys of a labelled file say whether a policy applies.
public struct LabelMap: Hashable, Sendable {
    /// What is wrong with a map.
    public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        /// In a sentence.
        public let description: String
    }

    private struct Label: Hashable {
        let policy: PolicyID
        let column: String
        /// The value that says yes; `nil` where the column itself says yes or no.
        let value: String?
    }

    private let labels: [Label]

    /// The columns that hold labels: they fill no field of a post, so that no rule can see them.
    public var columns: Set<String> { Set(labels.map(\.column)) }

    /// The policies that are labelled.
    public var policies: Set<PolicyID> { Set(labels.map(\.policy)) }

    /// Reads labels such as `hate=label_gold:hateful` and `hate=is_hate`.
    ///
    /// That is a policy, its column, and the value that says yes; without a value the column holds yes and no. Of
    /// several labels of one policy, one that says yes is enough.
    public init(parsing texts: [String]) throws(Problem) {
        var labels: [Label] = []
        for text in texts {
            let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
            let right = sides.count == 2 ? sides[1].split(separator: ":", maxSplits: 1).map(String.init) : []
            guard let column = right.first, !sides[1].hasPrefix(":"), !sides[1].hasSuffix(":") else {
                throw Problem(
                    description:
                        "\"\(text)\" is not POLICY=COLUMN or POLICY=COLUMN:VALUE, such as hate=label:hateful")
            }
            labels.append(
                Label(policy: PolicyID(sides[0]), column: column, value: right.count == 2 ? right[1] : nil))
        }
        self.labels = labels
    }

    /// What the labels of a post say, by policy; a policy whose label is missing is left out.
    ///
    /// Where one of several labels is missing and none says yes, nothing is known.
    public func verdicts(on post: FlaggedPost) throws(RecordError) -> [PolicyID: Bool] {
        var yes: Set<PolicyID> = []
        var no: Set<PolicyID> = []
        var unknown: Set<PolicyID> = []
        for label in labels {
            switch try verdict(of: label, on: post) {
            case true?: yes.insert(label.policy)
            case false?: no.insert(label.policy)
            case nil: unknown.insert(label.policy)
            }
        }
        var result: [PolicyID: Bool] = [:]
        for policy in no.subtracting(unknown) { result[policy] = false }
        for policy in yes { result[policy] = true }
        return result
    }

    private func verdict(of label: Label, on post: FlaggedPost) throws(RecordError) -> Bool? {
        guard let value = post.extra[label.column], value != .null else { return nil }
        let text: String
        switch value {
        case .string(let string): text = string
        case .integer(let number): text = String(number)
        case .bool(let flag): text = String(flag)
        case .number(let number): text = String(number)
        default: throw RecordError(label.column, "a label must be a text, a number, true or false")
        }
        guard !text.isEmpty else { return nil }
        if let wanted = label.value { return text == wanted }
        switch text.lowercased() {
        case "1", "1.0", "true", "yes": return true
        case "0", "0.0", "false", "no": return false
        default:
            throw RecordError(
                label.column,
                "\"\(text.prefix(40))\" is neither yes nor no (say which value means yes: --label "
                    + "\(label.policy)=\(label.column):VALUE)")
        }
    }
}
