import Foundation
import Intake
import Moderation

/// Reads bytes in pieces of the given sizes, the last size over and over.
func records(_ bytes: [UInt8], _ options: IntakeOptions, pieces: [Int] = [Int.max]) -> [IntakeRecord] {
    var reader = RecordReader(options: options)
    var result: [IntakeRecord] = []
    var rest = bytes[...]
    var turn = 0
    while !rest.isEmpty {
        let piece = Array(rest.prefix(max(1, pieces[min(turn, pieces.count - 1)])))
        rest = rest.dropFirst(piece.count)
        turn += 1
        piece.withUnsafeBytes { reader.consume($0) { result.append($0) } }
    }
    reader.finish { result.append($0) }
    return result
}

/// Reads a text as a file of the source `test`.
func records(_ text: String, _ format: IntakeFormat = .auto, map: String = "") throws -> [IntakeRecord] {
    let map = map.isEmpty ? FieldMap() : try FieldMap(parsing: map)
    return records(Array(text.utf8), IntakeOptions(format: format, map: map, source: "test"))
}

/// The posts of the records that were read.
func posts(_ records: [IntakeRecord]) -> [FlaggedPost] { records.compactMap { try? $0.result.get() } }

/// `LINE: reason` for each record that was refused.
func refusals(_ records: [IntakeRecord]) -> [String] {
    records.compactMap { record in
        guard case .failure(let error) = record.result else { return nil }
        return "\(record.line): \(error)"
    }
}

/// A small generator with a seed, so that a failing case can be run again (SplitMix64).
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// A folder above this file that holds `name`, or `nil`.
func folderAbove(holding name: String) -> URL? {
    var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    while folder.path != "/" {
        if FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path) { return folder }
        folder = folder.deletingLastPathComponent()
    }
    return nil
}

/// The folder of real data, from RELEVE_SHARED or from above this file.
func sharedData() -> URL? {
    if let shared = ProcessInfo.processInfo.environment["RELEVE_SHARED"] {
        return URL(fileURLWithPath: shared).appendingPathComponent("data")
    }
    return folderAbove(holding: "shared/data")?.appendingPathComponent("shared/data")
}
