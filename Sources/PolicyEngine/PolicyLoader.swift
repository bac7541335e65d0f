import Foundation
import Moderation
import Yams

/// What loading policies gave.
public struct PolicyLoad: Sendable {
    /// The policies that are in order; `nil` when none is.
    public var bundle: PolicyBundle?
    /// What is wrong with the others.
    public var diagnostics: [Diagnostic]
}

/// Reads policies; one that is wrong is reported and left out, the good ones beside it load.
public enum PolicyLoader {
    /// Loads from texts: names ending in `.yaml` or `.yml` are policies, all others are lists.
    ///
    /// - Parameter areChecked: whether the scanner is known to take their patterns, as those of a bundle that was
    ///   in force are; checking them takes a while.
    public static func load(files: [(name: String, text: String)], areChecked: Bool = false) -> PolicyLoad {
        var diagnostics: [Diagnostic] = []
        var policies: [Policy] = []
        var used: [(name: String, text: String)] = []
        var usedLists: Set<String> = []
        let isPolicy = { (name: String) in name.hasSuffix(".yaml") || name.hasSuffix(".yml") }
        let lists = Dictionary(
            files.filter { !isPolicy($0.name) }.map { ($0.name, $0.text) },
            uniquingKeysWith: { first, _ in first })
        for file in files.filter({ isPolicy($0.name) }).sorted(by: { $0.name < $1.name }) {
            var reader = PolicyReader(file: file.name, text: file.text, lists: lists, areChecked: areChecked)
            do throws(Diagnostic) {
                guard let root = try YAMLTree.root(of: file.text, file: file.name) else {
                    throw Diagnostic(file: file.name, line: 1, message: "it is empty")
                }
                if let policy = reader.policy(root) {
                    if let twin = policies.first(where: { $0.id == policy.id }) {
                        throw Diagnostic(
                            .policyTwice, file: file.name, at: policy.positions["id"] ?? FilePosition(),
                            message: "the policy \"\(policy.id)\" is in \(twin.file) already (rename one)")
                    }
                    policies.append(policy)
                    used.append(file)
                    usedLists.formUnion(reader.usedLists)
                }
            } catch {
                diagnostics.append(error)
            }
            diagnostics += reader.diagnostics
        }
        used += usedLists.compactMap { name in lists[name].map { (name: name, text: $0) } }
        let bundle = policies.isEmpty ? nil : try? PolicyBundle(policies: policies, files: used)
        return PolicyLoad(bundle: bundle, diagnostics: diagnostics)
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
