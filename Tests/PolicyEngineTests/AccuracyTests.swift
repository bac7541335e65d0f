import PolicyEngine
import Testing

/// The expected figures were computed once with SciPy 1.17: `binomtest(k, n).proportion_ci(method='wilson')`.
@Suite("Shares and their intervals are those of the textbooks")
struct AccuracyTests {
    @Test(arguments: [
        (0, 10, 0.0, 0.27753279986288926), (10, 10, 0.7224672001371109, 1.0),
        (1, 2, 0.09453120573423074, 0.9054687942657693), (7, 9, 0.4525889691069889, 0.9367748928821533),
        (81, 263, 0.2552885198782742, 0.36620957698280004),
        (15, 148, 0.06238639953073629, 0.16048724172330803),
        (3, 100_000, 1.0202758544517341e-05, 8.82080492517673e-05), (0, 1, 0.0, 0.7934506856227626),
        (1, 1, 0.20654931437723745, 1.0),
    ])
    func wilsonAgreesWithSciPy(_ part: Int, _ whole: Int, _ low: Double, _ high: Double) throws {
        let estimate = try #require(Estimate.wilson(part, of: whole))
        #expect(estimate.value == Double(part) / Double(whole))
        #expect(abs(estimate.low - low) < 1e-12 && abs(estimate.high - high) < 1e-12)
    }

    @Test(arguments: [
        (7, 2, 5, 0.6666666666666666, 0.42270301285958145, 0.8452709061859219),
        (50, 10, 40, 0.6666666666666666, 0.575327625332239, 0.7469994314205488),
        (0, 3, 4, 0.0, 0.0, 0.5232555156293747), (12, 0, 0, 1.0, 0.8620237953250198, 1.0),
        (900, 100, 2000, 0.4615384615384615, 0.44220506100898344, 0.48098825249134886),
    ])
    func f1IsTheTransformedShare(
        _ rightly: Int, _ wrongly: Int, _ missed: Int, _ value: Double, _ low: Double, _ high: Double
    ) throws {
        let estimate = try #require(
            Estimate.f1(truePositives: rightly, falsePositives: wrongly, falseNegatives: missed))
        #expect(abs(estimate.value - value) < 1e-12)
        #expect(abs(estimate.low - low) < 1e-12 && abs(estimate.high - high) < 1e-12)
    }

    @Test func f1IsTheHarmonicMeanOfPrecisionAndRecall() throws {
        let accuracy = Accuracy(truePositives: 30, falsePositives: 20, falseNegatives: 10, trueNegatives: 5)
        let (precision, recall) = (try #require(accuracy.precision), try #require(accuracy.recall))
        let mean = 2 / (1 / precision.value + 1 / recall.value)
        #expect(abs(try #require(accuracy.f1).value - mean) < 1e-12)
        #expect(accuracy.support == 40 && accuracy.found == 50 && accuracy.judged == 65)
    }

    @Test func whatCannotBeSaidIsNotSaid() throws {
        #expect(Estimate.wilson(0, of: 0) == nil)
        let silent = Accuracy(truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 9)
        #expect(silent.precision == nil && silent.recall == nil && silent.f1 == nil)
        let blind = Accuracy(truePositives: 0, falsePositives: 0, falseNegatives: 3, trueNegatives: 9)
        #expect(blind.precision == nil && blind.recall?.value == 0 && blind.f1?.value == 0)
    }

    /// How often the interval holds the truth, over every sample there can be.
    @Test(arguments: [(20, 0.1), (50, 0.5), (200, 0.93), (500, 0.02)])
    func aboutNinetyFiveOfAHundredIntervalsHoldTheTruth(_ count: Int, _ truth: Double) throws {
        var chance = 1.0
        for _ in 0..<count { chance *= 1 - truth }
        var covered = 0.0
        for part in 0...count {
            let estimate = try #require(Estimate.wilson(part, of: count))
            if estimate.low <= truth, truth <= estimate.high { covered += chance }
            chance *= Double(count - part) / Double(part + 1) * truth / (1 - truth)
        }
        #expect((0.92...0.98).contains(covered))
    }
}
