import Glibc
public import Moderation

/// A record of a file, read or refused.
public struct IntakeRecord: Sendable {
    /// The line on which it begins, from 1.
    public let line: Int
    /// The post, or why there is none.
    public let result: Result<FlaggedPost, RecordError>
    /// The first bytes of a record that was refused; nothing for one that was read.
    public let bytes: [UInt8]
}

/// Reads records from bytes that come in pieces; holds no more than one record at a time.
public struct RecordReader {
    private enum Mode { case unknown, jsonl, csv }

    private static let keptBytes = 4096

    private let options: IntakeOptions
    private var mode: Mode
    private var record: [UInt8] = []
    private var line = 1
    private var recordLine = 1
    private var isTooLong = false
    private var isQuoted = false
    /// Whether the next byte is the first of a cell, where alone a quote opens one.
    private var isCellStart = true
    /// Whether the byte before closed a quoted cell, unless a second quote follows.
    private var wasQuoted = false
    private var header: [String]?
    private var isBroken = false
    private var isFirst = true

    /// Starts before the first byte.
    public init(options: IntakeOptions) {
        self.options = options
        mode =
            switch options.format {
            case .auto: .unknown
            case .jsonl: .jsonl
            case .csv: .csv
            }
    }

    /// Takes the next bytes, and hands on every record that they complete.
    public mutating func consume(
        _ bytes: UnsafeRawBufferPointer, emit: (IntakeRecord) throws -> Void
    ) rethrows {
        let bytes = bytes.bindMemory(to: UInt8.self)
        var start = 0
        if mode == .unknown { sniff(bytes) }
        if mode == .jsonl { return try consumeLines(bytes, emit: emit) }
        for index in bytes.indices {
            let byte = bytes[index]
            if mode == .csv { trackQuotes(byte) }
            guard byte == 0x0A else { continue }
            line += 1
            if mode == .csv, isQuoted, record.count + index - start < options.largestRecord { continue }
            append(bytes[start..<index])
            start = index + 1
            try flush(emit: emit)
        }
        append(bytes[start...])
    }

    /// The same for files in which every line break ends a record.
    private mutating func consumeLines(
        _ bytes: UnsafeBufferPointer<UInt8>, emit: (IntakeRecord) throws -> Void
    ) rethrows {
        var start = 0
        while start < bytes.count, let base = bytes.baseAddress,
            let found = memchr(base + start, 0x0A, bytes.count - start)
        {
            let end = UnsafeRawPointer(found) - UnsafeRawPointer(base)
            line += 1
            append(bytes[start..<end])
            start = end + 1
            try flush(emit: emit)
        }
        append(bytes[start...])
    }

    /// Hands on the last record, when the file doesn't end with a line break.
    public mutating func finish(emit: (IntakeRecord) throws -> Void) rethrows {
        if !record.isEmpty || isTooLong { try flush(emit: emit) }
    }

    // MARK: Records

    /// Follows a byte of CSV into and out of quoted cells; a doubled quote leaves and enters again.
    private mutating func trackQuotes(_ byte: UInt8) {
        if isQuoted {
            if byte == 0x22 {
                isQuoted = false
                wasQuoted = true
            }
            return
        }
        if byte == 0x22, isCellStart || wasQuoted { isQuoted = true }
        wasQuoted = false
        // A byte order mark stands before the first cell, not in it.
        isCellStart = byte == 0x2C || (isFirst && isCellStart && byte >= 0x80)
    }

    private mutating func sniff(_ bytes: UnsafeBufferPointer<UInt8>) {
        let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
        if let first { mode = first == 0x7B ? .jsonl : .csv }
    }

    private mutating func append(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
        let room = options.largestRecord - record.count
        if bytes.count > room { isTooLong = true }
        record.append(contentsOf: bytes.prefix(max(0, room)))
    }

    private mutating func flush(emit: (IntakeRecord) throws -> Void) rethrows {
        defer {
            record.removeAll(keepingCapacity: true)
            recordLine = line
            isTooLong = false
            isQuoted = false
            isCellStart = true
            wasQuoted = false
        }
        if isFirst, record.starts(with: [0xEF, 0xBB, 0xBF]) { record.removeFirst(3) }
        isFirst = false
        if record.last == 0x0D { record.removeLast() }
        guard !record.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) || isTooLong, !isBroken else { return }
        let result: Result<FlaggedPost, RecordError>?
        do throws(RecordError) {
            if isTooLong {
                throw RecordError(nil, "the record is longer than \(options.largestRecord) bytes")
            }
            result = try read().map { .success($0) }
        } catch {
            result = .failure(error)
        }
        guard let result else { return }
        var kept: [UInt8] = []
        if case .failure = result { kept = Array(record.prefix(Self.keptBytes)) }
        try emit(IntakeRecord(line: recordLine, result: result, bytes: kept))
    }

    /// The post of the record in hand; `nil` for a CSV header.
    private mutating func read() throws(RecordError) -> FlaggedPost? {
        mode == .csv ? try readCSV() : try readJSON()
    }

    private func readJSON() throws(RecordError) -> FlaggedPost {
        let members: JSONReader.Members
        do throws(JSONReader.Problem) {
            members = try Self.members(record, deepest: options.deepest)
        } catch {
            throw RecordError(nil, "not a JSON object: \(error.message)")
        }
        return try PostBuilder.post(from: members, options: options) { ContentIdentity.of(record) }
    }

    private static func members(_ bytes: [UInt8], deepest: Int) throws(JSONReader.Problem)
        -> JSONReader.Members
    {
        let result = bytes.withUnsafeBufferPointer { buffer in
            Result { () throws(JSONReader.Problem) in try JSONReader.members(of: buffer, deepest: deepest) }
        }
        return try result.get()
    }

    private mutating func readCSV() throws(RecordError) -> FlaggedPost? {
        let cells = try CSVLine.cells(of: record)
        guard let header else {
            try setHeader(cells)
            return nil
        }
        guard cells.count == header.count else {
            throw RecordError(nil, "it has \(cells.count) cells, but the header has \(header.count)")
        }
        var members: JSONReader.Members = []
        for (name, cell) in zip(header, cells) where !cell.isEmpty { members.append((name, .string(cell))) }
        return try PostBuilder.post(from: members, options: options) { ContentIdentity.of(record) }
    }

    private mutating func setHeader(_ cells: [String]) throws(RecordError) {
        var names: [String] = []
        var taken: Set<String> = []
        for (index, cell) in cells.enumerated() {
            var name = cell.isEmpty ? "column_\(index + 1)" : cell
            while !taken.insert(name).inserted { name += "_\(index + 1)" }
            names.append(name)
        }
        header = names
        let isThere = names.contains { name in
            ["text", "title", "media"].contains(options.map.ours[name] ?? (name == "body" ? "text" : name))
        }
        guard isThere else {
            isBroken = true
            throw RecordError(
                "text",
                "no column holds the text; nothing of this file was taken in (name it with --map text=COLUMN, one of "
                    + names.prefix(30).joined(separator: ", ") + ")")
        }
        let missing = options.map.ours.keys.filter { !names.contains($0) }.sorted()
        guard missing.isEmpty else {
            isBroken = true
            throw RecordError(
                nil,
                "--map names columns that are not there: \(missing.joined(separator: ", "))"
                    + " (there are \(names.prefix(30).joined(separator: ", ")))")
        }
        let unlabelled = options.setAside.filter { !names.contains($0) }.sorted()
        guard unlabelled.isEmpty else {
            isBroken = true
            throw RecordError(
                nil,
                "--label names columns that are not there: \(unlabelled.joined(separator: ", "))"
                    + " (there are \(names.prefix(30).joined(separator: ", ")))")
        }
    }
}

/// Splits a line of RFC 4180.
enum CSVLine {
    static func cells(of bytes: [UInt8]) throws(RecordError) -> [String] {
        var cells: [String] = []
        var index = 0
        while true {
            var cell: [UInt8] = []
            if index < bytes.count, bytes[index] == 0x22 {
                index += 1
                while true {
                    guard index < bytes.count else { throw RecordError(nil, "a quoted cell has no end") }
                    if bytes[index] != 0x22 {
                        cell.append(bytes[index])
                        index += 1
                    } else if index + 1 < bytes.count, bytes[index + 1] == 0x22 {
                        cell.append(0x22)
                        index += 2
                    } else {
                        index += 1
                        break
                    }
                }
                guard index == bytes.count || bytes[index] == 0x2C else {
                    throw RecordError(nil, "a quoted cell goes on after its closing quote")
                }
            } else {
                let end = bytes[index...].firstIndex(of: 0x2C) ?? bytes.count
                cell = Array(bytes[index..<end])
                index = end
            }
            // A byte of zero, like any byte that is no text, becomes the replacement character.
            for (place, byte) in cell.enumerated() where byte == 0 { cell[place] = 0xFF }
            cells.append(String(decoding: cell, as: UTF8.self))
            guard index < bytes.count else { return cells }
            index += 1
        }
    }
}

/// A name for a record that has none: FNV-1a over its bytes, 128 bits, in hexadecimal.
///
/// The same record always gets the same name, so that taking a file in twice changes nothing. It is no proof of
/// anything: whoever writes both records can make two with one name.
enum ContentIdentity {
    static func of(_ bytes: [UInt8]) -> String {
        var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
        for byte in bytes {
            hash ^= UInt128(byte)
            hash &*= 0x0000_0000_0100_0000_0000_0000_0000_013B
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }
}
