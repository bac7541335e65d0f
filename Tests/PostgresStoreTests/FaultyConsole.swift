#if Postgres
import Desk
import Foundation
import Moderation
import PostgresStore
import Store
import Synchronization

/// Somebody who looks at posts and decides them, on a server that fails again and again; it remembers what it was told.
final class FaultyConsole: Sendable {
    /// What is known of one console's work.
    struct Told {
        /// Decisions that were acknowledged.
        var decided: [DecisionID] = []
        /// For how long posts were visible, by their spans.
        var seen: [SpanID: Duration] = [:]
        /// When something was acknowledged last.
        var last = ContinuousClock.now
        /// Errors that were told, with how often.
        var errors: [String: Int] = [:]
        /// What no fault explains.
        var surprises: [String] = []
    }

    private let desk: Desk
    private let person: Person
    private let state = Mutex(Told())
    private let isOver = Mutex(false)

    init(_ desk: Desk, _ person: Person) {
        self.desk = desk
        self.person = person
    }

    var told: Told { state.withLock { $0 } }

    func end() { isOver.withLock { $0 = true } }

    /// Works until it is told to end.
    func work() {
        while !isOver.withLock({ $0 }) {
            do { try decideOne() } catch {
                // What only says that a claim is gone comes of a decision that was kept though nobody heard of it.
                if case .claimLost = error { continue }
                state.withLock { $0.errors["\(error)", default: 0] += 1 }
                if case .store = error {
                    usleep(50_000)
                } else {
                    state.withLock { $0.surprises.append("\(error)") }
                }
            }
        }
    }

    private func decideOne() throws(DeskError) {
        guard let file = try inHand() else {
            usleep(20_000)
            return
        }
        guard case .uncovered(let post) = try desk.uncover(file, by: person) else {
            state.withLock { $0.surprises.append("refused to uncover") }
            usleep(100_000)
            return
        }
        let start = ContinuousClock.now
        usleep(UInt32.random(in: 1_000...20_000))
        // Whoever has chosen doesn't see the post any more, whatever becomes of the choice.
        let seen = ContinuousClock.now - start
        do throws(DeskError) {
            let (decision, _) = try desk.decideAndClaimNext(
                file, Choice(action: .keep), by: person, open: post.open)
            note(post.open, seen) { $0.decided.append(decision.id) }
        } catch {
            note(post.open, seen)
            throw error
        }
    }

    private func note(
        _ open: OpenSpan, _ seen: Duration, _ more: (inout Told) -> Void = { _ in }
    ) {
        state.withLock { told in
            told.seen[open.id] = seen
            told.last = .now
            more(&told)
        }
    }

    private func inHand() throws(DeskError) -> CaseFile? {
        if let held = try desk.heldCases(of: person).first { return held }
        guard case .claimed(let file) = try desk.claimNext(for: person) else { return nil }
        return file
    }
}
#endif
