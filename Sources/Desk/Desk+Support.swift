import Ledger
public import Moderation
public import Store

/// Whom people may turn to.
extension Desk {
    /// The most contacts a site names: more are not read by somebody who needs one.
    public static let mostContacts = 12
    /// The most characters of a contact's fields.
    public static let longestContact = 120

    /// The contacts that the site names; none before a lead has named any.
    public func support() throws(DeskError) -> [SupportContact] {
        try read { try $0.support()?.contacts ?? [] }
    }

    /// Names the site's contacts from now on; for leads, with an entry that commits to them.
    public func setSupport(_ contacts: [SupportContact], by lead: Person) throws(DeskError) {
        try demand(.lead, of: lead)
        guard contacts.count <= Self.mostContacts else {
            throw .invalid(.other("a site names \(Self.mostContacts) contacts at most"))
        }
        for contact in contacts { try Self.demandUsable(contact) }
        let now = clock.now().wall
        let salt = entropy.bytes(16)
        let card = Self.card(of: contacts)
        try write { tx in
            guard try tx.support()?.contacts ?? [] != contacts else { return }
            try tx.insert(
                StoredSupport(contacts: contacts, card: card, salt: salt, setBy: lead.id, since: now))
            var fields = Commitment.fields(of: card, name: "contacts", salt: salt)
            fields["count"] = .integer(Int64(contacts.count))
            try tx.append(
                LedgerEntry(kind: .supportChanged, at: now, person: lead.id, post: nil, fields: fields))
        }
    }

    private static func demandUsable(_ contact: SupportContact) throws(DeskError) {
        let fields = [("name", contact.name), ("reach", contact.reach), ("hours", contact.hours ?? "-")]
        for (name, text) in fields {
            guard text.contains(where: { !$0.isWhitespace }) else {
                throw .invalid(.other("a contact needs a \(name), such as --\(name) \"…\""))
            }
            guard text.count <= longestContact, !text.contains(where: \.isNewline) else {
                throw .invalid(
                    .other("the \(name) of a contact is one line of at most \(longestContact) characters"))
            }
        }
    }

    /// The list as JSON, each contact's fields in the order of their names.
    private static func card(of contacts: [SupportContact]) -> String {
        let values = contacts.map { contact -> LedgerValue in
            var fields: [String: LedgerValue] = [
                "name": .string(contact.name), "reach": .string(contact.reach),
                "languages": .array(contact.languages.map { .string($0) }),
            ]
            if let hours = contact.hours { fields["hours"] = .string(hours) }
            return .object(fields)
        }
        return String(decoding: CanonicalJSON.bytes(of: .array(values)), as: UTF8.self)
    }
}
