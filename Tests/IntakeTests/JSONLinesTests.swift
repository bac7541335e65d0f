import Intake
import Moderation
import Testing

@Suite struct JSONLinesTests {
    @Test func readsEveryField() throws {
        let line = """
            {"source":"forum.example","id":7,"title":"T","text":"caf\\u00e9 \\ud83d\\ude00","language":"pt-BR",\
            "community":"c","kind":"comment","author":{"handle":"h","display_name":"D",\
            "account_created_at":"2020-01-01","earlier_removals":2,"earlier_flags":"3","karma":9},\
            "created_at":1700000000,"deadline":1700000000500,"url":"https://a.example/1",\
            "links":["https://b.example",{"url":"https://c.example"}],\
            "media":[{"kind":"video","hash":"ab","alt_text":"alt","url":"u"}],\
            "thread":["first",{"author":"x","text":"second","created_at":"2026-03-01T10:00:00+01:00"}],\
            "flags":["rude",{"id":5,"reason":"spam","reporter":"r","trusted":true,"created_at":0}],\
            "scores":{"toxicity":0.8765,"spam":1},"lang_guess":["fr",null,1.5]}
            """
        let post = try #require(posts(try records(line)).first)
        let expected = FlaggedPost(
            source: "forum.example", externalID: "7", title: "T", body: "café 😀", language: "pt",
            community: "c", kind: "comment",
            author: Author(
                handle: "h", displayName: "D", accountCreatedAt: Timestamp(rfc3339: "2020-01-01"),
                earlierRemovals: 2, earlierFlags: 3),
            createdAt: Timestamp(milliseconds: 1_700_000_000_000),
            deadline: Timestamp(milliseconds: 1_700_000_000_500), url: "https://a.example/1",
            links: [Link(url: "https://b.example"), Link(url: "https://c.example")],
            media: [Media(kind: "video", hash: "ab", altText: "alt", url: "u")],
            thread: [
                ThreadPost(body: "first"),
                ThreadPost(
                    author: "x", body: "second", createdAt: Timestamp(rfc3339: "2026-03-01T09:00:00Z")),
            ],
            flags: [
                Flag(reason: "rude"),
                Flag(
                    externalID: "5", reason: "spam", reporter: "r", isTrusted: true,
                    createdAt: Timestamp(milliseconds: 0)),
            ],
            scores: ["toxicity": 877, "spam": 1000],
            extra: ["author.karma": .integer(9), "lang_guess": .array([.string("fr"), .null, .number(1.5)])])
        #expect(post == expected)
    }

    @Test func mapsTheirNamesAndKeepsWhatTheyDisplace() throws {
        for _ in 0..<20 {
            let line =
                #"{"text":"ours","tweet":"theirs","key":"k","body":"b","author":{"handle":"a"},"user":"u"}"#
            let post = try #require(
                posts(try records(line, map: "text=tweet,id=key,author.handle=user")).first)
            #expect(post.body == "theirs")
            #expect(post.externalID == "k")
            #expect(post.author.handle == "u")
            #expect(post.extra["text"] == .string("ours"))
            #expect(post.extra["body"] == .string("b"))
        }
    }

    @Test func textGoesBeforeBody() throws {
        for _ in 0..<20 {
            let post = try #require(posts(try records(#"{"body":"b","text":"t"}"#)).first)
            #expect(post.body == "t")
            #expect(post.extra == ["body": .string("b")])
        }
        #expect(posts(try records(#"{"body":"b","text":null}"#)).first?.body == "b")
    }

    @Test func namesARecordByItsContentWhenItHasNoID() throws {
        let read = posts(try records("{\"text\":\"a\"}\r\n{\"text\":\"b\"}\n{\"text\":\"a\"}"))
        #expect(read.map(\.externalID.count) == [37, 37, 37])
        #expect(read.allSatisfy { $0.externalID.hasPrefix("auto-") })
        #expect(read[0].externalID == read[2].externalID)
        #expect(read[0].externalID != read[1].externalID)
    }

    @Test func repairsBytesThatAreNoText() throws {
        let bytes = Array("{\"text\":\"a".utf8) + [0xff] + Array("b\\ud800c\"}".utf8)
        let read = records(bytes, IntakeOptions(source: "test"))
        #expect(posts(read).map(\.body) == ["a\u{fffd}b\u{fffd}c"])
    }

    @Test func refusesWithAReasonAndGoesOn() throws {
        let text = """
            {"text":"fine"}

            {"id":1}
            {"text":{"a":1}}
            {"text":"x","created_at":"yesterday"}
            {"text":"x","scores":{"toxicity":2}}
            {"text":"x","language":"Français"}
            {"text":"x","text":"y"}
            {"text":"x"
            ["x"]
            {"text":"x","author":{"earlier_flags":-1}}
            {"text":"fine too"}
            """
        let read = try records(text, .jsonl)
        #expect(posts(read).map(\.body) == ["fine", "fine too"])
        let said = refusals(read)
        let golden: [(String, String)] = [
            ("3:", "no text, title or media"), ("4:", "text"), ("5:", "created_at"),
            ("6:", "scores.toxicity"),
            ("7:", "language"), ("8:", "twice"), ("9:", "not a JSON object"), ("10:", "one object a line"),
            ("11:", "author.earlier_flags"),
        ]
        #expect(said.count == golden.count)
        for (line, (number, part)) in zip(said, golden) {
            #expect(line.hasPrefix(number) && line.contains(part), "\(line)")
        }
    }

    @Test func refusesDepthAndLengthAndGoesOn() throws {
        let deep = "{\"text\":\"x\",\"a\":" + String(repeating: "[", count: 100_000)
        let long = "{\"text\":\"" + String(repeating: "y", count: 2 << 20) + "\"}"
        let wide = "{\"text\":\"" + String(repeating: "z", count: 300 << 10) + "\"}"
        let read = try records([deep, long, wide, "{\"text\":\"fine\"}"].joined(separator: "\n"), .jsonl)
        #expect(posts(read).map(\.body) == ["fine"])
        #expect(read.map(\.line) == [1, 2, 3, 4])
        #expect(read.allSatisfy { $0.bytes.count <= 4096 })
    }

    @Test func refusesAMapThatCannotBeMeant() {
        for map in ["text", "txt=a", "text=a,text=b", "text=a,title=a", "text=", ""] {
            #expect(throws: FieldMap.Problem.self, "\(map)") { try FieldMap(parsing: map) }
        }
    }
}
