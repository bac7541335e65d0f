public import Moderation

/// Exposure as an exact integer: one unit is a hazard's weight × one millisecond.
///
/// 8160 weight·minutes (489,600,000 units) are 100 %. There is no negative dose: adding stops at the largest
/// number and subtracting at zero, so a dose can neither wrap round nor be paid back below nothing.
public struct Dose: Hashable, Comparable, Sendable, Codable, AdditiveArithmetic, CustomStringConvertible {
    /// Weight-milliseconds, zero or more.
    public let units: Int64

    /// A dose of so many weight-milliseconds; below zero counts as zero.
    public init(units: Int64) { self.units = max(0, units) }

    /// So much of a full dose.
    public init(_ percent: Percent) {
        units = Int64(clamping: percent.value).saturatingMultiply(Self.full.units / 100)
    }

    /// Decodes from weight-milliseconds.
    public init(from decoder: any Decoder) throws {
        self.init(units: try decoder.singleValueContainer().decode(Int64.self))
    }

    /// Encodes as weight-milliseconds.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(units)
    }

    /// No exposure.
    public static let zero = Dose(units: 0)
    /// 100 %: 8160 weight·minutes, which is four hours of severe content.
    public static let full = Dose(units: 8160 * 60_000)

    /// Whole percent of a full dose, rounded down; compare doses, not percentages, to decide anything.
    public var percent: Percent { Percent(Int(clamping: units / (Self.full.units / 100))) }

    /// Such as `37 %`.
    public var description: String { percent.description }

    /// What one uncovered stretch charges: weight × max(visible, floor).
    ///
    /// Parts of a millisecond count as a whole one and a negative time as none, so rounding never lowers the
    /// charge. `none` charges nothing.
    public static func charge(hazard: Hazard, visible: Duration, limits: Limits) -> Dose {
        let weight = limits.weight(of: hazard)
        guard weight > 0 else { return .zero }
        let charged = max(visible.chargedMilliseconds, limits.floor.chargedMilliseconds)
        return Dose(units: weight.saturatingMultiply(charged))
    }

    /// So many such doses together.
    public func times(_ count: Int) -> Dose { Dose(units: units.saturatingMultiply(Int64(max(0, count)))) }

    /// Both doses together.
    public static func + (left: Dose, right: Dose) -> Dose {
        Dose(units: left.units.saturatingAdd(right.units))
    }

    /// What is over of the left dose, at least zero.
    public static func - (left: Dose, right: Dose) -> Dose {
        Dose(units: left.units.saturatingSubtract(right.units))
    }

    /// Orders from less to more.
    public static func < (left: Dose, right: Dose) -> Bool { left.units < right.units }
}
