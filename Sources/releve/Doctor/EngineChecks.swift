import Store

/// What keeps the store, and whether a power cut leaves what was confirmed.
struct EngineChecks {
    let facts: StoreFacts
    let name: String

    var all: [DoctorFinding] {
        [.ok("store", "\(name), \(facts.engine), schema \(facts.schema)"), settings]
            + (facts.server.map(server) ?? [])
    }

    private var settings: DoctorFinding {
        let unsafe = facts.settings.filter { !$0.isSafe }.map { "\($0.name) = \($0.value)" }
        guard unsafe.isEmpty else {
            return .wrong(
                "durability", "\(unsafe.joined(separator: ", ")): a power cut may lose what was confirmed",
                "turn it on in the server's configuration")
        }
        return .ok("durability", facts.settings.map { "\($0.name) = \($0.value)" }.joined(separator: ", "))
    }

    private func server(_ server: StoreFacts.Server) -> [DoctorFinding] {
        let used = "\(server.connections) of \(server.mostConnections) connections are taken"
        let isFull = server.connections * 5 > server.mostConnections * 4
        var findings: [DoctorFinding] = [
            isFull
                ? .note("server", used, "raise max_connections, or put PgBouncer in front of it")
                : .ok("server", used)
        ]
        if server.isRemote {
            findings.append(
                server.isEncrypted
                    ? .ok("line", "encrypted")
                    : .wrong(
                        "line", "what goes to the server and comes from it is not encrypted",
                        "add sslmode=verify-full to the address (Documentation/deployment.md)"))
        }
        return findings
    }
}
