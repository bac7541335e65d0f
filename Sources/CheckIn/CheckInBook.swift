import Crypto
import Foundation
public import Moderation

/// A person's check-ins: bytes that only their passphrase opens.
///
///     var book = try CheckInBook.begun(passphrase: "six words that I won't forget ever")
///     try book.add(CheckIn(at: now, level: 3, note: "long day"))
///     let all = try book.read(passphrase: "six words that I won't forget ever")
///
/// Each is sealed by itself for a public key (HPKE, RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305). The private
/// key is sealed (ChaCha20-Poly1305) under a key that scrypt makes of the passphrase. So adding needs no passphrase,
/// and during work no secret is in memory. Without the passphrase nothing opens them, for anybody: it is kept
/// nowhere, and there is no second way.
public struct CheckInBook: Hashable, Sendable {
    /// The shortest passphrase taken, in characters.
    public static let shortestPassphrase = 12

    /// How many there are.
    public var count: Int { sealed.count }

    let cost: PassphraseCost
    let salt: [UInt8]
    let publicKey: [UInt8]
    let lockedKey: [UInt8]
    /// Each an encapsulated key and a box.
    private(set) var sealed: [[UInt8]]

    /// A new book.
    ///
    /// - Parameter cost: other than the standard only in tests.
    public static func begun(passphrase: String, cost: PassphraseCost = .standard) throws -> CheckInBook {
        try demandLength(passphrase)
        return try locked(Curve25519.KeyAgreement.PrivateKey(), passphrase, cost: cost, sealed: [])
    }

    /// Adds a check-in; what is there needs not be opened.
    public mutating func add(_ checkIn: CheckIn) throws {
        let key = try Curve25519.KeyAgreement.PublicKey(rawRepresentation: publicKey)
        var sender = try HPKE.Sender(recipientKey: key, ciphersuite: Self.suite, info: Data(Self.purpose))
        let box = try sender.seal(Self.padded(checkIn), authenticating: Data(publicKey))
        sealed.append(Array(sender.encapsulatedKey) + Array(box))
    }

    /// All of them, in the order they were added.
    public func read(passphrase: String) throws -> [CheckIn] {
        let key = try unlock(passphrase)
        return try sealed.map { try open($0, with: key) }
    }

    /// The same check-ins under another passphrase.
    public func changed(from passphrase: String, to new: String, cost: PassphraseCost = .standard) throws
        -> CheckInBook
    {
        try Self.demandLength(new)
        return try Self.locked(unlock(passphrase), new, cost: cost, sealed: sealed)
    }

    /// Leaves out the one at that place, oldest first from 0; nothing has to be opened for that.
    public mutating func remove(at place: Int) {
        if sealed.indices.contains(place) { sealed.remove(at: place) }
    }

    // MARK: Keys

    private static let suite = HPKE.Ciphersuite.Curve25519_SHA256_ChachaPoly
    private static let purpose = Array("releve check-in 1".utf8)

    private static func demandLength(_ passphrase: String) throws {
        guard passphrase.count >= shortestPassphrase else { throw CheckInError.tooShort }
    }

    private static func locked(
        _ key: Curve25519.KeyAgreement.PrivateKey, _ passphrase: String, cost: PassphraseCost,
        sealed: [[UInt8]]
    ) throws -> CheckInBook {
        var random = SystemRandomNumberGenerator()
        let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let publicKey = Array(key.publicKey.rawRepresentation)
        let box = try ChaChaPoly.seal(
            key.rawRepresentation, using: cost.key(from: passphrase, salt: salt),
            authenticating: header(cost, salt, publicKey))
        return CheckInBook(
            cost: cost, salt: salt, publicKey: publicKey, lockedKey: Array(box.combined), sealed: sealed)
    }

    private func unlock(_ passphrase: String) throws -> Curve25519.KeyAgreement.PrivateKey {
        let key = try cost.key(from: passphrase, salt: salt)
        guard let box = try? ChaChaPoly.SealedBox(combined: Data(lockedKey)),
            let bytes = try? ChaChaPoly.open(
                box, using: key, authenticating: Self.header(cost, salt, publicKey)),
            let found = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: bytes)
        else { throw CheckInError.wrongPassphrase }
        return found
    }

    /// What stands before the sealed private key, and is bound to it: nobody can put another public key in its place.
    static func header(_ cost: PassphraseCost, _ salt: [UInt8], _ publicKey: [UInt8]) -> Data {
        Data(
            magic + [UInt8(cost.logN), UInt8(cost.blockSize), UInt8(cost.parallelism)] + salt + publicKey)
    }

    static let magic = Array("releve-check-in\n".utf8) + [1]

    // MARK: Boxes

    /// Level, time and note at one length for all.
    private static func padded(_ checkIn: CheckIn) throws -> Data {
        var bytes = Array(try JSONEncoder().encode(checkIn))
        guard bytes.count <= plainLength else { throw CheckInError.damaged(path: "") }
        bytes += [UInt8](repeating: UInt8(ascii: " "), count: plainLength - bytes.count)
        return Data(bytes)
    }

    private func open(_ sealed: [UInt8], with key: Curve25519.KeyAgreement.PrivateKey) throws -> CheckIn {
        do {
            var recipient = try HPKE.Recipient(
                privateKey: key, ciphersuite: Self.suite, info: Data(Self.purpose),
                encapsulatedKey: Data(sealed.prefix(Self.keyLength)))
            let plain = try recipient.open(
                Data(sealed.dropFirst(Self.keyLength)), authenticating: Data(publicKey))
            return try JSONDecoder().decode(CheckIn.self, from: plain)
        } catch { throw CheckInError.damaged(path: "") }
    }

    static let keyLength = 32
    static let tagLength = 16
    /// Room for a note whose every byte JSON escapes.
    static let plainLength = 6 * CheckIn.longestNote + 128
    static var sealedLength: Int { keyLength + plainLength + tagLength }
}
