/// How far raters agree: pure functions over what they said.
///
/// A figure that the data do not define is said to be undefined, and why; there is never a number that is none.
/// Shares have Wilson's interval. Kappa and alpha have a percentile interval of a bootstrap over the units, whose
/// seed belongs to the figure: with it the same interval comes out again.
public enum Agreement {
    /// Why there is no figure.
    public enum Undefined: String, Hashable, Sendable {
        /// Nothing was rated.
        case nothing
        /// Nothing was rated by two.
        case noPairs = "no_pairs"
        /// Everybody said the same of everything, so chance alone would have them agree.
        case oneCategory = "one_category"
    }

    /// A figure, or why there is none.
    public enum Figure: Hashable, Sendable {
        /// The figure, its interval where there is one, and over how many units it was made.
        case known(Double, interval: ClosedRange<Double>?, units: Int)
        /// There is none.
        case undefined(Undefined)

        /// The figure alone.
        public var value: Double? { if case .known(let value, _, _) = self { value } else { nil } }
    }

    /// How a bootstrap is made, so that it can be made again.
    public struct Bootstrap: Hashable, Sendable {
        /// Of SplitMix64.
        public var seed: UInt64
        /// How often the units are drawn anew.
        public var draws: Int

        /// Makes a bootstrap.
        public init(seed: UInt64, draws: Int = 1000) {
            self.seed = seed
            self.draws = draws
        }
    }

    /// The standard normal deviate of a two-sided 95 %.
    private static let z = 1.959963984540054

    /// A share with Wilson's score interval (Wilson 1927).
    public static func share(_ hits: Int, of units: Int) -> Figure {
        guard units > 0 else { return .undefined(.nothing) }
        let n = Double(units)
        let p = Double(hits) / n
        let base = 1 + z * z / n
        let middle = (p + z * z / (2 * n)) / base
        let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot() / base
        // The ends are exact where rounding would leave them a little off.
        let low = hits == 0 ? 0 : max(0, middle - half)
        let high = hits == units ? 1 : min(1, middle + half)
        return .known(p, interval: low...high, units: units)
    }

    /// How many of the units that two rated they rated alike, with Wilson's interval.
    public static func percent<Category: Hashable>(_ pairs: [(Category, Category)]) -> Figure {
        guard !pairs.isEmpty else { return .undefined(.noPairs) }
        return share(pairs.count { $0.0 == $0.1 }, of: pairs.count)
    }

    /// Cohen's kappa of two raters (Cohen 1960): (p₀ − pₑ) / (1 − pₑ), with pₑ from the raters' own shares.
    public static func kappa<Category: Hashable>(
        _ pairs: [(Category, Category)], bootstrap: Bootstrap? = nil
    ) -> Figure {
        guard !pairs.isEmpty else { return .undefined(.noPairs) }
        var numbers = Numbers<Category>()
        let coded = pairs.map { numbers.code([$0.0, $0.1]) }
        let count = numbers.count
        return figure(coded, bootstrap) { kappa($0, weights: $1, categories: count) }
    }

    /// Krippendorff's alpha for nominal categories, any number of raters and missing ratings.
    ///
    /// After Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2011), section C: 1 − (n − 1) (n − Σ o_cc) /
    /// (n² − Σ n_c²) over the values of units that at least two rated.
    ///
    /// - Parameter units: what was said of each unit, in any order; those with fewer than two values count nothing.
    public static func alpha<Category: Hashable>(_ units: [[Category]], bootstrap: Bootstrap? = nil) -> Figure
    {
        guard units.contains(where: { !$0.isEmpty }) else { return .undefined(.nothing) }
        var numbers = Numbers<Category>()
        let coded = units.filter { $0.count > 1 }.map { numbers.code($0) }
        guard !coded.isEmpty else { return .undefined(.noPairs) }
        let count = numbers.count
        return figure(coded, bootstrap) { alpha($0, weights: $1, categories: count) }
    }

    // MARK: Over numbered categories

    /// Categories by numbers, in the order they come.
    private struct Numbers<Category: Hashable> {
        private var known: [Category: Int] = [:]
        var count: Int { known.count }

        mutating func code(_ categories: [Category]) -> [Int] {
            categories.map { category in
                if let number = known[category] { return number }
                known[category] = known.count
                return known.count - 1
            }
        }
    }

    private static func figure(
        _ units: [[Int]], _ bootstrap: Bootstrap?, _ statistic: ([[Int]], [Int]) -> Double?
    ) -> Figure {
        guard let value = statistic(units, Array(repeating: 1, count: units.count)) else {
            return .undefined(.oneCategory)
        }
        let interval = bootstrap.flatMap { middle(units, $0, statistic) }
        return .known(value, interval: interval, units: units.count)
    }

    private static func kappa(_ units: [[Int]], weights: [Int], categories: Int) -> Double? {
        var first = [Int](repeating: 0, count: categories)
        var second = first
        var alike = 0
        var total = 0
        for (unit, weight) in zip(units, weights) {
            first[unit[0]] += weight
            second[unit[1]] += weight
            if unit[0] == unit[1] { alike += weight }
            total += weight
        }
        // In whole numbers, so that certainty of chance is found exactly.
        let expected = zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
        guard total > 0, expected < total * total else { return nil }
        return Double(alike * total - expected) / Double(total * total - expected)
    }

    private static func alpha(_ units: [[Int]], weights: [Int], categories: Int) -> Double? {
        var totals = [Int](repeating: 0, count: categories)
        var values = 0
        var coincidences = 0.0
        var seen = totals
        for (unit, weight) in zip(units, weights) where weight > 0 {
            for value in unit { seen[value] += 1 }
            var pairs = 0
            for value in unit where seen[value] > 0 {
                pairs += seen[value] * (seen[value] - 1)
                totals[value] += seen[value] * weight
                seen[value] = 0
            }
            coincidences += Double(weight * pairs) / Double(unit.count - 1)
            values += unit.count * weight
        }
        let expected = values * values - totals.reduce(0) { $0 + $1 * $1 }
        guard expected > 0 else { return nil }
        return 1 - Double(values - 1) * (Double(values) - coincidences) / Double(expected)
    }

    /// The middle 95 % of what comes out of units drawn anew; `nil` when too few draws define the figure.
    private static func middle(
        _ units: [[Int]], _ bootstrap: Bootstrap, _ statistic: ([[Int]], [Int]) -> Double?
    ) -> ClosedRange<Double>? {
        var random = SplitMix64(state: bootstrap.seed)
        var results: [Double] = []
        for _ in 0..<bootstrap.draws {
            var weights = [Int](repeating: 0, count: units.count)
            for _ in units.indices { weights[random.below(units.count)] += 1 }
            if let value = statistic(units, weights) { results.append(value) }
        }
        guard results.count * 2 > bootstrap.draws else { return nil }
        results.sort()
        let cut = results.count / 40
        return results[cut]...results[results.count - 1 - cut]
    }
}

/// Repeatable numbers that anybody can make again (Steele, Lea and Flood 2014).
struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 to below `bound`: the high half of the product.
    mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(max(1, bound))).high)
    }
}
