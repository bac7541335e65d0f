/// Keeps figures about people to groups so large that nobody in them can be told.
///
/// The least group is of 10 people. A group that is left out must not follow from a total less the groups that are
/// shown, so what is left out is as large together as a group that may be shown, or nobody.
public enum SmallCells {
    /// The fewest people a figure may be about.
    public static let least = 10

    /// Parts people, each in one group, into groups that may be shown and the rest, which is shown as one group.
    ///
    /// Small groups go into the rest. While the rest is of 1 to 9 people the smallest shown group joins it. Where all
    /// people are fewer than ten, nothing may be shown.
    ///
    /// - Parameter sizes: how many people each group has.
    /// - Returns: the groups to show by themselves, by name, and those of the rest; `nil` when nothing may be shown.
    public static func partition(_ sizes: [String: Int]) -> (shown: [String], rest: [String])? {
        let groups = sizes.filter { $0.value > 0 }
        guard groups.values.reduce(0, +) >= least else { return nil }
        var shown = groups.filter { $0.value >= least }.sorted { ($0.value, $0.key) > ($1.value, $1.key) }
        var rest = groups.filter { $0.value < least }.map(\.key)
        var size = rest.reduce(0) { $0 + (groups[$1] ?? 0) }
        while (1..<least).contains(size), let smallest = shown.popLast() {
            rest.append(smallest.key)
            size += smallest.value
        }
        return (shown.map(\.key).sorted(), rest.sorted())
    }

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
