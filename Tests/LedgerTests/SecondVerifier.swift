import Foundation

/// The second verifier.
struct Python {
    let program: String

    /// An interpreter that has `cryptography`.
    static func withCryptography() -> Python? {
        let candidates =
            ["/usr/bin/python3"]
            + (ProcessInfo.processInfo.environment["PATH"] ?? "")
            .split(separator: ":").map { "\($0)/python3" }
        return candidates.lazy.filter { FileManager.default.isExecutableFile(atPath: $0) }
            .map { Python(program: $0) }.first {
                (try? $0.execute(["-c", "import cryptography"], input: "")) != nil
            }
    }

    func run(_ arguments: [String], input: String) throws -> String {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/verify_ledger.py"
        return try execute([script] + arguments, input: input)
    }

    private func execute(_ arguments: [String], input: String) throws -> String {
        let base = NSTemporaryDirectory() + "releve-python-" + UUID().uuidString
        defer { for end in [".in", ".out"] { try? FileManager.default.removeItem(atPath: base + end) } }
        try Data(input.utf8).write(to: URL(fileURLWithPath: base + ".in"))
        try Data().write(to: URL(fileURLWithPath: base + ".out"))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: base + ".in"))
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: base + ".out"))
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.featureUnsupported) }
        return try String(contentsOfFile: base + ".out", encoding: .utf8)
    }
}
