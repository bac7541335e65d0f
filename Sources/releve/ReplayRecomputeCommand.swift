import ArgumentParser
import Desk
import Ledger
import Moderation
import PolicyEngine

extension ReplayCommand {
    /// `releve replay recompute`: every recorded evaluation once more.
    struct Recompute: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Evaluate again what was evaluated; exit 1 if anything is not the same, byte for byte.",
            discussion: """
                Every evaluation that the ledger tells of is made again from the recorded post, policies and state, \
                as of the recorded moment, and compared with the findings in the store and with what the ledger \
                commits to. Both sides of a difference are told. Posts whose content was erased are counted and \
                named. For leads and auditors; shows no content.
                """)
        @OptionGroup var site: SiteOptions
        @OptionGroup var when: ReplayOptions
        @Option(help: "Only under this bundle: the first digits of its name, or in-force.")
        var bundle: String?
        @Option(help: "Only this post: its id or the beginning of it.") var post: String?
        @Option(help: "How many differences to tell with both sides; all are counted.") var most = 100
        @Flag(help: "One JSON object.") var json = false

        func validate() throws {
            guard (0...1_000_000).contains(most) else { throw ValidationError("--most is from 0 to 1000000") }
        }

        func run() throws {
            let (desk, person) = try site.signIn()
            let (from, to) = try when.moments(now: desk.clock.now().wall)
            let filter = ReplayFilter(
                from: from, to: to, bundle: try bundle.map { try digest($0, desk) },
                post: try post.map { try desk.resolve(prefix: $0) })
            let progress = Progress(what: "entries")
            let result = try desk.recompute(filter, most: most, for: person) { done, total in
                progress.report(done: done, of: total)
            }
            progress.finish()
            if json { try Output.json(RecomputeReport(result)) } else { RecomputeText.show(result) }
            if !result.isSame { throw ExitCode(1) }
        }

        private func digest(_ name: String, _ desk: Desk) throws -> BundleDigest {
            name == "in-force" ? try desk.bundleInForce().digest : try desk.bundleName(withPrefix: name)
        }
    }
}

/// What recomputing found, for people.
enum RecomputeText {
    static func show(_ result: Recomputation) {
        for bundle in result.bundles {
            let text = bundle.text.map { "its text has the digest \($0.short)" }
            Output.line("bundle \(bundle.bundle.short): \(text ?? "its text is missing or can't be read")")
        }
        for entry in result.unreadable {
            Output.line("entry \(entry): can't be read (releve ledger verify says more)")
        }
        for difference in result.differences { show(difference) }
        let untold = result.different - result.differences.count
        if untold > 0 { Output.line("and \(untold) more that differ (--most \(result.different) tells all)") }
        if !result.erasedPosts.isEmpty {
            let more = result.erased > result.erasedPosts.count ? " …" : ""
            Output.line(
                "erased, so not evaluated: "
                    + result.erasedPosts.map(\.rawValue).joined(separator: " ") + more)
        }
        Output.line(
            "\(result.evaluations) evaluations: \(result.same) the same, \(result.different) different, "
                + "\(result.erased) erased; \(result.decisions) decisions rest on them")
    }

    private static func show(_ difference: EvaluationDifference) {
        let parts = difference.parts.map(\.rawValue).joined(separator: ", ")
        Output.line(
            "post \(difference.post) version \(difference.version), entry \(difference.entry) "
                + "(\(difference.kind.rawValue) at \(difference.at), bundle \(difference.bundle.short)): "
                + "\(parts) not the same")
        show("recorded", difference.recorded)
        guard let again = difference.recomputed else {
            return Output.line("  again     can't be evaluated")
        }
        show("again", again)
    }

    private static func show(_ name: String, _ side: EvaluationDifference.Side) {
        let head = "  " + name.padded(9) + " "
        let advice = side.recommendation.map { "\($0.action.rawValue) under \($0.rule)" } ?? "nothing"
        Output.line(
            "\(head)hazard \(side.hazard?.rawValue ?? "-"), recommends \(advice), "
                + "commitment \(side.commitment.map { String($0.prefix(16)) } ?? "none")")
        let indent = String(repeating: " ", count: head.count)
        if let findings = side.findings {
            Output.line(indent + "findings \(String(decoding: findings, as: UTF8.self))")
        }
        if let aside = side.aside { Output.line(indent + "aside \(String(decoding: aside, as: UTF8.self))") }
    }
}

/// What recomputing found, for programs.
struct RecomputeReport: Encodable {
    let ok: Bool
    let evaluations: Int
    let same: Int
    let different: Int
    let erased: Int
    let erasedPosts: [PostID]
    let decisions: Int
    let ledgerSize: Int64
    let bundles: [BundleReport]
    let unreadableEntries: [Int64]
    let differences: [DifferenceReport]

    private enum CodingKeys: String, CodingKey {
        case ok, evaluations, same, different, erased, decisions, bundles, differences
        case erasedPosts = "erased_posts"
        case ledgerSize = "ledger_size"
        case unreadableEntries = "unreadable_entries"
    }

    struct BundleReport: Encodable {
        let bundle: BundleDigest
        let textDigest: BundleDigest?

        private enum CodingKeys: String, CodingKey {
            case bundle
            case textDigest = "text_digest"
        }
    }

    struct DifferenceReport: Encodable {
        let entry: Int64
        let kind: String
        let at: String
        let post: PostID
        let version: Int
        let bundle: BundleDigest
        let parts: [String]
        let recorded: SideReport
        let recomputed: SideReport?
    }

    struct SideReport: Encodable {
        /// As kept, which need not be JSON any more.
        let findings: String?
        let aside: String?
        let commitment: String?
        let hazard: Hazard?
        let recommendation: Recommendation?

        init(_ side: EvaluationDifference.Side) {
            findings = side.findings.map { String(decoding: $0, as: UTF8.self) }
            aside = side.aside.map { String(decoding: $0, as: UTF8.self) }
            commitment = side.commitment
            hazard = side.hazard
            recommendation = side.recommendation
        }
    }

    init(_ result: Recomputation) {
        ok = result.isSame
        evaluations = result.evaluations
        same = result.same
        different = result.different
        erased = result.erased
        erasedPosts = result.erasedPosts
        decisions = result.decisions
        ledgerSize = result.ledgerSize
        bundles = result.bundles.map { BundleReport(bundle: $0.bundle, textDigest: $0.text) }
        unreadableEntries = result.unreadable
        differences = result.differences.map { difference in
            DifferenceReport(
                entry: difference.entry, kind: difference.kind.rawValue, at: difference.at.rfc3339,
                post: difference.post, version: difference.version, bundle: difference.bundle,
                parts: difference.parts.map(\.rawValue), recorded: SideReport(difference.recorded),
                recomputed: difference.recomputed.map(SideReport.init))
        }
    }
}
