import TerminalKit

/// Whether the console can be shown here as it is meant.
enum TerminalChecks {
    static func all() -> [DoctorFinding] {
        do throws(TerminalError) {
            guard let facts = try TerminalFacts.look() else {
                return [.ok("terminal", "none here, so nothing was looked at")]
            }
            return findings(facts)
        } catch {
            return [.wrong("terminal", error.description, "or work in another terminal")]
        }
    }

    private static func findings(_ facts: TerminalFacts) -> [DoctorFinding] {
        var findings: [DoctorFinding] = []
        if !facts.isUnicode {
            findings.append(
                .wrong(
                    "terminal", "the locale is not UTF-8: text of most languages can't be shown",
                    "set LANG to a locale of UTF-8, such as C.UTF-8"))
        }
        if let size = facts.size, size.rows < 24 || size.columns < 80 {
            findings.append(
                .note(
                    "terminal",
                    "it has \(size.columns)×\(size.rows) cells; screens are made for 80×24 and more",
                    "make the window larger"))
        }
        if facts.colors < 8 {
            findings.append(
                .note(
                    "terminal", "\(facts.name) has no colours; all is said without them too",
                    "set TERM to what your terminal is, if it has some"))
        }
        return findings.isEmpty
            ? [.ok("terminal", "\(facts.name), \(facts.colors) colours, UTF-8")] : findings
    }
}
