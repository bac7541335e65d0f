import ArgumentParser
import Foundation
import Moderation
import PolicyEngine

extension PolicyCommand {
    /// `releve policy import`: policies from other tools' rules.
    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Make policies of rules written for other tools.",
            subcommands: [AutoModerator.self])
    }

    /// `releve policy import automoderator`: Reddit's AutoModerator.
    struct AutoModerator: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "automoderator",
            abstract:
                "Turn AutoModerator configurations into policies; what can't be said is listed line by line.",
            discussion: """
                One configuration makes one policy, on standard output or in --output FILE; several go to --output
                DIR, one file each. A rule that would find more than it did, because a condition of it can't be asked, is
                written as a draft. Notes go to standard error.
                Exit codes: 0 all came through as it was, 1 something is listed, 2 an input can't be read or an output
                written; what can be is written all the same. Documentation/automoderator.md has the whole table.
                """)

        @Argument(help: "Configurations; - for standard input.") var files: [String]
        @Option(help: "The file to write; for several configurations, or if there is one, the folder.")
        var output: String?
        @Flag(help: "Write over files that are there.") var force = false
        @Option(help: "The policy's name (default: the file's).") var id: String?
        @Option(help: "none, mild, moderate, severe or extreme: what looking at such posts costs.")
        var hazard = Hazard.mild.rawValue
        @Option(help: "The category of the EU DSA transparency database.")
        var category = "STATEMENT_CATEGORY_OTHER_VIOLATION_TC"
        @Option(help: "The communities it is for: NAME,… (default: any).") var community: String?
        @Option(help: "The handles of those whose posts AutoModerator passes over: NAME,….")
        var moderators: String?
        @Option(help: "A file with the platform's standard conditions, as its wiki has them.")
        var standards: String?
        @Flag(help: "One JSON object.") var json = false

        func validate() throws {
            guard !files.isEmpty else {
                throw ValidationError("name a configuration, or - for standard input")
            }
            guard files.count == 1 || id == nil else {
                throw ValidationError("--id is for one configuration; several are named after their files")
            }
            guard files.count == 1 || output != nil || json else {
                throw ValidationError(
                    "several configurations need --output DIR, for each makes a file of its own")
            }
            guard Hazard(rawValue: hazard) != nil else {
                let known = Hazard.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("--hazard: unknown \(hazard.debugDescription) (one of \(known))")
            }
            guard AutoModeratorOptions.isCategory(category) else {
                throw ValidationError("--category: unknown \(category.debugDescription)")
            }
            if let id, !AutoModeratorOptions.isName(id) {
                throw ValidationError("--id must be lower-case letters, digits and \"-\"")
            }
        }

        func run() throws {
            let options = try options()
            var report = Report()
            let progress = Progress(what: "files")
            for (index, file) in files.enumerated() {
                progress.report(done: Int64(index), of: Int64(files.count), detail: file)
                do {
                    let text = try Self.read(file)
                    let policy = AutoModeratorImport.policy(
                        from: text, file: file == "-" ? "stdin" : file, options: options)
                    report.add(policy, file: file, path: path(of: policy))
                } catch let error as Complaint {
                    report.errors.append(error.message)
                }
            }
            progress.finish()
            try write(&report)
            try say(report)
            if !report.errors.isEmpty { throw ExitCode(2) }
            if !report.notes.isEmpty { throw ExitCode(1) }
        }

        private func options() throws -> AutoModeratorOptions {
            func names(_ list: String?) -> [String] {
                (list ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
                    .filter { !$0.isEmpty }
            }
            var options = AutoModeratorOptions(
                id: id, hazard: hazard, category: category, communities: names(community),
                moderators: names(moderators))
            if let standards {
                let read = AutoModeratorImport.standards(from: try Self.read(standards), file: standards)
                if let problem = read.problems.first { throw Complaint(problem.description) }
                guard !read.standards.isEmpty else {
                    throw Complaint(
                        "\(standards): no standard condition is in it (each needs a standard: NAME)")
                }
                options.standards = read.standards
            }
            return options
        }

        /// Whether policies go into it, each under its name.
        private func isFolder(_ path: String) -> Bool {
            var isFolder: ObjCBool = false
            let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            return files.count > 1 || path.hasSuffix("/") || (isThere && isFolder.boolValue)
        }

        private func path(of policy: AutoModeratorPolicy) -> String? {
            guard let output else { return nil }
            return isFolder(output) ? "\(output)/\(policy.id).yaml" : output
        }

        /// A whole file that is not too large to be a configuration.
        private static func read(_ path: String) throws -> String {
            let handle: FileHandle
            if path == "-" {
                handle = .standardInput
            } else {
                var isFolder: ObjCBool = false
                guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                    throw Complaint("\(path): there is no such file")
                }
                guard !isFolder.boolValue else { throw Complaint("\(path): it is a folder (name its files)") }
                guard let opened = FileHandle(forReadingAtPath: path) else {
                    throw Complaint("\(path): it can't be read (check permissions)")
                }
                handle = opened
            }
            var bytes = Data()
            while bytes.count <= AutoModeratorOptions.largestFile {
                let piece: Data?
                do { piece = try handle.read(upToCount: 1 << 20) } catch {
                    throw Complaint("\(path): it can't be read (check permissions)")
                }
                guard let piece, !piece.isEmpty else { break }
                bytes += piece
            }
            guard bytes.count <= AutoModeratorOptions.largestFile else {
                throw Complaint("\(path): it is larger than 4 MiB (split it)")
            }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw Complaint("\(path): it is not UTF-8 (convert it)")
            }
            return text
        }

        // MARK: Writing

        private func write(_ report: inout Report) throws {
            if let output, isFolder(output), report.policies.contains(where: { $0.path != nil }) {
                do {
                    try FileManager.default.createDirectory(
                        atPath: output, withIntermediateDirectories: true)
                } catch { throw Complaint("\(output): it can't be made (check permissions)") }
            }
            var written: Set<String> = []
            for index in report.policies.indices {
                guard let path = report.policies[index].path else { continue }
                let file = report.policies[index].file
                do throws(Complaint) {
                    guard written.insert(path).inserted else {
                        throw Complaint(
                            "\(file): its policy would be written over that of another (rename the file)")
                    }
                    try write(report.policies[index].yaml ?? "", to: path)
                    report.policies[index].isWritten = true
                } catch {
                    report.policies[index].path = nil
                    report.errors.append(error.message)
                }
            }
        }

        private func write(_ text: String, to path: String) throws(Complaint) {
            do {
                try Data(text.utf8).write(
                    to: URL(fileURLWithPath: path), options: force ? .atomic : .withoutOverwriting)
            } catch {
                guard force || !FileManager.default.fileExists(atPath: path) else {
                    throw Complaint("\(path): it is there already (--force writes over it)")
                }
                throw Complaint("\(path): it can't be written (check permissions)")
            }
        }

        private func say(_ report: Report) throws {
            if json {
                try Output.json(report)
                return
            }
            for error in report.errors { Output.complain(error) }
            for note in report.notes { Output.note(note.description) }
            for policy in report.policies {
                if !policy.isWritten, output == nil {
                    for line in (policy.yaml ?? "").split(separator: "\n", omittingEmptySubsequences: false)
                        .dropLast()
                    {
                        Output.line(String(line))
                    }
                }
                let place = policy.isWritten ? policy.path.map { " → \($0)" } ?? "" : ""
                Output.note(
                    "\(policy.file): \(policy.rules) rules, \(policy.drafts) of them drafts, "
                        + "\(policy.notes) notes\(place)")
            }
        }
    }
}

extension PolicyCommand.AutoModerator {
    /// What came of it all.
    private struct Report: Encodable {
        struct Policy: Encodable {
            var file: String
            var id: String
            /// Where it was written.
            var path: String?
            var rules: Int
            var drafts: Int
            var notes: Int
            var yaml: String?
            var isWritten = false

            enum CodingKeys: String, CodingKey { case file, id, path, rules, drafts, notes, yaml }
        }

        var policies: [Policy] = []
        var notes: [AutoModeratorNote] = []
        var errors: [String] = []

        mutating func add(_ policy: AutoModeratorPolicy, file: String, path: String?) {
            errors += policy.problems.map(\.description)
            notes += policy.notes
            guard policy.yaml != nil else { return }
            policies.append(
                Policy(
                    file: file, id: policy.id, path: path, rules: policy.rules, drafts: policy.drafts,
                    notes: policy.notes.count, yaml: policy.yaml))
        }
    }
}
