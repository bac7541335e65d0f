import Exposure
import Moderation
import Testing

@Suite("What work comes to is exact, and breaks and limits take nothing from it")
struct PayTests {
    private let start = Timestamp(milliseconds: 1_772_357_400_000)

    private func currency(_ code: String) throws -> Currency { try #require(Currency(code: code)) }

    @Test func amountsAreReadAndWrittenInWholeSmallestUnits() throws {
        let euro = try currency("EUR")
        for (text, minor) in [("13", 1300), ("13.5", 1350), ("13.05", 1305), ("0.01", 1)] {
            #expect(euro.money(text)?.minor == Int64(minor))
        }
        #expect(euro.text(Money(minor: 1305)) == "13.05" && euro.text(Money(minor: 7)) == "0.07")
        #expect(try currency("JPY").text(Money(minor: 1500)) == "1500")
        #expect(try currency("TND").money("1.234")?.minor == 1234)
        for text in ["", ".5", "5.", "1.234", "-1", "1e3", "1,5", " 1", "99999999999"] {
            #expect(euro.money(text) == nil, "\(text)")
        }
        for code in ["", "eur", "EU", "EURO", "E1R"] { #expect(Currency(code: code) == nil) }
    }

    @Test func anHourIsPaidByItsLengthRoundedDown() throws {
        let pay = Pay(basis: .hour, rate: Money(minor: 1000), currency: try currency("EUR"))
        #expect(PayFigure(pay: pay, worked: .seconds(5400), items: 0).total.minor == 1500)
        #expect(PayFigure(pay: pay, worked: .milliseconds(3_599_999), items: 0).total.minor == 999)
        #expect(PayFigure(pay: pay, worked: .zero, items: 9).hourly == nil)
    }

    @Test func itemsAreHeldAgainstTheFloorByTheHour() throws {
        let pay = Pay(
            basis: .item, rate: Money(minor: 10), currency: try currency("EUR"),
            floor: Pay.Floor(hourly: Money(minor: 1202), namedBy: .law))
        let slow = PayFigure(pay: pay, worked: .seconds(2 * 3600), items: 200)
        #expect(slow.total.minor == 2000 && slow.hourly?.minor == 1000 && slow.isBelowFloor == true)
        #expect(PayFigure(pay: pay, worked: .seconds(3600), items: 121).isBelowFloor == false)
        // Rounded down, it never looks like more.
        #expect(PayFigure(pay: pay, worked: .seconds(3601), items: 121).hourly?.minor == 1209)
    }

    @Test func breaksCountAndSoDoesWhatALimitTakes() {
        var shift = Shift(id: ShiftID("s"), person: PersonID("ada"), startedAt: start)
        shift.breaks = [
            Break(startedAt: start + .seconds(60), endedAt: start + .seconds(1860), isRequired: true)
        ]
        func worked(until hours: Int) -> Duration {
            shift.worked(until: start + .seconds(hours * 3600), limits: .standard)
        }
        #expect(worked(until: 2) == .seconds(7200))
        shift.endedAt = start + .seconds(3 * 3600)
        shift.endedBy = .ended
        #expect(worked(until: 8) == .seconds(3 * 3600))
        shift.endedBy = .dose
        // What is left of the shift counts as it goes by, and no more than its length.
        #expect(worked(until: 4) == .seconds(4 * 3600) && worked(until: 30) == .seconds(8 * 3600))
        #expect(
            shift.lostToCap(until: start + .seconds(30 * 3600), limits: .standard) == .seconds(5 * 3600))
        // A console that was left open is not paid for ever.
        shift.endedAt = nil
        #expect(worked(until: 99) == Limits.standard.shiftHard)
    }
}
