/// A share, and the interval that holds the true one in 95 of 100 such samples.
public struct Estimate: Hashable, Sendable {
    /// What was seen.
    public var value: Double
    /// The interval's ends, from 0 to 1.
    public var low, high: Double

    /// The two-sided 95 % point of the normal distribution.
    static let z = 1.959_963_984_540_054

    /// A share of a whole with Wilson's interval; `nil` when the whole is nothing.
    ///
    /// Unlike the textbook's interval it stays within 0 and 1, and has a width where all or none were seen.
    /// E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
    /// Statistical Association 22 (1927), 209–212; without the correction for continuity.
    public static func wilson(_ part: Int, of whole: Int) -> Estimate? {
        guard whole > 0, (0...whole).contains(part) else { return nil }
        let count = Double(whole)
        let share = Double(part) / count
        let square = z * z
        let centre = share + square / (2 * count)
        let half = z * (share * (1 - share) / count + square / (4 * count * count)).squareRoot()
        let scale = 1 + square / count
        // Rounding must not leave the ends a hair beyond what was seen.
        return Estimate(
            value: share, low: part == 0 ? 0 : max(0, (centre - half) / scale),
            high: part == whole ? 1 : min(1, (centre + half) / scale))
    }

    /// F1 with its interval; `nil` when nothing was there to find and nothing was found.
    ///
    /// F1 = 2·TP / (2·TP + FP + FN) is no share, but S = TP / (TP + FP + FN) is, and F1 = 2·S / (1 + S) grows with it:
    /// the ends of Wilson's interval of S, taken through that formula, are those of F1. K. F. Y. Lam, V. Gopal and
    /// J. Qian, "Confidence intervals for the F1 score: a comparison of four methods", arXiv:2309.14621 (2023), who
    /// call it the Wilson indirect method.
    public static func f1(truePositives: Int, falsePositives: Int, falseNegatives: Int) -> Estimate? {
        let whole = truePositives + falsePositives + falseNegatives
        guard let share = wilson(truePositives, of: whole) else { return nil }
        func f1(_ share: Double) -> Double { 2 * share / (1 + share) }
        return Estimate(value: f1(share.value), low: f1(share.low), high: f1(share.high))
    }
}

/// How often a test was right, against what is held to be true.
public struct Accuracy: Hashable, Sendable {
    /// Found, and rightly.
    public var truePositives = 0
    /// Found, and wrongly.
    public var falsePositives = 0
    /// Not found, and should have been.
    public var falseNegatives = 0
    /// Not found, and rightly.
    public var trueNegatives = 0

    /// Counts nothing.
    public init() {}

    /// Makes counts.
    public init(truePositives: Int, falsePositives: Int, falseNegatives: Int, trueNegatives: Int) {
        self.truePositives = truePositives
        self.falsePositives = falsePositives
        self.falseNegatives = falseNegatives
        self.trueNegatives = trueNegatives
    }

    /// How many posts there were to find.
    public var support: Int { truePositives + falseNegatives }
    /// How many posts were found.
    public var found: Int { truePositives + falsePositives }
    /// How many posts the truth of which is known.
    public var judged: Int { support + falsePositives + trueNegatives }

    /// The share of what was found that was rightly found; `nil` when nothing was.
    public var precision: Estimate? { .wilson(truePositives, of: found) }
    /// The share of what was there that was found; `nil` when nothing was there.
    public var recall: Estimate? { .wilson(truePositives, of: support) }
    /// The harmonic mean of precision and recall; `nil` when nothing was there and nothing was found.
    public var f1: Estimate? {
        .f1(truePositives: truePositives, falsePositives: falsePositives, falseNegatives: falseNegatives)
    }
}
