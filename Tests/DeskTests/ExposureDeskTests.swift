import Desk
import Exposure
import Ledger
import Moderation
import Store
import StoreTesting
import Testing

@Suite("The exposure cap holds whatever door is tried", .eachStore)
struct ExposureDeskTests {
    /// One percent of a day is 2.4 minutes of severe content.
    private var onePercent: Limits {
        var limits = Limits.standard
        limits.daily = 1
        limits.ceiling = 2
        return limits
    }

    @Test func atTheCapNothingMoreIsUncoveredClaimedOrDecidedLate() throws {
        let site = try TestSite(limits: onePercent)
        try site.fill((0..<9).map { "kill \($0)" })
        try site.fill(["harmless"], flagged: "spam")
        try site.desk.startShift(site.ada)
        let file = try site.next()
        let open = try site.look(at: file).open
        var covered: Refusal?
        for _ in 0..<60 where covered == nil {
            site.clock.advance(by: .seconds(5))
            if case .mustCover(let refusal, _) = try site.desk.beat(open) { covered = refusal }
            _ = try site.desk.renew(file.claim)
        }
        guard case .capped = covered else {
            Issue.record("never told to cover: \(String(describing: covered))")
            return
        }
        try site.desk.cover(open, because: .limit)
        let standing = try site.desk.standing(of: site.ada)
        #expect(standing.dayDose <= Dose(2) && standing.cap != nil)
        guard case .refused = try site.desk.uncover(file, by: site.ada) else {
            Issue.record("uncovered at the cap")
            return
        }
        // Another console, and a look without a claim, meet the same cap.
        let other = try site.again(seed: 3)
        guard case .refused = try other.look(at: file.post, by: site.ada) else {
            Issue.record("looked at the cap")
            return
        }
        #expect(standing.claimable == [.none])
        let harmless = try site.next(on: other)
        #expect(harmless.hazard == .none)
        site.clock.advance(by: .seconds(121))
        #expect(throws: DeskError.self) {
            try site.desk.decide(file, Choice(action: .keep), by: site.ada, open: nil)
        }
        try site.desk.release(file, by: site.ada, open: nil)
        #expect(try site.desk.ledgerLog(from: 0, limit: 999).contains { $0.entry.kind == .limitReached })
        // A day later, after the rest, work may go on.
        try site.desk.endShift(site.ada)
        site.clock.advance(by: .seconds(25 * 3600))
        try site.desk.startShift(site.ada)
        #expect(try site.next().hazard == .severe)
    }

    @Test func aConsoleThatDiedIsChargedToItsLastBeatAndOneMore() throws {
        let site = try TestSite()
        try site.fill(["kill"])
        try site.desk.startShift(site.ada)
        let open = try site.look(at: site.next()).open
        site.clock.advance(by: .seconds(12))
        _ = try site.desk.beat(open)
        site.clock.advance(by: .seconds(3600))
        let restarted = try site.again(seed: 4)
        _ = try restarted.signIn(user: "ada")
        let day = try restarted.record(of: site.ada).summary.days
        #expect(day.first?.milliseconds[.severe] == 17_000)
        // Was it alive after all, every second it showed the post is charged.
        try site.desk.cover(open, because: .covered)
        let corrected = try restarted.record(of: site.ada).summary.days.first?.milliseconds[.severe]
        #expect(corrected ?? 0 >= 3_612_000)
    }

    @Test func aGlanceIsChargedAsTenSeconds() throws {
        let site = try TestSite()
        try site.fill(["kill"])
        try site.desk.startShift(site.ada)
        let open = try site.look(at: site.next()).open
        site.clock.advance(by: .milliseconds(200))
        try site.desk.cover(open, because: .covered)
        let expected = Dose.charge(hazard: .severe, visible: .seconds(10), limits: .standard)
        #expect(try site.desk.standing(of: site.ada).dayDose == expected)
    }

    @Test func aWallClockSetBackGivesNothingBack() throws {
        let site = try TestSite()
        try site.fill(["kill"])
        try site.desk.startShift(site.ada)
        let open = try site.look(at: site.next()).open
        site.clock.advance(by: .seconds(100))
        site.clock.jump(to: Timestamp(milliseconds: 1_772_357_400_000 - 3_600_000))
        try site.desk.cover(open, because: .covered)
        let expected = Dose.charge(hazard: .severe, visible: .seconds(100), limits: .standard)
        #expect(try site.desk.standing(of: site.ada).dayDose >= expected)
    }

    @Test func aRequiredBreakIsNotCutShort() throws {
        let site = try TestSite()
        try site.desk.startShift(site.ada)
        try site.desk.startBreak(site.ada, required: true)
        site.clock.advance(by: .seconds(599))
        #expect(throws: DeskError.self) { try site.desk.endBreak(site.ada) }
        site.clock.advance(by: .seconds(1))
        try site.desk.endBreak(site.ada)
        try site.desk.startBreak(site.ada)
        try site.desk.endBreak(site.ada)
    }

    @Test func aNewShiftWaitsForTheRest() throws {
        let site = try TestSite()
        try site.desk.startShift(site.ada)
        try site.desk.endShift(site.ada)
        site.clock.advance(by: .seconds(11 * 3600 - 1))
        #expect(throws: DeskError.self) { try site.desk.startShift(site.ada) }
        site.clock.advance(by: .seconds(1))
        try site.desk.startShift(site.ada)
    }

    @Test func limitsAreLoweredAtOnceAndNeverRaisedByOnePerson() throws {
        let site = try TestSite()
        var limits = Limits.standard
        limits.daily = 50
        #expect(try site.desk.lowerLimits(to: limits, by: site.ada).version == 2)
        #expect(try site.desk.standing(of: site.ada).dayLimitPercent == 50)
        #expect(throws: DeskError.needsCountersigner([LimitField.daily.rawValue])) {
            try site.desk.lowerLimits(to: .standard, by: site.ada)
        }
        let bob = try site.desk.addPerson(user: "bob", name: "Bob", roles: [.moderator], by: site.ada)
        limits.daily = 10
        #expect(throws: DeskError.needsRole(.lead)) { try site.desk.lowerLimits(to: limits, by: bob) }
        #expect(try site.desk.team(for: site.ada).map(\.availability) == [.unavailable, .unavailable])
    }
}
