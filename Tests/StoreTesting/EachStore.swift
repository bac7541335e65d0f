package import Testing

/// Runs each test of a suite once on every engine.
package struct EachStore: SuiteTrait, TestTrait, TestScoping {
    /// It is each test that runs again, not the suite as a whole.
    package var isRecursive: Bool { true }

    /// Runs a test on one engine after the other.
    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        for kind in StoreKind.tested {
            try await StoreKind.$current.withValue(kind) { try await function() }
        }
    }
}

extension Trait where Self == EachStore {
    /// Runs each test of a suite once on every engine.
    package static var eachStore: EachStore { EachStore() }
}
