import Intake
import Moderation
import Testing

@Suite struct CSVTests {
    @Test func readsQuotesLineBreaksAndOtherColumns() throws {
        let text =
            "\u{feff}\"id\",text,reason,author,score,empty\r\n"
            + "1,\"a, \"\"b\"\"\r\nc\",rude,joe,0.5,\r\n\r\n2,plain,,,,\r\n"
        let read = try records(text)
        #expect(refusals(read) == [])
        #expect(read.map(\.line) == [2, 5])
        let read0 = posts(read)
        #expect(read0.map(\.body) == ["a, \"b\"\r\nc", "plain"])
        #expect(read0[0].externalID == "1")
        #expect(read0[0].flags == [Flag(reason: "rude")])
        #expect(read0[0].author.handle == "joe")
        #expect(read0[0].extra == ["score": .string("0.5")])
        #expect(read0[1].flags == [])
    }

    @Test func aQuoteInsideACellIsJustAQuote() throws {
        let read = try records("id,text\n1,a 5\" disk\n2,fine\n3,\"quoted\"\n")
        #expect(posts(read).map(\.body) == ["a 5\" disk", "fine", "quoted"])
    }

    @Test func refusesRaggedRowsAtTheLineWhereTheyStart() throws {
        let read = try records("id,text\n1,\"a\nb\",too many\n2\n3,fine\n")
        #expect(posts(read).map(\.body) == ["fine"])
        #expect(
            refusals(read) == [
                "2: it has 3 cells, but the header has 2", "4: it has 1 cells, but the header has 2",
            ])
    }

    @Test func refusesTextAfterAClosingQuoteAndAQuoteLeftOpen() throws {
        let read = try records("id,text\n1,\"a\"b\n2,fine\n3,\"open\n4,lost\n")
        #expect(posts(read).map(\.body) == ["fine"])
        #expect(
            refusals(read) == [
                "2: a quoted cell goes on after its closing quote", "4: a quoted cell has no end",
            ])
    }

    @Test func saysOnceThatNoColumnHoldsTheText() throws {
        let read = try records("key,tweet\n1,a\n2,b\n")
        let said = refusals(read)
        #expect(said.count == 1 && read.count == 1)
        #expect(said.first?.contains("--map text=COLUMN") == true)
        #expect(said.first?.contains("key, tweet") == true)
        #expect(posts(try records("key,tweet\n1,a\n", map: "text=tweet,id=key")).map(\.externalID) == ["1"])
    }

    @Test func saysOnceThatAMappedColumnIsNotThere() throws {
        let said = refusals(try records("id,text\n1,a\n2,b\n", map: "author=user"))
        #expect(said.count == 1)
        #expect(said.first?.contains("user") == true)
    }

    @Test func aHeaderAloneIsAnEmptyFile() throws {
        for text in ["", "\n\n", "id,text", "id,text\n", "\u{feff}id,text\r\n"] {
            #expect(try records(text).isEmpty)
        }
    }

    @Test func aHostileHeaderIsReadInLinearTime() throws {
        let header = String(repeating: ",", count: 200_000) + "text"
        let clock = ContinuousClock()
        let time = try clock.measure { _ = try records(header + "\n" + header + "\n") }
        #expect(time < .seconds(20))
    }

    @Test func anOpenQuoteLosesNoMoreThanOneRecordsLength() throws {
        let rows = (0..<60_000).map { "\($0),a plain row of about forty bytes or so\n" }.joined()
        let read = try records("id,text\n-1,\"open\n" + rows)
        #expect(refusals(read).count == 1)
        #expect(refusals(read).first?.hasPrefix("2: the record is longer than") == true)
        #expect(posts(read).last?.externalID == "59999")
        #expect(posts(read).count > 30_000)
    }
}
