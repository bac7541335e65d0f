import Foundation
import Testing

/// The console in a real terminal, driven as a person would.
final class Screen {
    private let socket = "releve-" + UUID().uuidString
    let program: Program

    static let isPossible: Bool = {
        let found = FileManager.default.isExecutableFile(atPath: "/usr/bin/tmux")
        if !found { print("SKIPPED: tmux is not installed (make test installs it)") }
        return found
    }()

    /// Opens the console on a site of its own with posts of these files of the sample queue.
    convenience init(columns: Int, rows: Int, queue: [String] = ["forum.jsonl", "hostile-text.jsonl"]) throws
    {
        let program = try Program()
        _ = try program.makeSite()
        for name in queue { _ = try program.releve("intake", Program.root + "/Queue/" + name) }
        try self.init(program, columns: columns, rows: rows)
    }

    /// Opens the console on a site that is there; a shell around it says how it ended.
    init(_ program: Program, columns: Int, rows: Int, environment: String = "", shell: Bool = false) throws {
        self.program = program
        let variables =
            "RELEVE_STORE=sqlite:\(program.store) XDG_CACHE_HOME=\(program.folder) XDG_DATA_HOME=\(program.folder) LC_ALL=C.UTF-8 RELEVE_LANG=en "
            + environment + " "
        let command =
            shell
            ? "env -u NO_COLOR \(variables) PATH=\(Program.built):$PATH PS1='shell> ' bash --norc --noprofile"
            : "env -u NO_COLOR \(variables) \(Program.built)releve; echo left with $?; exec sleep 60"
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

    /// The process that runs in the pane's shell.
    var child: pid_t {
        get throws {
            let pid = try tmux("list-panes", "-F", "#{pane_pid}").trimmingCharacters(
                in: .whitespacesAndNewlines)
            let children = try? String(contentsOfFile: "/proc/\(pid)/task/\(pid)/children", encoding: .utf8)
            return try #require(children?.split(separator: " ").first.flatMap { pid_t($0) })
        }
    }

    /// How many decisions of people the status line counts today.
    static func decisions(on picture: String) -> Int? {
        let wide = picture.firstMatch(of: /decided: (\d+) by people/).flatMap { Int($0.1) }
        return wide ?? picture.firstMatch(of: /people (\d+)/).flatMap { Int($0.1) }
    }
}
