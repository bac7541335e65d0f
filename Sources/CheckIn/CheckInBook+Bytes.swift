/// The form of the file: magic and form (17 bytes), log₂ N, r, p (1 each), salt (16), public key (32), the sealed private
/// key (12 + 32 + 16), then check-ins of one length each.
extension CheckInBook {
    static let headLength = magic.count + 3 + 16 + 32 + 60

    /// All of it.
    public var bytes: [UInt8] {
        Array(Self.header(cost, salt, publicKey)) + lockedKey + sealed.joined()
    }

    /// Reads what ``bytes`` gave; `path` is for the error.
    public init(bytes: [UInt8], path: String) throws(CheckInError) {
        let magic = Self.magic
        guard bytes.count >= Self.headLength, bytes.starts(with: magic.dropLast()) else {
            throw .damaged(path: path)
        }
        guard bytes[magic.count - 1] == 1 else { throw .tooNew(path: path) }
        var rest = bytes.dropFirst(magic.count)
        func take(_ count: Int) -> [UInt8] {
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
        }
        let figures = take(3).map(Int.init)
        let cost = PassphraseCost(logN: figures[0], blockSize: figures[1], parallelism: figures[2])
        guard cost.isBearable else { throw .damaged(path: path) }
        let salt = take(16)
        let publicKey = take(32)
        let lockedKey = take(60)
        guard rest.count.isMultiple(of: Self.sealedLength) else { throw .damaged(path: path) }
        var sealed: [[UInt8]] = []
        while !rest.isEmpty { sealed.append(take(Self.sealedLength)) }
        self.init(
            cost: cost, salt: salt, publicKey: publicKey, lockedKey: lockedKey, sealed: sealed)
    }
}
