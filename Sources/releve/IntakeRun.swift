import Desk
import Dispatch
import Foundation
import Intake
import Moderation
import Store
import Synchronization

/// Takes one file in: read here, evaluated on all cores, and kept by one writer behind it.
struct IntakeRun {
    private static let largestBatch = 8192

    let desk: Desk
    let file: String
    private let path: String
    let progress: Progress
    private let options: IntakeOptions
    private let writer: BatchWriter
    /// So many are prepared at a time, soon after they were read.
    private static let largestPiece = 1024

    /// Small at first, so that the writer soon has something to do.
    private var batch = 512
    private var posts: [FlaggedPost] = []
    private var prepared = PreparedPosts()
    private var preparedCount = 0
    private var rejected: [RejectedRecord] = []
    private(set) var count = IntakeCount()
    var problems: [String] = []

    /// - Parameters:
    ///   - file: the name of the file.
    ///   - path: where it is.
    init(desk: Desk, options: IntakeOptions, file: String, path: String, progress: Progress) {
        self.desk = desk
        self.file = file
        self.path = path
        self.progress = progress
        var options = options
        if options.source.isEmpty {
            let name = file == "-" ? "stdin" : URL(fileURLWithPath: file).lastPathComponent
            options.source = String(name.prefix { $0 != "." })
            if options.source.isEmpty { options.source = "file" }
        }
        self.options = options
        writer = BatchWriter(desk: desk, isDurableLater: RecordFile.canBeReadAgain(path))
    }

    mutating func takeIn() throws {
        var run = self
        defer { self = run }
        let sink = RunBox(run)
        defer { run = sink.run }
        do {
            try RecordFile.read(path: path, options: options) { done, total in
                let count = sink.run.writer.count
                let rate = Int(
                    Double(count.total)
                        / max(0.001, Double(sink.run.progress.elapsed.wholeMilliseconds) / 1000))
                sink.run.progress.report(done: done, of: total, detail: "\(count.total) posts, \(rate)/s")
            } emit: { record in
                try sink.run.take(record)
            }
        } catch {
            try sink.run.finish()
            throw error
        }
        try sink.run.finish()
    }

    private mutating func take(_ record: IntakeRecord) throws {
        switch record.result {
        case .success(let post): posts.append(post)
        case .failure(let error):
            let line = "\(file):\(record.line): \(error)"
            problems.append(line)
            progress.finish()
            Output.note("releve: " + line)
            rejected.append(
                RejectedRecord(
                    file: file, line: record.line, reason: error.description, bytes: record.bytes,
                    rejectedAt: desk.clock.now().wall))
        }
        if posts.count >= Self.largestPiece { try prepare() }
        if preparedCount + posts.count + rejected.count >= batch { try flush() }
    }

    private mutating func prepare() throws {
        guard !posts.isEmpty else { return }
        // A writer that must share its core falls behind, and is waited for in the end.
        prepared += try desk.prepare(posts, leaving: writer.isBusy ? 1 : 0)
        preparedCount += posts.count
        posts.removeAll(keepingCapacity: true)
    }

    private mutating func flush() throws {
        try prepare()
        guard preparedCount > 0 || !rejected.isEmpty else { return }
        try writer.keep(prepared, rejected: rejected)
        batch = min(batch * 2, Self.largestBatch)
        prepared = PreparedPosts()
        preparedCount = 0
        rejected.removeAll(keepingCapacity: true)
    }

    /// Keeps what is left; however that ends, what was kept is counted.
    private mutating func finish() throws {
        defer { count = writer.count }
        try flush()
        try writer.finish()
    }

    static func summarize(_ count: IntakeCount, elapsed: Duration) {
        let seconds = max(0.001, Double(elapsed.wholeMilliseconds) / 1000)
        Output.line(
            "\(count.new) new, \(count.updated) flagged again, \(count.unchanged) known, \(count.rejected) rejected"
                + " (\(Int(Double(count.total) / seconds)) posts/s)")
        if count.rejected > 0 { Output.note("see them again with: releve queue rejected") }
    }

    /// Lets the closures that read a file change the run.
    private final class RunBox {
        var run: IntakeRun
        init(_ run: IntakeRun) { self.run = run }
    }
}

/// Keeps batches in order on a thread of its own, at most two behind the reader.
final class BatchWriter: Sendable {
    private struct State {
        var count = IntakeCount()
        var error: DeskError?
        /// Batches handed over and not kept yet.
        var waiting = 0
        /// What was kept, to be given up by the thread that made it: memory goes back without a fight for it.
        var spent: [PreparedPosts] = []
    }

    private let desk: Desk
    private let isDurableLater: Bool
    private let queue = DispatchQueue(label: "releve.intake.writer")
    private let room = DispatchSemaphore(value: 2)
    private let state = Mutex(State())

    /// - Parameter isDurableLater: whether nothing waits for the disk before ``finish()``.
    init(desk: Desk, isDurableLater: Bool) {
        self.desk = desk
        self.isDurableLater = isDurableLater
    }

    var count: IntakeCount { state.withLock(\.count) }

    /// Whether something handed over is not kept yet.
    var isBusy: Bool { state.withLock { $0.waiting > 0 } }

    func keep(_ posts: PreparedPosts, rejected: [RejectedRecord]) throws {
        if let error = state.withLock(\.error) { throw error }
        room.wait()
        // Dropped outside the lock.
        _ = state.withLock { state in
            state.waiting += 1
            defer { state.spent = [] }
            return state.spent
        }
        queue.async { [self] in
            defer {
                state.withLock { $0.waiting -= 1 }
                room.signal()
            }
            guard state.withLock(\.error) == nil else { return }
            do throws(DeskError) {
                let kept = try desk.keep(posts, rejected: rejected, durableLater: isDurableLater)
                state.withLock {
                    $0.count += kept
                    $0.spent.append(posts)
                }
            } catch {
                state.withLock { $0.error = error }
            }
        }
    }

    /// Waits for all batches, and for the disk.
    func finish() throws {
        queue.sync {}
        let error = state.withLock(\.error)
        // What was kept before an error is counted as taken in.
        if isDurableLater { do { try desk.settleIntake() } catch { throw state.withLock(\.error) ?? error } }
        if let error { throw error }
    }
}
