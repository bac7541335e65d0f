#if Postgres
import Store
import Testing

@testable import PostgresStore

@Suite("An address names a database and never tells a password")
struct PostgresPlaceTests {
    @Test(arguments: [
        ("postgres://ada:s3cret@db.example:6432/site", "postgres://db.example:6432/site"),
        ("postgresql://ada@db.example/site?sslmode=verify-full", "postgres://db.example/site"),
        ("postgres://ada:s3cret@/site?host=/run/pg&port=6", "postgres:///site?host=/run/pg&port=6"),
        ("postgres://db.example/site?user=ada&password=s3cret", "postgres://db.example/site"),
    ])
    func isShownByHostAndDatabase(_ address: String, _ shown: String) throws {
        #expect(try PostgresPlace(address).description == shown)
    }

    @Test(arguments: [
        "postgres://ada:s3c@ret@db.example/site", "postgres://ada:s3c/ret@db.example/site",
        "postgres://ada:s3c ret@db.example/site", "postgres://ada:s3cret@db.example:port/site?x",
        "postgres://db.example/site?passwort=s3cret", "postgres://ada:s3c%ret@db.example/site",
        "postgres://ada:s3cret@[::1/site",
    ])
    func aWrongOneIsRefusedInWordsOfOurOwn(_ address: String) {
        #expect {
            _ = try PostgresPlace(address)
        } throws: { error in
            let text = "\(error)"
            return error is StoreError && !text.contains("s3c") && !text.contains("ret@")
        }
    }

    @Test func whoeverCantBeReachedIsNamedWithoutThePassword() {
        #expect {
            _ = try PostgresStore(address: "postgres://ada:s3cret@/site?host=/nowhere/here", creating: false)
        } throws: { error in
            guard case StoreError.unreachable(let place, let reason) = error else { return false }
            return place == "postgres:///site?host=/nowhere/here" && !reason.contains("s3cret")
                && !reason.isEmpty
        }
    }
}
#endif
