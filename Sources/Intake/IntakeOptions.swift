/// What a file of reports looks like.
public enum IntakeFormat: String, CaseIterable, Hashable, Sendable {
    /// JSONL when the first character is `{`, else CSV.
    case auto
    /// One JSON object a line.
    case jsonl
    /// RFC 4180 with a header line.
    case csv
}

/// Which of their columns or keys holds which of our fields.
public struct FieldMap: Hashable, Sendable {
    /// What is wrong with a map.
    public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        /// In a sentence.
        public let description: String
    }

    /// Our fields, by the names of theirs.
    let ours: [String: String]
    /// Our fields that some name of theirs fills.
    let fields: Set<String>

    /// Maps nothing.
    public init() {
        ours = [:]
        fields = []
    }

    /// Reads `text=tweet,id=key`: our name, `=`, theirs.
    public init(parsing text: String) throws(Problem) {
        var ours: [String: String] = [:]
        var used: Set<String> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
            guard sides.count == 2 else {
                throw Problem(description: "\"\(part)\" is not OURS=THEIRS, such as text=tweet")
            }
            guard PostField.names.contains(sides[0]) else {
                let names = PostField.names.joined(separator: ", ")
                throw Problem(description: "no field is called \"\(sides[0])\" (one of \(names))")
            }
            guard used.insert(sides[0]).inserted else {
                throw Problem(description: "\"\(sides[0])\" is mapped twice")
            }
            guard ours.updateValue(sides[0], forKey: sides[1]) == nil else {
                throw Problem(description: "\"\(sides[1])\" is mapped to two fields (name it once)")
            }
        }
        self.ours = ours
        fields = used
    }
}

/// How records are read.
public struct IntakeOptions: Hashable, Sendable {
    /// The format.
    public var format: IntakeFormat
    /// Names that differ.
    public var map: FieldMap
    /// The source of records that name none.
    public var source: String
    /// Names of theirs that fill no field of ours, whatever they are called, and are kept in `extra`.
    public var setAside: Set<String> = []
    /// Longer records are refused; in bytes.
    public var largestRecord = 1 << 20
    /// Longer fields are refused; in bytes.
    public var largestField = 1 << 18
    /// Deeper records are refused.
    public var deepest = 32
    /// Records with more flags, links, media or posts above them are refused.
    public var mostItems = 1000

    /// Makes options.
    public init(format: IntakeFormat = .auto, map: FieldMap = FieldMap(), source: String) {
        self.format = format
        self.map = map
        self.source = source
    }
}
