import Foundation
import Moderation

/// The clock of the machine that never jumps, counts its sleep, and reads the same in every process.
enum MachineClock {
    /// Time since the machine was started.
    static func uptime() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// The kernel's name of this start of the machine; `nil` where it gives none.
    static var start: String? {
        let text = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
        let name = text?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        return name.isEmpty ? nil : name
    }
}
