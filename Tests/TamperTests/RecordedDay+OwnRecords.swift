import Desk
import Exposure
import Ledger
import Moderation
import PolicyEngine
import SQLiteStore
import Store

/// What people do with their own records, and what becomes of spans once nobody may dispute them any more.
extension RecordedDay {
    func recordsGoTheirWay() throws {
        clock.advance(by: .seconds(60))
        let pay = Currency(code: "EUR").map { currency in
            Pay(
                basis: .item, rate: Money(minor: 12), currency: currency,
                floor: Pay.Floor(hourly: Money(minor: 1202), namedBy: .law))
        }
        try desk.set(Conditions(pay: pay, disputeDays: 10), by: ada)
        try desk.set(Conditions(pay: pay, disputeDays: 9), by: fay)
        let gil = try desk.addPerson(user: "gil", name: "Gil", roles: [.physician], by: ada)
        let kept = try desk.handOver(to: "gil", by: ben)
        let returned = try desk.handOver(to: "gil", by: ada)
        _ = try desk.open(kept.id, for: gil)
        clock.advance(by: .seconds(5))
        _ = try desk.open(returned.id, for: gil)
        try desk.takeBack(returned.id, by: ada)
        _ = try desk.take(try recordFromElsewhere(), for: ben)
        clock.advance(by: .seconds(12 * 86_400))
        guard try desk.settleExposure(by: ada).spans > 10 else { throw NothingToDo() }
    }

    /// Two days of work at another site.
    private func recordFromElsewhere() throws -> RecordFile {
        let key = SiteKey()
        let other = Desk(
            store: try SQLiteStore(path: folder + "/other.sqlite", creating: true), clock: clock,
            entropy: SeededEntropy(seed: 99), signer: key)
        let person = try other.makeSite(
            Founding(
                name: "elsewhere.example/releve", isDemo: true, publicKey: key.publicKeyHex, user: "b",
                personName: "B", roles: [.moderator], bundle: try Self.bundle("pills")))
        _ = try other.takeIn(
            (0..<2).map { FlaggedPost(source: "s", externalID: "\($0)", body: "kill \($0)") })
        for _ in 0..<2 {
            try other.startShift(person)
            guard case .claimed(let file) = try other.claimNext(for: person),
                case .uncovered(let post) = try other.uncover(file, by: person)
            else { throw NothingToDo() }
            clock.advance(by: .seconds(40))
            try other.decide(file, Choice(action: .keep), by: person, open: post.open)
            try other.endShift(person)
            clock.advance(by: .seconds(86_400))
        }
        return try other.ownRecord(of: person)
    }
}
