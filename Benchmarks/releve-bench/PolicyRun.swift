import CVectorscan
import Foundation
import Glibc
import Moderation
import PolicyEngine

/// Measures what policies cost: one folder of them, one file of posts.
struct PolicyRun {
    private let bundle: PolicyBundle
    private let posts: [FlaggedPost]
    private let texts: [[CChar]]
    private let rounds: Int
    private let now = Timestamp(milliseconds: 1_772_357_400_000)

    /// - Parameter posts: a text on each line.
    init(policies: String, posts: String, rounds: Int) throws {
        let load = try PolicyLoader.load(directory: policies)
        guard let bundle = load.bundle, load.diagnostics.isEmpty else {
            throw load.diagnostics.first ?? Diagnostic(file: policies, line: 0, message: "no policy")
        }
        self.bundle = bundle
        self.rounds = rounds
        let lines = try String(contentsOfFile: posts, encoding: .utf8).split(separator: "\n")
        self.posts = lines.enumerated().map {
            FlaggedPost(
                source: "bench", externalID: String($0), body: String($1), kind: "post",
                flags: [Moderation.Flag(reason: "spam")])
        }
        texts = lines.map { $0.utf8.map { CChar(bitPattern: $0) } }
    }

    /// What loading and a second core cost, as lines of a name and a number: everything but ``compare(cacheDirectory:)``.
    func load(cacheDirectory: String) throws -> [(String, Double)] {
        try? FileManager.default.removeItem(atPath: cacheDirectory)
        let (compile, evaluator) = try timed { try Evaluator(bundle: bundle, cacheDirectory: cacheDirectory) }
        let loads = try (0..<5).map { _ in
            try timed { try Evaluator(bundle: bundle, cacheDirectory: cacheDirectory) }.0
        }
        var (one, two): ([Double], [Double]) = ([], [])
        for _ in 0..<rounds {
            one.append(wall(evaluator, threads: 1))
            two.append(wall(evaluator, threads: 2))
        }
        return [
            ("compile", compile), ("load", median(loads)), ("posts", Double(posts.count)),
            ("one", median(one)), ("two", median(two)),
        ]
    }

    /// What evaluating costs beside the bare scanner, with what is in the cache.
    func compare(cacheDirectory: String) throws -> [(String, Double)] {
        let evaluator = try Evaluator(bundle: bundle, cacheDirectory: cacheDirectory)
        let bare = try BareScan(evaluator.patternsForScanner())
        var (ours, theirs): ([Double], [Double]) = ([], [])
        var (found, matched) = (0, 0)
        for _ in 0..<rounds {
            matched = 0
            ours.append(cpu { found = findings(evaluator) })
            theirs.append(cpu { matched = bare.matches(in: texts) })
        }
        return [
            ("posts", Double(posts.count)), ("evaluate", median(ours)), ("bare", median(theirs)),
            ("findings", Double(found)), ("matches", Double(matched)), ("bytes", Double(bare.size)),
        ]
    }

    private func findings(_ evaluator: Evaluator) -> Int {
        posts.reduce(0) { $0 + evaluator.evaluate($1, now: now).findings.count }
    }

    /// Seconds until all posts are evaluated, each thread its share.
    private func wall(_ evaluator: Evaluator, threads: Int) -> Double {
        let start = ContinuousClock.now
        let share = posts.count / threads
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            for post in posts[thread * share..<(thread + 1) * share] {
                _ = evaluator.evaluate(post, now: now)
            }
        }
        return (ContinuousClock.now - start) / .seconds(1)
    }

    private func timed<Value>(_ body: () throws -> Value) rethrows -> (Double, Value) {
        let start = Self.processTime
        let value = try body()
        return (Self.processTime - start, value)
    }

    /// Processor time, which other programs on the machine disturb less than the clock on the wall.
    private func cpu(_ body: () -> Void) -> Double { timed(body).0 }

    private static var processTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}

/// The scanner alone: the same patterns, counted and nothing else done with them.
final class BareScan {
    private var database: OpaquePointer?
    private var scratch: OpaquePointer?
    let size: Int

    struct Failure: Error {}

    init(_ serialized: [UInt8]) throws {
        size = serialized.count
        let code = serialized.withUnsafeBytes {
            hs_deserialize_database(
                $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count, &database)
        }
        guard code == HS_SUCCESS, hs_alloc_scratch(database, &scratch) == HS_SUCCESS else { throw Failure() }
    }

    deinit {
        hs_free_scratch(scratch)
        hs_free_database(database)
    }

    func matches(in texts: [[CChar]]) -> Int {
        var count = 0
        withUnsafeMutablePointer(to: &count) { count in
            for text in texts {
                text.withUnsafeBufferPointer { text in
                    // As a list of one piece: so the patterns are compiled.
                    var start = text.baseAddress
                    var length = UInt32(text.count)
                    hs_scan_vector(
                        database, &start, &length, 1, 0, scratch,
                        { _, _, _, _, context in
                            context?.assumingMemoryBound(to: Int.self).pointee += 1
                            return 0
                        }, count)
                }
            }
        }
        return count
    }
}
