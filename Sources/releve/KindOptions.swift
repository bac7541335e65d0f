import ArgumentParser
import Desk
import Moderation
import PolicyEngine

/// Kinds of content, named by hazard or policy.
struct KindOptions: ParsableArguments {
    @Option(help: "Hazards, by commas.") var hazards: String?
    @Option(help: "Policies, by commas.") var policies: String?

    /// What they name; a policy that is not in force is an error.
    func kinds(at desk: Desk) throws -> (hazards: Set<Hazard>, policies: Set<PolicyID>) {
        let hazards = try Choices.set(hazards, Hazard.self, option: "--hazards")
        let policies = Set(Choices.words(policies).map { PolicyID($0) })
        let known = Set(try desk.bundleInForce().policies.map(\.id))
        if let unknown = policies.first(where: { !known.contains($0) }) {
            throw DeskError.invalid(.unknownPolicy(unknown, near: nil))
        }
        return (hazards, policies)
    }
}
