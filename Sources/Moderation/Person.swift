/// What a person may do here.
public enum Role: String, CaseIterable, Hashable, Sendable, Codable {
    /// Reviews posts.
    case moderator
    /// Sets exposure limits and sees who is available.
    case lead
    /// Replays decisions.
    case auditor
    /// Speaks for the people who work here: sees figures of the whole team, and of nobody.
    case representative
    /// Looks after people's health: sees the records that they hand over, and nothing else.
    case physician

    /// What the first person of a site may do.
    public static let founding: Set<Role> = [.moderator, .lead, .auditor]
}

/// Somebody on the roster, which is kept apart from the ledger.
public struct Person: Hashable, Sendable, Codable {
    /// The pseudonym that stands for them in the ledger.
    public var id: PersonID
    /// The OS user they are.
    public var user: String
    /// What colleagues call them.
    public var name: String
    /// What they may do.
    public var roles: Set<Role>
    /// The languages they review in; empty means any.
    public var languages: Set<String>
    /// What they asked never to be shown.
    public var optOuts: OptOuts
    /// Whether they work here now.
    public var isActive: Bool

    /// Makes a person.
    public init(
        id: PersonID, user: String, name: String, roles: Set<Role>, languages: Set<String> = [],
        optOuts: OptOuts = OptOuts(), isActive: Bool = true
    ) {
        self.id = id
        self.user = user
        self.name = name
        self.roles = roles
        self.languages = languages
        self.optOuts = optOuts
        self.isActive = isActive
    }

    /// Whether they work here now, and may do that.
    public func works(as role: Role) -> Bool { isActive && roles.contains(role) }
}
