import ArgumentParser

extension Bench {
    /// Evaluates posts under a folder of policies and says what that cost.
    struct Policies: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "policy", abstract: "Evaluate posts beside a bare scan, and print what each cost.")
        @Argument(help: "A folder of policies.") var policies: String
        @Argument(help: "A file of posts, one text on each line.") var posts: String
        @Option(help: "How often each figure is taken; the median is printed.") var rounds = 5
        @Option(help: "Where compiled patterns are kept; emptied first when loading is measured.") var cache:
            String
        @Flag(help: "Compare with the bare scanner instead of measuring loading and a second core.")
        var compare = false

        func run() throws {
            let run = try PolicyRun(policies: policies, posts: posts, rounds: rounds)
            let figures = try compare ? run.compare(cacheDirectory: cache) : run.load(cacheDirectory: cache)
            for (name, figure) in figures { print(name, figure) }
        }
    }
}
