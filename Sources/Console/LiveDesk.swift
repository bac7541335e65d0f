import CheckIn
import Desk
import Exposure
import Ledger
import Moderation
import PolicyEngine
import Store

/// The real desk, on behalf of one person: it keeps the leases and the running span.
final class LiveDesk: ConsoleDesk {
    let desk: Desk
    private(set) var person: Person
    private var files: [PostID: CaseFile] = [:]
    private var open: OpenSpan?
    /// Spans whose closing could not be written yet; they are written before anything else.
    private var closing: [(OpenSpan, SpanEnd)] = []
    /// Where the auditor's list goes on, and a sample's.
    var auditPlace: DecisionPlace?
    var auditPosition = 0

    /// Where the person keeps their check-ins; `nil` where there is no place for them.
    let checkIns: CheckInFile?
    /// What a try of their passphrase costs.
    let checkInCost: PassphraseCost

    init(
        desk: Desk, person: Person, checkIns: CheckInFile? = nil, checkInCost: PassphraseCost = .standard
    ) {
        self.desk = desk
        self.person = person
        self.checkIns = checkIns
        self.checkInCost = checkInCost
    }

    func now() -> Tick {
        let moment = desk.clock.now()
        return Tick(wall: moment.wall, monotonic: moment.monotonic)
    }

    // MARK: Shift

    func brief() throws(Fault) -> Briefing {
        let overview = try call { () throws(DeskError) in try desk.overview(for: person) }
        person = overview.person
        return Briefing(overview)
    }

    func standing() throws(Fault) -> Standing {
        try call { () throws(DeskError) in try desk.standing(of: person) }
    }

    func startShift() throws(Fault) {
        try call { () throws(DeskError) in _ = try desk.startShift(person) }
    }

    func endShift(_ end: ShiftEnd) throws(Fault) {
        try call { () throws(DeskError) in try desk.endShift(person, reason: end) }
        files = [:]
    }

    func startBreak(required: Bool) throws(Fault) {
        try call { () throws(DeskError) in try desk.startBreak(person, required: required) }
    }

    func endBreak() throws(Fault) {
        try call { () throws(DeskError) in try desk.endBreak(person) }
    }

    // MARK: Posts

    func held() throws(Fault) -> [CaseCard] {
        let cases = try call { () throws(DeskError) in try desk.heldCases(of: person) }
        for file in cases { files[file.post] = file }
        return cases.map(CaseCard.init)
    }

    func claimNext() throws(Fault) -> ClaimAnswer {
        keep(try call { () throws(DeskError) in try desk.claimNext(for: person) })
    }

    func renew() throws(Fault) {
        for (post, file) in files {
            do throws(Fault) {
                let claim = try call { () throws(DeskError) in try desk.renew(file.claim) }
                files[post]?.claim = claim
            } catch {
                if error.lost != nil { files[post] = nil }
                throw error
            }
        }
    }

    func uncover(_ post: PostID) throws(Fault) -> UncoverAnswer {
        let file = try file(post)
        return show(try call { () throws(DeskError) in try desk.uncover(file, by: person) })
    }

    /// Keeps the span that runs now; one that ran before is closed.
    func show(_ outcome: UncoverOutcome) -> UncoverAnswer {
        switch outcome {
        case .uncovered(let shown):
            if let open { cover(open, .covered) }
            open = shown.open
            return .uncovered(Words(content: shown.content, mayStay: shown.mayStay))
        case .refused(let refusal, let standing): return .refused(refusal, standing)
        }
    }

    func beat() throws(Fault) -> BeatAnswer? {
        guard let open else { return nil }
        switch try call({ () throws(DeskError) in try desk.beat(open) }) {
        case .goOn(let standing): return .goOn(standing)
        case .mustCover(let refusal, let standing): return .mustCover(refusal, standing)
        }
    }

    func cover(_ end: SpanEnd) {
        guard let open else { return }
        self.open = nil
        cover(open, end)
    }

    private func cover(_ span: OpenSpan, _ end: SpanEnd) {
        closing.append((span, end))
        writeClosings()
    }

    /// Writes what could not be written before; what still can't stays for the next call.
    private func writeClosings() {
        closing.removeAll { span, end in
            do throws(DeskError) {
                try desk.cover(span, because: end)
                return true
            } catch { return false }
        }
    }

    func decide(_ post: PostID, _ verdict: Verdict, thenClaim: Bool) throws(Fault) -> (
        UndoOffer, ClaimAnswer?
    ) {
        let file = try file(post)
        let choice = Choice(
            action: verdict.action, policy: verdict.policy, rule: verdict.rule, note: verdict.note)
        if !verdict.alike.isEmpty { return try decide(file, choice, verdict.alike, thenClaim: thenClaim) }
        let (decision, claim) = try call { () throws(DeskError) -> (Decision, ClaimOutcome?) in
            guard thenClaim else {
                return (try desk.decide(file, choice, by: person, open: open), nil)
            }
            let (decision, claim) = try desk.decideAndClaimNext(file, choice, by: person, open: open)
            return (decision, claim)
        }
        open = nil
        files[post] = nil
        let offer = UndoOffer(
            decision: decision.id, post: post, action: decision.action,
            until: decision.decidedAt + Desk.undoWindow)
        return (offer, claim.map(keep))
    }

    func undoable() throws(Fault) -> UndoOffer? {
        let found = try call { () throws(DeskError) in try desk.undoable(by: person) }
        return found.map {
            UndoOffer(
                decision: $0.decision.id, post: $0.decision.post, action: $0.decision.action,
                until: $0.until, applied: $0.applied)
        }
    }

    func undo(_ decision: DecisionID) throws(Fault) -> CaseCard {
        let file = try call { () throws(DeskError) in try desk.undo(decision, by: person) }
        files[file.post] = file
        return CaseCard(file)
    }

    func skip(_ post: PostID, _ why: SkipWhy) throws(Fault) {
        let file = try file(post)
        let reason = SkipReason(rawValue: why.rawValue) ?? .other
        try call { () throws(DeskError) in try desk.skip(file, reason: reason, by: person, open: open) }
        letGo(post)
    }

    func release(_ post: PostID) throws(Fault) {
        let file = try file(post)
        try call { () throws(DeskError) in try desk.release(file, by: person, open: nil) }
        letGo(post)
    }

    func escalate(_ post: PostID, note: String) throws(Fault) {
        let file = try file(post)
        try call { () throws(DeskError) in try desk.escalate(file, note: note, by: person, open: open) }
        letGo(post)
    }

    func save(_ draft: Draft, on post: PostID) throws(Fault) {
        let file = try file(post)
        try call { () throws(DeskError) in try desk.saveDraft(draft, on: file, by: person) }
    }

    func dispute(_ rule: RuleID, on post: PostID) throws(Fault) -> Bool {
        let file = try file(post)
        return try call { () throws(DeskError) in try desk.dispute(rule, on: file, by: person) }
    }

    func waiting() throws(Fault) -> Int {
        try call { () throws(DeskError) in try desk.statistics() }.total(.waiting)
    }

    private func letGo(_ post: PostID) {
        if open?.post == post { open = nil }
        files[post] = nil
    }

    /// Decides for a group.
    private func decide(_ file: CaseFile, _ choice: Choice, _ alike: [PostID], thenClaim: Bool) throws(Fault)
        -> (UndoOffer, ClaimAnswer?)
    {
        let group = try call { () throws(DeskError) in
            try desk.decide(
                file, choice, appliedTo: alike, by: person, open: open, thenClaim: thenClaim)
        }
        open = nil
        files[file.post] = nil
        let offer = UndoOffer(
            decision: group.decision.id, post: file.post, action: group.decision.action,
            until: group.decision.decidedAt + Desk.undoWindow, applied: group.applied.count)
        return (offer, group.claim.map(keep))
    }

    func file(_ post: PostID) throws(Fault) -> CaseFile {
        guard let file = files[post] else { throw Fault(DeskError.claimLost(post)) }
        return file
    }

    private func keep(_ outcome: ClaimOutcome) -> ClaimAnswer {
        switch outcome {
        case .claimed(let file):
            files[file.post] = file
            return .claimed(CaseCard(file))
        case .refused(let standing): return .refused(standing)
        case .nothing(let waiting): return .nothing(waitingElsewhere: waiting)
        }
    }

    /// Calls the desk, after what it still owes, and puts its errors into both languages.
    func call<Result>(_ body: () throws(DeskError) -> Result) throws(Fault) -> Result {
        if !closing.isEmpty { writeClosings() }
        do throws(DeskError) {
            return try body()
        } catch {
            if case .claimLost(let post) = error { files[post] = nil }
            throw Fault(error)
        }
    }

    /// Nothing is in hand any more, and nothing is uncovered.
    func forgetPosts() {
        open = nil
        files = [:]
    }

    func change(_ body: (Person) throws(DeskError) -> Person) throws(Fault) {
        let current = person
        person = try call { () throws(DeskError) in try body(current) }
    }

    // MARK: My record, lead, auditor

    func record() throws(Fault) -> OwnRecord {
        OwnRecord(try call { () throws(DeskError) in try desk.record(of: person) })
    }

    func neverShow(hazards: Set<Hazard>, policies: Set<PolicyID>) throws(Fault) {
        person = try call { () throws(DeskError) in
            try desk.neverShow(hazards: hazards, policies: policies, to: person)
        }
    }

    func showAgain(hazards: Set<Hazard>, policies: Set<PolicyID>) throws(Fault) {
        person = try call { () throws(DeskError) in
            try desk.showAgain(hazards: hazards, policies: policies, to: person)
        }
    }

    func setPersonalLimit(_ limit: Percent?) throws(Fault) {
        try call { () throws(DeskError) in try desk.setPersonalLimit(limit, of: person) }
    }

    func team() throws(Fault) -> [Teammate] {
        try call { () throws(DeskError) in try desk.team(for: person) }.map(Teammate.init)
    }

    func disputes() throws(Fault) -> [RuleDispute] {
        let since = desk.clock.now().wall - .seconds(30 * 86_400)
        return try call { () throws(DeskError) in try desk.disputedRules(since: since, for: person) }
            .map { RuleDispute(rule: $0.rule, count: $0.objections.count) }
    }

    func ledgerSize() throws(Fault) -> Int64 {
        try call { () throws(DeskError) in try desk.ledgerTree() }.size
    }

    func ledger(from index: Int64, limit: Int) throws(Fault) -> [LedgerLine] {
        try call { () throws(DeskError) in try desk.ledgerLog(from: index, limit: limit) }
            .map(LedgerLine.init)
    }

    func verifyLedger(_ progress: (Int64, Int64) -> Void) throws(Fault) -> LedgerFinding {
        LedgerFinding(try call { () throws(DeskError) in try desk.verifyLedger(progress: progress) })
    }
}
