import Desk
import Exposure
import Ledger
import Moderation

extension Messages {
    // MARK: Replay

    var replayTitle: String { say("Replay", "Relecture") }
    var shiftsTitle: String {
        say("Shifts, newest first, by pseudonym", "Services, les derniers d'abord, par pseudonyme")
    }
    var shiftHeadings: [String] {
        language == .french
            ? ["début", "fin", "qui", "service"] : ["began", "ended", "who", "shift"]
    }
    var noShifts: String { say("No shift is recorded.", "Aucun service enregistré.") }
    var stillOpen: String { say("still open", "en cours") }
    var isYou: String { say("(you)", "(vous)") }
    var leadsSeeNoShifts: String {
        say(
            "Shifts are for auditors: a lead sees nobody's breaks, dose or history.",
            "Les services sont pour l'audit : un responsable ne voit ni pauses, ni dose, ni historique.")
    }
    var notRecomputed: String { say("not recomputed in this session", "pas recalculé dans cette séance") }
    func recomputing(_ done: Int64, _ total: Int64) -> String {
        say("recomputed \(done) of \(total) entries …", "\(done) entrées sur \(total) recalculées …")
    }
    func recomputed(_ result: Recomputation) -> String {
        let erased =
            result.erased == 0
            ? "" : say(", \(result.erased) erased", ", \(result.erased) effacées")
        if result.isSame {
            return say(
                "Recomputed: \(result.same) evaluations, all the same byte for byte\(erased).",
                "Recalculé : \(result.same) évaluations, toutes identiques à l'octet\(erased).")
        }
        let count = result.different + result.bundles.count + result.unreadable.count
        return say(
            "Recomputed: \(count) NOT the same (releve replay recompute tells both sides)\(erased).",
            "Recalculé : \(count) PAS identiques (releve replay recompute dit les deux côtés)\(erased).")
    }
    func differs(_ difference: EvaluationDifference) -> String {
        let parts = difference.parts.map(\.rawValue).joined(separator: ", ")
        return say(
            "post \(difference.post) version \(difference.version), entry \(difference.entry): \(parts)",
            "message \(difference.post) version \(difference.version), entrée \(difference.entry) : \(parts)")
    }
    func differs(_ bundle: BundleDifference) -> String {
        say(
            "policies \(bundle.bundle.short): their text is not what their name says",
            "règles \(bundle.bundle.short) : leur texte n'est pas ce que dit leur nom")
    }

    // MARK: What if

    var whatIfTitle: String { say("What if?", "Et si ?") }
    var anotherLimit: String { say("a limit were another …", "une limite était autre …") }
    var whatIfLimitTitle: String {
        say("What if which limit were another?", "Et si quelle limite était autre ?")
    }
    func whatIf(_ choice: WhatIfChoice) -> String {
        switch choice {
        case .trialsCount: say("rules on trial counted as live", "les tests à l'essai comptaient")
        case .hazardUp: say("every hazard were one grade higher", "chaque risque valait un degré de plus")
        case .anyFindingRemoves:
            say("any finding asked for removal", "tout constat demandait le retrait")
        case .limit(let field, let figure): "\(self.field(field)): \(figure / field.unit)"
        case .bundle(let digest):
            say(
                "policies \(digest.short) had been in force",
                "les règles \(digest.short) avaient été en vigueur")
        }
    }
    func compared(_ decisions: DecisionsWhatIf) -> String {
        say(
            "\(decisions.decisions) decisions of people; on \(decisions.changed) the recommendation changes",
            "\(decisions.decisions) décisions humaines ; l'avis change sur \(decisions.changed)")
    }
    func agreement(_ before: String, _ after: String) -> String {
        say(
            "People did what was recommended on \(before), would have on \(after).",
            "Les gens ont suivi l'avis sur \(before), ils l'auraient suivi sur \(after).")
    }
    func leftOut(_ erased: Int, _ unknown: Int) -> String {
        say(
            "Left out: \(erased) erased, \(unknown) not kept.",
            "Omis : \(erased) effacées, \(unknown) perdues.")
    }
    var was: String { say("was", "fut") }
    var wouldBe: String { say("would be", "serait") }
    var nothingAdvised: String { say("nothing", "rien") }
    var recommendedTitle: String { say("Recommended", "Avis rendus") }
    var dosesTitle: String { say("Dose of shifts, %", "Dose des services, %") }
    func ended(by reason: LimitReason?) -> String {
        guard let reason else { return "" }
        return say("ended: \(reason.rawValue)", "fin : \(reason.rawValue)")
    }
    func group(_ group: GroupWhatIf) -> String {
        say(
            "\(group.shifts) shifts of \(group.people) people: mean dose \(group.meanDose), would be "
                + "\(group.meanDoseThen); a limit would have ended \(group.endedByLimit).",
            "\(group.shifts) services de \(group.people) personnes : dose moyenne \(group.meanDose), serait "
                + "\(group.meanDoseThen) ; une limite en aurait fini \(group.endedByLimit).")
    }
    var noGroup: String {
        say(
            "No shifts are told: none was worked, or you are no auditor. A forecast tells what limits would do.",
            "Rien n'est dit des services : aucun, ou vous n'auditez pas. Une prévision dit l'effet de limites."
        )
    }

    // MARK: Watch

    func position(_ here: String, _ length: String) -> String { "\(here) / \(length)" }
    func eventOf(_ number: Int, _ all: Int) -> String {
        say("event \(number) of \(all)", "fait \(number) sur \(all)")
    }
    var playingWord: String { say("playing", "lecture") }
    var pausedWord: String { say("paused", "arrêt") }
    func shownFor(_ time: String) -> String { say("uncovered for \(time)", "découvert depuis \(time)") }
    var coveredThen: String { say("covered", "couvert") }
    func stoodThere(_ version: Int, _ bundle: String) -> String {
        say("version \(version), policies \(bundle)", "version \(version), règles \(bundle)")
    }
    var noPostNow: String { say("No post is in question at this moment.", "Aucun message à ce moment.") }
    var nothingToLookAt: String {
        say("There is no post to look at, at this moment.", "Rien à voir à ce moment.")
    }
    var notKept: String {
        say("What the rules had said is not kept.", "Ce que les règles avaient dit n'est pas gardé.")
    }
    var coveredForYou: String {
        say(
            "Covered for you too; o uncovers it, as your own exposure.",
            "Couvert pour vous aussi ; o le découvre, et c'est votre exposition.")
    }
    var lookCounts: String {
        say(
            "Uncovered: it counts as your own exposure, and an entry says so.",
            "Découvert : c'est votre propre exposition, et une entrée le dit.")
    }

    /// An event in a word or two.
    func fact(_ event: TimelineEvent) -> String {
        switch event.fact {
        case .started: say("shift began", "début")
        case .claimed: say("taken", "pris")
        case .uncovered: say("uncovered", "découvert")
        case .covered: say("covered", "couvert")
        case .decided: say("decided", "décidé")
        case .undone: say("undone", "annulé")
        case .skipped: say("skipped", "passé")
        case .released: say("returned", "rendu")
        case .escalated: say("escalated", "transmis")
        case .expired: say("lapsed", "expiré")
        case .breakStarted: say("break began", "pause")
        case .breakEnded: say("break ended", "fin de pause")
        case .limitReached: say("limit", "limite")
        case .disputed: say("rule disputed", "test contesté")
        case .ended: say("shift ended", "fin")
        case .other(let kind): kind.rawValue
        }
    }

    /// What else there is to say of an event.
    func detail(_ event: TimelineEvent) -> String {
        switch event.fact {
        case .claimed(let version, let bundle): stoodThere(version, bundle.short)
        case .uncovered(_, let hazard): self.hazard(hazard)
        case .covered(_, let hazard, let visible, let because):
            "\(self.hazard(hazard)), \(seconds(visible))" + (because.map { ", \(self.end($0))" } ?? "")
        case .decided(_, let action, let policy, let rule, let recommended):
            decision(action, policy, rule, recommended)
        case .skipped(let reason): SkipWhy(rawValue: reason).map(skipWhy) ?? reason
        case .breakStarted(let required): required ? say("asked for by the limits", "due aux limites") : ""
        case .limitReached(let reason): reason.map(limit) ?? ""
        case .disputed(let rule): rule.rawValue
        case .ended(let end): end.map { self.shiftEnd($0) } ?? ""
        case .started, .undone, .released, .escalated, .expired, .breakEnded, .other: ""
        }
    }

    private func decision(
        _ action: Action, _ policy: PolicyID?, _ rule: RuleID?, _ recommended: Recommendation?
    ) -> String {
        let under = policy.map { say(" under \($0)", " selon \($0)") } ?? ""
        let advice =
            recommended.map { advice in
                advice.action == action
                    ? say("as recommended", "suivant l'avis")
                    : say(
                        "recommended: \(self.action(advice.action))", "avis : \(self.action(advice.action))")
            } ?? say("nothing recommended", "sans avis")
        return "\(self.action(action))\(under) · \(advice)"
    }

    private func end(_ end: SpanEnd) -> String {
        switch end {
        case .covered: say("by hand", "à la main")
        case .decided: say("with the decision", "avec la décision")
        case .released: say("with the return", "au rendu")
        case .paused: say("suspended", "en suspens")
        case .locked: say("locked", "verrouillé")
        case .idle: say("no key", "sans touche")
        case .focusLost: say("another window", "autre fenêtre")
        case .hangup: say("terminal gone", "terminal perdu")
        case .broke: say("for a break", "pour une pause")
        case .crashed: say("console died", "console morte")
        case .shiftEnded: say("end of shift", "fin du service")
        case .limit: say("limit", "limite")
        }
    }

    private func shiftEnd(_ end: ShiftEnd) -> String {
        switch end {
        case .ended: say("by the person", "par la personne")
        case .dose: say("dose limit", "limite de dose")
        case .length, .hardLength: say("its length", "sa durée")
        case .abandoned: say("left open", "laissé ouvert")
        }
    }

    /// Seconds or minutes and seconds, such as `14 s` or `2:05`.
    func seconds(_ time: Duration) -> String {
        let seconds = (max(0, time.wholeMilliseconds) + 500) / 1000
        return seconds < 60
            ? "\(seconds) s" : "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)"
    }

    /// Hours, minutes and seconds since the beginning, such as `1:02:05`.
    func offset(_ time: Duration) -> String {
        let seconds = max(0, time.components.seconds)
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(seconds / 3600):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    }
}
