public import Moderation

/// Who calls, as a store itself knows it: a server's login rather than what a process says of itself.
public struct StoreCaller: Hashable, Sendable {
    /// The login's name, which is the person's user on the roster.
    public var account: String
    /// Whether it may take posts in without being anybody on the roster.
    public var isGateway: Bool
    /// Whether it sees everybody's exposure and not only its own.
    public var seesEverybody: Bool
    /// Whether it works with posts at all.
    public var seesPosts: Bool
    /// Whether it sees every row of every table, as only who owns them does.
    public var seesAllRows: Bool

    /// Makes a caller.
    public init(
        account: String, isGateway: Bool, seesEverybody: Bool, seesPosts: Bool, seesAllRows: Bool
    ) {
        self.seesAllRows = seesAllRows
        self.account = account
        self.isGateway = isGateway
        self.seesEverybody = seesEverybody
        self.seesPosts = seesPosts
    }
}

/// Who calls.
public protocol CallerReading {
    /// Who the store knows the caller to be; `nil` where it can't tell, as of a file.
    func caller() throws -> StoreCaller?
}

/// A store on a server whose logins are in groups, which the server itself holds to what they may do.
public protocol LoginKeeping: Sendable {
    /// Makes the groups where they are missing, and says what they may do with this site.
    ///
    /// - Returns: the groups, by name, and which of them were there before: groups are the server's, and sites on it
    ///   share them.
    func makeGroups() throws(StoreError) -> [(group: String, wasThere: Bool)]

    /// Puts the logins of people, named as their users, into the groups of their roles, and takes them out of others.
    ///
    /// - Parameters:
    ///   - gateways: logins of programs that take posts in.
    ///   - creating: whether to make logins that are missing, without a password.
    func settleLogins(of people: [Person], gateways: [String], creating: Bool) throws(StoreError)
        -> [SettledLogin]
}

/// What became of a login.
public struct SettledLogin: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// The groups it is in now; `nil` when there is no such login.
    public var groups: [String]?
    /// What an administrator has to run, where the caller may not.
    public var toRun: [String]

    /// Makes one.
    public init(name: String, groups: [String]?, toRun: [String] = []) {
        self.name = name
        self.groups = groups
        self.toRun = toRun
    }
}
