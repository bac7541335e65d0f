import Desk
import Exposure
import Moderation
import Store
import TerminalKit
import Testing

@testable import Console

@Suite("Pay and handovers stand on the screens of their owner alone")
struct OwnPayPictures {
    private func desk(rate: Int64) throws -> ScriptedDesk {
        let desk = Samples.desk()
        let pay = Pay(
            basis: .item, rate: Money(minor: rate), currency: try #require(Currency(code: "EUR")),
            floor: Pay.Floor(hourly: Money(minor: 1202), namedBy: .law))
        desk.pay = OwnPay(
            figure: PayFigure(pay: pay, worked: .seconds(2 * 3600 + 300), items: 200),
            lostToCap: .seconds(600), breaks: .seconds(900))
        return desk
    }

    @Test func startSaysWhatTodayComesToNextToTheFloor() throws {
        let session = Session(try desk(rate: 12))
        let lines = session.picture.split(separator: "\n")
        #expect(lines.contains { $0.contains("Today: 24.00 EUR for 2 h 05 worked, 11.52 EUR an hour") })
        #expect(session.picture.contains("floor by law: 12.02 EUR"))
        #expect(session.picture.contains("BELOW"))
        #expect(session.picture.contains("a dose limit took"))
        // Where nothing is paid, nothing is said; nor to a lead.
        #expect(!Session().picture.contains("EUR"))
        #expect(!Session(try desk(rate: 12), role: .lead).picture.contains("EUR"))
    }

    @Test func myRecordSaysItToo() throws {
        let desk = try desk(rate: 60)
        desk.handedOver = [
            NamedHandover(
                handover: Handover(
                    id: HandoverID("h1"), person: desk.person.id, physician: PersonID("gil"),
                    at: ScriptedDesk.monday), person: "Ada", physician: "Gil\u{1B}[2J",
                openedAt: [ScriptedDesk.monday])
        ]
        let session = Session(desk, language: .french)
        session.keys("\namr")
        #expect(session.picture.contains("Aujourd'hui : 120.00 EUR pour 2 h 05, soit 57.60 EUR l'heure"))
        #expect(!session.picture.contains("DESSOUS") && !session.picture.contains("\u{1B}"))
        session.keys("a")
        #expect(session.picture.contains("Remis à un médecin") && session.picture.contains("ouvert 1 fois"))
    }

    @Test func oneKeyTakesTheRecordAlong() throws {
        let session = Session()
        session.keys("\namT")
        #expect(session.picture.contains("releve-record-2026-03-01.json"))
        #expect(session.desk.log.contains { $0.contains("takeAlong") })
    }
}
