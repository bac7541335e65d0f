import Foundation
import Moderation

/// What loading policies gave.
public struct PolicyLoad: Sendable {
    /// The policies that are in order; `nil` when none is.
    public var bundle: PolicyBundle?
    /// What is wrong with the others.
    public var diagnostics: [Diagnostic]
    /// Lists that no policy uses; known only when all policies are in order.
    public var unusedLists: [String] = []
}

/// Reads policies; one that is wrong is reported and left out, the good ones beside it load.
public enum PolicyLoader {
    /// A list of a million hashes has 65 MB.
    static let largestList = 128 << 20
    /// 200,000 words take about 10 seconds and 500 MB to compile; what the scanner takes grows with them.
    static let mostPatterns = 200_000

    /// Loads from texts: names ending in `.yaml` or `.yml` are policies, all others are lists.
    ///
    /// - Parameter areChecked: whether the scanner is known to take their patterns, as those of a bundle that was
    ///   in force are; checking them takes a while.
    public static func load(files: [(name: String, text: String)], areChecked: Bool = false) -> PolicyLoad {
        let isPolicy = { (name: String) in name.hasSuffix(".yaml") || name.hasSuffix(".yml") }
        let lists = Dictionary(
            files.filter { !isPolicy($0.name) }.map { ($0.name, $0.text) },
            uniquingKeysWith: { first, _ in first })
        var gathering = Gathering(lists: lists, areChecked: areChecked)
        for file in files.filter({ isPolicy($0.name) }).sorted(by: { $0.name < $1.name }) {
            gathering.take(file.name, file.text)
        }
        return gathering.load
    }

    /// Policies read one after another.
    private struct Gathering {
        let lists: [String: String]
        let areChecked: Bool
        private var policies: [Policy] = []
        private var diagnostics: [Diagnostic] = []
        /// The texts that the bundle is made of, by name.
        private var used: [String: String] = [:]
        private var namedLists: Set<String> = []
        private var patterns: Set<Pattern> = []

        init(lists: [String: String], areChecked: Bool) {
            self.lists = lists
            self.areChecked = areChecked
        }

        mutating func take(_ name: String, _ text: String) {
            var reader = PolicyReader(file: name, text: text, lists: lists, areChecked: areChecked)
            let policy = PolicyLoader.read(text, of: name, with: &reader)
            namedLists.formUnion(reader.usedLists)
            diagnostics += reader.diagnostics
            guard let policy else { return }
            if let problem = twin(of: policy) ?? PolicyLoader.count(policy, into: &patterns) {
                diagnostics.append(problem)
                return
            }
            policies.append(policy)
            used[name] = text
            for list in reader.usedLists { used[list] = lists[list] }
        }

        private func twin(of policy: Policy) -> Diagnostic? {
            policies.first { $0.id == policy.id }.map { twin in
                Diagnostic(
                    .policyTwice, file: policy.file, at: policy.positions["id"] ?? FilePosition(),
                    message: "the policy \"\(policy.id)\" is in \(twin.file) already (rename one)")
            }
        }

        var load: PolicyLoad {
            let files = used.map { (name: $0.key, text: $0.value) }
            let bundle = policies.isEmpty ? nil : try? PolicyBundle(policies: policies, files: files)
            var load = PolicyLoad(bundle: bundle, diagnostics: diagnostics)
            if diagnostics.isEmpty {
                load.unusedLists = lists.keys.filter { !namedLists.contains($0) }.sorted()
            }
            return load
        }
    }

    private static func read(_ text: String, of name: String, with reader: inout PolicyReader) -> Policy? {
        do throws(Diagnostic) {
            if let root = try YAMLTree.root(of: text, file: name) { return reader.policy(root) }
            reader.diagnostics.append(
                Diagnostic(
                    file: name, line: 1, kind: .empty, message: "it is empty (write a policy, or remove it)"))
        } catch {
            reader.diagnostics.append(error)
        }
        return nil
    }

    /// Loads a folder: its YAML files, and the lists (`.txt`) in it and in the folders below it.
    ///
    /// - Parameter file: the name of the only policy to read; `nil` reads all.
    public static func load(directory: String, only file: String? = nil) throws -> PolicyLoad {
        // A folder that is itself a link would be walked as if it were empty.
        let place = URL(fileURLWithPath: directory).resolvingSymlinksInPath().path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder), isFolder.boolValue,
            let walk = FileManager.default.enumerator(atPath: place)
        else {
            throw Diagnostic(
                file: directory, line: 0, kind: .noFolder, message: "there is no such folder (name another)")
        }
        var files: [(name: String, text: String)] = []
        var diagnostics: [Diagnostic] = []
        while let name = walk.nextObject() as? String {
            let isPolicy = (name.hasSuffix(".yaml") || name.hasSuffix(".yml")) && !name.contains("/")
            guard isPolicy || name.hasSuffix(".txt"), !name.hasPrefix(".") else { continue }
            if isPolicy, let file, file != name { continue }
            do throws(Diagnostic) {
                files.append((name: name, text: try text(of: name, in: place, isPolicy: isPolicy)))
            } catch { diagnostics.append(error) }
        }
        var load = load(files: files)
        load.diagnostics = (diagnostics + load.diagnostics).map { $0.placed(in: directory) }
        if file != nil { load.unusedLists = [] }
        if load.bundle == nil, load.diagnostics.isEmpty {
            load.diagnostics = [
                Diagnostic(
                    file: directory, line: 0, kind: .noPolicy,
                    message: "there is no policy in it (put one there: NAME.yaml)")
            ]
        }
        return load
    }

    /// A file's text, if it is one and not too long.
    private static func text(of name: String, in place: String, isPolicy: Bool) throws(Diagnostic) -> String {
        let path = place + "/" + name
        let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int ?? 0
        guard size <= (isPolicy ? YAMLTree.largestFile : largestList) else {
            throw Diagnostic(
                .tooLarge, file: name, at: FilePosition(),
                message: isPolicy
                    ? "it is larger than 4 MiB (put words into a list beside it)"
                    : "it is larger than 128 MiB (split it, and name the parts)")
        }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw Diagnostic(
                file: name, line: 0, kind: .unreadable, message: "it can't be read (check permissions)")
        }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        throw Diagnostic(
            .notUTF8, file: name, at: firstInvalid(in: bytes),
            message: "it is not UTF-8 from here on (convert it)")
    }

    private static func firstInvalid(in bytes: Data) -> FilePosition {
        var place = FilePosition()
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        while case .valid(let scalar) = parser.parseScalar(from: &iterator) {
            if Unicode.UTF8.decode(scalar) == "\n" {
                place = FilePosition(line: place.line + 1, column: 1)
            } else {
                place.column += 1
            }
        }
        return place
    }

    /// Refuses the policy with which there are more patterns than the scanner should be given.
    private static func count(_ policy: Policy, into patterns: inout Set<Pattern>) -> Diagnostic? {
        var all = patterns
        let selections = policy.rules.flatMap { $0.selections.values.sorted { $0.position < $1.position } }
        for test in selections.flatMap(\.alternatives).joined() {
            all.formUnion(test.patterns)
            guard all.count <= mostPatterns else {
                return Diagnostic(
                    .tooMany, file: policy.file, at: test.position,
                    message: "with these there are more than 200,000 words and expressions in all policies "
                        + "(take some out)")
            }
        }
        patterns = all
        return nil
    }
}
