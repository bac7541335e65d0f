import ArgumentParser
import Desk
import Exposure
import Moderation

extension AuditCommand {
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Show one decision and its post, covered; --uncover shows its words and counts as exposure.")
        @OptionGroup var site: SiteOptions
        @Argument(help: "The decision's id, or its beginning.") var id: String
        @Flag(help: "Show the words; charges the longest time content stays uncovered without a key.")
        var uncover = false
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            let (desk, auditor) = try site.signIn()
            let decision = try desk.resolveDecision(prefix: id)
            let found = try desk.auditCase(decision, by: auditor)
            try AuditText.print(found, shown: uncover ? words(of: decision, desk, auditor) : nil, json: json)
        }

        private func words(of decision: DecisionID, _ desk: Desk, _ auditor: Person) throws -> FlaggedPost {
            switch try desk.look(at: decision, by: auditor) {
            case .uncovered(let post): return post.content
            case .refused(let refusal, _): throw DeskError.limited(refusal)
            }
        }
    }
}
