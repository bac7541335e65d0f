import Foundation

/// The built programs, run on a site of their own.
final class Program {
    struct Output {
        let code: Int32
        let out: String
        let error: String
    }

    let folder: String
    /// The language it is asked to speak; `nil` for the environment's.
    var language: String?
    var store: String { folder + "/site.sqlite" }

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
    static let built = root + "/.build/debug/"

    init() throws {
        folder = NSTemporaryDirectory() + "releve-program-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func process(_ name: String, _ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.built + name)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: Self.root)
        var environment = ProcessInfo.processInfo.environment
        environment["RELEVE_STORE"] = "sqlite:" + store
        environment["XDG_CACHE_HOME"] = folder
        environment["LC_ALL"] = "C.UTF-8"
        environment["RELEVE_LANG"] = language
        process.environment = environment
        return process
    }

    /// Runs to the end; output goes through files, so that no pipe can fill up.
    func run(_ name: String, _ arguments: [String]) throws -> Output {
        let process = process(name, arguments)
        let base = folder + "/" + UUID().uuidString
        for suffix in [".out", ".err"] {
            _ = FileManager.default.createFile(atPath: base + suffix, contents: nil)
        }
        let out = try FileHandle(forWritingTo: URL(fileURLWithPath: base + ".out"))
        let error = try FileHandle(forWritingTo: URL(fileURLWithPath: base + ".err"))
        process.standardOutput = out
        process.standardError = error
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        func read(_ suffix: String) -> String {
            String(decoding: FileManager.default.contents(atPath: base + suffix) ?? Data(), as: UTF8.self)
        }
        return Output(code: process.terminationStatus, out: read(".out"), error: read(".err"))
    }

    func releve(_ arguments: String...) throws -> Output { try run("releve", arguments) }

    func json(_ arguments: String...) throws -> [String: Any] {
        let output = try run("releve", arguments + ["--json"])
        return try JSONSerialization.jsonObject(with: Data(output.out.utf8)) as? [String: Any] ?? [:]
    }

    /// Takes in so many harmless posts.
    func fill(_ count: Int) throws -> Output {
        let lines = (0..<count).map { #"{"id":"\#($0)","source":"x","text":"hello \#($0)","reason":"spam"}"# }
        try lines.joined(separator: "\n").write(
            toFile: folder + "/posts.jsonl", atomically: true, encoding: .utf8)
        return try releve("intake", folder + "/posts.jsonl")
    }

    func makeSite() throws -> Output { try releve("init", "--demo", "--policies", Self.root + "/Policies") }
}
