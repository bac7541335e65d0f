import Desk
import Ledger
import Moderation
import Store

@testable import Console

extension ScriptedDesk {
    func collectiveMonths() throws(Fault) -> [CollectiveMonth] { welfare.months ?? [] }
    func handed() throws(Fault) -> [NamedHandover] { welfare.handed ?? [] }
    func openHanded(_ id: HandoverID) throws(Fault) -> PortableRecord {
        try note("openHanded", id.rawValue)
        guard let opened = welfare.opened, opened.id == id else {
            throw Fault(english: "there is no such record", french: "il n'y a pas ce relevé")
        }
        return opened.record
    }
    func physicians() throws(Fault) -> [PhysicianRow] { welfare.physicians }
    func handOver(to user: String) throws(Fault) { try note("handOver", user) }
    func checks() throws(Fault) -> AuditChecks { auditChecks }
    func takeBack(_ id: HandoverID) throws(Fault) { try note("takeBack", id.rawValue) }
}
