/// A number of an entry in four bytes; there is one for each of millions of posts.
///
/// Holds 0 to 2^32 − 3, more entries than fit a disk; larger ones stay at the greatest, and so are found to differ.
@propertyWrapper
public struct Narrow: Hashable, Sendable {
    fileprivate static let greatest = UInt32.max - 2
    private var stored: UInt32

    /// Narrows a number.
    public init(wrappedValue: Int64) { stored = UInt32(clamping: min(wrappedValue, Int64(Self.greatest))) }

    /// The number.
    public var wrappedValue: Int64 {
        get { Int64(stored) }
        set { self = Narrow(wrappedValue: newValue) }
    }
}

/// A number of an entry, or none, in four bytes.
@propertyWrapper
public struct NarrowIfAny: Hashable, Sendable {
    private var stored: UInt32

    /// Narrows a number, if there is one.
    public init(wrappedValue: Int64?) {
        stored = wrappedValue.map { UInt32(clamping: min($0, Int64(Narrow.greatest))) } ?? .max
    }

    /// The number, if there is one.
    public var wrappedValue: Int64? {
        get { stored == .max ? nil : Int64(stored) }
        set { self = NarrowIfAny(wrappedValue: newValue) }
    }
}
