import Desk
import TerminalKit

@testable import Console

/// A terminal in memory whose time is a clock moved by hand: waiting for a deadline takes that long.
final class TimedTerminal: Terminal {
    enum Step {
        case event(Event)
        /// Nothing is pressed for so long.
        case rest(Duration)
    }

    let size: Size
    let capabilities = TerminalCapabilities.usual
    private(set) var pictures: [String] = []
    private(set) var isClosed = false
    var hasPendingInput: Bool { false }
    var waker: TerminalWaker { TerminalWaker {} }
    private var steps: [Step]
    private let clock: ManualClock

    init(_ clock: ManualClock, _ steps: [Step], size: Size = Size(rows: 24, columns: 80)) {
        self.size = size
        self.clock = clock
        self.steps = steps
    }

    func draw(_ frame: Frame) { pictures.append(frame.pictured) }

    func nextEvent(timeout: Duration?) -> Event {
        guard let step = steps.first else { return .hangup }
        switch step {
        case .event(let event):
            steps.removeFirst()
            clock.advance(by: .seconds(2))
            return event
        case .rest(let left):
            guard let timeout, timeout < left else {
                steps.removeFirst()
                clock.advance(by: left)
                return .woken
            }
            steps[0] = .rest(left - timeout)
            clock.advance(by: timeout)
            return .deadline
        }
    }

    func setMouse(_ on: Bool) {}
    func suspend() {}
    func close() { isClosed = true }

    static func keys(_ text: String) -> [Step] {
        text.map { .event(.key($0 == "\n" ? .enter : .character($0))) }
    }
}
