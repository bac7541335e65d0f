public import Moderation

/// A statement of reasons as the EU's DSA Transparency Database takes it.
///
/// `Documentation/exports.md` tells every field. Names and values are those of the database's own interface.
public struct Statement: Hashable, Sendable {
    /// What is done to the content: `DECISION_VISIBILITY_…`.
    public var visibility: [String]
    /// What is done to the account: `DECISION_ACCOUNT_…`.
    public var account: String?
    /// Whose account: `ACCOUNT_TYPE_…`.
    public var accountType: String?
    /// What the decision rests on.
    public var ground: Ground
    /// Where law or terms can be read.
    public var groundURL: String?
    /// `CONTENT_TYPE_…`.
    public var contentTypes: [String]
    /// What `CONTENT_TYPE_OTHER` stands for.
    public var otherContentType: String?
    /// The policy's category, further ones, and keywords.
    public var category: String
    /// Further categories.
    public var categoryAddition: [String]
    /// Keywords.
    public var keywords: [String]
    /// What `KEYWORD_OTHER` stands for.
    public var otherKeyword: String?
    /// Countries the decision applies to; empty when nobody said.
    public var territories: [String]
    /// ISO 639-1 in upper case.
    public var language: String?
    /// The day the content was posted.
    public var contentDate: String
    /// The day the decision took effect.
    public var applicationDate: String
    /// The day on which the account is free again.
    public var accountEndDate: String?
    /// The day on which the content is free again.
    public var visibilityEndDate: String?
    /// What was found and done, without personal data.
    public var facts: String
    /// `SOURCE_…`.
    public var source: String
    /// Whether the content was found by a machine.
    public var isDetectedAutomatically: Bool
    /// Whether the decision was made by one.
    public var automation: Automation
    /// The statement's own name on the platform.
    public var puid: String

    /// What a decision rests on: which law or term, and why the content falls under it.
    public enum Ground: Hashable, Sendable {
        /// The law.
        case illegal(ground: String, explanation: String)
        /// The platform's terms.
        case incompatible(ground: String, explanation: String)
    }

    /// What part machines had in the decision.
    public enum Automation: String, CaseIterable, Hashable, Sendable {
        /// A rule decided by itself.
        case fully = "AUTOMATED_DECISION_FULLY"
        /// A person decided with a recommendation before them.
        case partially = "AUTOMATED_DECISION_PARTIALLY"
        /// A person decided, and no rule had said anything.
        case not = "AUTOMATED_DECISION_NOT_AUTOMATED"
    }

    /// The object that is submitted, or the line of a table; what doesn't apply is nothing.
    public var row: ExportRow {
        var row = ExportRow()
        row.add("puid", puid)
        row.add("decision_visibility", .list(visibility))
        row.add("decision_account", account)
        row.add("account_type", accountType)
        addGround(to: &row)
        row.add("decision_ground_reference_url", groundURL)
        row.add("content_type", .list(contentTypes))
        row.add("content_type_other", otherContentType)
        row.add("category", category)
        row.add("category_addition", Self.list(categoryAddition))
        row.add("category_specification", Self.list(keywords))
        row.add("category_specification_other", otherKeyword)
        row.add("territorial_scope", Self.list(territories))
        row.add("content_language", language)
        row.add("content_date", contentDate)
        row.add("application_date", applicationDate)
        row.add("end_date_account_restriction", accountEndDate)
        row.add("end_date_visibility_restriction", visibilityEndDate)
        row.add("decision_facts", facts)
        row.add("source_type", source)
        row.add("automated_detection", isDetectedAutomatically ? "Yes" : "No")
        row.add("automated_decision", automation.rawValue)
        return row
    }

    private func addGround(to row: inout ExportRow) {
        var (illegal, incompatible): ((String, String)?, (String, String)?)
        switch ground {
        case .illegal(let ground, let explanation): illegal = (ground, explanation)
        case .incompatible(let ground, let explanation): incompatible = (ground, explanation)
        }
        row.add(
            "decision_ground",
            illegal == nil ? "DECISION_GROUND_INCOMPATIBLE_CONTENT" : "DECISION_GROUND_ILLEGAL_CONTENT")
        row.add("illegal_content_legal_ground", illegal?.0)
        row.add("illegal_content_explanation", illegal?.1)
        row.add("incompatible_content_ground", incompatible?.0)
        row.add("incompatible_content_explanation", incompatible?.1)
    }

    private static func list(_ texts: [String]) -> ExportValue { texts.isEmpty ? .nothing : .list(texts) }

    /// The name of a decision's statement: the same at every export.
    ///
    /// Decisions' own names are of letters and digits; one with other signs is written in hexadecimal, so that two
    /// never meet.
    public static func puid(of decision: DecisionID) -> String {
        let bytes = Array(decision.rawValue.utf8)
        let isPlain = bytes.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        }
        if isPlain, !bytes.isEmpty, bytes.count <= 400 { return "releve-" + decision.rawValue }
        let digits = bytes.prefix(200).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        return "releve-x-" + digits.joined()
    }
}
