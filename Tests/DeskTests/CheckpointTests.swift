import Desk
import Ledger
import Moderation
import Store
import StoreTesting
import Testing

@Suite("The desk signs the ledger by itself", .eachStore)
struct DeskCheckpointTests {
    private func site(key: SiteKey) throws -> (TestSite, Desk) {
        let site = try TestSite(publicKey: key.publicKeyHex)
        let desk = Desk(
            store: try site.storeAgain(), clock: site.clock,
            entropy: SeededEntropy(seed: 5), signer: key)
        return (site, desk)
    }

    private func posts(_ range: Range<Int>) -> [FlaggedPost] {
        range.map { FlaggedPost(source: "s", externalID: "\($0)", body: "text \($0)") }
    }

    @Test func everyThousandEntriesAndAtTheEndOfAShift() throws {
        let key = SiteKey()
        let (site, desk) = try site(key: key)
        _ = try desk.takeIn(posts(0..<900))
        #expect(try desk.checkpoints(limit: 9).isEmpty)
        _ = try desk.takeIn(posts(900..<1100))
        #expect(try desk.checkpoints(limit: 9).count == 1)
        _ = try desk.takeIn(posts(1100..<1110))
        #expect(try desk.checkpoints(limit: 9).count == 1)
        try desk.startShift(site.ada)
        try desk.endShift(site.ada)
        let last = try #require(try desk.checkpoints(limit: 9).last)
        #expect(last.size == (try desk.ledgerTree()).size)
        #expect(try Checkpoint(note: last.note, publicKeyHex: key.publicKeyHex).size == last.size)
        let verified = try desk.verifyLedger()
        #expect(verified.isIntact && verified.checkpoints == 2 && verified.provedTo == last.size)
    }

    @Test func withoutTheRightKeyNothingIsSignedAndWorkGoesOn() throws {
        let (site, desk) = try site(key: SiteKey())
        let stranger = Desk(
            store: try site.storeAgain(), clock: site.clock,
            entropy: SeededEntropy(seed: 6), signer: SiteKey())
        _ = try stranger.takeIn(posts(0..<1100))
        try stranger.startShift(site.ada)
        try stranger.endShift(site.ada)
        #expect(try desk.checkpoints(limit: 9).isEmpty)
        #expect(throws: DeskError.invalid(.noKey)) { try stranger.signLedger() }
        #expect(throws: DeskError.invalid(.noKey)) { try site.desk.signLedger() }
    }

    @Test func aCheckpointKeptElsewhereCatchesACutLog() throws {
        let key = SiteKey()
        let (_, desk) = try site(key: key)
        let kept = try desk.signLedger()
        let beyond = try Checkpoint(
            origin: "test.example/releve", size: 500, root: [UInt8](repeating: 1, count: 32))
        #expect(try desk.verifyLedger(notes: [kept.note]).isIntact)
        let cut = try desk.verifyLedger(notes: [kept.note, beyond.note(signedBy: key)])
        #expect(!cut.isIntact && cut.problem?.contains("speaks of 500 entries") == true)
        let other = try Checkpoint(
            origin: "test.example/releve", size: kept.size, root: [UInt8](repeating: 1, count: 32))
        #expect(try desk.verifyLedger(notes: [other.note(signedBy: key)]).firstDifference != nil)
    }
}
