import ArgumentParser
import Desk
import Foundation
import PolicyEngine
import Store

/// `releve doctor`: looks a site over.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look a site over and tell what to mend; exit 1 when something is wrong.",
        discussion: """
            One line for each thing: ok, worth knowing, or WRONG, with what to do about it. Run it where the site is kept, as \
            its owner: somebody else sees less. It changes nothing and reads no post. Whether the record is whole is not its \
            question: that is releve ledger verify.
            """)
    @OptionGroup var site: SiteOptions
    @Flag(help: "One JSON object.") var json = false

    func run() throws {
        var findings: [DoctorFinding] = [.ok("program", "releve \(Releve.version)")]
        findings += TerminalChecks.all()
        findings += FileChecks.cache(Settings.cacheFolder)
        let place = try site.place()
        if case .sqlite(let path) = place { findings += FileChecks.store(path) }
        findings += checks(of: place)
        if json {
            try Output.json(Report(ok: findings.allSatisfy { $0.state != .wrong }, findings: findings))
        } else {
            for finding in findings { Output.line(finding.line) }
        }
        if findings.contains(where: { $0.state == .wrong }) { throw ExitCode(1) }
    }

    /// What only an open store tells; where it can't be opened, that is the finding.
    private func checks(of place: SitePlace) -> [DoctorFinding] {
        do {
            let desk = Desk(store: try place.open(creating: false), cacheDirectory: Settings.cacheFolder)
            let before = SystemClock().now().wall
            let facts = try desk.storeFacts()
            let health = try desk.health()
            let key = KeyChecks(path: try site.keyPath(), publicKey: health.site.publicKey)
            let care = CareChecks(
                health: health, notes: try CareNotes(of: place), isKeeper: key.isAtHand, isFile: place.isFile)
            var findings = EngineChecks(facts: facts, name: try place.name()).all
            findings += ClockChecks(health: health, server: facts.server?.now, asked: before).all
            findings += key.all + care.all + SiteChecks.people(health)
            return findings + [try SiteChecks.policies(desk.bundleInForce())]
        } catch let error as DeskError {
            if case .store(let says, let remedy) = error { return [.wrong("store", says, remedy)] }
            return [.wrong("store", error.message(in: "en"), "see releve --help")]
        } catch {
            return [.wrong("store", (error as? Complaint)?.message ?? "\(error)", "see releve --help")]
        }
    }

    private struct Report: Encodable {
        let ok: Bool
        let findings: [DoctorFinding]
    }
}
