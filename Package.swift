// swift-tools-version: 6.1
import PackageDescription

/// Every target of ours is built in Swift 6 mode with the features that keep module walls honest.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

let package = Package(
    name: "releve",
    products: [
        .executable(name: "releve", targets: ["releve"])
    ],
    traits: [
        .trait(name: "Postgres", description: "Sites in PostgreSQL; needs libpq."),
        .default(enabledTraits: ["Postgres"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    ],
    targets: [
        // System libraries, each wrapped so thinly that no other module sees a C pointer of theirs.
        .systemLibrary(
            name: "CNcurses", pkgConfig: "ncursesw", providers: [.apt(["libncurses-dev"])]),
        .systemLibrary(
            name: "CVectorscan", pkgConfig: "libhs", providers: [.apt(["libvectorscan-dev"])]),
        .systemLibrary(name: "CPSL", pkgConfig: "libpsl", providers: [.apt(["libpsl-dev"])]),
        .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),

        // The vocabulary, and the pure modules on top of it.
        module("Moderation"),
        module("Exposure", ["Moderation"]),
        module("Forecast", ["Moderation", "Exposure"]),
        module("Ledger", ["Moderation", crypto]),
        .target(
            name: "PolicyEngine", dependencies: ["Moderation", "CVectorscan", "CPSL", crypto, yams],
            exclude: ["make-look-alikes.py"], swiftSettings: strict),
        module("Intake", ["Moderation"]),
        module("CheckIn", ["Moderation", crypto, cryptoExtras]),

        // Decisions out.
        module("Enforcement", ["Moderation", "PolicyEngine", yams]),

        // Keeping.
        module("Store", ["Moderation", "Exposure", "Ledger"]),
        module("StoreSQL", ["Moderation", "Exposure", "Ledger", "Store"]),
        module("SQLiteStore", ["Moderation", "Ledger", "Store", "StoreSQL", grdb, sqlite]),
        // Of empty files where the trait is off.
        module(
            "PostgresStore",
            [
                "Moderation", "Store", "StoreSQL",
                .target(name: "CLibpq", condition: .when(traits: ["Postgres"])),
            ]),

        // The use cases: the only door to a decision.
        module(
            "Desk",
            ["Moderation", "Exposure", "Forecast", "Ledger", "PolicyEngine", "Enforcement", "Store", crypto]),

        // The screen.
        .target(
            name: "TerminalKit", dependencies: ["CNcurses"], exclude: ["make-width-table.py"],
            swiftSettings: strict),
        module(
            "Console",
            [
                "Moderation", "Exposure", "Ledger", "PolicyEngine", "Store", "Desk", "CheckIn", "TerminalKit",
            ]),
        .executableTarget(
            name: "releve",
            dependencies: [
                "Moderation", "Exposure", "Forecast", "Ledger", "PolicyEngine", "Enforcement", "Intake",
                "Store",
                "SQLiteStore", "PostgresStore",
                "Desk", "CheckIn", "TerminalKit", "Console", argumentParser, crypto,
            ],
            swiftSettings: strict),

        // Use cases in a loop, for benchmarks and for tests with several processes.
        .executableTarget(
            name: "releve-bench",
            dependencies: [
                "Moderation", "Exposure", "Ledger", "PolicyEngine", "CVectorscan", "Store", "SQLiteStore",
                "PostgresStore", "Desk",
                argumentParser,
            ],
            path: "Benchmarks/releve-bench", swiftSettings: strict),

        tests("ModerationTests", ["Moderation"]),
        tests("ExposureTests", ["Moderation", "Exposure"]),
        tests("ForecastTests", ["Moderation", "Exposure", "Forecast"]),
        .testTarget(
            name: "LedgerTests", dependencies: ["Moderation", "Ledger"], exclude: ["verify_ledger.py"],
            swiftSettings: strict),
        tests("PolicyEngineTests", ["Moderation", "PolicyEngine"]),
        tests(
            "EnforcementTests",
            [
                "Moderation", "Exposure", "Ledger", "PolicyEngine", "Enforcement", "Store", "SQLiteStore",
                "Desk",
            ]),
        tests("IntakeTests", ["Moderation", "Intake"]),
        tests("CheckInTests", ["Moderation", "CheckIn"]),
        .target(
            name: "StoreTesting", dependencies: ["Store", "SQLiteStore", "PostgresStore", grdb],
            path: "Tests/StoreTesting", swiftSettings: strict),
        tests("StoreContractTests", ["Moderation", "Exposure", "Ledger", "Store", "StoreTesting"]),
        tests(
            "SQLiteStoreTests",
            ["Moderation", "Ledger", "Store", "StoreSQL", "SQLiteStore", "StoreTesting", grdb]),
        tests(
            "PostgresStoreTests",
            [
                "Moderation", "Exposure", "Ledger", "PolicyEngine", "Store", "PostgresStore", "Desk",
                "StoreTesting",
            ]),
        tests(
            "DeskTests",
            [
                "Moderation", "Exposure", "Forecast", "Ledger", "PolicyEngine", "Enforcement", "Store",
                "SQLiteStore", "Desk", "StoreTesting", grdb,
            ], exclude: ["verify_record.py"]),
        tests(
            "TamperTests",
            [
                "Moderation", "Exposure", "Ledger", "PolicyEngine", "Enforcement", "Store", "SQLiteStore",
                "Desk", "StoreTesting", grdb,
            ]),
        tests("TerminalKitTests", ["TerminalKit"]),
        tests(
            "ConsoleTests",
            [
                "Moderation", "Exposure", "Ledger", "PolicyEngine", "Store", "SQLiteStore", "Desk", "Intake",
                "CheckIn", "TerminalKit", "Console",
            ]),
        tests("ReleveTests", ["Moderation", "Ledger", "StoreTesting"]),
    ],
    swiftLanguageModes: [.v6]
)
