/// A whole percentage, such as `37 %`.
public struct Percent: Hashable, Comparable, Sendable, Codable, CustomStringConvertible,
    ExpressibleByIntegerLiteral
{
    /// The number before the sign.
    public let value: Int

    /// A percentage; below zero counts as zero.
    public init(_ value: Int) { self.value = max(0, value) }

    /// A percentage written as a number.
    public init(integerLiteral value: Int) { self.init(value) }

    /// Decodes from a whole number.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(Int.self))
    }

    /// Encodes as a whole number.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }

    /// Such as `37 %`.
    public var description: String { "\(value) %" }

    /// Orders from less to more.
    public static func < (left: Percent, right: Percent) -> Bool { left.value < right.value }
}
