import Foundation
import Store
import Synchronization

/// Small values kept as JSON in a column.
enum Card {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Cards that are read in every transaction and seldom change, by their text.
    private static let known = Mutex<[String: any Sendable]>([:])

    /// A value read before, or read now and kept for the next time.
    static func known<Value: Decodable & Sendable>(_: Value.Type, _ text: String, of what: String) throws
        -> Value
    {
        if let value = known.withLock({ $0[text] as? Value }) { return value }
        let value = try value(Value.self, text, of: what)
        known.withLock {
            if $0.count >= 500 { $0.removeAll() }
            $0[text] = value
        }
        return value
    }

    static func value<Value: Decodable>(_: Value.Type, _ text: String, of what: String) throws -> Value {
        do { return try JSONDecoder().decode(Value.self, from: Data(text.utf8)) } catch {
            throw StoreError.damaged(what)
        }
    }
}
