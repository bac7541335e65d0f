import Desk
import Exposure
import Moderation
import Store

@testable import Console

/// A desk in memory with the real dosimeter and a clock that is moved by hand.
final class ScriptedDesk: ConsoleDesk {
    static let monday = Timestamp(milliseconds: 1_772_442_000_000)  // 2026-03-02 09:00 UTC
    var tick = Tick(wall: ScriptedDesk.monday, monotonic: .zero)
    var limits = Limits.standard
    var person = Person(id: PersonID("p1"), user: "ada", name: "Ada", roles: [.moderator, .lead, .auditor])
    var queue: [FlaggedPost] = []
    var evaluations: [String: Evaluation] = [:]
    var policies = Samples.policies
    var spans: [Span] = []
    var shifts: [Shift] = []
    var personalLimit: Percent?
    var inHand: [PostID: CaseCard] = [:]
    var drafts: [PostID: Draft] = [:]
    var disputed: Set<RuleID> = []
    var decisions: [Decision] = []
    /// What was done, in order, in a word or two each.
    var log: [String] = []
    /// Who says the same as a post, by its id.
    var groups: [PostID: AlikeGroup] = [:]
    var dispatch = DispatchNews(
        unserved: [], saved: ExposureSaved(days: 28, posts: 0, dose: .zero, parts: []))
    /// The next call of this name fails.
    var failing: String?
    /// What an auditor may see.
    var audited: [AuditCard] = []
    var sampleRows: [SampleRow] = []
    var openingRows: [OpeningRow] = []
    private var open: Span?
    private var openedAt: Duration = .zero
    var serial = 0

    func advance(_ time: Duration) {
        tick.wall = tick.wall + time
        tick.monotonic += time
    }

    func note(_ what: String, _ detail: String = "") throws(Fault) {
        log.append(detail.isEmpty ? what : "\(what) \(detail)")
        guard failing == what else { return }
        failing = nil
        throw Fault(
            english: "the store is held by another process (wait a moment and try again)",
            french: "la base est occupée (réessayez dans un instant)")
    }

    private func now() -> Timestamp { tick.wall }
    func now() -> Tick { tick }

    private func dosimetry() -> Standing {
        Dosimeter.standing(
            of: ExposureRecord(
                person: person.id, now: tick.wall, spans: spans + (open.map { [$0] } ?? []), shifts: shifts,
                limits: limits, personalLimit: personalLimit))
    }

    func brief() throws(Fault) -> Briefing {
        try note("brief")
        var counts: [Briefing.Waiting] = []
        for post in queue {
            let hazard = evaluations[post.externalID]?.hazard ?? .none
            if let place = counts.firstIndex(where: { $0.hazard == hazard && $0.language == post.language }) {
                counts[place].posts += 1
            } else {
                counts.append(Briefing.Waiting(hazard: hazard, language: post.language, posts: 1))
            }
        }
        let mine = decisions.count { $0.undoneAt == nil }
        return Briefing(
            site: "forum.example", isDemo: true, person: person, bundle: "1a2b3c4d5e6f",
            standing: dosimetry(), siteLimits: limits, limitsSetBy: nil,
            limitsSince: ScriptedDesk.monday - .seconds(86_400),
            waiting: counts, escalated: 0, decidedByMe: mine, decidedByPeople: mine + 11, decidedByRules: 0,
            sources: ["forum.example", "chat.example"], policies: policies, pay: pay)
    }

    func standing() throws(Fault) -> Standing { dosimetry() }

    func startShift() throws(Fault) {
        try note("startShift")
        if case .resting(let until) = dosimetry().availability {
            var fault = Fault(english: "rest", french: "repos")
            fault.refusal = .resting(until: until)
            throw fault
        }
        shifts.append(Shift(id: ShiftID("s\(shifts.count)"), person: person.id, startedAt: now()))
    }

    func endShift(_ end: ShiftEnd) throws(Fault) {
        try note("endShift", end.rawValue)
        for card in inHand.values { queue.append(source(card)) }
        inHand = [:]
        guard let last = shifts.indices.last else { return }
        shifts[last].endedAt = now()
        shifts[last].endedBy = end
    }

    func startBreak(required: Bool) throws(Fault) {
        try note("startBreak", required ? "required" : "free")
        guard let last = shifts.indices.last, shifts[last].isOpen else {
            throw Fault(english: "no shift is open", french: "aucun service")
        }
        shifts[last].breaks.append(Break(startedAt: now(), isRequired: required))
    }

    func endBreak() throws(Fault) {
        try note("endBreak")
        if case .onBreak(let until) = dosimetry().availability, until > now() {
            var fault = Fault(english: "break", french: "pause")
            fault.refusal = .onBreak(until: until)
            throw fault
        }
        guard let last = shifts.indices.last, let pause = shifts[last].breaks.indices.last else { return }
        shifts[last].breaks[pause].endedAt = now()
    }

    func held() throws(Fault) -> [CaseCard] {
        try note("held")
        return inHand.values.map { card in
            var card = card
            card.draft = drafts[card.post]
            return card
        }
    }

    func claimNext() throws(Fault) -> ClaimAnswer {
        try note("claim")
        let standing = dosimetry()
        guard !standing.claimable.isEmpty else { return .refused(standing) }
        let place = queue.firstIndex { post in
            let evaluation = evaluations[post.externalID]
            let found = evaluation?.findings.map(\.policy) ?? []
            let hazard = evaluation?.hazard ?? .none
            return standing.claimable.contains(hazard)
                && !person.optOuts.cover(hazard: hazard, policies: found, at: now())
        }
        guard let place else {
            if case .capped = standing.availability, !queue.isEmpty { return .refused(standing) }
            return .nothing(waitingElsewhere: queue.count)
        }
        let post = queue.remove(at: place)
        let card = card(post)
        inHand[card.post] = card
        return .claimed(card)
    }

    func card(_ post: FlaggedPost) -> CaseCard {
        let id = PostID(post.externalID)
        let empty = Evaluation(
            findings: [], recommendation: nil, hazard: .none, bundle: BundleDigest(hex: "1a2b3c4d5e6f"))
        originals[id] = post
        return CaseCard(
            post: id, version: 1, source: post.source, community: post.community, kind: post.kind,
            language: post.language, author: post.author, createdAt: post.createdAt, deadline: post.deadline,
            takenInAt: ScriptedDesk.monday - .seconds(600), claimedAt: now(), flags: post.flags,
            threadCount: post.thread.count, linkCount: post.links.count, mediaCount: post.media.count,
            textLength: post.body.unicodeScalars.count,
            evaluation: evaluations[post.externalID] ?? empty, draft: drafts[id], isErased: false,
            neutralLines: [
                "en": "A post that people flagged; the rules find threats.",
                "fr": "Un message signalé ; les règles y voient des menaces.",
            ], policies: policies)
    }

    private var originals: [PostID: FlaggedPost] = [:]
    private func source(_ card: CaseCard) -> FlaggedPost {
        originals[card.post] ?? FlaggedPost(source: "", externalID: card.post.rawValue, body: "")
    }

    func renew() throws(Fault) { try note("renew") }

    func uncover(_ post: PostID) throws(Fault) -> UncoverAnswer {
        guard let card = inHand[post] else { throw lost(post) }
        return try uncover(post, content: source(card), hazard: card.hazard)
    }

    func uncover(_ post: PostID, content: FlaggedPost, hazard: Hazard) throws(Fault) -> UncoverAnswer {
        try note("uncover", post.rawValue)
        let standing = dosimetry()
        let since = spans.filter { $0.post == post }.map(\.openedAt).min()
        if case .refused(let refusal) = standing.mayUncover(hazard, inHandSince: since) {
            return .refused(refusal, standing)
        }
        openSpan(post, hazard)
        return .uncovered(Words(content: content, mayStay: .seconds(3600)))
    }

    func openSpan(_ post: PostID, _ hazard: Hazard) {
        serial += 1
        open = Span.opened(
            id: SpanID("x\(serial)"), person: person.id, post: post, shift: shifts.last?.id,
            hazard: hazard, at: now(), limits: limits)
        openedAt = tick.monotonic
    }

    func beat() throws(Fault) -> BeatAnswer? {
        try note("beat")
        guard let span = open else { return nil }
        let paid = span.beaten(elapsed: tick.monotonic - openedAt, limits: limits)
        open = paid
        let standing = dosimetry()
        if let deadline = standing.mustCover(paid, lastKeyAt: nil), deadline.at <= now() {
            switch deadline.reason {
            case .continuous, .longBreak:
                return .mustCover(
                    .breakDue(deadline.reason, until: now() + limits.breakLength), standing)
            case .shiftLength, .shiftHard:
                return .mustCover(.shiftOver(deadline.reason, resumeAt: now() + limits.rest), standing)
            default:
                return .mustCover(
                    .capped(deadline.reason, resumeAt: standing.cap?.resumeAt ?? now()), standing)
            }
        }
        return .goOn(standing)
    }

    func cover(_ end: SpanEnd) {
        log.append("cover \(end.rawValue)")
        guard let span = open else { return }
        spans.append(span.closed(elapsed: tick.monotonic - openedAt, at: now(), by: end, limits: limits))
        open = nil
    }

    var isOpen: Bool { open != nil }

    func decide(_ post: PostID, _ verdict: Verdict, thenClaim: Bool) throws(Fault) -> (
        UndoOffer, ClaimAnswer?
    ) {
        let policy = verdict.policy.map { " under \($0)" } ?? ""
        let others = verdict.alike.isEmpty ? "" : " with \(verdict.alike.count) alike"
        try note("decide", "\(post) \(verdict.action.rawValue)\(policy)\(others)")
        guard let card = inHand[post] else { throw lost(post) }
        // Decision and claim are one act: both happen or neither.
        if thenClaim, failing == "claim" { try note("claim") }
        cover(.decided)
        log.removeLast()
        inHand[post] = nil
        serial += 1
        let decision = Decision(
            id: DecisionID("d\(serial)"), post: post, postVersion: 1, maker: .person(person.id),
            action: verdict.action, policy: verdict.policy, rule: verdict.rule, note: verdict.note,
            recommendation: card.evaluation.recommendation, bundle: card.evaluation.bundle, decidedAt: now())
        decisions.insert(decision, at: 0)
        let offer = UndoOffer(
            decision: decision.id, post: post, action: verdict.action, until: now() + .seconds(30),
            applied: verdict.alike.count)
        return (offer, thenClaim ? try claimNext() : nil)
    }

    func undoable() throws(Fault) -> UndoOffer? {
        guard let last = decisions.first, last.undoneAt == nil, now() <= last.decidedAt + .seconds(30) else {
            return nil
        }
        return UndoOffer(
            decision: last.id, post: last.post, action: last.action, until: last.decidedAt + .seconds(30))
    }

    func undo(_ decision: DecisionID) throws(Fault) -> CaseCard {
        try note("undo", decision.rawValue)
        guard decisions.first?.id == decision, let post = decisions.first?.post,
            let original = originals[post]
        else { throw Fault(english: "too late", french: "trop tard") }
        decisions[0].undoneAt = now()
        let card = card(original)
        inHand[post] = card
        return card
    }

    func skip(_ post: PostID, _ why: SkipWhy) throws(Fault) {
        try note("skip", "\(post) \(why.rawValue)")
        try letGo(post)
    }

    func release(_ post: PostID) throws(Fault) {
        try note("release", post.rawValue)
        if let card = inHand[post] { queue.append(source(card)) }
        try letGo(post)
    }

    func escalate(_ post: PostID, note text: String) throws(Fault) {
        try note("escalate", "\(post) \(text)")
        try letGo(post)
    }

    private func letGo(_ post: PostID) throws(Fault) {
        guard inHand[post] != nil else { throw lost(post) }
        inHand[post] = nil
    }

    func save(_ draft: Draft, on post: PostID) throws(Fault) {
        try note("save", "\(post) \(draft.action?.rawValue ?? "-") \(draft.note)")
        drafts[post] = draft
    }

    func waiting() throws(Fault) -> Int { queue.count }

    private func lost(_ post: PostID) -> Fault {
        var fault = Fault(
            english: "the claim on \(post) has lapsed; nothing was recorded",
            french: "la prise de \(post) a expiré ; rien n'a été enregistré")
        fault.lost = post
        return fault
    }

    func record() throws(Fault) -> OwnRecord {
        OwnRecord(
            standing: dosimetry(), spans: spans, shifts: shifts, decisions: decisions,
            personalLimit: personalLimit, optOuts: person.optOuts, pay: pay, handovers: handedOver,
            outcomes: outcomes)
    }

    /// What work came to, and what was handed over.
    var pay: OwnPay?
    var handedOver: [NamedHandover] = []

    func takeAlong() throws(Fault) -> String {
        try note("takeAlong", "")
        return "/home/ada/releve-record-2026-03-01.json"
    }

    func neverShow(hazards: Set<Hazard>, policies: Set<PolicyID>) throws(Fault) {
        try note("neverShow", (hazards.map(\.rawValue) + policies.map(\.rawValue)).joined(separator: " "))
        person.optOuts.hazards.formUnion(hazards)
        person.optOuts.policies.formUnion(policies)
    }

    func showAgain(hazards: Set<Hazard>, policies: Set<PolicyID>) throws(Fault) {
        person.optOuts.hazards.subtract(hazards)
        person.optOuts.policies.subtract(policies)
    }

    func setPersonalLimit(_ limit: Percent?) throws(Fault) { personalLimit = limit }

    func dispute(_ rule: RuleID, on post: PostID) throws(Fault) -> Bool {
        try note("dispute", "\(rule) \(post)")
        return disputed.insert(rule).inserted
    }

    func disputes() throws(Fault) -> [RuleDispute] {
        disputed.sorted().map { RuleDispute(rule: $0, count: 1) }
    }

    func team() throws(Fault) -> [Teammate] {
        [
            Teammate(name: "Ada", languages: ["en", "fr"], availability: .available),
            Teammate(name: "Björn", languages: ["de"], availability: .breakDue),
            Teammate(name: "Chioma", languages: ["en"], availability: .unavailable),
        ]
    }

    var limitsVersions: [LimitsVersion] = []
    var proposalCards: [ProposalCard] = []
    var overrideCards: [OverrideCard] = []
    var pendingSight: LimitsPage.Pending?
    var askedOfMe: [Asked] = []
    var backlogPage = BacklogPage(
        counts: [], ahead: Foresight(days: 14, staff: 1, waiting: [], kinds: [:], learnedDays: 1))
    var rosterRows: [RosterRow] = []

    var timelines: [Timeline] = []
    var recomputation = Recomputation()
    var whatIfAnswer = WhatIf()
    /// What the auditor's looks show.
    var recordedContent = FlaggedPost(source: "forum.example", externalID: "old", body: "")

    var contacts: [SupportContact] = []
    var welfare = WelfareView()
    var auditChecks = AuditChecks()
    var outcomes: [MarkedDecision] = []
    /// Check-ins and the passphrase that opens them; `nil` before they were begun.
    var checkIns: (passphrase: String, lines: [CheckInLine])?

    var entries: [LedgerLine] = []
    var ledgerProblems: [String] = []
    func ledgerSize() throws(Fault) -> Int64 { Int64(entries.count) }
    func ledger(from index: Int64, limit: Int) throws(Fault) -> [LedgerLine] { entries }
    func verifyLedger(_ progress: (Int64, Int64) -> Void) throws(Fault) -> LedgerFinding {
        progress(1, Int64(entries.count))
        return LedgerFinding(
            entries: Int64(entries.count), root: "00ff00ff00ff00ff", problems: ledgerProblems)
    }
}
