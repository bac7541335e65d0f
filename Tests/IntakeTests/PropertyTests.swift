import Foundation
import Intake
import Moderation
import Testing

@Suite struct PropertyTests {
    private struct Line: Equatable {
        var line: Int
        var post: FlaggedPost?
        var bytes: [UInt8]

        init(_ record: IntakeRecord) {
            line = record.line
            post = try? record.result.get()
            bytes = record.bytes
        }
    }

    @Test(arguments: [
        "\u{feff}{\"text\":\"é😀\"}\r\n\r\n{\"id\":3}\n  {\"text\":\"\\ud83d\\ude00\"}\nbroken\n{\"text\":\"end\"}",
        "\u{feff}id,text\r\n\"1\",\"a\r\n\"\"b\"\", é\"\r\n2,c\"d\n3\n\n\"4\"x,y\n5,\"last\"",
        "\n\n \r\n\u{20}id,text\n1,\"open\n2,x\n",
    ])
    func whereTheBytesAreCutMakesNoDifference(text: String) {
        let bytes = Array(text.utf8)
        var options = IntakeOptions(source: "test")
        for limit in [1 << 20, 24] {
            options.largestRecord = limit
            let whole = records(bytes, options).map(Line.init)
            for cut in 1..<bytes.count {
                #expect(
                    records(bytes, options, pieces: [cut, .max]).map(Line.init) == whole, "cut at \(cut)")
            }
            #expect(records(bytes, options, pieces: [1]).map(Line.init) == whole)
        }
    }

    @Test func hostileBytesNeverStopTheReader() {
        var random = Seeded(7)
        let tokens = [
            "{", "}", "[", "]", "\"", "\\", ",", ":", "\n", "\r\n", "text", "\"text\"", "\\u", "\\ud800",
            "1e999",
            "-", "null", "\u{0}", "é", "\u{202e}", "id,text\n", "{\"text\":\"",
        ].map { Array($0.utf8) }
        for round in 0..<3000 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0..<60, using: &random) {
                if Bool.random(using: &random) {
                    bytes += tokens.randomElement(using: &random) ?? []
                } else {
                    bytes.append(UInt8.random(in: 0...255, using: &random))
                }
            }
            for format in IntakeFormat.allCases {
                let options = IntakeOptions(format: format, source: "test")
                let whole = records(bytes, options).map(Line.init)
                let split = records(bytes, options, pieces: [Int.random(in: 1...9, using: &random)]).map(
                    Line.init)
                #expect(whole == split, "round \(round), \(format): \(bytes)")
                #expect(whole.allSatisfy { $0.post.map { !$0.body.contains("\u{0}") } ?? true })
            }
        }
    }

    @Test func readsWhatFoundationWrites() throws {
        var random = Seeded(11)
        for round in 0..<2000 {
            let value = document(depth: 4, &random)
            let line = try JSONEncoder().encode(["text": .string("x"), "id": .string("1"), "v": value])
            let post = posts(records(Array(line), IntakeOptions(source: "test"))).first
            let oracle = try JSONDecoder().decode([String: JSONValue].self, from: line)["v"]
            #expect(post?.extra["v"] == (oracle == .null ? nil : oracle), "round \(round)")
        }
    }

    @Test(arguments: [
        "01", "1.", ".5", "+1", "1e", "-", "tru", "nul", "'x'", "[1,]", "{\"a\":1,}", "{a:1}", "\"\\x\"",
        "\"\\u12\"", "\"\t\"", "NaN", "Infinity", "1e400", "[1 2]", "\u{a0}1", "{\"a\":1,\"a\":2}",
    ])
    func refusesWhatIsNoJSON(value: String) throws {
        let read = try records("{\"text\":\"x\",\"v\":\(value)}", .jsonl)
        #expect(read.count == 1)
        #expect(posts(read).isEmpty)
    }

    private func document(depth: Int, _ random: inout Seeded) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
        case 0: return .null
        case 1: return .bool(.random(using: &random))
        case 2: return .integer(.random(in: .min ... .max, using: &random))
        case 3: return .number(Double.random(in: -1e300...1e300, using: &random))
        case 4: return .number(Double.random(in: -1...1, using: &random))
        case 5: return .string(text(&random))
        case 6:
            return .array(
                (0..<Int.random(in: 0..<5, using: &random)).map { _ in document(depth: depth - 1, &random) })
        default:
            var members: [String: JSONValue] = [:]
            for _ in 0..<Int.random(in: 0..<5, using: &random) {
                members[text(&random)] = document(depth: depth - 1, &random)
            }
            return .object(members)
        }
    }

    private func text(_ random: inout Seeded) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0..<12, using: &random) {
            let top: UInt32 = [0x80, 0x800, 0x11_0000].randomElement(using: &random) ?? 0x80
            if let scalar = Unicode.Scalar(UInt32.random(in: 1..<top, using: &random)) {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
