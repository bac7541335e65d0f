extension Schema {
    /// For which decisions statements of reasons were exported, and when first.
    static let exports = [
        "CREATE TABLE statements (decision INTEGER PRIMARY KEY, at INTEGER NOT NULL)"
    ]
}
