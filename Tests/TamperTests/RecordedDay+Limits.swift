import Desk
import Exposure
import Moderation
import Store

/// What happens to limits while Ben is in a shift: proposed, signed, seen, and widened for him alone.
extension RecordedDay {
    func limitsChange() throws {
        var wanted = try desk.limitsInForce(for: ada).stored.limits
        wanted.continuous = .seconds(55 * 60)
        let refused = try desk.propose(wanted, reason: "the queue", by: ada)
        try desk.refuse(refused.id, by: fay)
        let withdrawn = try desk.propose(wanted, reason: "the queue \u{1F600}", by: ada)
        try desk.withdraw(withdrawn.id, by: ada)
        let signed = try desk.propose(wanted, reason: "the queue again", by: ada)
        clock.advance(by: .seconds(5))
        let limits = try desk.approve(signed.id, by: fay)
        clock.advance(by: .seconds(5))
        try desk.acknowledge(limits.version, refusing: true, by: ben)
        try desk.acknowledge(limits.version, by: eve)
        _ = try desk.propose(wanted.with(daily: 95), reason: "still open", by: fay)
        try overridesAreAsked()
    }

    private func overridesAreAsked() throws {
        func ask(_ daily: Int64) throws -> OverrideID {
            try desk.askOverride(of: [.daily: daily], for: ben.id, reason: "a court waits", by: ada).id
        }
        let held = try ask(100)
        try desk.countersign(held, approving: true, by: fay)
        clock.advance(by: .seconds(5))
        try desk.consent(to: held, by: ben)
        try desk.countersign(ask(101), approving: false, by: fay)
        try desk.decline(ask(102), by: ben)
        let ended = try ask(103)
        try desk.countersign(ended, approving: true, by: fay)
        try desk.consent(to: ended, by: ben)
        clock.advance(by: .seconds(5))
        try desk.decline(ended, by: ben)
        _ = try ask(104)
    }
}

extension Limits {
    fileprivate func with(daily: Percent) -> Limits {
        var result = self
        result.daily = daily
        return result
    }
}
