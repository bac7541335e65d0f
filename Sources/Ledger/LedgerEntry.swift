import Foundation
public import Moderation

/// What kind of fact an entry tells.
public enum EntryKind: String, CaseIterable, Hashable, Sendable {
    /// A site was made.
    case siteMade = "site_made"
    /// Another key signs the ledger from now on.
    case keyChanged = "key_changed"
    /// A post was taken in.
    case takenIn = "taken_in"
    /// A known post was flagged again.
    case flagged
    /// A known post was evaluated again, under another bundle.
    case evaluated
    /// A post was put into somebody's hands.
    case claimed
    /// A claim lapsed.
    case claimExpired = "claim_expired"
    /// A post was given back.
    case released
    /// A post was passed over.
    case skipped
    /// A post was handed to a lead.
    case escalated
    /// Content was uncovered.
    case uncovered
    /// Content was covered: the exposure span and its charge.
    case covered
    /// A decision was made.
    case decided
    /// A decision was taken back.
    case undone
    /// A break began.
    case breakStarted = "break_started"
    /// A break ended.
    case breakEnded = "break_ended"
    /// A shift began.
    case shiftStarted = "shift_started"
    /// A shift ended.
    case shiftEnded = "shift_ended"
    /// What was seen in a span that is over was charged anew, and higher.
    case recharged
    /// An urgent post waits that nobody present can take.
    case urgentUnserved = "urgent_unserved"
    /// An exposure limit was reached.
    case limitReached = "limit_reached"
    /// Other limits were proposed.
    case limitsProposed = "limits_proposed"
    /// A second lead signed them.
    case limitsApproved = "limits_approved"
    /// A second lead did not agree with them.
    case limitsRefused = "limits_refused"
    /// Who proposed them took them back.
    case limitsWithdrawn = "limits_withdrawn"
    /// Somebody said that they have seen limits which were loosened; that is no consent.
    case limitsAcknowledged = "limits_acknowledged"
    /// Limits came into force.
    case limitsInForce = "limits_in_force"
    /// A policy bundle came into force.
    case bundleInForce = "bundle_in_force"
    /// A rule was given leave to decide by itself.
    case automationApproved = "automation_approved"
    /// That leave was ended.
    case automationEnded = "automation_ended"
    /// A moderator said that a rule is wrong on a post.
    case ruleDisputed = "rule_disputed"
    /// Somebody joined the roster.
    case personAdded = "person_added"
    /// Roles, languages or activity of somebody changed.
    case personChanged = "person_changed"
    /// From now on entries tell more of each fact.
    case formChanged = "form_changed"
    /// A post's content was erased.
    case erased
    /// A leave is asked for one person to go beyond some limits in one shift.
    case overrideRequested = "override_requested"
    /// A second lead signed it.
    case overrideCountersigned = "override_countersigned"
    /// A second lead did not agree with it.
    case overrideRefused = "override_refused"
    /// The person consented: it holds in their shift.
    case override
    /// The person said no to it, before or after consenting.
    case overrideDeclined = "override_declined"
    /// Somebody watched what a person did in a shift, or was told what shifts would have been.
    case replayed
    /// An auditor looked at decisions, a case or figures.
    case auditLooked = "audit_looked"
    /// An auditor said what they would have decided, before the decision was shown to them.
    case auditJudged = "audit_judged"
    /// An auditor said what they hold of a decision.
    case auditMarked = "audit_marked"
    /// A sample is to be drawn, with this seed.
    case sampleAnnounced = "sample_announced"
    /// What the sample came to.
    case sampleDrawn = "sample_drawn"
    /// Somebody asks to have a pseudonym opened.
    case openingRequested = "opening_requested"
    /// A second person agreed.
    case openingApproved = "opening_approved"
    /// A second person did not agree.
    case openingRefused = "opening_refused"
    /// The name was shown.
    case pseudonymOpened = "pseudonym_opened"
    /// A decision's effect reached the platform.
    case delivered
    /// A decision's effect could not be delivered.
    case deliveryFailed = "delivery_failed"
    /// Statements of reasons left the site for decisions that had none before.
    case stated
    /// Records left the site as a file.
    case exported
    /// A person's daily totals stand in the place of the spans of a day.
    case exposureSettled = "exposure_settled"
    /// A person took their own record with them.
    case recordExported = "record_exported"
    /// A person brought dose along from another site.
    case doseTaken = "dose_taken"
    /// Pay, or for how long exposure may be disputed, was set.
    case conditionsSet = "conditions_set"
    /// A person handed their record over to a physician.
    case handedOver = "handed_over"
    /// The physician opened it.
    case handoverOpened = "handover_opened"
    /// The person took it back.
    case handoverRevoked = "handover_revoked"
    /// A lead named the contacts for support.
    case supportChanged = "support_changed"
}

/// One fact in the append-only record.
public struct LedgerEntry: Hashable, Sendable {
    /// The version of this form.
    public static let version: Int64 = 1

    /// What kind of fact.
    public var kind: EntryKind
    /// When.
    public var at: Timestamp
    /// Who did it, by pseudonym; `nil` for what nobody did.
    public var person: PersonID?
    /// The post it is about.
    public var post: PostID?
    /// What else there is to tell.
    public var fields: [String: LedgerValue]

    /// Makes an entry.
    public init(
        kind: EntryKind, at: Timestamp, person: PersonID?, post: PostID?, fields: [String: LedgerValue] = [:]
    ) {
        self.kind = kind
        self.at = at
        self.person = person
        self.post = post
        self.fields = fields
    }

    /// The bytes that are hashed: RFC 8785 JSON of `at`, `data`, `kind`, `person`, `post` and `v`.
    public func canonicalBytes() -> [UInt8] {
        var writer = CanonicalJSON(reserving: 384)
        writer.raw("{\"at\":")
        writer.write(at.rfc3339)
        if !fields.isEmpty {
            writer.raw(",\"data\":")
            writer.write(LedgerValue.object(fields))
        }
        writer.raw(",\"kind\":")
        writer.write(kind.rawValue)
        if let person {
            writer.raw(",\"person\":")
            writer.write(person.rawValue)
        }
        if let post {
            writer.raw(",\"post\":")
            writer.write(post.rawValue)
        }
        writer.raw(",\"v\":1}")
        return writer.bytes
    }

    /// The entry as it is kept: its canonical bytes and their leaf hash.
    public var encoded: EncodedEntry { EncodedEntry(bytes: canonicalBytes()) }

    /// Reads an entry; bytes that are not exactly the canonical form of an entry are an error.
    public init(canonicalBytes bytes: [UInt8]) throws(LedgerError) {
        guard let form = try? JSONDecoder().decode(Form.self, from: Data(bytes)) else {
            throw .notAnEntry
        }
        guard form.v == Self.version else { throw .unknownVersion(form.v) }
        guard let kind = EntryKind(rawValue: form.kind), let at = Timestamp(rfc3339: form.at) else {
            throw .notAnEntry
        }
        self.init(
            kind: kind, at: at, person: form.person.map { PersonID($0) }, post: form.post.map { PostID($0) },
            fields: form.data ?? [:])
        guard canonicalBytes() == bytes else { throw .notCanonical }
    }

    private struct Form: Decodable {
        let at: String
        let data: [String: LedgerValue]?
        let kind: String
        let person: String?
        let post: String?
        let v: Int64
    }
}

/// An entry's canonical bytes with their leaf hash, so that both can be made on another thread than the one that
/// appends.
public struct EncodedEntry: Hashable, Sendable {
    /// The canonical bytes.
    public let bytes: [UInt8]
    /// Their leaf hash.
    public let leaf: [UInt8]

    /// The entry of a post taken in, written straight away: there may be a million of them.
    ///
    /// The same bytes as those of a ``LedgerEntry`` with these fields.
    ///
    /// - Parameters:
    ///   - at: the time as in RFC 3339.
    ///   - content: the digest that commits to the content.
    ///   - salt: the content's.
    public static func takenIn(
        at: String, post: PostID, content: String, salt: [UInt8], evaluation: Evaluation
    ) -> EncodedEntry {
        var writer = CanonicalJSON(reserving: 384)
        writer.raw("{\"at\":")
        writer.write(at)
        writer.raw(",\"data\":{\"bundle\":")
        writer.write(evaluation.bundle.hex)
        writer.raw(",\"content\":")
        writer.write(content)
        if let digest = EvaluationCommitment.digest(of: evaluation, salt: salt) {
            writer.raw(",\"evaluation\":")
            writer.write(digest)
        }
        write(evaluation.findings.lazy.map(\.rule), as: "findings", to: &writer)
        writer.raw(",\"hazard\":")
        writer.write(evaluation.hazard.rawValue)
        write(evaluation.overBudget, as: "over_budget", to: &writer)
        if let recommendation = evaluation.recommendation {
            writer.raw(",\"recommended\":")
            writer.write(recommendation.action.rawValue)
            writer.raw(",\"recommended_rule\":")
            writer.write(recommendation.rule.rawValue)
        }
        write(evaluation.shadow.lazy.map(\.rule), as: "shadow", to: &writer)
        writer.raw(",\"version\":1},\"kind\":\"taken_in\",\"post\":")
        writer.write(post.rawValue)
        writer.raw(",\"v\":1}")
        return EncodedEntry(bytes: writer.bytes)
    }

    private static func write(
        _ rules: some Collection<RuleID>, as name: StaticString, to writer: inout CanonicalJSON
    ) {
        guard !rules.isEmpty else { return }
        writer.raw(",\"")
        writer.raw(name)
        writer.raw("\":[")
        for (index, rule) in rules.enumerated() {
            if index > 0 { writer.raw(",") }
            writer.write(rule.rawValue)
        }
        writer.raw("]")
    }

    fileprivate init(bytes: [UInt8]) {
        self.bytes = bytes
        leaf = MerkleTree.leafHash(bytes)
    }
}

/// What is wrong with bytes that should be of a ledger.
public enum LedgerError: Error, Hashable, Sendable {
    /// Not JSON of an entry.
    case notAnEntry
    /// An entry, but not in its canonical form.
    case notCanonical
    /// An entry of a form this version doesn't know.
    case unknownVersion(Int64)
    /// The stored right edge of the tree is not one.
    case damagedTree
    /// Not what rules said of a post.
    case notAnEvaluation
    /// Not 32 bytes of a key.
    case notAKey
    /// Not a note of origin, size and root.
    case notACheckpoint
    /// A note without a right signature by that key.
    case badSignature
    /// Not a receipt or another proof.
    case notAProof
    /// A proof that doesn't lead to the root.
    case notProved
}
