import Exposure
import Foundation
import Moderation
import Testing

/// The table of defaults in `Documentation/exposure-model.md` and the defaults themselves say the same.
@Suite("The page of the model tells the defaults that hold")
struct ModelPageTests {
    private struct Unreadable: Error { let text: String }

    private func page() throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(
            contentsOf: root.appendingPathComponent("Documentation/exposure-model.md"), encoding: .utf8)
    }

    /// Rows of the table below a heading, cell by cell.
    private func rows(below heading: String) throws -> [[String]] {
        let lines = try page().split(separator: "\n", omittingEmptySubsequences: false)
        let start = try #require(lines.firstIndex { $0 == "## \(heading)" })
        let section = lines[(start + 1)...].prefix { !$0.hasPrefix("## ") }
        return section.filter { $0.hasPrefix("| `") }.map { line in
            line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
                .map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    /// Milliseconds of `10 s`, `50 min` and `6 h`; else the number in front.
    private func figure(_ text: String) throws -> Int64 {
        let words = text.split(separator: " ")
        guard let first = words.first, let number = Int64(first) else { throw Unreadable(text: text) }
        switch words.dropFirst().first {
        case "s": return number * 1000
        case "min": return number * 60_000
        case "h": return number * 3_600_000
        case "%", "a", "posts", "people": return number
        default: throw Unreadable(text: text)
        }
    }

    @Test func everyDefaultIsThereOnceAndRight() throws {
        let rows = try rows(below: "Defaults")
        var missing = Set(LimitField.allCases)
        for row in rows {
            let name = row[0].trimmingCharacters(in: ["`"])
            let field = try #require(LimitField(rawValue: name), "there is no limit \(name)")
            #expect(missing.remove(field) != nil, "\(name) is told twice")
            #expect(try figure(row[1]) == Limits.standard[field], "\(name): \(row[1])")
            let kind = row[3]
            #expect(
                ["choice", "choice in form", "law", "guidance", "practice"].contains(kind),
                "\(name): a choice, or what source?")
            #expect(!row[2].isEmpty || kind == "choice", "\(name) names no source")
        }
        #expect(missing.isEmpty, "not told: \(missing.map(\.rawValue).sorted())")
    }

    @Test func theTimesToAFullDoseFollowFromTheWeights() throws {
        let told = ["weight_mild": 480, "weight_moderate": 340, "weight_severe": 240, "weight_extreme": 120]
        for row in try rows(below: "Defaults") {
            guard let minutes = told[row[0].trimmingCharacters(in: ["`"])] else { continue }
            #expect(Dose.full.units / 60_000 / (try figure(row[1])) == Int64(minutes))
            let text =
                minutes % 60 == 0
                ? "\(minutes / 60) h to 100 %" : "\(minutes / 60) h \(minutes % 60) min to 100 %"
            #expect(row[2].hasPrefix(text), "\(row[2])")
        }
        #expect(try page().contains("8160 weight·minutes = 489,600,000 weight·milliseconds"))
        #expect(Dose.full.units == 489_600_000)
        #expect(Dosimeter.halfLife == .seconds(600))
    }

    @Test func itSaysWhatTheFigureIsNot() throws {
        let text = try page()
        for words in [
            "No source validates a dose number", "Not a diagnosis", "Not a measure of productivity",
            "Not a target",
        ] { #expect(text.contains(words)) }
        // What dispatch takes for granted is told with the figures that hold.
        let dispatcher = Dispatcher(order: .levelled, limits: .standard)
        #expect(dispatcher.urgentWithin == .seconds(4 * 3600) && text.contains("less than 4 h left"))
        #expect(dispatcher.patience == .seconds(24 * 3600) && text.contains("due after 24 h of waiting"))
        #expect(dispatcher.pressingAfter == 33 && text.contains("a third of whose time has gone"))
        #expect(
            dispatcher.farAbove == 20 && text.contains("more than 20 % of a full dose above the team's mean"))
        #expect(dispatcher.flood == 25 && text.contains("a quarter of a full dose each"))
        #expect(dispatcher.tolerance == 5 && text.contains("more than 5 % above the team's mean"))
    }
}
