import Foundation
import Testing

/// Holds `body` to a minute of its own thread's processor time: whatever is hostile must end within a bound, and
/// that bound is not moved by what else the machine has to do.
func withinAMinute<Result>(
    _ body: () throws -> Result, sourceLocation: SourceLocation = #_sourceLocation
) rethrows -> Result {
    let start = processorTime()
    defer {
        let taken = processorTime() - start
        #expect(taken < 60, "it took \(taken) s of processor time", sourceLocation: sourceLocation)
    }
    return try body()
}

private func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
