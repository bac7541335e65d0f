extension PolicyReader {
    /// `0.85` is 850.
    static func thousandths(_ text: String) -> Int64? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = Int64(parts[0]), whole.magnitude < 1_000_000_000_000 else { return nil }
        guard parts.count == 2 else { return whole * 1000 }
        let digits = parts[1].prefix(3)
        guard parts[1].utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let fraction = Int64(digits) else {
            return nil
        }
        let scale: Int64 = [1: 100, 2: 10, 3: 1][digits.count] ?? 1
        return whole * 1000 + (text.hasPrefix("-") ? -1 : 1) * fraction * scale
    }

    /// `3 days` in milliseconds.
    static func age(_ text: String) -> Int64? {
        let units: [(String, Int64)] = [
            ("second", 1000), ("minute", 60_000), ("hour", 3_600_000), ("day", 86_400_000),
            ("week", 604_800_000), ("month", 2_592_000_000), ("year", 31_536_000_000),
        ]
        let parts = text.split(separator: " ")
        guard parts.count == 2, let count = Int64(parts[0]), (0...100_000).contains(count) else { return nil }
        return units.first { parts[1] == $0.0 || parts[1] == $0.0 + "s" }.map { $0.1 * count }
    }
}
