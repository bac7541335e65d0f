import Foundation
import PolicyEngine
import Testing

/// One defect, and exactly what is said of it.
struct GoldenCase: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let messages: [String]

    init(_ old: String, _ new: String, _ messages: [String]) {
        self.old = old
        self.new = new
        self.messages = messages
    }

    var testDescription: String { messages.first ?? new }
}
