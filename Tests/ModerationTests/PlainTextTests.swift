import Moderation
import Testing

@Suite struct PlainTextTests {
    /// What stands for itself, byte by byte.
    private func slowEnd(_ bytes: [UInt8], from start: Int, isASCIIOnly: Bool) -> Int {
        bytes[start...].firstIndex {
            $0 < 0x20 || $0 == 0x22 || $0 == 0x5C || (isASCIIOnly && $0 >= 0x80)
        } ?? bytes.count
    }

    @Test func everyByteEndsPlainTextOrNotWhereverItStands() {
        // Neighbours that a carry or a borrow could come from or go to.
        for around in [0x20, 0x21, 0x23, 0x5B, 0x5D, 0x7F, 0x80, 0xA2, 0xDC, 0xFF] as [UInt8] {
            for place in 0..<20 {
                for byte in UInt8.min...UInt8.max {
                    var bytes = [UInt8](repeating: around, count: 20)
                    bytes[place] = byte
                    for isASCIIOnly in [false, true] {
                        for start in [0, 1, 7, 20] {
                            let end = bytes.withUnsafeBufferPointer {
                                PlainText.end(in: $0, from: start, isASCIIOnly: isASCIIOnly)
                            }
                            guard end != slowEnd(bytes, from: start, isASCIIOnly: isASCIIOnly) else {
                                continue
                            }
                            Issue.record("\(byte) at \(place) of \(around), from \(start): \(end)")
                        }
                    }
                }
            }
        }
        #expect(PlainText.end(in: UnsafeBufferPointer(start: nil, count: 0), from: 0) == 0)
    }
}
