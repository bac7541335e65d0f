import Foundation

/// How times, or sizes, are spread.
public enum TimeDistribution: Hashable, Sendable {
    /// Always the same.
    case constant(Double)
    /// Without memory, with that mean.
    case exponential(mean: Double)
    /// Its logarithm is normal, with that standard deviation.
    case lognormal(median: Double, sigma: Double)
    /// At least so much, with a heavy tail: P(more than x) = (least / x)^tail.
    case pareto(least: Double, tail: Double)
    /// Counts between bounds, each spread evenly: `(upper bound, count)`, rising, the first from zero.
    case histogram([Bin])

    /// One bin of a histogram.
    public struct Bin: Hashable, Sendable {
        /// Its upper bound.
        public var upTo: Double
        /// How many.
        public var count: Double

        /// Makes a bin.
        public init(upTo: Double, count: Double) {
            self.upTo = upTo
            self.count = count
        }
    }

    /// The value below which that share of all lies; a share of 0 to 1.
    public func value(below share: Double) -> Double {
        let share = min(max(share, 1e-12), 1 - 1e-12)
        switch self {
        case .constant(let value): return value
        case .exponential(let mean): return -mean * log1p(-share)
        case .lognormal(let median, let sigma): return median * exp(sigma * .normal(below: share))
        case .pareto(let least, let tail): return least * pow(1 - share, -1 / tail)
        case .histogram(let bins):
            let total = bins.reduce(0) { $0 + $1.count }
            var left = share * total
            var from = 0.0
            for bin in bins {
                if left <= bin.count, bin.count > 0 { return from + (bin.upTo - from) * left / bin.count }
                left -= bin.count
                from = bin.upTo
            }
            return from
        }
    }

    /// Half of all lie below.
    public var median: Double { value(below: 0.5) }

    /// The mean, where nothing is above `most`.
    public func mean(most: Double) -> Double {
        let steps = 10_000
        return (0..<steps).reduce(0) { sum, step in
            sum + min(most, value(below: (Double(step) + 0.5) / Double(steps)))
        } / Double(steps)
    }
}
