import ArgumentParser
import Desk
import Moderation

/// `releve erase`: takes the content of posts away for good.
struct EraseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Erase the content of posts for good, on somebody's authority.",
        discussion: """
            Text, author, links, evidence, drafts, notes on decisions and auditors' reasons about them go, of all versions; \
            decisions, verdicts and the ledger stay and still verify. The store's file is then written anew, so that nothing can be read back from it: that \
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
        let words = Words(isFrench: Settings.language == "fr")
        guard let reason = ErasureReason(rawValue: reason) else { throw Complaint(words.unknown(reason)) }
        let (desk, person) = try site.signIn()
        let posts = try ids.map { try desk.resolve(prefix: $0) }
        guard yes else { throw Complaint(words.nothingYet(posts.count)) }
        let outcome = try desk.erase(posts, because: reason, authority: authority, note: note, by: person)
        if json { return try Output.json(Report(outcome)) }
        for erasure in outcome.erasures {
            let name = words.name(erasure.post, isEarlier: outcome.earlier.contains(erasure.post))
            Output.line("\(name)\(erasure.sentence(in: Settings.language))")
        }
        if outcome.rejected > 0 { Output.line(words.emptied(outcome.rejected)) }
        Output.line(words.elsewhere)
    }

    /// What the command itself says.
    private struct Words {
        let isFrench: Bool

        func unknown(_ reason: String) -> String {
            let known = ErasureReason.allCases.map(\.rawValue).joined(separator: ", ")
            return isFrench
                ? "--reason : \(reason.debugDescription) est inconnu (un de \(known))"
                : "--reason: unknown \(reason.debugDescription) (one of \(known))"
        }

        func nothingYet(_ count: Int) -> String {
            if isFrench {
                let posts =
                    count > 1
                    ? "\(count) messages perdraient leur contenu" : "un message perdrait son contenu"
                return "rien n'est effacé : \(posts) pour de bon (ajoutez --yes pour le faire)"
            }
            let posts =
                count == 1 ? "one post would lose its content" : "\(count) posts would lose their content"
            return "nothing was erased: \(posts) for good (add --yes to do it)"
        }

        func name(_ post: PostID, isEarlier: Bool) -> String {
            isFrench
                ? "\(post)\(isEarlier ? " (déjà)" : "") : " : "\(post)\(isEarlier ? " (before)" : ""): "
        }

        func emptied(_ count: Int) -> String {
            if isFrench {
                return count == 1
                    ? "un enregistrement refusé le contenait et a été vidé"
                    : "\(count) enregistrements refusés le contenaient et ont été vidés"
            }
            return count == 1
                ? "one rejected record held it and was emptied"
                : "\(count) rejected records held it and were emptied"
        }

        var elsewhere: String {
            isFrench
                ? "les sauvegardes, les exports et les fichiers d'où il vient peuvent encore le contenir : effacez-le là aussi"
                : "backups, exports and the files it came in may still hold it: erase it there too"
        }
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
