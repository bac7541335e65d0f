import ArgumentParser
import Desk
import Exposure
import Foundation
import Moderation
import PolicyEngine
import Store
import TerminalKit

extension ReplayCommand {
    /// `releve replay what-if`: the same work under other rules.
    struct WhatIf: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "what-if",
            abstract: "Say what recorded decisions and shifts would have been under other rules.",
            discussion: """
                Other policies: --policies with \(BundleSource.help). Other limits: --limits with a file \
                as `releve limits show --json` prints it, or --set daily=80 and the like over the limits in force. \
                A stricter reading: --count-trials (rules on trial count as live), --hazard-up N (every hazard but \
                none is N grades higher), --any-finding-removes (whatever a rule finds asks for removal).

                Decisions that stand and were made by people are compared: what was recommended, what would have \
                been, and what they decided. Shifts are played again with the rules of the dosimeter; auditors are \
                told each under a pseudonym, leads only all together, where enough people are among them. People's \
                own limits take no part. Shows no content.
                """)
        @OptionGroup var site: SiteOptions
        @OptionGroup var when: ReplayOptions
        @Option(help: "Other policies: \(BundleSource.help).") var policies: String?
        @Option(help: "Other policies, by the first digits of a bundle that was in force.")
        var bundle: String?
        @OptionGroup var other: OtherLimits
        @Flag(help: "Rules on trial count as live.") var countTrials = false
        @Option(help: "Every hazard but none is so many grades higher (1 to 4).") var hazardUp = 0
        @Flag(help: "Whatever a rule finds asks for removal.") var anyFindingRemoves = false
        @Flag(help: "Name the decisions that change.") var list = false
        @Option(help: "With --list or --json: how many of them.") var most = 100
        @Flag(help: "One JSON object.") var json = false
        @Flag(help: "Draw charts with # and dots.") var ascii = false

        func validate() throws {
            guard (0...4).contains(hazardUp) else { throw ValidationError("--hazard-up is from 0 to 4") }
            guard (0...1_000_000).contains(most) else { throw ValidationError("--most is from 0 to 1000000") }
            guard policies == nil || bundle == nil else {
                throw ValidationError("--policies or --bundle, not both")
            }
            guard
                policies != nil || bundle != nil || other.areGiven || countTrials
                    || hazardUp > 0 || anyFindingRemoves
            else {
                throw ValidationError(
                    "what if what? (--policies, --bundle, --limits, --set, --count-trials, --hazard-up or "
                        + "--any-finding-removes)")
            }
        }

        func run() throws {
            let (desk, person) = try site.signIn()
            let (from, to) = try when.moments(now: desk.clock.now().wall)
            var question = WhatIfQuestion(
                reading: StricterReading(
                    countsTrials: countTrials, hazardUp: hazardUp, anyFindingRemoves: anyFindingRemoves),
                from: from, to: to)
            if let name = policies ?? bundle {
                let other = try BundleSource.bundle(name, site: site, isWhole: true).bundle
                question.evaluator = try Evaluator(bundle: other, cacheDirectory: Settings.cacheFolder)
            }
            if other.areGiven {
                question.limits = try other.read(over: desk.limitsInForce(for: person).stored.limits)
            }
            let decisions = Progress(what: "decisions")
            let shifts = Progress(what: "people")
            let answer = try desk.whatIf(question, most: list || json ? most : 0, for: person) {
                stage, done, total in
                (stage == .decisions ? decisions : shifts).report(done: Int64(done), of: Int64(total))
            }
            shifts.finish()
            if json { return try Output.json(WhatIfReport(answer, question)) }
            WhatIfText(answer: answer, question: question, lines: ascii ? .ascii : .unicode).show(list: list)
            for note in try notes(question, desk) { Output.note(note) }
        }

        private func notes(_ question: WhatIfQuestion, _ desk: Desk) throws -> [String] {
            try question.evaluator.map { try HistoryNote.lines(for: [$0], desk: desk) } ?? []
        }
    }
}
