/// How harmful looking at a post may be.
public enum Hazard: String, CaseIterable, Comparable, Hashable, Sendable, Codable {
    /// Nothing that is known to harm; charges no dose.
    case none
    /// Unpleasant: rudeness, spam with crude words.
    case mild
    /// Hostile or sexual content without graphic detail.
    case moderate
    /// Graphic violence, self-harm, targeted hate.
    case severe
    /// Child abuse, torture, killing.
    case extreme

    /// The place in the order, 0 for `none` to 4 for `extreme`; what a store keeps.
    public var level: Int {
        switch self {
        case .none: 0
        case .mild: 1
        case .moderate: 2
        case .severe: 3
        case .extreme: 4
        }
    }

    /// The hazard at a level of 0 to 4; `nil` outside it.
    public init?(level: Int) {
        guard Self.allCases.indices.contains(level) else { return nil }
        self = Self.allCases[level]
    }

    /// Orders from harmless to most harmful.
    public static func < (left: Hazard, right: Hazard) -> Bool { left.level < right.level }
}
