public import Moderation

/// An amount of money in the smallest unit of its currency: no floating point anywhere.
public struct Money: Hashable, Comparable, Sendable, Codable {
    /// So many of the smallest unit, such as cents.
    public var minor: Int64

    /// An amount; below zero counts as zero.
    public init(minor: Int64) { self.minor = max(0, minor) }

    /// Orders from less to more.
    public static func < (left: Money, right: Money) -> Bool { left.minor < right.minor }
}

/// A currency by its ISO 4217 code, and how many decimal digits its smallest unit has.
public struct Currency: Hashable, Sendable, Codable {
    /// Three capital letters, such as `EUR`.
    public var code: String
    /// Decimal digits of the smallest unit: 2 for cents, 0 for yen.
    public var digits: Int

    private static let withoutDigits: Set<String> = [
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF",
        "XOF", "XPF",
    ]
    private static let withThree: Set<String> = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]

    /// A currency by its code; `nil` for what is not three capital letters.
    public init?(code: String) {
        guard code.utf8.count == 3, code.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else { return nil }
        self.code = code
        digits = Self.withoutDigits.contains(code) ? 0 : Self.withThree.contains(code) ? 3 : 2
    }

    /// How many of the smallest unit make one.
    public var unit: Int64 { (0..<digits).reduce(1) { result, _ in result * 10 } }

    /// Reads an amount such as `13`, `13.5` or `13.50`; `nil` for anything else, and for more digits than there are.
    public func money(_ text: some StringProtocol) -> Money? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count),
            parts.allSatisfy({ part in
                !part.isEmpty && part.utf8.count <= 9 && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
            }), let whole = Int64(parts[0])
        else { return nil }
        let rest = parts.count > 1 ? parts[1] : ""
        guard rest.utf8.count <= digits else { return nil }
        let padded = rest + String(repeating: "0", count: digits - rest.utf8.count)
        return Money(minor: whole * unit + (Int64(padded) ?? 0))
    }

    /// An amount in digits with a point, such as `13.50`.
    public func text(_ money: Money) -> String {
        guard digits > 0 else { return "\(money.minor)" }
        let rest = String(money.minor % unit)
        return "\(money.minor / unit).\(String(repeating: "0", count: digits - rest.utf8.count))\(rest)"
    }
}

/// What a site pays for work at it, and the floor that it or the law names.
public struct Pay: Hashable, Sendable, Codable {
    /// For what is paid.
    public enum Basis: String, CaseIterable, Hashable, Sendable, Codable {
        /// An hour worked.
        case hour
        /// A decision that stands.
        case item
    }

    /// Who names a floor.
    public enum Namer: String, CaseIterable, Hashable, Sendable, Codable {
        /// The law, such as a minimum wage.
        case law
        /// The site itself, or an agreement that it keeps to.
        case site
    }

    /// The least that an hour of work must come to.
    public struct Floor: Hashable, Sendable, Codable {
        /// For an hour.
        public var hourly: Money
        /// Who names it.
        public var namedBy: Namer

        /// Makes a floor.
        public init(hourly: Money, namedBy: Namer) {
            self.hourly = hourly
            self.namedBy = namedBy
        }
    }

    /// For what is paid.
    public var basis: Basis
    /// How much.
    public var rate: Money
    /// In what currency.
    public var currency: Currency
    /// The floor, where one is named.
    public var floor: Floor?

    /// Makes a pay.
    public init(basis: Basis, rate: Money, currency: Currency, floor: Floor? = nil) {
        self.basis = basis
        self.rate = rate
        self.currency = currency
        self.floor = floor
    }
}

/// What a site says of working at it beside the exposure limits: pay, and for how long exposure may be disputed.
public struct Conditions: Hashable, Sendable, Codable {
    /// What it pays; `nil` where it says nothing of pay.
    public var pay: Pay?
    /// For how many days single spans are kept, before daily totals stand in their place.
    public var disputeDays: Int

    /// The default, a choice: see `Documentation/exposure-model.md`.
    public static let standard = Conditions(pay: nil, disputeDays: 30)
    /// What may be said: never so short that the windows of the limits would lose a span.
    public static let disputeDaysAllowed = 9...3650

    /// Makes conditions.
    public init(pay: Pay?, disputeDays: Int) {
        self.pay = pay
        self.disputeDays = disputeDays
    }
}
