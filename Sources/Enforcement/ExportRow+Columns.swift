import Moderation

/// Rows that hold nothing but the names of their columns, for the header of a table: made by the same code as the rows.
extension ExportRow {
    /// Of statements.
    public static let statement = Statement(
        visibility: [], ground: .incompatible(ground: "", explanation: ""), contentTypes: [], category: "",
        categoryAddition: [], keywords: [], territories: [], contentDate: "", applicationDate: "", facts: "",
        source: "", isDetectedAutomatically: false, automation: .not, puid: ""
    ).row

    /// Of overturned statements.
    public static let overturned = OverturnedRow.row(
        blank.decision, at: blank.takenInAt, wasStated: false, isInThis: false)

    /// Of decisions.
    public static let decision = DecisionRows.decision(blank)

    /// Of labels.
    public static func label(withText: Bool) -> ExportRow { DecisionRows.label(blank, withText: withText) }

    private static let blank = DecidedPost(
        place: 0,
        decision: Decision(
            id: DecisionID(""), post: PostID(""), postVersion: 1, maker: .person(PersonID("")), action: .keep,
            policy: nil, rule: nil,
            note: nil, recommendation: nil, bundle: BundleDigest(hex: ""),
            decidedAt: Timestamp(milliseconds: 0)),
        content: nil, source: "", language: nil, hazard: .none, flagCount: 0,
        takenInAt: Timestamp(milliseconds: 0), isLatest: true, isStated: false)
}
