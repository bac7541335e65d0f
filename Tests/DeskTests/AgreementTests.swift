import Testing

@testable import Desk

@Suite("Agreement is what the published examples say, and undefined where it is undefined")
struct AgreementTests {
    private let bootstrap = Agreement.Bootstrap(seed: 42, draws: 400)

    private func isNear(_ figure: Agreement.Figure, _ value: Double, within error: Double = 0.0005) -> Bool {
        figure.value.map { abs($0 - value) <= error } ?? false
    }

    private func pairs(_ table: [[Int]]) -> [(Int, Int)] {
        table.indices.flatMap { row in
            table[row].indices.flatMap { column in
                Array(repeating: (row, column), count: table[row][column])
            }
        }
    }

    /// Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C: four observers, twelve units.
    @Test func alphaOfKrippendorffsExample() {
        let observers: [[Int?]] = [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, nil, nil, nil],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nil, 3],
            [nil, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, nil],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nil],
        ]
        let units = (0..<12).map { unit in observers.compactMap { $0[unit] } }
        let alpha = Agreement.alpha(units, bootstrap: bootstrap)
        #expect(isNear(alpha, 0.743))
        // The unit that one observer alone rated counts nothing.
        guard case .known(_, let interval, let count) = alpha else { return #expect(Bool(false)) }
        #expect(count == 11 && interval.map { $0.contains(0.743) } == true)
        #expect(interval.map { $0.lowerBound < 0.7 && $0.upperBound > 0.8 && $0.upperBound <= 1 } == true)
    }

    /// Hayes and Krippendorff (2007) give 0.477 for five observers of forty units; the same authors' section B of the
    /// 2011 paper gives 0.692 for two observers of twelve units.
    @Test func alphaOfTwoObserversOfTwelveUnits() {
        let first = ["a", "a", "b", "b", "d", "c", "c", "c", "e", "d", "d", "a"]
        let second = ["b", "a", "b", "b", "b", "c", "c", "c", "e", "d", "d", "d"]
        #expect(isNear(Agreement.alpha(zip(first, second).map { [$0, $1] }), 0.692))
    }

    /// Section A of the same paper: two observers, ten units, two values: 0.095.
    @Test func alphaOfBinaryData() {
        let first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
        let second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
        #expect(isNear(Agreement.alpha(zip(first, second).map { [$0, $1] }), 0.095))
    }

    /// Fleiss, Cohen and Everitt (1969): two hundred subjects, three categories; and two of Artstein and Poesio (2008).
    @Test func kappaOfPublishedTables() {
        #expect(isNear(Agreement.kappa(pairs([[106, 10, 4], [22, 28, 10], [2, 12, 6]])), 0.429))
        #expect(isNear(Agreement.kappa(pairs([[20, 20], [10, 50]])), 0.348))
        #expect(isNear(Agreement.kappa(pairs([[46, 0, 0], [6, 32, 6], [0, 0, 10]])), 0.8013))
        // The table that textbooks show: fifty proposals, two readers.
        #expect(isNear(Agreement.kappa(pairs([[20, 5], [10, 15]])), 0.4))
        #expect(isNear(Agreement.percent(pairs([[20, 5], [10, 15]])), 0.7))
    }

    /// Newcombe (1998), table I: Wilson's interval without correction.
    @Test func wilsonsIntervalOfPublishedShares() {
        let known: [(Int, Int, Double, Double)] = [
            (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718),
        ]
        for (hits, count, low, high) in known {
            guard case .known(_, let interval?, _) = Agreement.share(hits, of: count) else {
                Issue.record("no interval for \(hits) of \(count)")
                continue
            }
            #expect(abs(interval.lowerBound - low) < 0.0001 && abs(interval.upperBound - high) < 0.0001)
        }
        guard case .known(_, let all?, _) = Agreement.share(7, of: 7) else { return }
        #expect(all.upperBound == 1 && all.lowerBound < 1)
    }

    @Test func whatIsNotDefinedSaysSoAndIsNeverANumber() {
        let none: [(Int, Int)] = []
        #expect(Agreement.share(0, of: 0) == .undefined(.nothing))
        #expect(Agreement.percent(none) == .undefined(.noPairs))
        #expect(Agreement.kappa(none) == .undefined(.noPairs))
        #expect(Agreement.kappa([(1, 1), (1, 1)], bootstrap: bootstrap) == .undefined(.oneCategory))
        #expect(Agreement.alpha([[Int]]()) == .undefined(.nothing))
        #expect(Agreement.alpha([[Int](), []]) == .undefined(.nothing))
        #expect(Agreement.alpha([[1], [2], []]) == .undefined(.noPairs))
        #expect(Agreement.alpha([[1, 1], [1, 1, 1]], bootstrap: bootstrap) == .undefined(.oneCategory))
        // Defined, but most samples of it would not be: then there is a figure and no interval.
        guard case .known(let value, let interval, 1) = Agreement.kappa([(1, 2)], bootstrap: bootstrap) else {
            return #expect(Bool(false))
        }
        #expect(value == 0 && interval.map { $0.lowerBound.isFinite && $0.upperBound.isFinite } ?? true)
    }

    @Test func raterOrderAndCategoryNamesDoNotMatterAndNothingIsNaN() {
        var random = SplitMix64(state: 3)
        for _ in 0..<60 {
            let count = 1 + random.below(30)
            let categories = 1 + random.below(4)
            let pairs = (0..<count).map { _ in (random.below(categories), random.below(categories)) }
            let kappa = Agreement.kappa(pairs, bootstrap: Agreement.Bootstrap(seed: 1, draws: 40))
            let swapped = Agreement.kappa(pairs.map { ($0.1 * 7 + 1, $0.0 * 7 + 1) })
            #expect(abs((kappa.value ?? 0) - (swapped.value ?? 0)) < 1e-12)
            let alpha = Agreement.alpha(pairs.map { [$0.0, $0.1] })
            for value in [kappa.value, alpha.value].compactMap(\.self) {
                #expect(value.isFinite && value <= 1 && value >= -1)
            }
            if pairs.allSatisfy({ $0.0 == $0.1 }), let value = kappa.value { #expect(value == 1) }
        }
    }

    @Test func aSeedGivesTheSameIntervalAgainAndAnotherSeedAnother() {
        let data = pairs([[20, 5], [10, 15]])
        let again = Agreement.kappa(data, bootstrap: bootstrap)
        #expect(Agreement.kappa(data, bootstrap: bootstrap) == again)
        #expect(Agreement.kappa(data, bootstrap: Agreement.Bootstrap(seed: 43, draws: 400)) != again)
        // Close to the large-sample interval of Fleiss, Cohen and Everitt: 0.4 ± 1.96 × 0.128.
        guard case .known(_, let interval?, 50) = again else { return #expect(Bool(false)) }
        #expect(abs(interval.lowerBound - 0.15) < 0.06 && abs(interval.upperBound - 0.65) < 0.06)
    }
}
