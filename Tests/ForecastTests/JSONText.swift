import Foundation
import Moderation

/// JSON as tests write it.
enum JSONText {
    static func value(_ text: String) throws -> JSONValue {
        try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    }
}
