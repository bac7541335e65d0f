import Enforcement
import Foundation
import Moderation
import PolicyEngine
import Testing

@Suite("The transparency report says what happened on a made day")
struct ReportTests {
    private static let hostile =
        "</style><script>alert('x')</script> | **bold** [a](https://evil.example)\u{202E}"

    /// A day of 240 decisions by 24 people and a rule, on a site with a hostile name.
    private func figures() throws -> ReportFigures {
        let text = """
            id: spam
            title: {en: Spam, fr: Spam}
            guidance: Look.
            neutral: A post.
            dsa: {category: STATEMENT_CATEGORY_OTHER_VIOLATION_TC}
            hazard: none
            actions: [remove, label, suspend, keep]
            rules:
              - id: spam/links
                title: {en: "Many <links>", fr: "Beaucoup de <liens>"}
                selections: {word: {body: {any_word: [cat]}}}
                recommend: remove
            """
        let bundle = try #require(PolicyLoader.load(files: [("spam.yaml", text)]).bundle)
        let day = try #require(Timestamp(rfc3339: "2026-03-01"))
        var figures = ReportFigures(
            site: "site " + Self.hostile, from: day, to: day + .seconds(86_400), undoWindow: .seconds(30))
        let rule = RuleID("spam/links")
        for index in 0..<240 {
            let action: Action = [.remove, .keep, .label, .remove, .suspend, .keep][index % 6]
            let decidedAt = day + .seconds(Int64(index) * 300)
            let isAutomatic = index % 12 == 0
            let suggestion = Recommendation(action: .remove, policy: PolicyID("spam"), rule: rule)
            let decision = Decision(
                id: DecisionID("d\(index)"), post: PostID("p\(index)"), postVersion: 1,
                maker: isAutomatic
                    ? .rule(rule, approvedBy: PersonID("lead")) : .person(PersonID("m\(index % 24)")),
                action: action, policy: action == .keep ? nil : PolicyID("spam"),
                rule: isAutomatic ? rule : nil,
                note: nil, recommendation: index % 2 == 0 ? suggestion : nil, bundle: bundle.digest,
                decidedAt: decidedAt,
                undoneAt: index % 40 == 0
                    ? decidedAt + .seconds(7200) : index % 50 == 1 ? decidedAt + .seconds(9) : nil)
            let content = FlaggedPost(
                source: "s", externalID: "\(index)", body: "never shown",
                flags: index % 3 == 0 ? [] : [Flag(reason: "spam", isTrusted: index % 3 == 1)])
            let waited = Int64([1800, 7200, 40_000, 80_000, 200_000, 3_000_000][index % 6])
            figures.add(
                DecidedPost(
                    place: Int64(index), decision: decision, content: index % 60 == 2 ? nil : content,
                    source: "s",
                    language: ["en", "fr", "de"][index % 3], hazard: .none, flagCount: 1,
                    takenInAt: decidedAt - .seconds(waited), isLatest: true, isStated: false), under: bundle)
        }
        figures.add(disputes: [rule: 4], under: bundle)
        let people = (0..<24).map { index in
            Person(
                id: PersonID("m\(index)"), user: "u\(index)", name: "Name \(index)", roles: [.moderator],
                languages: index < 11 ? ["en"] : index < 21 ? ["fr"] : ["de"])
        }
        figures.team = TeamFigures(people: people)
        figures.team.cells = [
            TeamFigures.Cell(hazard: .mild, minutes: 1440, percent: 300),
            TeamFigures.Cell(hazard: .severe, minutes: 720, percent: 300),
        ]
        figures.team.percentPerThousand = 833
        return figures
    }

    private static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/made-day"

    /// To write the goldens anew after a change that is meant: RELEVE_WRITE_GOLDENS=1, and read the difference.
    @Test(arguments: ["en", "fr"]) func theMarkdownIsTheGoldenOne(_ language: String) throws {
        let report = try TransparencyReport(figures(), language: language)
        let file = "\(Self.golden).\(language).md"
        if ProcessInfo.processInfo.environment["RELEVE_WRITE_GOLDENS"] != nil {
            try report.markdown.write(toFile: file, atomically: true, encoding: .utf8)
            try report.html.write(
                toFile: NSTemporaryDirectory() + "made-day.\(language).html", atomically: true,
                encoding: .utf8)
        }
        #expect(try String(contentsOfFile: file, encoding: .utf8) == report.markdown)
    }

    @Test(arguments: ["en", "fr"]) func theHTMLLoadsAndRunsNothingAndEscapesNames(_ language: String) throws {
        let html = try TransparencyReport(figures(), language: language).html
        for part in [
            "<script", "javascript:", "http://", "https://evil.example\"", " src=", " href=", "url(http",
            "@import", "onload", "<link", "<img", "<iframe",
        ] {
            #expect(!html.contains(part), "\(part)")
        }
        #expect(html.contains("&lt;script&gt;") && !html.unicodeScalars.contains("\u{202E}"))
        #expect(html.contains("<html lang=\"\(language)\">") && !html.contains("never shown"))
        // Every chart is named and has its table beside it.
        let charts = html.components(separatedBy: "<figure role=\"img\" aria-label=\"").count - 1
        #expect(charts == 6 && html.components(separatedBy: "<caption>").count - 1 >= charts)
        #expect(html.contains("prefers-color-scheme: dark") && html.contains("@media print"))
    }

    @Test func noPersonAndNoSmallGroupIsInIt() throws {
        let report = try TransparencyReport(figures(), language: "en")
        // The three who review in German would be the rest beside the others: the smaller of these hides them.
        #expect(!report.html.contains("Name 1") && !report.markdown.contains("German"))
        #expect(
            report.markdown.contains("At least 20 people") && report.markdown.contains("| English | 10 |"))
        #expect(!report.markdown.contains("| French |"))
        #expect(
            report.markdown.contains("833 % of a full dose") && report.markdown.contains("| Severe | 720 |"))
    }
}
