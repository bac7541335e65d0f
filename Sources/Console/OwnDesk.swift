import Moderation
import Store

/// What the console asks of the desk for the person alone.
protocol OwnDesk {
    /// Ends exposure and gives back what is in hand; whether a break lasts now.
    func stop() throws(Fault) -> Bool
    func notToday(_ choice: OptOuts, utcOffset: Int) throws(Fault)
    func showTodayAgain() throws(Fault)
    func support() throws(Fault) -> [SupportContact]

    /// How many check-ins there are; `nil` before they were begun.
    func checkInCount() throws(Fault) -> Int?
    func beginCheckIns(passphrase: String) throws(Fault)
    func addCheckIn(level: Int, note: String) throws(Fault)
    /// All of them, oldest first.
    func openCheckIns(passphrase: String) throws(Fault) -> [CheckInLine]
    func deleteCheckIns() throws(Fault)
}

extension EffectRunner {
    func ownAnswer(_ effect: OwnEffect) throws(Fault) -> Answer {
        switch effect {
        case .stop: return .own(.stopped(isBreak: try desk.stop()))
        case .notToday(let choice, let utcOffset):
            try desk.notToday(choice, utcOffset: utcOffset)
            return .optOutsChanged(try desk.brief().person.optOuts)
        case .showTodayAgain:
            try desk.showTodayAgain()
            return .optOutsChanged(try desk.brief().person.optOuts)
        case .readSupport: return .own(.support(try desk.support()))
        case .readCheckIns:
            let count = try desk.checkInCount()
            return .own(.checkIns(isBegun: count != nil, count: count ?? 0))
        case .beginCheckIns(let passphrase):
            try desk.beginCheckIns(passphrase: passphrase)
            return .own(.checkIns(isBegun: true, count: 0))
        case .addCheckIn(let level, let note):
            try desk.addCheckIn(level: level, note: note)
            return .own(.checkInAdded)
        case .openCheckIns(let passphrase):
            return .own(.checkInsOpened(try desk.openCheckIns(passphrase: passphrase)))
        case .deleteCheckIns:
            try desk.deleteCheckIns()
            return .own(.checkInsDeleted)
        }
    }
}
