public import Moderation

/// What a platform must know of a statement whose decision was taken back after it took effect.
///
/// The database's own fields have no mark for it, so it stands beside the statements, under the same `puid`.
public enum OverturnedRow {
    /// One line of the list.
    ///
    /// - Parameters:
    ///   - wasStated: an earlier export held its statement, which is out of date now.
    ///   - isInThis: this export holds its statement, with the day on which the measure ended.
    public static func row(_ decision: Decision, at: Timestamp, wasStated: Bool, isInThis: Bool) -> ExportRow
    {
        var row = ExportRow()
        row.add("puid", Statement.puid(of: decision.id))
        row.add("decision", decision.id.rawValue)
        row.add("decided_at", decision.decidedAt.rfc3339)
        row.add("overturned_at", at.rfc3339)
        row.add("stated_before", .flag(wasStated))
        row.add("in_this_export", .flag(isInThis))
        return row
    }
}
