import Intake
import Moderation
import Testing

@Suite("Labels of a file say whether a policy applies, and nothing to the rules")
struct LabelTests {
    private func read(_ text: String, _ labels: [String]) throws -> (LabelMap, [FlaggedPost], [String]) {
        let map = try LabelMap(parsing: labels)
        var options = IntakeOptions(source: "test")
        options.setAside = map.columns
        let read = records(Array(text.utf8), options)
        return (map, posts(read), refusals(read))
    }

    @Test func aValueOrAYesSaysYes() throws {
        let text = "text,gold,flag\na,hateful,1\nb,non-hateful,0\nc,hateful,yes\nd,,no\n"
        let (map, posts, _) = try read(text, ["hate=gold:hateful", "spam=flag"])
        let (hate, spam) = (PolicyID("hate"), PolicyID("spam"))
        #expect(
            try posts.map { try map.verdicts(on: $0) } == [
                [hate: true, spam: true], [hate: false, spam: false], [hate: true, spam: true], [spam: false],
            ])
    }

    @Test func oneOfSeveralLabelsIsEnoughAndAMissingOneLeavesNoUnknown() throws {
        let text = """
            {"text":"a","H":0,"H2":1}
            {"text":"b","H":1}
            {"text":"c","H":0}
            {"text":"d","H":0,"H2":0}
            {"text":"e","H":null}
            """
        let (map, posts, _) = try read(text, ["hate=H:1", "hate=H2:1"])
        let verdicts = try posts.map { try map.verdicts(on: $0)[PolicyID("hate")] }
        #expect(verdicts == [true, true, nil, false, nil])
    }

    @Test func aLabelFillsNoFieldWhateverItIsCalled() throws {
        let (map, posts, _) = try read(
            "text,language,reason\nhello,hateful,spam\n", ["hate=language:hateful", "spam=reason:spam"])
        let post = try #require(posts.first)
        #expect(post.language == nil && post.flags.isEmpty)
        #expect(try map.verdicts(on: post) == [PolicyID("hate"): true, PolicyID("spam"): true])
    }

    @Test func whatIsWrongIsSaidWithItsRemedy() throws {
        for text in ["hate", "hate=", "=x", "hate=:x", "hate=x:"] {
            #expect(throws: LabelMap.Problem.self) { try LabelMap(parsing: [text]) }
        }
        let (map, posts, _) = try read("text,flag\na,maybe\n", ["hate=flag"])
        #expect {
            try map.verdicts(on: posts[0])
        } throws: { error in
            "\(error)".contains("\"maybe\" is neither yes nor no")
                && "\(error)".contains("--label hate=flag:VALUE")
        }
        let (_, none, refused) = try read("text,flag\na,1\n", ["hate=flags"])
        #expect(none.isEmpty && refused.count == 1 && refused[0].hasPrefix("1: --label names columns"))
    }
}
