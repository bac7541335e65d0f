import ArgumentParser
import Desk
import Moderation

/// `releve erase`: takes the content of posts away for good.
struct EraseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Erase the content of posts for good, on somebody's authority.",
        discussion: """
            Text, author, links, evidence, drafts and notes on decisions go, of all versions; decisions and the ledger \
            stay and still verify. The store's file is then written anew, so that nothing can be read back from it: that \
            takes time and room. Backups, exports and the files that were taken in are yours to erase. Asking again for a \
            post that is erased only makes sure of the file.
            """)

    @OptionGroup var site: SiteOptions
    @Argument(help: "The posts' ids, or their beginnings.") var ids: [String]
    @Option(help: "order, request, illegal or retention.") var reason: String
    @Option(help: "Who says so, such as a court and the number of its order.") var authority: String
    @Option(help: "A word on it.") var note: String?
    @Flag(help: "Do it: nothing of it can be brought back.") var yes = false
    @Flag(help: "One JSON object.") var json = false

    func run() throws {
        guard let reason = ErasureReason(rawValue: reason) else {
            let known = ErasureReason.allCases.map(\.rawValue).joined(separator: ", ")
            throw Complaint("--reason: unknown \(reason.debugDescription) (one of \(known))")
        }
        let (desk, person) = try site.signIn()
        let posts = try ids.map { try desk.resolve(prefix: $0) }
        guard yes else {
            throw Complaint(
                "nothing was erased: \(posts.count) posts would lose their content for good (add --yes to do it)"
            )
        }
        let outcome = try desk.erase(posts, because: reason, authority: authority, note: note, by: person)
        if json { return try Output.json(Report(outcome)) }
        for erasure in outcome.erasures {
            let before = outcome.earlier.contains(erasure.post) ? " (before)" : ""
            Output.line("\(erasure.post)\(before): \(erasure.sentence(in: Settings.language))")
        }
        if outcome.rejected > 0 {
            Output.line("\(outcome.rejected) rejected records held it and were emptied")
        }
        Output.line("backups, exports and the files it came in may still hold it: erase it there too")
    }

    private struct Report: Encodable {
        let erased, earlier: [String]
        let rejected: Int

        init(_ outcome: ErasureOutcome) {
            let posts = outcome.erasures.map(\.post)
            erased = posts.filter { !outcome.earlier.contains($0) }.map(\.rawValue)
            earlier = posts.filter { outcome.earlier.contains($0) }.map(\.rawValue)
            rejected = outcome.rejected
        }
    }
}
