/// How small a group may be that sums are told of.
public enum SmallGroup {
    /// Fewer people than that and nothing is told; a choice above what offices of statistics commonly ask for.
    public static let least = 10

    /// A count of people in whole groups, rounded down: two such counts never differ by a few people.
    public static func stepped(_ count: Int, of least: Int = least) -> Int {
        let least = max(Self.least, least)
        return count / least * least
    }
}
