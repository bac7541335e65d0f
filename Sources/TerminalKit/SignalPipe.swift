import Glibc

/// A pipe that signals and other threads write to and the event loop polls, so that nothing ticks at rest.
final class SignalPipe: Sendable {
    let readEnd: Int32
    let writeEnd: Int32
    static let wakeByte: UInt8 = 0xFF

    init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        readEnd = ends[0]
        writeEnd = ends[1]
    }

    deinit {
        Glibc.close(readEnd)
        Glibc.close(writeEnd)
    }

    /// A full pipe has woken the reader already.
    func wake() {
        var byte = Self.wakeByte
        _ = Glibc.write(writeEnd, &byte, 1)
    }

    /// The signals and wake-ups since the last time.
    func drain() -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = Glibc.read(readEnd, &buffer, buffer.count)
        return count > 0 ? Array(buffer.prefix(count)) : []
    }
}

/// What to do when a signal comes: report it through a pipe, or, if it is fatal, first give the terminal
/// back.
///
/// Signal handlers may only touch memory that was prepared for them and call `write`, `tcsetattr`,
/// `sigaction` and
/// `raise`; this is that memory. One terminal at a time.
enum SignalWatch {
    private struct Prepared {
        var pipe: Int32
        var output: Int32
        var mode: termios
        var bytes: UnsafeMutableBufferPointer<UInt8>
        var isArmed: Bool
        var former: UnsafeMutableBufferPointer<sigaction>
    }

    // Written only while no handler is installed; handlers read it.
    private nonisolated(unsafe) static var prepared: UnsafeMutablePointer<Prepared>?
    private nonisolated(unsafe) static var isAtExitSet = false

    private static let reported = [SIGWINCH, SIGTERM, SIGHUP, SIGTSTP, SIGCONT, SIGINT]
    private static let fatal = [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGQUIT]

    /// Whether a terminal is being watched over.
    static var isActive: Bool { prepared != nil }

    /// Starts watching.
    ///
    /// `restoring` is what gives the terminal's screen back, `mode` its line mode.
    static func start(pipe: Int32, output: Int32, mode: termios, restoring bytes: [UInt8]) {
        stop()
        let kept = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, bytes.count))
        _ = kept.initialize(from: bytes)
        let former = UnsafeMutableBufferPointer<sigaction>.allocate(capacity: 65)
        former.initialize(repeating: sigaction())
        let memory = UnsafeMutablePointer<Prepared>.allocate(capacity: 1)
        memory.initialize(
            to: Prepared(
                pipe: pipe, output: output, mode: mode,
                bytes: UnsafeMutableBufferPointer(rebasing: kept[0..<bytes.count]), isArmed: true,
                former: former))
        prepared = memory
        for signal in reported { install(signal, onReported, flags: SA_RESTART) }
        for signal in fatal { install(signal, onFatal, flags: 0) }
        if !isAtExitSet {
            isAtExitSet = true
            atexit { SignalWatch.restore() }
        }
    }

    /// Puts all handlers back as they were.
    static func stop() {
        guard let memory = prepared else { return }
        memory.pointee.isArmed = false
        for signal in reported + fatal { sigaction(signal, &memory.pointee.former[Int(signal)], nil) }
        prepared = nil
        memory.pointee.bytes.baseAddress?.deallocate()
        memory.pointee.former.deallocate()
        memory.deallocate()
    }

    /// Whether the terminal must be given back when the program dies.
    static func setArmed(_ armed: Bool) { prepared?.pointee.isArmed = armed }

    /// Stops the whole job, as the terminal's own Ctrl-Z would; returns when it goes on.
    static func stopJob() {
        var standard = sigaction()
        standard.__sigaction_handler.sa_handler = SIG_DFL
        var watched = sigaction()
        sigaction(SIGTSTP, &standard, &watched)
        kill(0, SIGTSTP)
        sigaction(SIGTSTP, &watched, nil)
    }

    private static func install(
        _ signal: Int32, _ action: @escaping @convention(c) (Int32) -> Void, flags: Int32
    ) {
        guard let memory = prepared else { return }
        var new = sigaction()
        new.__sigaction_handler.sa_handler = action
        new.sa_flags = flags
        sigemptyset(&new.sa_mask)
        sigaction(signal, &new, &memory.pointee.former[Int(signal)])
    }

    private static let onReported: @convention(c) (Int32) -> Void = { signal in
        let saved = errno
        if let memory = SignalWatch.prepared {
            var byte = UInt8(truncatingIfNeeded: signal)
            _ = Glibc.write(memory.pointee.pipe, &byte, 1)
        }
        errno = saved
    }

    private static let onFatal: @convention(c) (Int32) -> Void = { signal in
        SignalWatch.restore()
        if let memory = SignalWatch.prepared {
            sigaction(signal, &memory.pointee.former[Int(signal)], nil)
        }
        raise(signal)
    }

    private static func restore() {
        guard let memory = prepared, memory.pointee.isArmed else { return }
        memory.pointee.isArmed = false
        _ = Glibc.write(memory.pointee.output, memory.pointee.bytes.baseAddress, memory.pointee.bytes.count)
        tcsetattr(memory.pointee.output, TCSANOW, &memory.pointee.mode)
    }
}
