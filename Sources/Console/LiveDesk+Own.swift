import CheckIn
import Desk
import Moderation
import Store

extension LiveDesk {
    func stop() throws(Fault) -> Bool {
        let isBreak = try call { () throws(DeskError) in try desk.stop(person) }
        forgetPosts()
        return isBreak
    }

    func notToday(_ choice: OptOuts, utcOffset: Int) throws(Fault) {
        try change { person throws(DeskError) in
            try desk.notToday(
                hazards: choice.hazards, policies: choice.policies, utcOffset: utcOffset, to: person)
        }
    }

    func showTodayAgain() throws(Fault) {
        try change { person throws(DeskError) in try desk.showTodayAgain(to: person) }
    }

    func support() throws(Fault) -> [SupportContact] {
        try call { () throws(DeskError) in try desk.support() }
    }

    // MARK: Check-ins

    func checkInCount() throws(Fault) -> Int? {
        guard let checkIns, checkIns.exists else { return nil }
        return try calling { file throws(CheckInError) in try file.count() }
    }

    func beginCheckIns(passphrase: String) throws(Fault) {
        try calling { file throws(CheckInError) in
            try file.begin(passphrase: passphrase, cost: checkInCost)
        }
    }

    func addCheckIn(level: Int, note: String) throws(Fault) {
        let checkIn = CheckIn(at: desk.clock.now().wall, level: level, note: note)
        try calling { file throws(CheckInError) in try file.add(checkIn) }
    }

    func openCheckIns(passphrase: String) throws(Fault) -> [CheckInLine] {
        try calling { file throws(CheckInError) in try file.read(passphrase: passphrase) }
            .map { CheckInLine(at: $0.at, level: $0.level, note: $0.note) }
    }

    func deleteCheckIns() throws(Fault) {
        try calling { file throws(CheckInError) in try file.delete() }
    }

    private func calling<Result>(_ body: (CheckInFile) throws(CheckInError) -> Result) throws(Fault) -> Result
    {
        guard let checkIns else {
            throw Fault(
                english: "this console has no place for check-ins",
                french: "cette console n'a pas de place pour vos états")
        }
        do throws(CheckInError) { return try body(checkIns) } catch { throw Fault(error) }
    }
}

extension Fault {
    init(_ error: CheckInError) {
        self.init(english: error.message(in: "en"), french: error.message(in: "fr"))
    }
}
