import Foundation

/// The engines that keep the contract.
package enum StoreKind: String, CaseIterable, Sendable {
    case sqlite
    case postgres

    /// The engine on which the test at hand makes its stores.
    @TaskLocal package static var current = StoreKind.sqlite

    /// The engines that tests run on: all, unless `RELEVE_TEST_STORES` names some, the build leaves one out or its server
    /// is not installed, which is said aloud.
    package static let tested: [StoreKind] = {
        let wanted = ProcessInfo.processInfo.environment["RELEVE_TEST_STORES"]?.split(separator: ",")
        var kinds = allCases.filter { kind in wanted?.contains { $0 == kind.rawValue } ?? true }
        #if Postgres
        let hasServer = PostgresServer.binaries != nil
        #else
        let hasServer = false
        #endif
        if !hasServer, kinds.contains(.postgres) {
            let line =
                "\n!!! NOTHING IS TESTED ON POSTGRESQL: it is not installed (apt-get install postgresql)\n\n"
            FileHandle.standardError.write(Data(line.utf8))
            kinds.removeAll { $0 == .postgres }
        }
        return kinds
    }()
}
