import Foundation
import Testing

@Suite("Leads ask for forecasts", .serialized)
struct SimulateCommandTests {
    private func site() throws -> Program {
        let program = try Program()
        _ = try program.makeSite()
        _ = try program.releve("roster", "add", "--user", "ben", "--name", "Ben", "--roles", "moderator")
        _ = try program.fill(30)
        return program
    }

    private func parameters(_ program: Program) throws -> String {
        let path = program.folder + "/parameters.json"
        let text = """
            {"hazards": {
              "mild": {"arrivals": 20, "handling": {"lognormal": {"median": 40, "sigma": 0.8}},
                "visible": {"lognormal": {"median": 30, "sigma": 0.8}}, "deadlines": [{"share": 1, "hours": 24}]},
              "severe": {"arrivals": 6, "handling": {"constant": 60}, "deadlines": [{"share": 0.5, "hours": 12}]}},
             "shifts": [{"start": "06:00"}, {"start": "14:00"}, {"start": "22:00"}]}
            """
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    @Test func aForecastFromTheSitesOwnWorkTellsNobodysFigures() throws {
        let program = try site()
        let said = try program.json("limits", "simulate", "--days", "7", "--runs", "1", "--warm-up", "0")
        let basis = try #require(said["basis"] as? [String: Any])
        // Two people are fewer than ten: nothing about how long they take, when they come or what they would bear.
        #expect(basis["handling_learned"] as? [String] == [] && basis["shifts_learned"] as? Bool == false)
        #expect(said["shift_dose"] == nil && said["week_dose"] == nil && said["capped_shifts"] == nil)
        #expect((said["backlog"] as? [Any])?.count == 7 * 24 + 1)
        let small = try program.json("limits", "simulate", "--days", "2", "--set", "smallest_group=2")
        #expect(small["shift_dose"] == nil, "asking about a smaller group tells no more of a small one")
        let refused = try program.releve("limits", "simulate", "--as", "ben")
        #expect(refused.code != 0 && refused.error.contains("needs the role lead"))
    }

    @Test func parametersLimitsAndStaffChangeWhatIsForeseen() throws {
        let program = try site()
        let path = try parameters(program)
        let plain = try program.json(
            "limits", "simulate", "--parameters", path, "--staff", "12", "--days", "3", "--warm-up", "0",
            "--runs", "1")
        let again = try program.json(
            "limits", "simulate", "--parameters", path, "--staff", "12", "--days", "3", "--warm-up", "0",
            "--runs", "1")
        #expect(plain as NSDictionary == again as NSDictionary, "the same seed, the same forecast")
        let strict = try program.json(
            "limits", "simulate", "--parameters", path, "--staff", "12", "--days", "3", "--warm-up", "0",
            "--runs", "1", "--set", "daily=3")
        func kept(_ said: [String: Any]) throws -> Int { try #require(said["deadlines_met"] as? Int) }
        #expect(try kept(strict) < kept(plain))
        let dose = try #require(strict["shift_dose"] as? [String: Any])
        #expect(try #require(dose["highest_percent"] as? Double) < 6)
        let needed = try program.json(
            "limits", "simulate", "--parameters", path, "--find-staff", "--days", "3", "--warm-up", "0",
            "--runs", "1")
        let more = try program.json(
            "limits", "simulate", "--parameters", path, "--find-staff", "--days", "3", "--warm-up", "0",
            "--runs", "1", "--set",
            "daily=5")
        let staff = try #require(needed["staff_needed"] as? Int)
        #expect(staff > 1 && (more["staff_needed"] as? Int ?? 0) > staff)
        let csv = try program.releve("limits", "simulate", "--parameters", path, "--days", "2", "--csv").out
        #expect(
            csv.hasPrefix("series,hazard,hour,value\narrived,mild,,") && csv.contains("\nwaiting,severe,48,"))
    }

    @Test func picturesAreReadInPlainCharacters() throws {
        let program = try site()
        let path = try parameters(program)
        let out = try program.releve(
            "limits", "simulate", "--parameters", path, "--staff", "12", "--days", "3", "--warm-up", "0",
            "--runs", "1", "--ascii"
        ).out
        #expect(out.contains("hazard") && out.contains("*") && out.contains("a shift ."))
        #expect(out.unicodeScalars.allSatisfy { $0.isASCII }, "\(out)")
        #expect(out.split(separator: "\n").allSatisfy { $0.count <= 100 })
        let braille = try program.releve(
            "limits", "simulate", "--parameters", path, "--staff", "12", "--days", "3"
        ).out
        #expect(braille.unicodeScalars.contains { (0x2800...0x28FF).contains($0.value) })
        #expect(!braille.contains("\u{1B}"))
    }

    @Test func mistakesAreNamed() throws {
        let program = try site()
        let path = program.folder + "/wrong.json"
        for (text, said) in [
            ("{\"hazards\": ", "wrong.json: not JSON"), ("{\"hazard\": {}}", "unknown name \"hazard\""),
            (
                "{\"hazards\": {\"mild\": {\"handling\": {\"constant\": 0}}}}",
                "hazards.mild.handling.constant"
            ),
        ] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            let output = try program.releve("limits", "simulate", "--parameters", path)
            #expect(output.code == 2 && output.error.contains(said), "\(output.error)")
        }
        #expect(
            try program.releve("limits", "simulate", "--parameters", "/nowhere").error.contains(
                "--print-parameters"))
        #expect(try program.releve("limits", "simulate", "--dispatch", "random").error.contains("levelled"))
        #expect(try program.releve("limits", "simulate", "--set", "daily=200").code == 2)
        let none = try program.releve("limits", "simulate", "--find-staff")
        #expect(none.code == 2 && none.error.contains("--within 24h"))
        let written = try program.releve("limits", "simulate", "--print-parameters").out
        try Data(written.utf8).write(to: URL(fileURLWithPath: path))
        #expect(try program.releve("limits", "simulate", "--parameters", path, "--json").code == 0)
    }
}
