extension EntryKind {
    /// Whether entries of this kind tell of one person's exposure, breaks or record.
    public var isPersonal: Bool {
        switch self {
        case .uncovered, .covered, .recharged, .limitReached, .breakStarted, .breakEnded, .shiftStarted,
            .shiftEnded, .exposureSettled, .recordExported, .doseTaken, .handedOver, .handoverOpened,
            .handoverRevoked:
            true
        default: false
        }
    }

    /// Whether entries of this kind tell what one person did with posts, and so what hazards they had before them.
    public var isWork: Bool {
        switch self {
        case .claimed, .claimExpired, .released, .skipped, .escalated, .decided, .undone, .ruleDisputed: true
        default: false
        }
    }
}
