import Desk
import Moderation
import Store
import TerminalKit

/// The pages of what a representative is told.
enum CollectivePage: String, CaseIterable, Hashable, Sendable {
    case months, course, objections, limits
}

/// What the representative's and the physician's screens show.
struct WelfareView: Hashable, Sendable {
    var page: CollectivePage = .months
    /// Newest first; `nil` before they are read.
    var months: [CollectiveMonth]?
    /// What was handed over; `nil` before it is read.
    var handed: [NamedHandover]?
    /// The record that is open, which is dropped on the way out.
    var opened: OpenedRecord?
    /// To whom the person at this console can hand their record.
    var physicians: [PhysicianRow] = []
}

extension ConsoleState {
    // MARK: The representative

    mutating func performInCollective(_ command: Command) -> [Effect] {
        switch command {
        case .collectiveMonths: turnCollective(to: .months)
        case .collectiveCourse: turnCollective(to: .course)
        case .collectiveObjections: turnCollective(to: .objections)
        case .collectiveLimits: turnCollective(to: .limits)
        case .nextPage: turnCollective(to: welfare.page.turned(by: 1))
        case .previousPage: turnCollective(to: welfare.page.turned(by: -1))
        case .refresh: return [.brief, .welfare(.readMonths)]
        default: break
        }
        return []
    }

    private mutating func turnCollective(to page: CollectivePage) {
        welfare.page = page
        selected = 0
    }

    // MARK: The physician

    mutating func performInHanded(_ command: Command) -> [Effect] {
        switch command {
        case .openHanded:
            guard welfare.opened == nil, let rows = welfare.handed, rows.indices.contains(selected) else {
                return []
            }
            return [.welfare(.open(rows[selected].handover.id, name: rows[selected].person))]
        case .refresh: return [.brief, .welfare(.readHanded)]
        default: return []
        }
    }

    // MARK: Handing over one's own record

    /// What the person handed over and did not take back.
    var lasting: [NamedHandover] { (record?.handovers ?? []).filter { $0.handover.revokedAt == nil } }

    mutating func askHandOver() -> [Effect] {
        guard !welfare.physicians.isEmpty else {
            news = News(text: words.noPhysician, role: .muted)
            return [.welfare(.readPhysicians)]
        }
        overlay = .own(.handOver(selected: 0))
        return []
    }

    mutating func askTakeBack() -> [Effect] {
        guard !lasting.isEmpty else {
            news = News(text: words.nothingHanded, role: .muted)
            return []
        }
        overlay = .own(.takeBack(selected: 0))
        return []
    }

    /// The choice after the first one, which changes nothing.
    mutating func acceptHandOver(_ selected: Int) -> [Effect] {
        guard welfare.physicians.indices.contains(selected - 1) else { return [] }
        return [.welfare(.handOver(welfare.physicians[selected - 1]))]
    }

    mutating func acceptTakeBack(_ selected: Int) -> [Effect] {
        guard lasting.indices.contains(selected - 1) else { return [] }
        return [.welfare(.takeBack(lasting[selected - 1].handover.id))]
    }

    mutating func take(_ answer: WelfareAnswer) -> [Effect] {
        switch answer {
        case .months(let months): welfare.months = months
        case .handed(let rows): welfare.handed = rows
        case .opened(let opened):
            welfare.opened = opened
            selected = 0
            news = News(text: words.openedNow(opened.name), role: .accent)
        case .physicians(let rows): welfare.physicians = rows
        case .handedOver(let physician):
            news = News(text: words.handedOver(physician.name), role: .good)
            return [.readRecord]
        case .tookBack:
            news = News(text: words.tookBack, role: .good)
            return [.readRecord]
        }
        return []
    }
}
