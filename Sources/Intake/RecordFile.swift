import Glibc

/// Why a file can't be read.
public struct RecordFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// In a sentence, with the file's name.
    public let description: String
}

/// Reads whole files of records, piece by piece.
public enum RecordFile {
    private static let pieceSize = 256 * 1024

    /// Whether the same records can be read from there once more, as from a file but not from a pipe.
    public static func canBeReadAgain(_ path: String) -> Bool {
        var facts = stat()
        return path != "-" && stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG
    }

    /// Reads a file, or standard input for `-`, and hands on its records in order.
    ///
    /// - Parameter progress: called after each piece with the bytes read, and the size when it is known.
    public static func read(
        path: String, options: IntakeOptions, progress: (Int64, Int64?) -> Void,
        emit: (IntakeRecord) throws -> Void
    ) throws {
        let descriptor = path == "-" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw problem(path) }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else { throw problem(path) }
        let kind = facts.st_mode & S_IFMT
        guard kind != S_IFDIR else {
            throw RecordFileError(
                description: "\(path) is a folder (name files, or use --watch for a folder)")
        }
        let size = kind == S_IFREG ? Int64(facts.st_size) : nil
        var reader = RecordReader(options: options)
        var done: Int64 = 0
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceSize, alignment: 16)
        defer { piece.deallocate() }
        while true {
            let count = Glibc.read(descriptor, piece.baseAddress, piece.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw problem(path) }
            if count == 0 { break }
            try reader.consume(UnsafeRawBufferPointer(rebasing: piece[..<count]), emit: emit)
            done += Int64(count)
            progress(done, size)
        }
        try reader.finish(emit: emit)
    }

    private static func problem(_ path: String) -> RecordFileError {
        RecordFileError(description: "can't read \(path): \(String(cString: strerror(errno)))")
    }
}
