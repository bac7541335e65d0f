/// What is done with a post.
public enum Action: String, CaseIterable, Hashable, Sendable, Codable {
    /// It stays as it is.
    case keep
    /// It stays, with a label or a warning.
    case label
    /// It stays, seen by fewer people or only by adults.
    case restrict
    /// It goes.
    case remove
    /// It goes and its author's account is suspended.
    case suspend

    /// Whether it limits somebody: everything but `keep`.
    public var isRestrictive: Bool { self != .keep }

    /// Whether it is hard to take back and so asks for confirmation.
    public var isHardToReverse: Bool { self == .suspend }

    /// How far it goes, 0 for `keep` to 4 for `suspend`.
    public var severity: Int {
        switch self {
        case .keep: 0
        case .label: 1
        case .restrict: 2
        case .remove: 3
        case .suspend: 4
        }
    }
}
