public import Ledger
public import Moderation

extension EntryKind {
    /// Whether entries of this kind tell of one person's exposure, breaks or record.
    public var isPersonal: Bool {
        switch self {
        case .uncovered, .covered, .recharged, .limitReached, .breakStarted, .breakEnded, .shiftStarted,
            .shiftEnded, .exposureSettled, .recordExported, .doseTaken, .handedOver, .handoverOpened,
            .handoverRevoked:
            true
        default: false
        }
    }
}

extension LedgerEntry {
    /// Whether somebody may read all of it: what tells of exposure is for the person it is about, and for auditors.
    ///
    /// Leads know who is behind a pseudonym, and see nobody's dose or breaks.
    func isOpen(to reader: Person) -> Bool {
        !kind.isPersonal || person == reader.id || reader.roles.contains(.auditor)
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
