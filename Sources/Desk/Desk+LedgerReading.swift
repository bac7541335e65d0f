public import Ledger
public import Moderation

extension LedgerEntry {
    /// Whether somebody may read all of it: what tells of exposure is for the person it is about, and for auditors; what
    /// tells of work, for those who work with posts too.
    ///
    /// Leads know who is behind a pseudonym, and see nobody's dose or breaks; a representative and a physician see of
    /// people what they are told in sums, or handed.
    func isOpen(to reader: Person) -> Bool {
        if person == reader.id || reader.roles.contains(.auditor) { return true }
        if kind.isPersonal { return false }
        return !kind.isWork || person == nil || !reader.roles.isDisjoint(with: [.moderator, .lead])
    }
}

extension Desk {
    /// Entries from a number on, at most `limit`, as far as this person may read them: of the others the kind and the
    /// time are left, and `withheld`.
    public func ledgerLog(from index: Int64, limit: Int, for person: Person) throws(DeskError)
        -> [NumberedEntry]
    {
        try ledgerLog(from: index, limit: limit).map { numbered in
            guard !numbered.entry.isOpen(to: person) else { return numbered }
            let entry = numbered.entry
            return NumberedEntry(
                index: numbered.index,
                entry: LedgerEntry(
                    kind: entry.kind, at: entry.at, person: nil, post: nil, fields: ["withheld": true]))
        }
    }

    /// A proof that an entry is in the ledger, for somebody who may read it.
    public func receipt(for index: Int64, by person: Person) throws(DeskError) -> Receipt {
        if let numbered = try ledgerLog(from: index, limit: 1).first, !numbered.entry.isOpen(to: person) {
            throw .needsRole(.auditor)
        }
        return try receipt(for: index)
    }

    /// Refuses to whoever may not read the whole ledger.
    public func demandWholeLedger(for person: Person) throws(DeskError) { try demand(.auditor, of: person) }
}
