/// Numbers by which a store finds posts that may say the same; whether they do is told by their texts alone.
public struct LikenessKeys: Hashable, Sendable {
    /// The same for posts that are identical once folded.
    public var exact: Int64
    /// Bands of the text's MinHash, of which near-identical posts share at least one; empty for short texts.
    public var bands: [Int64]

    /// How many bands a long text has.
    public static let bandCount = 4

    /// Makes keys.
    public init(exact: Int64, bands: [Int64]) {
        self.exact = exact
        self.bands = bands
    }
}
