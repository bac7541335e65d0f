/// Bytes of a string in JSON that stand for themselves.
public enum PlainText {
    /// The place of the next quote, backslash or control character; the end where there is none.
    ///
    /// - Parameter isASCIIOnly: whether bytes beyond ASCII don't stand for themselves either.
    @inlinable
    public static func end(
        in bytes: UnsafeBufferPointer<UInt8>, from start: Int, isASCIIOnly: Bool = false
    ) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops = ones << 7
        let beyond = isASCIIOnly ? tops : 0
        let whole = UnsafeRawBufferPointer(bytes)
        var index = start
        while index + 8 <= bytes.count {
            let word = UInt64(littleEndian: whole.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let quotes = word ^ (ones &* 0x22)
            let slashes = word ^ (ones &* 0x5C)
            // The top bit of an ASCII byte is set where it is below 0x20 or one of the two. What a subtraction carries
            // over spoils only bytes after the first of these.
            let found =
                (((word &- (ones &* 0x20)) | (quotes &- ones) | (slashes &- ones)) & ~word | word & beyond)
                & tops
            guard found == 0 else { return index + found.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < bytes.count {
            let byte = bytes[index]
            if byte < 0x20 || byte == 0x22 || byte == 0x5C || (isASCIIOnly && byte >= 0x80) { return index }
            index += 1
        }
        return index
    }
}
