import StoreTesting
import Testing

/// Runs each test of a suite once on every engine.
struct EachStore: SuiteTrait, TestTrait, TestScoping {
    var isRecursive: Bool { true }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        for kind in StoreKind.tested {
            try await StoreKind.$current.withValue(kind) { try await function() }
        }
    }
}

extension Trait where Self == EachStore {
    /// Runs each test of a suite once on every engine.
    static var eachStore: EachStore { EachStore() }
}
