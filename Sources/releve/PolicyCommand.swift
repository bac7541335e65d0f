import ArgumentParser
import Desk
import Foundation
import Moderation
import PolicyEngine
import Store

/// `releve policy`: check and try policies.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Check policies, run their examples, try a text, put them in force.",
        subcommands: [
            Lint.self,
            Test.self,
            Explain.self,
            Check.self,
            List.self,
            Adopt.self,
            Automatic.self,
            Disputes.self,
            Import.self,
            Diff.self,
            Backtesting.self,
        ], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the policies in force.")
        @OptionGroup var site: SiteOptions

        func run() throws {
            let (desk, _) = try site.signIn()
            let bundle = try desk.bundleInForce()
            Output.line("bundle \(bundle.digest)")
            for policy in bundle.policies {
                let actions = policy.actions.map(\.rawValue).joined(separator: ", ")
                Output.line(
                    "\(policy.id.rawValue.padded(18)) \(policy.hazard.rawValue.padded(9)) "
                        + "\(policy.rules.count) rules  \(actions)  \(policy.title.text(in: Settings.language))"
                )
            }
        }
    }

    struct Adopt: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a folder of policies in force; for leads.")
        @OptionGroup var site: SiteOptions
        @Argument(help: "The folder (default: Policies).") var folder: String?

        func run() throws {
            let load = try PolicyFolder.read(folder)
            for diagnostic in load.diagnostics { Output.complain(diagnostic.description) }
            guard load.diagnostics.isEmpty, let bundle = load.bundle else {
                throw Complaint("nothing was put in force; mend the lines above first")
            }
            let (desk, person) = try site.signIn()
            let isNew = try desk.adopt(bundle, by: person)
            Output.line("bundle \(bundle.digest.short) \(isNew ? "is" : "was already") in force")
            let count = try reevaluate(desk)
            if count > 0 { Output.line("\(count) waiting posts evaluated again") }
        }
    }
}

extension PolicyCommand.Adopt {
    /// Puts waiting posts where the policies now in force see them; claims would do the same one by one.
    private func reevaluate(_ desk: Desk) throws -> Int {
        let progress = Progress(what: "posts")
        let total = try desk.statistics().total(.waiting)
        var count = 0
        var place: Int64? = 0
        while let from = place {
            let step = try desk.reevaluate(after: from)
            count += step.evaluated
            place = step.place
            progress.report(done: Int64(count), of: Int64(total), detail: "\(count) posts")
        }
        progress.finish()
        return count
    }
}

extension PolicyFolder {
    static func read(_ folder: String?) throws -> PolicyLoad { try LoadedPolicies(folder ?? find()).load }
}

/// A folder of policies, or one policy with the lists beside it.
struct LoadedPolicies {
    let folder: String
    let load: PolicyLoad

    init(_ path: String) throws {
        let isFile = path.hasSuffix(".yaml") || path.hasSuffix(".yml")
        let url = URL(fileURLWithPath: path)
        let cut = path.lastIndex(of: "/")
        folder =
            isFile
            ? (cut.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? ".") : Self.trimmed(path)
        if isFile, !FileManager.default.fileExists(atPath: path) {
            throw Complaint("\(path): there is no such file (name another)")
        }
        do {
            load = try PolicyLoader.load(directory: folder, only: isFile ? url.lastPathComponent : nil)
        } catch let error
            as Diagnostic
        {
            throw Complaint(error.description)
        }
    }

    /// All that are named, or the usual folder.
    static func all(_ paths: [String]) throws -> [LoadedPolicies] {
        try (paths.isEmpty ? [PolicyFolder.find()] : paths).map { try LoadedPolicies($0) }
    }

    private static func trimmed(_ path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }
}
