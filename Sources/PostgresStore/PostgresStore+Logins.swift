#if Postgres
public import Moderation
public import Store

extension PostgresStore: LoginKeeping {
    /// Makes the groups and grants them what they may do with the tables; see ``LoginKeeping``.
    public func makeGroups() throws(StoreError) -> [(group: String, wasThere: Bool)] {
        let connection = try pool.take()
        defer { pool.giveBack(connection) }
        let known = try connection.names("SELECT rolname FROM pg_roles WHERE left(rolname, 7) = 'releve_'")
        let missing = PostgresGroup.allCases.filter { !known.contains($0.name) }
        let making = missing.map { "CREATE ROLE \($0.name) NOLOGIN" }
        if !missing.isEmpty, try !connection.holds("rolcreaterole OR rolsuper") {
            throw .unusable(
                place.description,
                reason:
                    "this login may not make the groups that keep people apart; an administrator of the server runs "
                    + making.map { $0 + ";" }.joined(separator: " ") + " and then the same command goes on")
        }
        try connection.together(making + PostgresGrants.statements)
        return PostgresGroup.allCases.map { ($0.name, known.contains($0.name)) }
    }

    /// Puts logins into the groups of their people's roles; see ``LoginKeeping``.
    public func settleLogins(
        of people: [Person], gateways: [String], creating: Bool
    ) throws(StoreError) -> [SettledLogin] {
        let connection = try pool.take()
        defer { pool.giveBack(connection) }
        var wanted = people.map { person in
            (
                person.user,
                person.isActive ? Set(person.roles.compactMap { PostgresGroup(rawValue: $0.rawValue) }) : []
            )
        }
        for gateway in gateways {
            if let known = wanted.firstIndex(where: { $0.0 == gateway }) {
                wanted[known].1.insert(.gateway)
            } else {
                wanted.append((gateway, [.gateway]))
            }
        }
        var result: [SettledLogin] = []
        for (user, groups) in wanted {
            result.append(try settle(user, groups, creating: creating, on: connection))
        }
        return result
    }

    /// Names that mean everybody, or groups: whoever is put into a group under one would take others along.
    private static func canBeAPersons(_ user: String) -> Bool {
        !user.isEmpty && user != "public" && user != "none" && !user.hasPrefix(PostgresGroup.prefix)
            && !user.hasPrefix("pg_")
    }

    /// Puts one login into its groups; a gateway's stays one until somebody takes it out by hand.
    private func settle(
        _ user: String, _ wanted: Set<PostgresGroup>, creating: Bool, on connection: PostgresConnection
    ) throws(StoreError) -> SettledLogin {
        guard Self.canBeAPersons(user) else { return SettledLogin(name: user, groups: nil) }
        let login = try connection.quoted(user)
        let exists = try !connection.names(
            "SELECT rolname FROM pg_roles WHERE rolname = $1 AND rolcanlogin", user
        ).isEmpty
        let held = Set(
            try connection.names(
                """
                SELECT g.rolname FROM pg_auth_members AS m JOIN pg_roles AS g ON g.oid = m.roleid
                  JOIN pg_roles AS l ON l.oid = m.member WHERE l.rolname = $1
                """, user))
        let sorted = PostgresGroup.allCases.filter(wanted.contains)
        let leaving = PostgresGroup.allCases.filter {
            held.contains($0.name) && !wanted.contains($0) && $0 != .gateway && $0 != .owner
        }
        var statements = exists || !creating ? [] : ["CREATE ROLE \(login) LOGIN"]
        statements += sorted.filter { !held.contains($0.name) }.map { "GRANT \($0.name) TO \(login)" }
        statements += leaving.map { "REVOKE \($0.name) FROM \(login)" }
        let database = try connection.quoted(connection.database)
        statements.append(
            wanted.isEmpty && exists
                ? "REVOKE CONNECT ON DATABASE \(database) FROM \(login)"
                : "GRANT CONNECT ON DATABASE \(database) TO \(login)")
        guard exists || creating else {
            let making = wanted.isEmpty ? [] : ["CREATE ROLE \(login) LOGIN"] + statements
            return SettledLogin(name: user, groups: nil, toRun: making)
        }
        do {
            try connection.together(statements)
        } catch {
            guard case .unusable = error else { throw error }
            return SettledLogin(name: user, groups: held.sorted(), toRun: statements)
        }
        return SettledLogin(name: user, groups: sorted.map(\.name))
    }
}

extension PostgresConnection {
    /// The first column of what a query gives, as text.
    fileprivate func names(_ sql: String, _ value: String? = nil) throws(StoreError) -> [String] {
        var values = PostgresValues()
        if var value {
            value.withUTF8 { values.set(1, PostgresType.text, UnsafeRawBufferPointer($0)) }
        }
        let result = try runOnce(sql, &values)
        return (0..<result.rows).map { result.text($0, 0) }
    }

    /// The database that is open.
    fileprivate var database: String {
        get throws(StoreError) { try names("SELECT current_database()").first ?? "" }
    }

    /// A name as SQL takes it where no value can stand.
    fileprivate func quoted(_ name: String) throws(StoreError) -> String {
        try names("SELECT quote_ident($1)", name).first ?? ""
    }

    /// Whether the login has an attribute.
    fileprivate func holds(_ attribute: String) throws(StoreError) -> Bool {
        try !names("SELECT rolname FROM pg_roles WHERE rolname = session_user AND (\(attribute))").isEmpty
    }

    /// Runs statements in one transaction.
    fileprivate func together(_ statements: [String]) throws(StoreError) {
        do throws(StoreError) {
            try tell((["BEGIN"] + statements + ["COMMIT"]).joined(separator: ";\n"))
        } catch {
            try? tell("ROLLBACK")
            throw error
        }
    }
}
#endif
