import Moderation

/// Arithmetic that stops at the ends of the number line instead of trapping, so that a damaged or hostile
/// record can never bring the console down nor wrap a large dose round to a small one.
extension Int64 {
    func saturatingAdd(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }

    func saturatingSubtract(_ other: Int64) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? (other < 0 ? .max : .min) : difference
    }

    func saturatingMultiply(_ other: Int64) -> Int64 {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? ((self < 0) == (other < 0) ? .max : .min) : product
    }

    /// `self × numerator ÷ denominator` rounded down, exact in between; for amounts of zero or more.
    func scaled(by numerator: Int64, over denominator: Int64) -> Int64 {
        guard self > 0, numerator > 0, denominator > 0 else { return 0 }
        let product = magnitude.multipliedFullWidth(by: numerator.magnitude)
        guard product.high < denominator.magnitude else { return .max }
        let quotient = denominator.magnitude.dividingFullWidth(product).quotient
        return Int64(clamping: quotient)
    }
}

extension Duration {
    /// Whole milliseconds, rounded up, never below zero: how time is charged.
    var chargedMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let perMillisecond: Int64 = 1_000_000_000_000_000
        let part = attoseconds / perMillisecond + (attoseconds % perMillisecond == 0 ? 0 : 1)
        return seconds.saturatingMultiply(1000).saturatingAdd(part)
    }
}

extension Timestamp {
    func later(by duration: Duration) -> Timestamp { later(by: duration.chargedMilliseconds) }

    func later(by milliseconds: Int64) -> Timestamp {
        Timestamp(milliseconds: self.milliseconds.saturatingAdd(milliseconds))
    }

    func earlier(by duration: Duration) -> Timestamp {
        Timestamp(milliseconds: milliseconds.saturatingSubtract(duration.chargedMilliseconds))
    }

    /// Milliseconds from an earlier moment to this one, zero when it is not earlier.
    func millisecondsSince(_ earlier: Timestamp) -> Int64 {
        max(0, milliseconds.saturatingSubtract(earlier.milliseconds))
    }
}
