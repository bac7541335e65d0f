import Desk
import Exposure
import Moderation
import SQLiteStore
import Testing

@Suite("A console that begins under a clock that was set back knows how late it is")
struct KnownMomentTests {
    private let hour: Duration = .seconds(3600)

    /// Another console of the site, which has seen nothing of the clock's past.
    private func latest(_ site: TestSite, seed: UInt64) throws -> Timestamp {
        try site.again(seed: seed).standing(of: site.ada).latest
    }

    @Test func byWhatTheMachinesOwnClockReadWhenTheShiftBegan() throws {
        let site = try TestSite()
        try site.desk.startShift(site.ada)
        let start = site.clock.now().wall
        site.clock.advance(by: hour * 2)
        site.clock.jump(to: start - hour)
        #expect(try latest(site, seed: 1) == start + hour * 2)
        // A new shift under that clock begins where time had come to.
        try site.desk.endShift(site.ada)
        site.clock.advance(by: hour * 16)
        #expect(try site.again(seed: 2).startShift(site.ada).startedAt == start + hour * 18)
    }

    @Test func untilTheMachineIsStartedAnewOrTwoDaysHavePassed() throws {
        let site = try TestSite()
        try site.desk.startShift(site.ada)
        try site.desk.endShift(site.ada)
        let start = site.clock.now().wall
        let other = Desk(
            store: try SQLiteStore(path: site.path, creating: false),
            clock: ManualClock(at: start + .seconds(1)),
            entropy: SeededEntropy(seed: 3))
        #expect(try other.standing(of: site.ada).latest == start + .seconds(1))
        site.clock.advance(by: hour * 48)
        site.clock.jump(to: start + hour)
        #expect(try latest(site, seed: 4) == start + hour * 48)
        site.clock.advance(by: .seconds(1))
        #expect(try latest(site, seed: 5) == start + hour + .seconds(1))
    }
}
