import ArgumentParser

/// How long a list may be.
struct ListLength: ParsableArguments {
    @Option(help: "At most so many.") var limit = 50

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit is from 1 to 10000") }
    }
}
