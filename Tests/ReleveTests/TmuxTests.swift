import Foundation
import Testing

/// The console in a real terminal, driven as a person would.
private final class Screen {
    private let socket = "releve-" + UUID().uuidString
    let program: Program

    init(columns: Int, rows: Int) throws {
        program = try Program()
        _ = try program.makeSite()
        for name in ["forum.jsonl", "hostile-text.jsonl"] {
            _ = try program.releve("intake", Program.root + "/Queue/" + name)
        }
        let command =
            "RELEVE_STORE=sqlite:\(program.store) XDG_CACHE_HOME=\(program.folder) LC_ALL=C.UTF-8 RELEVE_LANG=en "
            + "\(Program.built)releve; echo left with $?; exec sleep 60"
        _ = try tmux("new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", command)
    }

    deinit { _ = try? tmux("kill-server") }

    @discardableResult
    func tmux(_ arguments: String...) throws -> String {
        // Not by Foundation's Process, which waits for the server that tmux leaves behind too.
        let path = program.folder + "/tmux-output"
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        // Test threads block signals, and what they start would go on doing so.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let words = ["tmux", "-L", socket, "-f", "/dev/null"] + arguments
        var pointers = words.map { strdup($0) } + [nil]
        defer { pointers.forEach { free($0) } }
        var child: pid_t = 0
        #expect(posix_spawn(&child, "/usr/bin/tmux", &actions, &attributes, &pointers, environ) == 0)
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }

    var picture: String { get throws { try tmux("capture-pane", "-p") } }

    /// Waits until the screen shows a text.
    func wait(for text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let deadline = Date().addingTimeInterval(20)
        var last = ""
        while Date() < deadline {
            last = try picture
            if last.contains(text) { return }
            usleep(30_000)
        }
        Issue.record("\(text) never came:\n\(last)", sourceLocation: sourceLocation)
    }

    /// Presses keys; a person leaves time between two decisions, and the console takes no faster ones.
    func press(_ keys: String...) throws {
        for key in keys {
            usleep(200_000)
            try tmux("send-keys", key)
        }
    }
}

@Suite("The console works in a real terminal", .serialized)
struct TmuxTests {
    private static let hasTmux: Bool = {
        let found = FileManager.default.isExecutableFile(atPath: "/usr/bin/tmux")
        if !found { print("SKIPPED: tmux is not installed (make test installs it)") }
        return found
    }()

    @Test(.enabled(if: hasTmux), arguments: [(80, 24), (120, 40)])
    func aShiftInShort(_ columns: Int, _ rows: Int) throws {
        let screen = try Screen(columns: columns, rows: rows)
        try screen.wait(for: "Enter starts the shift")
        #expect(try screen.picture.contains("DEMO"))
        try screen.press("Enter")
        try screen.wait(for: "covered")
        let covered = try screen.picture
        #expect(covered.contains("extreme") && !covered.contains("▸"))
        try screen.press("Space")
        try screen.wait(for: "the clock runs")
        try screen.press("Space")
        try screen.wait(for: "covered")
        try screen.press("a")
        try screen.wait(for: "u undo")
        #expect(try screen.program.json("queue", "stats")["decided"] as? Int == 1)
        try screen.press("u")
        try screen.wait(for: "covered")
        #expect(try screen.program.json("queue", "stats")["decided"] as? Int == 0)
        try screen.press("?")
        try screen.wait(for: "Esc closes")
        try screen.press("Escape", "B")
        try screen.wait(for: "reak")
        #expect(try screen.program.json("ledger", "verify")["ok"] as? Bool == true)
    }

    @Test(.enabled(if: hasTmux))
    func leavingRestoresTheTerminalAndAPostInHandWaits() throws {
        let screen = try Screen(columns: 80, rows: 24)
        try screen.wait(for: "Enter starts the shift")
        try screen.press("Enter")
        try screen.wait(for: "covered")
        let pid = try screen.tmux("list-panes", "-F", "#{pane_pid}").trimmingCharacters(
            in: .whitespacesAndNewlines)
        let child = try String(
            contentsOfFile: "/proc/\(pid)/task/\(pid)/children", encoding: .utf8
        ).split(separator: " ").first.flatMap { Int32($0) }
        kill(try #require(child), SIGTERM)
        try screen.wait(for: "left with 143")
        #expect(try screen.program.json("queue", "stats")["claimed"] as? Int == 1)
        #expect(try !screen.picture.contains("Dose"))
    }
}
