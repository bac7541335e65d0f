import Moderation

/// A value of a record that is being read, and where it stands in it.
struct RecordShape {
    let value: LedgerValue
    let path: String

    /// The members of an object, all of them known by name.
    struct Members {
        fileprivate let values: [String: LedgerValue]
        fileprivate let place: String
    }

    /// The members: those that must be there, and none but the optional ones beside them.
    func object(_ wanted: Set<String>, optional: Set<String> = []) throws(RecordProblem) -> Members {
        guard let members = value.members else { throw RecordProblem(path, .wrongKind("an object")) }
        let result = Members(values: members, place: path)
        if let name = wanted.subtracting(members.keys).min() {
            throw RecordProblem(result.path(name), .missing)
        }
        if let name = Set(members.keys).subtracting(wanted).subtracting(optional).min() {
            throw RecordProblem(result.path(SafeName.of(name)), .unknown)
        }
        return result
    }
}

/// Names from outside, as far as a message repeats them.
enum SafeName {
    static func of(_ text: String) -> String { text.utf8.count > 40 ? "\(text.prefix(40))…" : text }
}

extension RecordShape.Members {
    func path(_ name: String) -> String { place.isEmpty ? name : "\(place).\(name)" }

    func has(_ name: String) -> Bool { values[name] != nil }

    func shape(_ name: String) throws(RecordProblem) -> RecordShape {
        guard let value = values[name] else { throw RecordProblem(path(name), .missing) }
        return RecordShape(value: value, path: path(name))
    }

    func object(_ name: String, _ wanted: Set<String>) throws(RecordProblem) -> RecordShape.Members {
        try shape(name).object(wanted)
    }

    func list(_ name: String) throws(RecordProblem) -> [RecordShape] {
        guard let values = try shape(name).value.list else {
            throw RecordProblem(path(name), .wrongKind("a list"))
        }
        return values.enumerated().map { RecordShape(value: $1, path: "\(path(name))[\($0)]") }
    }

    func text(_ name: String, oneOf allowed: Set<String>? = nil) throws(RecordProblem) -> String {
        guard case .string(let text) = try shape(name).value else {
            throw RecordProblem(path(name), .wrongKind("a string"))
        }
        if let allowed, !allowed.contains(text) {
            throw RecordProblem(path(name), .wrongKind(allowed.sorted().joined(separator: ", ")))
        }
        return text
    }

    /// A whole number of zero or more.
    func amount(_ name: String) throws(RecordProblem) -> Int64 {
        guard case .integer(let number) = try shape(name).value, number >= 0 else {
            throw RecordProblem(path(name), .wrongKind("a whole number of 0 or more"))
        }
        return number
    }

    func moment(_ name: String) throws(RecordProblem) -> Timestamp {
        let text = try text(name)
        guard let moment = Timestamp(rfc3339: text), moment.rfc3339 == text else {
            throw RecordProblem(path(name), .wrongKind("a time such as 2026-03-01T09:30:00.000Z"))
        }
        return moment
    }

    func day(_ name: String) throws(RecordProblem) -> UTCDay {
        guard let day = UTCDay(try text(name)) else {
            throw RecordProblem(path(name), .wrongKind("a day such as 2026-03-01"))
        }
        return day
    }

    func hexadecimal(_ name: String, bytes: Int) throws(RecordProblem) -> String {
        let text = try text(name)
        guard let read = Hexadecimal.bytes(text), read.count == bytes, Hexadecimal.string(read) == text else {
            throw RecordProblem(path(name), .wrongKind("\(bytes) bytes in lower-case hexadecimal"))
        }
        return text
    }
}
