import Moderation

/// Keeps figures about people to groups so large that nobody in them can be told.
///
/// The least group is of 10 people. A group that is left out must not follow from a total less the groups that are
/// shown, so what is left out is as large together as a group that may be shown, or nobody.
public enum SmallCells {
    /// The fewest people a figure may be about.
    public static let least = SmallGroup.least

    /// The overlapping groups whose sizes may be shown beside the number of all people.
    ///
    /// Neither a shown group nor the people in none of the shown ones may be of 1 to 9, nor the people outside of one
    /// shown group.
    ///
    /// - Parameter memberships: for each person the groups they are in.
    /// - Returns: sizes by group; `nil` when not even the number of all may be shown.
    public static func sizes(_ memberships: [Set<String>]) -> [String: Int]? {
        guard memberships.count >= least else { return nil }
        var sizes: [String: Int] = [:]
        for group in memberships.joined() { sizes[group, default: 0] += 1 }
        func isSmall(_ count: Int) -> Bool { (1..<least).contains(count) }
        sizes = sizes.filter { !isSmall($0.value) && !isSmall(memberships.count - $0.value) }
        while isSmall(memberships.count { $0.isDisjoint(with: sizes.keys) }),
            let smallest = sizes.min(by: { ($0.value, $0.key) < ($1.value, $1.key) })
        {
            sizes[smallest.key] = nil
        }
        return sizes
    }
}
