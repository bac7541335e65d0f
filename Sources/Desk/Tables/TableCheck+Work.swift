import Ledger
import Moderation
import Store

extension TableCheck {
    // MARK: Claims and skips

    func checkClaims() throws {
        var held = fold.posts.filter { $0.value.state == .claimed }
        try each(.claims) { check, row in
            let id = row.text("post") ?? row.text("id") ?? ""
            let name = LedgerFold.Name(id)
            guard check.fold.share.holds(name) else { return }
            guard let post = held.removeValue(forKey: name) else { return check.note(.claims, id, .untold) }
            let told = try check.entry(post.moved)
            row.expect("post", told.post?.rawValue)
            row.expect("id", told.post?.rawValue)
            row.expect("person", told.person?.rawValue)
            row.expect("fence", told.number("fence"))
            row.expect("claimed_at", told.at.milliseconds)
            check.finish(row, id, entry: post.moved)
        }
        if let post = held.values.min(by: { $0.moved < $1.moved }) {
            note(.claims, try entry(post.moved).post?.rawValue ?? "?", .missing, entry: post.moved)
        }
    }

    func checkSkips() throws {
        var left = fold.skips
        try each(.skips) { check, row in
            let post = LedgerFold.Name(row.text("post") ?? "")
            guard check.fold.share.holds(post) else { return }
            let person = row.text("person") ?? ""
            let name = "\(row.text("post") ?? "?") by \(person)"
            guard let number = left.removeValue(forKey: .init(post: post, person: person)) else {
                return check.note(.skips, name, .untold)
            }
            row.expect("at", try check.entry(number).at.milliseconds)
            check.finish(row, name, entry: number)
        }
        if let number = left.values.min() {
            note(.skips, try entry(number).post?.rawValue ?? "?", .missing, entry: number)
        }
    }

    // MARK: Decisions

    /// Standing decisions whose effect has not left; comes before ``checkDecisions()``, which crosses decisions off.
    func checkOutbox() throws {
        try each(.outbox) { check, row in
            let id = row.text("decision") ?? ""
            guard let fact = check.fold.seeWaiting(LedgerFold.Name(id)) else {
                return check.note(.outbox, id, .untold)
            }
            let told = try check.entry(fact.decided)
            row.expect("post", told.post?.rawValue)
            row.expect("action", told.text("action"))
            row.expect("due_at", (told.at + Desk.undoWindow).milliseconds)
            check.finish(row, id, entry: fact.decided)
        }
        let missing = fold.decisions.values.lazy.filter { $0.waits && !$0.wasSeenWaiting }
        if let fact = missing.min(by: { $0.decided < $1.decided }) {
            note(.outbox, try entry(fact.decided).text("decision") ?? "?", .missing, entry: fact.decided)
        }
    }

    func checkDecisions() throws {
        try each(.decisions) { check, row in
            let post = LedgerFold.Name(row.text("post") ?? "")
            let id = row.text("id") ?? ""
            guard let fact = check.fold.crossOffDecision(LedgerFold.Name(id)) else {
                return check.note(.decisions, id, .untold)
            }
            let told = try check.entry(fact.decided)
            row.expect("number", fact.ordinal)
            row.expect("id", told.text("decision"))
            row.expect("post", told.post?.rawValue)
            row.expect("version", told.number("version"))
            row.expect("person", told.person?.rawValue ?? "")
            for name in ["action", "policy", "rule", "bundle"] { row.expect(name, told.text(name)) }
            let recommended = told.fields["recommended"]?.members ?? [:]
            for name in ["action", "policy", "rule"] {
                row.expect("recommended_\(name)", recommended[name]?.text)
            }
            row.expect("decided_at", told.at.milliseconds)
            row.expect("automatic", told.text("approved_by"))
            row.expect("applied_from", told.text("applied_from"))
            row.expect("author", row["post_author"])
            row.expect("differs", Self.differs(told).map { $0 ? 1 : 0 })
            check.expectCircumstances(&row, told, fact)
            check.expectNote(&row, told, fact: fact, erased: check.fold.posts[post]?.erased)
            var entry = fact.decided
            if row.wrong == nil {
                row.expect("undone_at", try fact.undone.map { try check.entry($0).at.milliseconds })
                entry = fact.undone ?? entry
            }
            check.finish(row, id, entry: entry)
        }
        if let fact = fold.decisions.values.min(by: { $0.decided < $1.decided }) {
            note(.decisions, try entry(fact.decided).text("decision") ?? "?", .missing, entry: fact.decided)
        }
    }

    /// Whether something else was done than the rules recommended; `nil` where they recommended nothing.
    private static func differs(_ told: LedgerEntry) -> Bool? {
        guard let recommended = told.fields["recommended"]?.members else { return nil }
        let action = told.text("action")
        return action != recommended["action"]?.text
            || (action != Action.keep.rawValue && told.text("policy") != recommended["policy"]?.text)
    }

    /// What was known of the post when it was decided, and which entries tell of the decision and of its undoing.
    private func expectCircumstances(
        _ row: inout RowCheck, _ told: LedgerEntry, _ fact: LedgerFold.Decision
    ) {
        // Of earlier decisions neither was told.
        if isFull(fact.decided) {
            row.expect("entry", fact.decided)
            row.expect("hazard", Self.level(told.text("expected") ?? told.text("hazard")))
            row.expect("language", told.text("language") ?? "")
        } else {
            row.expect("entry", that: [0, fact.decided].contains(row.integer("entry")))
        }
        let undone = fact.undone ?? 0
        if isFull(undone) || row.integer("undone_entry") != 0 { row.expect("undone_entry", undone) }
    }

    /// Posts that were handed to a lead; before entries told enough, only those that still were are kept, and of them
    /// not since when.
    func checkEscalations() throws {
        var left = fold.escalations
        try each(.escalatedPosts) { check, row in
            let id = row.text("post") ?? ""
            let name = LedgerFold.Name(id)
            guard check.fold.share.holds(name) else { return }
            guard let course = left.removeValue(forKey: name) else {
                return check.note(.escalatedPosts, id, .untold)
            }
            let wasToldFirst = course.last == course.began
            if wasToldFirst || row.integer("entry") != 0 { row.expect("entry", course.last) }
            check.finish(row, id, entry: course.last ?? course.began)
        }
        if let number = left.values.compactMap(\.last).min() {
            note(.escalatedPosts, try entry(number).post?.rawValue ?? "?", .missing, entry: number)
        }
    }

    private func expectNote(
        _ row: inout RowCheck, _ told: LedgerEntry, fact: LedgerFold.Decision, erased: Int64?
    ) {
        if let erased, erased > fact.decided {
            row.expect("note", .null)
            return row.expect("note_salt", .null)
        }
        let digest = told.text("note_digest")
        // Earlier, the salt was not kept: all that can be told is whether there was a note.
        guard isFull(fact.decided) || row["note_salt"] != .null else {
            return row.expect("note", that: (row["note"] == .null) == (digest == nil))
        }
        row.expect("note", salt: "note_salt", committedAs: digest)
        if digest == nil { row.expect("note_salt", .null) }
    }
}
