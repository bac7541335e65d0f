/// A value in an export.
public enum ExportValue: Hashable, Sendable {
    /// Text.
    case text(String)
    /// A whole number.
    case number(Int)
    /// Yes or no.
    case flag(Bool)
    /// Several texts.
    case list([String])
    /// Nothing is known.
    case nothing
}

/// One row of an export: named values in an order that is the same for all rows of a kind, so that JSON and CSV can't
/// tell different things.
public struct ExportRow: Hashable, Sendable {
    /// The values with their names.
    public private(set) var fields: [(name: String, value: ExportValue)] = []

    /// Makes an empty row.
    public init() {}

    /// Adds a value.
    public mutating func add(_ name: String, _ value: ExportValue) { fields.append((name, value)) }

    /// Adds a text, or nothing.
    public mutating func add(_ name: String, _ text: String?) {
        add(name, text.map { .text($0) } ?? .nothing)
    }

    /// The value of that name.
    public subscript(name: String) -> ExportValue? { fields.first { $0.name == name }?.value }

    /// The names, in their order.
    public var names: [String] { fields.map(\.name) }

    /// Whether both hold the same.
    public static func == (left: ExportRow, right: ExportRow) -> Bool {
        left.names == right.names && left.fields.map(\.value) == right.fields.map(\.value)
    }

    /// Hashes names and values.
    public func hash(into hasher: inout Hasher) {
        for field in fields {
            hasher.combine(field.name)
            hasher.combine(field.value)
        }
    }

    // MARK: JSON

    /// One JSON object on one line, in the order of the fields.
    ///
    /// - Parameter isSparse: leaves out what nothing is known of, where a schema takes no null.
    public func json(isSparse: Bool = false) -> String {
        var result = "{"
        for field in fields where !(isSparse && field.value == .nothing) {
            if result.utf8.count > 1 { result += "," }
            Self.quote(field.name, into: &result)
            result += ":"
            Self.write(field.value, into: &result)
        }
        return result + "}"
    }

    private static func write(_ value: ExportValue, into result: inout String) {
        switch value {
        case .text(let text): quote(text, into: &result)
        case .number(let number): result += String(number)
        case .flag(let flag): result += flag ? "true" : "false"
        case .nothing: result += "null"
        case .list(let texts):
            result += "["
            for (index, text) in texts.enumerated() {
                if index > 0 { result += "," }
                quote(text, into: &result)
            }
            result += "]"
        }
    }

    /// Quotes a text so that no terminal or editor obeys what is in it; every JSON reader gets the same text back.
    static func quote(_ text: String, into result: inout String) {
        result += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case " "..."~": result.unicodeScalars.append(scalar)
            default:
                switch scalar.properties.generalCategory {
                case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse:
                    for unit in String(scalar).utf16 {
                        let hex = String(unit, radix: 16)
                        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
                    }
                default: result.unicodeScalars.append(scalar)
                }
            }
        }
        result += "\""
    }

    // MARK: CSV

    /// The names as a line of CSV, without its end.
    public var csvHeader: String { names.map(Self.cell).joined(separator: ",") }

    /// The values as a line of CSV, without its end; several texts are joined by ";".
    public var csv: String {
        fields.map { field in
            switch field.value {
            case .text(let text): Self.cell(text)
            case .number(let number): String(number)
            case .flag(let flag): flag ? "true" : "false"
            case .list(let texts): Self.cell(texts.joined(separator: ";"))
            case .nothing: ""
            }
        }.joined(separator: ",")
    }

    /// A cell after RFC 4180; a text that a spreadsheet would take for a formula begins with an apostrophe.
    ///
    /// A table that opens a formula can run it, and the text is written by those who are reported. An apostrophe is put
    /// too before texts that begin with one, so that taking one away always gives the text back.
    static func cell(_ text: String) -> String {
        var text = text
        if let first = text.unicodeScalars.first, "=+-@\t\r\n|%'＝＋－＠".unicodeScalars.contains(first) {
            text = "'" + text
        }
        let needsQuotes = text.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
        return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }
}
