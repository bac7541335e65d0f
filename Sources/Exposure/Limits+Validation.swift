public import Moderation

/// Why limits can't be put in force.
public enum LimitsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No figure has this name.
    case unknownField(String)
    /// A figure is given twice.
    case repeatedField(String)
    /// A figure is not given.
    case missingField(String)
    /// A figure is outside what makes sense.
    case outOfRange(LimitField, value: Int64, allowed: ClosedRange<Int64>)
    /// The first figure must not be above the second.
    case outOfOrder(LimitField, LimitField)
    /// More of a hazard in a day than the ceiling of the model allows, however the figures are combined.
    case aboveCeiling(Hazard)

    /// What is wrong and what would be right.
    public var description: String {
        switch self {
        case .unknownField(let name): "unknown limit \"\(name)\""
        case .repeatedField(let name): "limit \"\(name)\" is given twice"
        case .missingField(let name): "limit \"\(name)\" is missing"
        case .outOfRange(let field, let value, let allowed):
            "\(field.rawValue) is \(value); it must be between \(allowed.lowerBound) and \(allowed.upperBound)"
        case .outOfOrder(let lower, let upper):
            "\(lower.rawValue) must not be above \(upper.rawValue)"
        case .aboveCeiling(let hazard):
            "ceiling_percent and weight_\(hazard.rawValue) together allow more \(hazard.rawValue) content a day "
                + "than 125 % of the standard; lower the ceiling or raise the weight"
        }
    }
}

extension Limits {
    /// Checks that the limits can be put in force: each figure in range, in order, under the model's ceiling.
    ///
    /// A lower weight or floor is a higher ceiling by another name. So no combination may allow more of any
    /// hazard in a day than 125 % at the standard weights (five hours of severe content).
    @discardableResult
    public func validated() throws(LimitsError) -> Limits {
        for field in LimitField.allCases {
            let allowed = field.range
            guard allowed.contains(self[field]) else {
                throw .outOfRange(field, value: self[field], allowed: allowed)
            }
        }
        for (lower, upper) in Self.ordered where self[lower] > self[upper] {
            throw .outOfOrder(lower, upper)
        }
        let model = Limits.standard
        for hazard in Hazard.allCases where hazard != .none {
            let asked = Int64(ceiling.value) * model.weight(of: hazard)
            if asked > Int64(model.ceiling.value) * weight(of: hazard) { throw .aboveCeiling(hazard) }
        }
        return self
    }

    private static let ordered: [(LimitField, LimitField)] = [
        (.daily, .ceiling), (.firstNotice, .secondNotice), (.shiftLength, .shiftHard),
        (.mildWeight, .moderateWeight), (.moderateWeight, .severeWeight), (.severeWeight, .extremeWeight),
        (.beat, .floor),
    ]
}

extension LimitField {
    /// The figures that make sense at all.
    fileprivate var range: ClosedRange<Int64> {
        let minute: Int64 = 60_000
        let hour = 60 * minute
        return switch self {
        case .autoCover: 1000...10 * minute
        case .beat: 1000...minute
        case .breakLength: minute...4 * hour
        case .ceiling: 1...125
        case .continuous: minute...4 * hour
        case .daily: 1...125
        case .finishInHand: 0...10 * minute
        case .firstNotice, .secondNotice: 1...100
        case .floor: 1000...10 * minute
        case .lastHour: 0...24 * hour
        case .lighterAfterRun: 0...100
        case .longBreak: minute...4 * hour
        case .longBreakBefore: minute...6 * hour
        case .rest: 11 * hour...72 * hour
        case .runOfSevere: 1...100
        case .shiftHard: minute...10 * hour
        case .shiftLength: minute...10 * hour
        case .smallestGroup: 2...10_000
        case .extremeWeight, .mildWeight, .moderateWeight, .severeWeight: 1...8160
        case .weekly: 1...875
        }
    }
}
