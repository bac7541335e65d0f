#if Postgres
import Foundation
import Glibc
import Synchronization

/// Stands between a client and a server on unix sockets, and cuts the connection when it is told to.
final class CuttingProxy: Sendable {
    /// When the line is cut.
    enum Cut: Sendable {
        /// Before the server hears of the next `COMMIT`.
        case beforeCommit
        /// When the server has heard it and answered, and the answer is not passed on.
        case afterCommit
    }

    let folder: String
    private let server: String
    private let listener: Int32
    private let cut = Mutex<Cut?>(nil)
    private let cuts = Mutex(0)

    /// Listens in a folder of its own, for a server that listens in another.
    init(to server: String) throws {
        self.server = server
        folder = "/tmp/releve-proxy-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        listener = Self.socket()
        let bound = Self.with(address: folder) { bind(listener, $0, $1) }
        guard bound == 0, listen(listener, 64) == 0 else { throw CocoaError(.fileWriteUnknown) }
        let accepting = Thread { [self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                Thread { [self] in serve(client) }.start()
            }
        }
        accepting.start()
    }

    /// How often the line was cut.
    var count: Int { cuts.withLock { $0 } }

    /// Cuts the next commit.
    func cutNext(_ cut: Cut) { self.cut.withLock { $0 = cut } }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        try? FileManager.default.removeItem(atPath: folder)
    }

    private func serve(_ client: Int32) {
        let upstream = Self.socket()
        guard Self.with(address: server, { connect(upstream, $0, $1) }) == 0 else {
            close(upstream)
            close(client)
            return
        }
        let isCut = Mutex(false)
        let answered = DispatchSemaphore(value: 0)
        Thread { [self] in
            // From the server to the client; after a cut nothing is passed on.
            Self.pump(from: upstream, to: client) { _ in
                if isCut.withLock({ $0 }) {
                    cuts.withLock { $0 += 1 }
                    return false
                }
                return true
            }
            answered.signal()
        }.start()
        Self.pump(from: client, to: upstream) { [self] bytes in
            guard Self.holdsCommit(bytes),
                let now = cut.withLock({ cut in
                    defer { cut = nil }
                    return cut
                })
            else { return true }
            switch now {
            case .beforeCommit:
                cuts.withLock { $0 += 1 }
                return false
            case .afterCommit:
                isCut.withLock { $0 = true }
                return true
            }
        }
        answered.wait()
        close(client)
        close(upstream)
    }

    /// Whether a `COMMIT` is among what is sent: by itself, or behind the statements that it ends.
    private static func holdsCommit(_ bytes: [UInt8]) -> Bool {
        let word = Array("COMMIT\0".utf8)
        return bytes.indices.contains { bytes[$0] == word[0] && bytes[$0...].starts(with: word) }
    }

    /// Passes bytes on while a body allows it, then ends both lines.
    private static func pump(from: Int32, to: Int32, _ mayPass: ([UInt8]) -> Bool) {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = recv(from, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            let bytes = Array(buffer[..<count])
            guard mayPass(bytes) else { break }
            guard send(to, bytes, count, Int32(MSG_NOSIGNAL)) == count else { break }
        }
        shutdown(from, Int32(SHUT_RDWR))
        shutdown(to, Int32(SHUT_RDWR))
    }

    private static func socket() -> Int32 { Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0) }

    private static func with(
        address folder: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { path in
            for (index, byte) in (folder + "/.s.PGSQL.5432").utf8.enumerated() where index < path.count - 1 {
                path[index] = byte
            }
        }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
#endif
