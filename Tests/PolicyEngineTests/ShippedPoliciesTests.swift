import Foundation
import Moderation
import Testing

@testable import PolicyEngine

/// Folders of the repository.
enum Repository {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
}

@Suite("The shipped policies")
struct ShippedPoliciesTests {
    private func bundle() throws -> PolicyBundle {
        let load = try PolicyLoader.load(directory: Repository.root + "/Policies")
        #expect(load.diagnostics.map(\.description) == [])
        return try #require(load.bundle)
    }

    @Test func theyLoadAndLintClean() throws {
        let bundle = try bundle()
        #expect(PolicyLint.lint(bundle).map(\.description) == [])
        #expect(Set(bundle.policies.map(\.hazard)).contains(.extreme))
    }

    /// What no text is about, and what stands for a notice that named nothing.
    private static let wordless = ["STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE"]

    @Test func everyCategoryOfTheTransparencyDatabaseHasOne() throws {
        let missing = try Set(DSA.categories).subtracting(Self.wordless)
            .subtracting(bundle().policies.map(\.dsaCategory))
        #expect(missing == [])
    }

    @Test func theySpeakFourLanguagesAndNoneDecides() throws {
        let languages: Set = ["en", "fr", "es", "de"]
        for policy in try bundle().policies {
            for text in [policy.title, policy.guidance, policy.neutralLine] {
                #expect(languages.isSubset(of: text.texts.keys), "\(policy.id)")
            }
            for rule in policy.rules {
                #expect(languages.isSubset(of: rule.title?.texts.keys.map(\.self) ?? []), "\(rule.id)")
                for text in [rule.why, rule.falsePositives] {
                    #expect(Set(["en", "fr"]).isSubset(of: text?.texts.keys.map(\.self) ?? []), "\(rule.id)")
                }
                #expect(rule.automatic == nil, "\(rule.id)")
            }
        }
    }

    @Test func theyAskTheStoreForNoIndexOfPosts() throws {
        let evaluator = try Evaluator(bundle: bundle(), cacheDirectory: nil)
        #expect(evaluator.history.allSatisfy { $0.metric == .removals })
    }

    @Test func theirExamplesHold() throws {
        let report = try PolicyTester.test(bundle())
        #expect(report.failures.map(\.description) == [])
        #expect(report.passed > 100)
    }

    @Test func aBundleIsMadeAgainFromItsCanonicalForm() throws {
        let bundle = try bundle()
        let again = try PolicyBundle(canonical: bundle.canonical)
        #expect(again.digest == bundle.digest && again.policies == bundle.policies)
    }

    @Test func evidenceAlwaysLiesWithinTheText() throws {
        let evaluator = try Evaluator(bundle: bundle(), cacheDirectory: nil)
        let pieces = [
            "I'll kill you ", "k i l l you", "К1ll yоu", "\u{200B}", "\u{202E}", "👨‍👩‍👧", "e\u{301}", "ﬁnd you ",
            "free ",
            "crypto https://x.example ", "▮▮▮ ", "ＫＩＬＬ ", "\n\t ", "je vais te tuer ", "\0",
        ]
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let body = (0..<12).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            let post = FlaggedPost(source: "s", externalID: "1", body: body)
            let count = body.unicodeScalars.count
            for finding in evaluator.evaluate(post, now: Timestamp(milliseconds: 0)).findings {
                for range in finding.evidence.compactMap(\.range) {
                    #expect(!range.isEmpty && range.upperBound <= count)
                }
            }
        }
    }

    @Test func naughtyStringsAreEvaluatedOneAndAll() throws {
        let path =
            (ProcessInfo.processInfo.environment["RELEVE_SHARED"] ?? Repository.root + "/../shared")
            + "/data/blns.json"
        guard let data = FileManager.default.contents(atPath: path) else {
            print("SKIPPED: \(path) is not there")
            return
        }
        let strings = try JSONDecoder().decode([String].self, from: data)
        let evaluator = try Evaluator(bundle: bundle(), cacheDirectory: nil)
        for text in strings {
            _ = evaluator.evaluate(
                FlaggedPost(source: "s", externalID: "1", title: text, body: text),
                now: Timestamp(milliseconds: 0))
        }
    }
}
