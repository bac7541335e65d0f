import Foundation

/// SplitMix64 (Steele, Lea, Flood 2014): the same seed, the same forecast, on every machine.
struct Chance: RandomNumberGenerator {
    private var state: UInt64

    /// - Parameter stream: numbers of one seed that have nothing to do with each other.
    init(seed: UInt64, stream: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 ^ (stream &+ 1) &* 0xD1B5_4A32_D192_ED03
        _ = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Above 0 and below 1.
    mutating func share() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }
}

extension Double {
    static func exponential(_ power: Double) -> Double { exp(power) }

    /// The value below which that share of a standard normal lies.
    ///
    /// The approximation by rational functions of Peter Acklam, whose relative error is below 1.2e-9.
    static func normal(below share: Double) -> Double {
        let low = 0.024_25
        if share < low {
            let q = (-2 * log(share)).squareRoot()
            return tail(q)
        }
        if share > 1 - low { return -tail((-2 * log(1 - share)).squareRoot()) }
        let q = share - 0.5
        let r = q * q
        let top = polynomial(
            r,
            [
                -39.696_830_286_653_76, 220.946_098_424_520_5, -275.928_510_446_968_7, 138.357_751_867_269,
                -30.664_798_066_147_16, 2.506_628_277_459_239,
            ])
        let bottom = polynomial(
            r,
            [
                -54.476_098_798_224_06, 161.585_836_858_040_9, -155.698_979_859_886_6, 66.801_311_887_719_72,
                -13.280_681_552_885_72, 1,
            ])
        return q * top / bottom
    }

    private static func tail(_ q: Double) -> Double {
        polynomial(
            q,
            [
                -0.007_784_894_002_430_293, -0.322_396_458_041_136_5, -2.400_758_277_161_838,
                -2.549_732_539_343_734, 4.374_664_141_464_968, 2.938_163_982_698_783,
            ])
            / polynomial(
                q,
                [
                    0.007_784_695_709_041_462, 0.322_467_129_070_039_8, 2.445_134_137_142_996,
                    3.754_408_661_907_416, 1,
                ])
    }

    private static func polynomial(_ x: Double, _ factors: [Double]) -> Double {
        factors.reduce(0) { $0 * x + $1 }
    }
}
