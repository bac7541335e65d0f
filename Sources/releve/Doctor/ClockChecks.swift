import Desk
import Moderation

/// Whether exposure, leases and the record can rely on this machine's time.
struct ClockChecks {
    let health: SiteHealth
    /// What the server's clock said; `nil` without a server.
    let server: Timestamp?
    /// When the server was asked.
    let asked: Timestamp
    private let now = SystemClock().now().wall

    init(health: SiteHealth, server: Timestamp?, asked: Timestamp) {
        self.health = health
        self.server = server
        self.asked = asked
    }

    /// More than this is no delay of a network or of a moment's work.
    private static let slack: Duration = .seconds(5)
    private static let remedy = "let chrony or systemd-timesyncd keep the clock"

    var all: [DoctorFinding] {
        var findings: [DoctorFinding] = []
        if let newest = health.newest, newest > now + Self.slack {
            findings.append(
                .wrong(
                    "clock",
                    "the ledger's newest entry is of \(newest.rfc3339), and here it is only \(now.rfc3339)",
                    "set the clock; entries made before then are dated too early"))
        }
        if let server, server + Self.slack < asked || server > now + Self.slack {
            findings.append(
                .wrong(
                    "clock", "the server's clock says \(server.rfc3339), this one \(now.rfc3339)",
                    "\(Self.remedy) on both machines"))
        }
        if health.clockMoved < .zero - Self.slack {
            findings.append(
                .wrong(
                    "clock",
                    "it was set back by \((.zero - health.clockMoved).components.seconds) s since somebody began a shift",
                    "\(Self.remedy) and steps never; exposure goes on by the machine's own counter"))
        }
        if findings.isEmpty {
            findings.append(.ok("clock", "it fits the record" + (server == nil ? "" : " and the server")))
        }
        return findings
    }
}
