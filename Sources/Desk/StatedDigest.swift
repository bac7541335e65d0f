import Crypto
import Ledger

/// SHA-256 over the numbers of decisions in their order, in decimal, each with a line feed: how an entry tells which
/// decisions an export stated for the first time.
///
/// A decision's number counts the decisions of the ledger from 1, so that the entries alone say which is meant.
struct StatedDigest {
    private var hash = SHA256()
    /// How many numbers it has taken.
    private(set) var count: Int64 = 0

    /// Takes the next number.
    mutating func take(_ number: Int64) {
        hash.update(data: Array("\(number)\n".utf8))
        count += 1
    }

    /// In hexadecimal.
    var hex: String { Hexadecimal.string(Array(hash.finalize())) }
}
