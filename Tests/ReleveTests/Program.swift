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
    let store: String
    /// The store that commands are told of, as `RELEVE_STORE` names it.
    var address: String

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
    static let built = root + "/.build/debug/"

    /// - Parameter storeFolder: where the store is to be; usually beside everything else.
    init(storeFolder: String? = nil) throws {
        folder = NSTemporaryDirectory() + "releve-program-" + UUID().uuidString
        store = (storeFolder ?? folder) + "/site.sqlite"
        address = "sqlite:" + store
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func process(_ name: String, _ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.built + name)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: Self.root)
        var environment = ProcessInfo.processInfo.environment
        environment["RELEVE_STORE"] = address
        environment["XDG_CACHE_HOME"] = folder
        environment["XDG_DATA_HOME"] = folder
        environment["XDG_CONFIG_HOME"] = folder + "/config"
        environment["LC_ALL"] = "C.UTF-8"
        environment["RELEVE_LANG"] = language
        process.environment = environment
        return process
    }

    /// Runs to the end, or until it is killed; output goes through files, so that no pipe can fill up.
    ///
    /// - Parameters:
    ///   - target: the file that standard output goes to instead.
    ///   - killedAfter: after so many microseconds it is killed, unless it has ended.
    ///   - input: what comes on standard input; nothing when left out.
    func run(
        _ name: String, _ arguments: [String], to target: String? = nil, killedAfter: UInt32? = nil,
        input: String? = nil
    ) throws -> Output {
        try finish(process(name, arguments), to: target, killedAfter: killedAfter, input: input)
    }

    /// Runs the shell's commands in a file, in the repository's folder, without what names a site.
    func shell(_ file: String) throws -> Output {
        let process = process("releve", [file])
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.environment?["RELEVE_STORE"] = nil
        return try finish(process)
    }

    private func finish(
        _ process: Process, to target: String? = nil, killedAfter: UInt32? = nil, input: String? = nil
    ) throws -> Output {
        let base = folder + "/" + UUID().uuidString
        for suffix in [".out", ".err"] {
            _ = FileManager.default.createFile(atPath: base + suffix, contents: nil)
        }
        let out = try FileHandle(forWritingTo: URL(fileURLWithPath: target ?? base + ".out"))
        let error = try FileHandle(forWritingTo: URL(fileURLWithPath: base + ".err"))
        process.standardOutput = out
        process.standardError = error
        process.standardInput = FileHandle.nullDevice
        if let input {
            try Data(input.utf8).write(to: URL(fileURLWithPath: base + ".in"))
            process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: base + ".in"))
        }
        try process.run()
        if let killedAfter {
            usleep(killedAfter)
            kill(process.processIdentifier, SIGKILL)
        }
        process.waitUntilExit()
        func read(_ suffix: String) -> String {
            String(decoding: FileManager.default.contents(atPath: base + suffix) ?? Data(), as: UTF8.self)
        }
        return Output(code: process.terminationStatus, out: read(".out"), error: read(".err"))
    }

    func releve(_ arguments: String...) throws -> Output { try run("releve", arguments) }

    /// Runs until it is killed at a random moment, from before it begins to well after it has ended.
    func killed(_ arguments: [String], within duration: Duration) throws -> Output {
        let longest = UInt32(duration / .microseconds(1) * 1.2) + 10_000
        return try run("releve", arguments, killedAfter: UInt32.random(in: 0...longest))
    }

    func json(_ arguments: String...) throws -> [String: Any] {
        let output = try run("releve", arguments + ["--json"])
        return try JSONSerialization.jsonObject(with: Data(output.out.utf8)) as? [String: Any] ?? [:]
    }

    /// Takes in so many harmless posts.
    func fill(_ count: Int) throws -> Output { try releve("intake", try posts(count)) }

    /// A file of so many posts.
    func posts(_ count: Int, saying text: String = "hello") throws -> String {
        let lines = (0..<count).map {
            #"{"id":"\#($0)","source":"x","text":"\#(text) \#($0)","reason":"spam"}"#
        }
        let file = folder + "/posts.jsonl"
        try lines.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
        return file
    }

    func makeSite() throws -> Output { try releve("init", "--demo", "--policies", Self.root + "/Policies") }

    /// Makes a site with one small policy, which takes no time to compile.
    ///
    /// - Parameter selections: others of the policy's rule, which nothing uses.
    func makeSmallSite(unused selections: String = "") throws -> Output {
        let policies = folder + "/Policies"
        try FileManager.default.createDirectory(atPath: policies, withIntermediateDirectories: true)
        let policy = """
            id: rude
            title: {en: Rude, fr: Grossier}
            guidance: {en: Look., fr: Regardez.}
            neutral: {en: A post., fr: Un message.}
            dsa: {category: STATEMENT_CATEGORY_VIOLENCE}
            hazard: mild
            actions: [remove, keep]
            rules:
              - id: rude/word
                selections: {word: {body: {any_word: [rude]}}\(selections)}
                when: word
                recommend: remove
                examples: {match: [so rude], pass: [so kind]}
            """
        try policy.write(toFile: policies + "/rude.yaml", atomically: true, encoding: .utf8)
        return try releve("init", "--demo", "--policies", policies)
    }
}
