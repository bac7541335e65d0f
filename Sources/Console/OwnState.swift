import Exposure
import Moderation
import Store
import TerminalKit

/// What a person does in a break.
enum Pastime: Hashable, Sendable {
    case nothing
    case pacer(Pacer)
    /// The next row down is due at that moment.
    case blocks(BlockGame, nextFall: Duration)

    var isBlocks: Bool { if case .blocks = self { true } else { false } }
}

/// The pages of My record.
enum RecordPage: String, CaseIterable, Hashable, Sendable {
    case day, week, month, outcomes, limits, looks, checkIns
}

/// What a person holds of their check-ins here; nothing of them outlives the console.
struct CheckInView: Hashable, Sendable {
    /// Whether they were begun; `nil` before that is known.
    var isBegun: Bool?
    /// How many there are, which needs no passphrase.
    var count = 0
    /// What was opened with the passphrase, oldest first; dropped on the way out of the page.
    var opened: [CheckInLine]?
}

/// One check-in, read.
struct CheckInLine: Hashable, Sendable {
    var at: Timestamp
    var level: Int
    var note: String
}

/// What concerns the person alone: what they do in a break, the page of their record, their check-ins.
struct OwnView: Hashable, Sendable {
    var page: RecordPage = .day
    var pastime: Pastime = .nothing
    /// Whether this break is a stop: somebody said that they need to stop now.
    var hasStopped = false
    var support: [SupportContact] = []
    var checkIns = CheckInView()
}

/// What lies over a screen of what concerns the person alone.
enum OwnOverlay: Hashable, Sendable {
    case notToday(selected: Int)
    case support(first: Int)
    case evidence(first: Int)
    case checkInBegin(selected: Int)
    case newPassphrase(InputLine)
    case samePassphrase(InputLine, first: String)
    case passphrase(InputLine)
    case level(selected: Int)
    case checkInNote(level: Int, InputLine)
    case deleteCheckIns(InputLine)
    case handOver(selected: Int)
    case takeBack(selected: Int)

    var context: Context {
        switch self {
        case .support, .evidence: .reading
        case .notToday, .checkInBegin, .level, .handOver, .takeBack: .choosing
        case .newPassphrase, .samePassphrase, .passphrase, .checkInNote, .deleteCheckIns: .writing
        }
    }

    /// Whether what is written is not shown.
    var isSecret: Bool {
        switch self {
        case .newPassphrase, .samePassphrase, .passphrase: true
        default: false
        }
    }
}

/// What the shell shall do for the person alone.
enum OwnEffect: Hashable, Sendable {
    case stop
    case notToday(OptOuts, utcOffset: Int), showTodayAgain
    case readSupport
    case readCheckIns, beginCheckIns(passphrase: String), addCheckIn(level: Int, note: String)
    case openCheckIns(passphrase: String), deleteCheckIns
}

/// What became of it.
enum OwnAnswer: Hashable, Sendable {
    /// Whether a break lasts now.
    case stopped(isBreak: Bool)
    case support([SupportContact])
    case checkIns(isBegun: Bool, count: Int)
    case checkInAdded
    case checkInsOpened([CheckInLine])
    case checkInsDeleted
}
