/// One figure of the limits under the name that the ledger, the command line and the screens use.
///
/// Durations are whole milliseconds.
public enum LimitField: String, CaseIterable, Hashable, Sendable, Codable {
    // Names end with their unit, so that a bare number can be read years later.
    case autoCover = "auto_cover_ms"
    case beat = "beat_ms"
    case breakLength = "break_length_ms"
    case ceiling = "ceiling_percent"
    case continuous = "continuous_ms"
    case daily = "daily_percent"
    case finishInHand = "finish_in_hand_ms"
    case firstNotice = "first_notice_percent"
    case floor = "floor_ms"
    case lastHour = "last_hour_ms"
    case lighterAfterRun = "lighter_after_run"
    case longBreakBefore = "long_break_before_ms"
    case longBreak = "long_break_ms"
    case rest = "rest_ms"
    case runOfSevere = "run_of_severe"
    case secondNotice = "second_notice_percent"
    case shiftHard = "shift_hard_ms"
    case shiftLength = "shift_length_ms"
    case smallestGroup = "smallest_group"
    case extremeWeight = "weight_extreme"
    case mildWeight = "weight_mild"
    case moderateWeight = "weight_moderate"
    case severeWeight = "weight_severe"
    case weekly = "weekly_percent"

    /// Whether a larger figure lets more exposure through, or protects less.
    public var loosensUpwards: Bool {
        switch self {
        case .autoCover, .ceiling, .continuous, .daily, .finishInHand, .firstNotice, .longBreakBefore,
            .runOfSevere, .secondNotice, .shiftHard, .shiftLength, .weekly:
            true
        case .beat, .breakLength, .extremeWeight, .floor, .lastHour, .lighterAfterRun, .longBreak,
            .mildWeight, .moderateWeight, .rest, .severeWeight, .smallestGroup:
            false
        }
    }

    fileprivate var place: Place {
        switch self {
        case .autoCover: .time(\.autoCover)
        case .beat: .time(\.beat)
        case .breakLength: .time(\.breakLength)
        case .ceiling: .percent(\.ceiling)
        case .continuous: .time(\.continuous)
        case .daily: .percent(\.daily)
        case .finishInHand: .time(\.finishInHand)
        case .firstNotice: .percent(\.firstNotice)
        case .floor: .time(\.floor)
        case .lastHour: .time(\.lastHour)
        case .lighterAfterRun: .count(\.lighterAfterRun)
        case .longBreak: .time(\.longBreak)
        case .longBreakBefore: .time(\.longBreakBefore)
        case .rest: .time(\.rest)
        case .runOfSevere: .count(\.runOfSevere)
        case .secondNotice: .percent(\.secondNotice)
        case .shiftHard: .time(\.shiftHard)
        case .shiftLength: .time(\.shiftLength)
        case .smallestGroup: .count(\.smallestGroup)
        case .extremeWeight: .weight(\.extremeWeight)
        case .mildWeight: .weight(\.mildWeight)
        case .moderateWeight: .weight(\.moderateWeight)
        case .severeWeight: .weight(\.severeWeight)
        case .weekly: .percent(\.weekly)
        }
    }

    /// Where a figure lives in `Limits`, and in which unit.
    fileprivate enum Place {
        case time(WritableKeyPath<Limits, Duration>)
        case percent(WritableKeyPath<Limits, Percent>)
        case count(WritableKeyPath<Limits, Int>)
        case weight(WritableKeyPath<Limits, Int64>)
    }
}

/// One figure that differs between two sets of limits.
public struct LimitChange: Hashable, Sendable {
    /// Which figure.
    public var field: LimitField
    /// What it was.
    public var old: Int64
    /// What it becomes.
    public var new: Int64

    /// Makes a change.
    public init(field: LimitField, old: Int64, new: Int64) {
        self.field = field
        self.old = old
        self.new = new
    }

    /// Whether it protects less: it then needs a reason, a countersigner and the next shift.
    public var loosens: Bool { field.loosensUpwards ? new > old : new < old }
    /// Whether it protects more: it then acts at once.
    public var tightens: Bool { field.loosensUpwards ? new < old : new > old }
}

extension Limits {
    /// One figure; durations in milliseconds.
    public subscript(field: LimitField) -> Int64 {
        get {
            switch field.place {
            case .time(let path): self[keyPath: path].chargedMilliseconds
            case .percent(let path): Int64(clamping: self[keyPath: path].value)
            case .count(let path): Int64(clamping: self[keyPath: path])
            case .weight(let path): self[keyPath: path]
            }
        }
        set {
            switch field.place {
            case .time(let path): self[keyPath: path] = .milliseconds(newValue)
            case .percent(let path): self[keyPath: path] = Percent(Int(clamping: newValue))
            case .count(let path): self[keyPath: path] = Int(clamping: newValue)
            case .weight(let path): self[keyPath: path] = newValue
            }
        }
    }

    /// All figures and the version by name, ordered by name: the ledger entry's form.
    public var canonical: [(String, Int64)] {
        var pairs = LimitField.allCases.map { ($0.rawValue, self[$0]) }
        pairs.append((Self.versionName, Int64(clamping: version)))
        return pairs.sorted { $0.0 < $1.0 }
    }

    /// Limits from named figures; every one must be there, once, and no other.
    public init(canonical pairs: some Sequence<(String, Int64)>) throws(LimitsError) {
        self.init()
        var missing = Set(LimitField.allCases.map(\.rawValue)).union([Self.versionName])
        for (name, value) in pairs {
            let isKnown = name == Self.versionName || LimitField(rawValue: name) != nil
            guard isKnown else { throw .unknownField(name) }
            guard missing.remove(name) != nil else { throw .repeatedField(name) }
            if let field = LimitField(rawValue: name) {
                self[field] = value
            } else {
                version = Int(clamping: value)
            }
        }
        if let name = missing.min() { throw .missingField(name) }
    }

    /// What these limits change in others, in the order of names; the version is no change.
    public func changes(from other: Limits) -> [LimitChange] {
        LimitField.allCases.compactMap { field in
            self[field] == other[field] ? nil : LimitChange(field: field, old: other[field], new: self[field])
        }
    }

    static let versionName = "version"
}

extension Limits: Codable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Decodes from an object of the canonical names; missing or unknown ones are refused.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let pairs = try container.allKeys.map {
            ($0.stringValue, try container.decode(Int64.self, forKey: $0))
        }
        try self.init(canonical: pairs)
    }

    /// Encodes as an object of the canonical names.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        for (name, value) in canonical { try container.encode(value, forKey: Key(name)) }
    }
}
