import Foundation
import Moderation
import Yams

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
            if let problem = twin(of: policy) {
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
                    .empty, file: name, at: FilePosition(),
                    message: "it is empty (write a policy, or remove the file)"))
        } catch {
            reader.diagnostics.append(error)
        }
        return nil
    }

    /// Loads a folder: its YAML files, and the lists (`.txt`) in it and in the folders below it.
    public static func load(directory: String) throws -> PolicyLoad {
        // A folder that is itself a link would be walked as if it were empty.
        let place = URL(fileURLWithPath: directory).resolvingSymlinksInPath().path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder), isFolder.boolValue,
            let walk = FileManager.default.enumerator(atPath: place)
        else {
            throw Diagnostic(file: directory, line: 0, message: "there is no such folder")
        }
        var files: [(name: String, text: String)] = []
        var diagnostics: [Diagnostic] = []
        while let name = walk.nextObject() as? String {
            let isPolicy = (name.hasSuffix(".yaml") || name.hasSuffix(".yml")) && !name.contains("/")
            guard isPolicy || name.hasSuffix(".txt"), !name.hasPrefix(".") else { continue }
            guard let bytes = FileManager.default.contents(atPath: place + "/" + name) else {
                diagnostics.append(
                    Diagnostic(file: name, line: 0, message: "it can't be read (check permissions)"))
                continue
            }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                diagnostics.append(Diagnostic(file: name, line: 0, message: "it is not UTF-8 (convert it)"))
                continue
            }
            files.append((name: name, text: text))
        }
        var load = load(files: files)
        load.diagnostics = (diagnostics + load.diagnostics).map { diagnostic in
            var placed = diagnostic
            placed.file = directory + "/" + diagnostic.file
            return placed
        }
        if load.bundle == nil, load.diagnostics.isEmpty {
            load.diagnostics = [
                Diagnostic(file: directory, line: 0, message: "there is no policy (*.yaml) in it")
            ]
        }
        return load
    }
}
