/// A calendar day in UTC, by which exposure is added up.
///
///     UTCDay(of: moment).text  // "2026-03-01"
public struct UTCDay: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// Days since 1970-01-01; negative before it.
    public let number: Int64

    private static let length: Int64 = 86_400_000

    /// The day so many days after 1970-01-01.
    public init(number: Int64) { self.number = number }

    /// The day in which a moment lies.
    public init(of moment: Timestamp) {
        let (quotient, rest) = moment.milliseconds.quotientAndRemainder(dividingBy: Self.length)
        number = rest < 0 ? quotient - 1 : quotient
    }

    /// Reads a day such as `2026-03-01`; anything else gives `nil`.
    public init?(_ text: some StringProtocol) {
        guard let start = Timestamp(rfc3339: "\(text)T00:00:00.000Z") else { return nil }
        self.init(of: start)
        guard self.text == String(text) else { return nil }
    }

    /// Decodes from its number.
    public init(from decoder: any Decoder) throws {
        number = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Encodes as its number.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(number)
    }

    /// When it begins.
    public var start: Timestamp {
        let (product, overflow) = number.multipliedReportingOverflow(by: Self.length)
        return Timestamp(milliseconds: overflow ? (number < 0 ? .min : .max) : product)
    }

    /// The next day.
    public var next: UTCDay { UTCDay(number: number == .max ? number : number + 1) }

    /// Such as `2026-03-01`.
    public var text: String { String(start.rfc3339.prefix(10)) }

    /// Such as `2026-03-01`.
    public var description: String { text }

    /// Orders from earlier to later.
    public static func < (left: UTCDay, right: UTCDay) -> Bool { left.number < right.number }
}
