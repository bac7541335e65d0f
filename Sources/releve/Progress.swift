import Foundation

/// Progress of long work: a bar with rate and time left on a terminal, a plain line now and then elsewhere.
final class Progress {
    private let what: String
    private let start = ContinuousClock.now
    private var shown: ContinuousClock.Instant?
    private var lastPlain = ContinuousClock.now

    init(what: String) { self.what = what }

    /// Says how far the work is; `total` unknown leaves out bar and time left.
    func report(done: Int64, of total: Int64?, detail: String = "") {
        let now = ContinuousClock.now
        if Output.isErrorTerminal {
            if let shown, now - shown < .milliseconds(100) { return }
            shown = now
            Output.status(line(done: done, total: total, detail: detail, elapsed: now - start))
        } else if now - lastPlain > .seconds(10) {
            lastPlain = now
            Output.note(line(done: done, total: total, detail: detail, elapsed: now - start))
        }
    }

    func finish() { Output.clearStatus() }

    var elapsed: Duration { ContinuousClock.now - start }

    private func line(done: Int64, total: Int64?, detail: String, elapsed: Duration) -> String {
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        let rate = seconds > 0.2 ? Double(done) / seconds : 0
        var parts: [String] = []
        if let total, total > 0 {
            let share = min(1, Double(done) / Double(total))
            let filled = Int(share * 20)
            parts.append(String(repeating: "█", count: filled) + String(repeating: "░", count: 20 - filled))
            parts.append("\(Int(share * 100)) %")
            if rate > 0 { parts.append("\(Self.time(Double(max(0, total - done)) / rate)) left") }
        }
        if detail.isEmpty, rate > 0 { parts.append("\(Int(rate)) \(what)/s") }
        if !detail.isEmpty { parts.append(detail) }
        return parts.joined(separator: "  ")
    }

    private static func time(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded(.up))
        return whole >= 60 ? "\(whole / 60) min \(whole % 60) s" : "\(whole) s"
    }
}
