import Glibc

/// Reads lines from a file descriptor, waiting no longer than asked.
public final class LineReader {
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var isAtEnd = false

    /// Makes a reader; the descriptor stays the caller's to close.
    public init(descriptor: Int32 = 0) { self.descriptor = descriptor }

    /// The next line within a time; `nil` waits for ever.
    ///
    /// Bytes that are no UTF-8 become U+FFFD; lines over 64 KiB are cut there.
    public func next(within time: Duration?) -> LinearInput {
        let deadline = time.map { ContinuousClock.now + $0 }
        while true {
            if let line = takeLine() { return .line(line) }
            if isAtEnd { return .end }
            let wait = deadline.map { max(.zero, ContinuousClock.now.duration(to: $0)) }
            var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&request, 1, wait.map(Self.milliseconds) ?? -1)
            if ready == 0 { return .timedOut }
            if ready < 0 {
                if errno == EINTR { return .interrupt }
                return .end
            }
            read()
        }
    }

    private func read() {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        if count > 0 {
            buffer += bytes.prefix(count)
        } else if count == 0 || errno != EINTR {
            isAtEnd = true
        }
    }

    private func takeLine() -> String? {
        if let end = buffer.firstIndex(of: 0x0A) {
            let line = buffer[..<end]
            buffer.removeSubrange(...end)
            return String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
        }
        let isTooLong = buffer.count >= 65_536
        guard isTooLong || (isAtEnd && !buffer.isEmpty) else { return nil }
        defer { buffer = [] }
        return String(decoding: buffer, as: UTF8.self)
    }

    private static func milliseconds(_ time: Duration) -> Int32 {
        let (seconds, attoseconds) = time.components
        return Int32(clamping: min(seconds, 2_000_000) * 1000 + attoseconds / 1_000_000_000_000_000 + 1)
    }
}
