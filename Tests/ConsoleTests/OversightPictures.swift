import Desk
import Exposure
import Moderation
import TerminalKit
import Testing

@testable import Console

/// What an auditor sees of limits: overrides, proposals, versions, and what grouping saved; read-only, by pseudonym.
@Suite struct OversightPictures {
    private func session(
        _ language: Language = .english, size: Size = Size(rows: 24, columns: 80), saved posts: Int = 12
    ) -> Session {
        let desk = Samples.deskWithLead()
        desk.dispatch.saved = ExposureSaved(
            days: 28, posts: posts, dose: Dose(9),
            parts: [
                ExposureSaved.Part(
                    hazard: .severe, posts: posts, median: .seconds(20), isLearned: false, dose: Dose(9))
            ])
        return Session(desk, role: .auditor, language: language, size: size)
    }

    @Test func overridesAndWhatGroupingSaved() throws {
        let session = session()
        session.keys("l")
        try expectPicture(
            session.picture,
            #"""
            """#)
        // It only shows: nothing there can be signed, refused or taken back.
        let before = session.state.overlay
        session.keys("yncOw\n")
        #expect(session.state.overlay == before && session.state.screen == .oversight)
    }

    @Test func overridesInFrenchOnALargeScreen() throws {
        let session = session(.french, size: Size(rows: 40, columns: 120), saved: 1)
        session.keys("lj")
        try expectPicture(
            session.picture,
            #"""
            """#)
    }

    @Test func whereNothingWasSavedItSaysSo() {
        let session = session(saved: 0)
        session.keys("l")
        #expect(session.picture.contains("In 28 days no post was decided with another without being shown."))
    }
}
