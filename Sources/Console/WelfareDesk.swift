import Desk
import Ledger
import Moderation
import Store

/// A physician to whom a record can be handed.
struct PhysicianRow: Hashable, Sendable {
    var user: String
    var name: String
}

/// A record that a physician opened.
struct OpenedRecord: Hashable, Sendable {
    var id: HandoverID
    /// Whose it is, by name.
    var name: String
    var record: PortableRecord
}

/// What the desk is asked for the workers' representative and for the physician.
enum WelfareEffect: Hashable, Sendable {
    case readMonths
    case readHanded, open(HandoverID, name: String)
    case readPhysicians, handOver(PhysicianRow), takeBack(HandoverID)
}

/// What became of it.
enum WelfareAnswer: Hashable, Sendable {
    case months([CollectiveMonth])
    case handed([NamedHandover])
    case opened(OpenedRecord)
    case physicians([PhysicianRow])
    case handedOver(PhysicianRow)
    case tookBack
}

/// What the console asks of the desk for those who look after the others, and of a person towards them.
protocol WelfareDesk {
    /// The months that are told of the whole team, newest first.
    func collectiveMonths() throws(Fault) -> [CollectiveMonth]
    /// What was handed to the physician at this console.
    func handed() throws(Fault) -> [NamedHandover]
    /// Opens a record; its owner is told.
    func openHanded(_ id: HandoverID) throws(Fault) -> PortableRecord
    func physicians() throws(Fault) -> [PhysicianRow]
    func handOver(to user: String) throws(Fault)
    func takeBack(_ id: HandoverID) throws(Fault)
}

extension EffectRunner {
    func welfareAnswer(_ effect: WelfareEffect) throws(Fault) -> WelfareAnswer {
        switch effect {
        case .readMonths: return .months(try desk.collectiveMonths())
        case .readHanded: return .handed(try desk.handed())
        case .open(let id, let name):
            return .opened(OpenedRecord(id: id, name: name, record: try desk.openHanded(id)))
        case .readPhysicians: return .physicians(try desk.physicians())
        case .handOver(let physician):
            try desk.handOver(to: physician.user)
            return .handedOver(physician)
        case .takeBack(let id):
            try desk.takeBack(id)
            return .tookBack
        }
    }
}

extension LiveDesk {
    func collectiveMonths() throws(Fault) -> [CollectiveMonth] {
        try call { () throws(DeskError) in try desk.collectiveMonths(for: person) }
    }

    func handed() throws(Fault) -> [NamedHandover] {
        try call { () throws(DeskError) in try desk.handovers(to: person) }
    }

    func openHanded(_ id: HandoverID) throws(Fault) -> PortableRecord {
        try call { () throws(DeskError) in try desk.open(id, for: person) }.record
    }

    func physicians() throws(Fault) -> [PhysicianRow] {
        try call { () throws(DeskError) in try desk.physicians() }.filter { $0.id != person.id }
            .map { PhysicianRow(user: $0.user, name: $0.name) }
    }

    func handOver(to user: String) throws(Fault) {
        try call { () throws(DeskError) in _ = try desk.handOver(to: user, by: person) }
    }

    func takeBack(_ id: HandoverID) throws(Fault) {
        try call { () throws(DeskError) in try desk.takeBack(id, by: person) }
    }
}
