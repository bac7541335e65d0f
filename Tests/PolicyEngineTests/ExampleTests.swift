import Moderation
import PolicyEngine
import Testing

@Suite("Examples in policy files are posts")
struct ExampleTests {
    private func load(
        _ selections: String, status: String = "live", match: [String] = [], pass: [String] = []
    )
        -> PolicyLoad
    {
        let text = """
            id: p
            title: P
            guidance: G
            neutral: N
            dsa: {category: STATEMENT_CATEGORY_VIOLENCE}
            hazard: moderate
            actions: [remove, keep]
            rules:
              - id: p/r
                status: \(status)
                selections: {a: {\(selections)}}
                examples:
                  match: [\(match.joined(separator: ", "))]
                  pass: [\(pass.joined(separator: ", "))]
            """
        return PolicyLoader.load(files: [(name: "p.yaml", text: text)])
    }

    @Test(arguments: [
        ("title: {any_word: [cat]}", "{title: a cat}", "{text: a cat}"),
        ("body: {any_word: [cat]}", "{body: a cat}", "{title: a cat}"),
        ("language: {equals: fr}", "{text: x, language: fr}", "{text: x, language: en}"),
        ("community: {equals: games}", "{community: Games}", "{community: gardens}"),
        ("source: {equals: forum.example}", "{source: forum.example}", "x"),
        ("kind: {equals: profile}", "{kind: profile}", "x"),
        ("age: {lt: 1 hours}", "{age: 5 minutes}", "{age: 2 hours}"),
        (
            "age: {lt: 1 hours}", "{created_at: '2026-03-01T09:30:00Z', now: '2026-03-01T10:00:00Z'}",
            "{created_at: '2026-03-01T09:30:00Z', now: '2026-03-02T10:00:00Z'}"
        ),
        ("author.handle: {contains: [bot]}", "{author: robot}", "{author: {handle: mia}}"),
        ("author.display_name: {contains: [bot]}", "{author: {display_name: Robot}}", "{author: robot}"),
        (
            "author.account_age: {lt: 3 days}", "{author: {account_age: 2 days}}",
            "{author: {account_age: 1 week}}"
        ),
        (
            "author.earlier_removals: {ge: 3}", "{author: {earlier_removals: 3}}",
            "{author: {earlier_flags: 3}}"
        ),
        (
            "links: {domain_in: [a.example]}", "{links: 'https://x.a.example/'}",
            "{links: ['https://b.example/']}"
        ),
        (
            "links.domain: {equals: a.co.uk}", "{links: [{url: 'https://x.a.co.uk/'}]}",
            "{links: 'https://co.uk'}"
        ),
        ("media.hash: {hash_in: [ab12]}", "{media: {hash: ab12}}", "{media: [{kind: video, hash: cd}]}"),
        ("media.alt_text: {any_word: [gun]}", "{media: {alt_text: a gun}}", "{media: {alt_text: a gum}}"),
        ("flags.count: {ge: 2}", "{flags: [spam, {reason: hate, reporter: r1}]}", "{flags: spam}"),
        ("flags.trusted: true", "{flags: {reason: hate, trusted: yes}}", "{flags: hate}"),
        ("scores.toxicity: {gt: 0.8}", "{scores: {toxicity: 0.85}}", "{scores: {toxicity: 0.8}}"),
        ("thread.depth: {ge: 2}", "{thread: [one, {author: mia, text: two}]}", "{thread: one}"),
        ("thread.parent_author: {equals: mia}", "{thread: [one, {author: mia, text: two}]}", "{thread: one}"),
        (
            "history.removals: {ge: 3, within: 7 days}", "{history: {removals/7 days: 3}}",
            "{history: {removals/7 days: 2, posts/7 days: 9}}"
        ),
    ])
    func everyFieldCanHaveOne(_ test: String, _ match: String, _ pass: String) throws {
        let test = test.replacing("flags.trusted: true", with: "flags.trusted: {equals: true}")
        let load = load(test, match: [match], pass: [pass])
        #expect(load.diagnostics.map(\.description) == [])
        let report = try PolicyTester.test(#require(load.bundle))
        #expect(report.failures.map(\.description) == [])
        #expect(report.passed == 2)
    }

    @Test func aFailingOneIsNamedByItsPlace() throws {
        let load = load("body: {any_word: [cat]}", match: ["dog", "a cat"], pass: ["{text: a cat}"])
        let report = try PolicyTester.test(#require(load.bundle))
        #expect(report.passed == 1)
        #expect(
            report.failures.map(\.description) == [
                "p.yaml:13:15: the rule p/r misses an example it should match (mend the rule or move the example)",
                "p.yaml:14:14: the rule p/r finds an example it should pass (mend the rule or move the example)",
            ])
    }

    @Test(arguments: ["draft", "shadow", "live"])
    func rulesAreTestedBeforeTheyAct(_ status: String) throws {
        let load = load("body: {any_word: [cat]}", status: status, match: ["dog", "a cat"])
        let report = try PolicyTester.test(#require(load.bundle))
        #expect(report.passed == 1 && report.failures.count == 1)
    }
}
