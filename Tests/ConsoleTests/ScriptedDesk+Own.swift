import Exposure
import Moderation
import Store

@testable import Console

extension ScriptedDesk {
    func stop() throws(Fault) -> Bool {
        try note("stop")
        for card in inHand.values.sorted(by: { $0.post < $1.post }) { try release(card.post) }
        guard let place = shifts.indices.last, shifts[place].isOpen else { return false }
        if shifts[place].openBreak == nil {
            shifts[place].breaks.append(Break(startedAt: tick.wall, isRequired: false))
        }
        return true
    }

    func notToday(_ choice: OptOuts, utcOffset: Int) throws(Fault) {
        try note("notToday", (choice.hazards.map(\.rawValue) + choice.policies.map(\.rawValue)).joined())
        person.optOuts.today = DayOptOuts(
            hazards: choice.hazards, policies: choice.policies, until: tick.wall + .seconds(15 * 3600))
    }

    func showTodayAgain() throws(Fault) { person.optOuts.today = nil }
    func support() throws(Fault) -> [SupportContact] { contacts }

    func checkInCount() throws(Fault) -> Int? { checkIns?.lines.count }
    func beginCheckIns(passphrase: String) throws(Fault) { checkIns = (passphrase, []) }
    func addCheckIn(level: Int, note: String) throws(Fault) {
        checkIns?.lines.append(CheckInLine(at: tick.wall, level: level, note: note))
    }
    func openCheckIns(passphrase: String) throws(Fault) -> [CheckInLine] {
        guard let checkIns, checkIns.passphrase == passphrase else {
            throw Fault(english: "that doesn't open them", french: "cela ne les ouvre pas")
        }
        return checkIns.lines
    }
    func deleteCheckIns() throws(Fault) { checkIns = nil }
}
