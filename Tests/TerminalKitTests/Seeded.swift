import Foundation
import Testing

@testable import TerminalKit

/// SplitMix64: the same numbers for the same seed, everywhere.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A string that mixes all planes with what is known to be difficult.
    mutating func hostileString(_ length: Int) -> String {
        var scalars = String.UnicodeScalarView()
        while scalars.count < length {
            let pick = UInt32.random(in: 0..<10, using: &self)
            let value: UInt32 =
                switch pick {
                case 0, 1: .random(in: 0...0xFF, using: &self)
                case 2: .random(in: 0x300...0x36F, using: &self)
                case 3: .random(in: 0x590...0xDFF, using: &self)
                case 4: .random(in: 0x2000...0x20FF, using: &self)
                case 5: .random(in: 0x1F1E6...0x1FAFF, using: &self)
                case 6:
                    [0x200D, 0xFE0F, 0x1F3FF, 0x202E, 0xE0067, 0x0A, 0x1F468, 0x94D].randomElement(
                        using: &self) ?? 0
                case 7: .random(in: 0x3000...0xD7FF, using: &self)
                case 8: .random(in: 0...0x10FFFF, using: &self)
                default: .random(in: 0x20...0x7E, using: &self)
                }
            if let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
        }
        return String(scalars)
    }
}

/// What must never reach a terminal from a text.
func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0xAD, 0x34F, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028...0x202E,
        0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE0FFF, 0xFE00...0xFE0F, 0xE000...0xF8FF:
        true
    default: false
    }
}

func nonsenseList() throws -> [String] {
    var folder = URL(fileURLWithPath: #filePath)
    let named = ProcessInfo.processInfo.environment["RELEVE_SHARED"].map { URL(fileURLWithPath: $0) }
    while folder.path != "/" {
        folder.deleteLastPathComponent()
        for root in [named, folder.appendingPathComponent("shared")].compactMap(\.self) {
            let file = root.appendingPathComponent("data/blns.json")
            if let data = try? Data(contentsOf: file) {
                return try JSONDecoder().decode([String].self, from: data)
            }
        }
    }
    return []
}

let hasNonsenseList = ((try? nonsenseList()) ?? []).isEmpty == false
