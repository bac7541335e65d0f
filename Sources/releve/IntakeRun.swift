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
    let progress: Progress
    private let options: IntakeOptions
    private let writer: BatchWriter
    /// Small at first, so that the writer soon has something to do.
    private var batch = 512
    private var posts: [FlaggedPost] = []
    private var rejected: [RejectedRecord] = []
    private(set) var count = IntakeCount()
    var problems: [String] = []

    init(desk: Desk, options: IntakeOptions, file: String, progress: Progress) {
        self.desk = desk
        self.file = file
        self.progress = progress
        var options = options
        if options.source.isEmpty {
            let name = file == "-" ? "stdin" : URL(fileURLWithPath: file).lastPathComponent
            options.source = String(name.prefix { $0 != "." })
            if options.source.isEmpty { options.source = "file" }
        }
        self.options = options
        writer = BatchWriter(desk: desk)
    }

    mutating func takeIn(path: String) throws {
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
        if posts.count + rejected.count >= batch { try flush() }
    }

    private mutating func flush() throws {
        guard !posts.isEmpty || !rejected.isEmpty else { return }
        try writer.keep(try desk.prepare(posts), rejected: rejected)
        batch = min(batch * 2, Self.largestBatch)
        posts.removeAll(keepingCapacity: true)
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
        /// What was kept, to be given up by the thread that made it: memory goes back without a fight for it.
        var spent: [PreparedPosts] = []
    }

    private let desk: Desk
    private let queue = DispatchQueue(label: "releve.intake.writer")
    private let room = DispatchSemaphore(value: 2)
    private let state = Mutex(State())

    init(desk: Desk) { self.desk = desk }

    var count: IntakeCount { state.withLock(\.count) }

    func keep(_ posts: PreparedPosts, rejected: [RejectedRecord]) throws {
        if let error = state.withLock(\.error) { throw error }
        room.wait()
        // Dropped outside the lock.
        _ = state.withLock { state in
            defer { state.spent = [] }
            return state.spent
        }
        queue.async { [self] in
            defer { room.signal() }
            guard state.withLock(\.error) == nil else { return }
            do throws(DeskError) {
                let kept = try desk.keep(posts, rejected: rejected)
                state.withLock {
                    $0.count += kept
                    $0.spent.append(posts)
                }
            } catch {
                state.withLock { $0.error = error }
            }
        }
    }

    /// Waits for all batches.
    func finish() throws {
        queue.sync {}
        if let error = state.withLock(\.error) { throw error }
    }
}
