import Intake

/// Reads what commands say about the form of files that come in.
enum IntakeWords {
    /// The format and the map of fields, or a complaint that names the option.
    static func read(format name: String, map text: String?) throws -> (IntakeFormat, FieldMap) {
        guard let format = IntakeFormat(rawValue: name) else {
            throw Complaint("--format: unknown \(name.debugDescription) (auto, jsonl or csv)")
        }
        guard let text else { return (format, FieldMap()) }
        do throws(FieldMap.Problem) { return (format, try FieldMap(parsing: text)) } catch {
            throw Complaint("--map: \(error)")
        }
    }
}
