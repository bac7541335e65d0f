import Moderation

extension Dosimeter {
    /// Time in which the acute load falls by half: a choice, for no half-life has been measured.
    public static let halfLife: Duration = .seconds(600)

    /// The load that dispatch looks at to choose the next post; never a limit.
    ///
    /// The sum of the day's doses, each times `2^(−r / 10 min)` with `r` the time since its end in whole
    /// minutes. In 16-bit fixed point, rounded up, so that a replay gives the same number everywhere.
    public static func acuteLoad(of record: ExposureRecord) -> Dose {
        record.counted(within: day).reduce(.zero) { sum, span in
            sum + decayed(span.dose, after: record.now.millisecondsSince(span.end))
        }
    }

    static func decayed(_ dose: Dose, after milliseconds: Int64) -> Dose {
        let minutes = milliseconds / 60_000
        let (halvings, tenths) = (minutes / 10, Int(minutes % 10))
        guard halvings < 62 else { return .zero }
        let (high, low) = dose.units.magnitude.multipliedFullWidth(by: powers[tenths])
        // At most 63 + 17 bits: what is above 2^64 moves down with the 16 bits of the fixed point.
        let scaled = (high << 48) | (low >> 16) &+ (low & 0xFFFF == 0 ? 0 : 1)
        let bits = UInt64(halvings)
        let rounded = (scaled >> bits) + (scaled & ((1 << bits) - 1) == 0 ? 0 : 1)
        return Dose(units: Int64(clamping: rounded))
    }

    /// `2^(−m/10) × 2^16` for whole minutes m, rounded up.
    private static let powers: [UInt64] = [
        65_536, 61_148, 57_053, 53_232, 49_668, 46_341, 43_238, 40_343, 37_641, 35_120,
    ]
}
