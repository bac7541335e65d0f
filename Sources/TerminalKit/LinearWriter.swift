import Glibc

/// Append-only output for screen readers and pipes: whole lines of ``SafeText``, nothing else.
public struct LinearWriter: Sendable {
    private let descriptor: Int32

    /// Makes a writer to a file descriptor, which stays the caller's to close.
    public init(descriptor: Int32 = 1) { self.descriptor = descriptor }

    /// Writes the text and a line feed, without colour or cursor movement.
    ///
    /// - Returns: false when the reader is gone or the device is full.
    @discardableResult
    public func write(_ line: SafeText) -> Bool {
        FileDescriptorOutput.write(Array((line.plain + "\n").utf8), to: descriptor)
    }

    /// Writes each text as a line.
    @discardableResult
    public func write(_ lines: [SafeText]) -> Bool {
        let text = lines.reduce(into: "") { $0 += $1.plain + "\n" }
        return FileDescriptorOutput.write(Array(text.utf8), to: descriptor)
    }

    /// Writes a prompt without a line feed after it.
    @discardableResult
    public func prompt(_ text: SafeText) -> Bool {
        FileDescriptorOutput.write(Array(text.plain.utf8), to: descriptor)
    }
}

enum FileDescriptorOutput {
    /// Writes all bytes, whatever interrupts; waits with poll when the descriptor doesn't block.
    ///
    /// False on an error.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                sent += count
            } else if errno == EAGAIN {
                var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                if poll(&wait, 1, 1_000) == 0 { return false }
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }
}
