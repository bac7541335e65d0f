import Foundation
import Moderation

/// The machine's time of day.
enum WallClock {
    /// Now, in whole milliseconds.
    static func now() -> Timestamp {
        Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }
}
