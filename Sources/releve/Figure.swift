import Exposure

/// Limit figures in the units people use.
enum Figure {
    private static let units: [(String, Int64)] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)]

    /// The name without its unit, which figures bring along here: `daily`, `continuous`.
    static func shortName(_ field: LimitField) -> String {
        String(field.rawValue.replacing("_ms", with: "").replacing("_percent", with: ""))
    }

    static func isTime(_ name: String) -> Bool { name.hasSuffix("_ms") }

    private static func field(_ name: String) -> LimitField? {
        LimitField.allCases.first { $0.rawValue == name || shortName($0) == name }
    }

    static func text(_ value: Int64, of name: String) -> String {
        guard isTime(name) else { return String(value) }
        if value % 3_600_000 == 0, value > 0 { return "\(value / 3_600_000)h" }
        if value % 60_000 == 0, value > 0 { return "\(value / 60_000)m" }
        return value % 1000 == 0 ? "\(value / 1000)s" : "\(value)ms"
    }

    /// What changes, such as `daily 100 → 110; continuous 50m → 1h`.
    static func text(_ changes: [LimitChange]) -> String {
        changes.map {
            "\(shortName($0.field)) \(text($0.old, of: $0.field.rawValue)) → \(text($0.new, of: $0.field.rawValue))"
        }.joined(separator: "; ")
    }

    /// A change as JSON: figures in the units of the field's name.
    struct ChangeCard: Encodable {
        let field: String
        let old, new: Int64
        let loosens: Bool

        init(_ change: LimitChange) {
            field = change.field.rawValue
            old = change.old
            new = change.new
            loosens = change.loosens
        }
    }

    /// Reads `daily=80` or `continuous=40m`, and says which figure it changed.
    @discardableResult
    static func apply(_ change: String, to limits: inout Limits) throws -> LimitField {
        let parts = change.split(separator: "=", maxSplits: 1)
        guard parts.count == 2 else {
            throw Complaint("\(change.debugDescription) is not NAME=FIGURE, such as daily=80")
        }
        guard let field = field(String(parts[0])) else {
            let names = LimitField.allCases.map(shortName).joined(separator: ", ")
            throw Complaint("there is no limit \(String(parts[0]).debugDescription) (one of \(names))")
        }
        let text = String(parts[1]).replacing("%", with: "")
        var value = Int64(text)
        if isTime(field.rawValue) {
            value = nil
            for (unit, factor) in units where text.hasSuffix(unit) {
                if let number = Int64(text.dropLast(unit.count)), number <= Int64.max / factor {
                    value = number * factor
                }
            }
        }
        guard let value, value >= 0 else {
            let example = isTime(field.rawValue) ? "40m, 90s or 2h" : "a whole number"
            throw Complaint("\(parts[0]): \(String(parts[1]).debugDescription) is no figure (\(example))")
        }
        limits[field] = value
        return field
    }
}
