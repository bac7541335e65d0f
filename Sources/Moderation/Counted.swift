extension Dictionary where Key: Comparable, Value: Comparable {
    /// What is counted, the most first, and by name where counts are the same.
    public var mostFirst: [(key: Key, value: Value)] {
        sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    }
}
