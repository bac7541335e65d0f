import Foundation
import Moderation
import Synchronization
import TerminalKit
import Testing

@testable import Console

/// Who finds the queue empty is given a post when one comes.
@Suite struct WaitingTests {
    @Test func aWakingBringsThePostThatCameAndItIsCovered() throws {
        let desk = Samples.desk()
        let posts = desk.queue
        desk.queue = []
        let session = Session(desk)
        session.keys("\n")
        #expect(session.state.isWaitingForWork && session.picture.contains("The queue is empty."))
        session.send(.terminal(.woken, pending: false))
        #expect(session.state.isWaitingForWork, "nothing came: waiting goes on")
        desk.queue = posts
        session.send(.terminal(.woken, pending: false))
        #expect(session.state.hand != nil && !session.state.isUncovered && !session.state.isWaitingForWork)
    }

    @Test func whoDoesNotWaitIsGivenNothing() {
        let before = Session()
        before.send(.terminal(.woken, pending: false))
        #expect(before.desk.log.contains("claim") == false, "work has not begun")
        let session = Session()
        session.keys("\n")
        let claims = session.desk.log.count { $0 == "claim" }
        session.send(.terminal(.woken, pending: false))
        #expect(session.desk.log.count { $0 == "claim" } == claims, "a post is in hand")
        let resting = Samples.desk()
        resting.queue = []
        let other = Session(resting)
        other.keys("\n")
        other.keys("B")
        other.send(.terminal(.woken, pending: false))
        #expect(other.state.screen == .pause && !other.state.isWaitingForWork)
    }

    @Test func theWatchWakesTheTerminalOnlyWhileSomebodyWaits() {
        let came = DispatchSemaphore(value: 0)
        let asked = DispatchSemaphore(value: 0)
        let woken = DispatchSemaphore(value: 0)
        let watch = WorkWatch(waking: TerminalWaker { woken.signal() }) { _ in
            asked.signal()
            came.wait()
        }
        #expect(asked.wait(timeout: .now() + .milliseconds(50)) == .timedOut, "nobody waits yet")
        watch.want(true)
        asked.wait()
        came.signal()
        woken.wait()
        asked.wait()
        watch.want(false)
        came.signal()
        #expect(woken.wait(timeout: .now() + .milliseconds(50)) == .timedOut)
        watch.want(true)
        asked.wait()
        watch.end()
        came.signal()
        #expect(woken.wait(timeout: .now() + .milliseconds(50)) == .timedOut)
    }
}
