public import Moderation

/// What a site must say for its statements that no decision can tell.
public struct StatementSettings: Hashable, Sendable {
    /// `en` or `fr`: the language of facts and grounds.
    public var language = "en"
    /// Countries of the EU and the EEA that decisions apply to; empty when nobody said.
    public var territories: [String] = []
    /// Whose accounts they are; `nil` when nobody said.
    public var accountType: AccountType?
    /// Whose flags come from machines, and which sources are scans.
    public var automated = Origins()
    /// Which flags are notices of illegal content (Article 16 of the DSA).
    public var article16 = Origins()
    /// Grounds for policies that name none, such as those of bundles long gone.
    public var bases: [PolicyID: Basis] = [:]
    /// After how many days an action ends by itself; those without one last until somebody ends them.
    public var days: [Action: Int] = [:]

    /// Says nothing.
    public init() {}

    /// Whose accounts they are.
    public enum AccountType: String, CaseIterable, Hashable, Sendable {
        /// Traders.
        case business
        /// People.
        case `private`
    }

    /// What tells where a flag comes from; any of these is enough.
    public struct Origins: Hashable, Sendable {
        /// Sources of posts.
        public var sources: Set<String> = []
        /// Reporters, as the platform names them.
        public var reporters: Set<String> = []
        /// Reasons of flags, whole and as sent.
        public var reasons: Set<String> = []

        /// Nothing.
        public init() {}

        func cover(_ flag: Flag, of source: String) -> Bool {
            sources.contains(source) || reasons.contains(flag.reason)
                || flag.reporter.map(reporters.contains) ?? false
        }
    }

    /// A ground.
    public struct Basis: Hashable, Sendable {
        /// Which law or term.
        public var basis: String
        /// Why such posts fall under it.
        public var explanation: String?
    }

    /// The countries of the EU.
    public static let union = [
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT",
        "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    ]
    /// The countries of the European Economic Area.
    public static let area = (union + ["IS", "LI", "NO"]).sorted()
}
