import ArgumentParser
import Desk
import Foundation
import Ledger
import Moderation
import PolicyEngine
import Store

/// `releve init`: makes a site.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a site: store, key, roster, limits, policies.")

    @OptionGroup var site: SiteOptions

    @Flag(help: "A site for trying out, in which you hold all three roles.")
    var demo = false

    @Option(help: "The site's name, which also names its ledger.")
    var name: String?

    @Option(help: "The folder of policies (default: Policies here or beside the program).")
    var policies: String?

    func run() throws {
        let place = try site.place()
        let bundle = try loadPolicies(from: try policies ?? PolicyFolder.find())
        let keyPath = try site.keyPath()
        if case .sqlite(let path) = place { try Self.makeFolder(of: path) }
        try Self.makeFolder(of: keyPath)
        let store = try place.open(creating: true)
        let desk = Desk(store: store, cacheDirectory: Settings.cacheFolder)
        if let site = try? desk.site() { throw DeskError.siteExists(site.name) }
        // Before there is a site: without its groups nobody but the owner could open it.
        let groups = try makeGroups(on: store)
        let user = try desk.caller()?.account ?? Settings.user()
        let key = try KeyFile.make(at: keyPath)
        let siteName = name ?? (demo ? "demo.example/releve" : "\(user).example/releve")
        let person = try desk.makeSite(
            Founding(
                name: siteName, isDemo: demo, publicKey: key.publicKeyHex, user: user, personName: user,
                roles: Role.founding, bundle: bundle))
        Output.line("made the site \(siteName) in \(try place.name())")
        Output.line("key: \(keyPath) (back it up; whoever has it can sign the ledger)")
        Output.line("policies: \(bundle.policies.count), bundle \(bundle.digest.short)")
        let roles = person.roles.map(\.rawValue).sorted().joined(separator: ", ")
        Output.line("you are \(user) (\(roles)), in the ledger \(person.id)")
        groups.forEach { Output.line($0) }
        if let keeper = store as? any LoginKeeping {
            try RosterCommand.Logins.settle(desk, keeper, gateways: [], creating: false)
        }
    }

    /// Makes a server's groups; says so, and which of them it found.
    private func makeGroups(on store: any Store) throws -> [String] {
        guard let keeper = store as? any LoginKeeping else { return [] }
        let groups: [(group: String, wasThere: Bool)]
        do { groups = try keeper.makeGroups() } catch { throw DeskError(error) }
        let found = groups.filter(\.wasThere).map(\.group)
        let made = groups.filter { !$0.wasThere }.map(\.group)
        return (made.isEmpty ? [] : ["groups made on the server: \(made.joined(separator: ", "))"])
            + (found.isEmpty
                ? []
                : [
                    "groups that were there: \(found.joined(separator: ", ")) (sites on one server share them; "
                        + "a login opens those whose databases let it connect)"
                ])
    }

    /// Makes the folder of a file, readable by its owner alone.
    static func makeFolder(of path: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Complaint("can't make the folder \(folder) (check its path and permissions)")
        }
    }

    private func loadPolicies(from folder: String) throws -> PolicyBundle {
        let load = try PolicyLoader.load(directory: folder)
        for diagnostic in load.diagnostics { Output.complain(diagnostic.description) }
        guard let bundle = load.bundle else {
            throw Complaint("no usable policy in \(folder) (see the lines above, or: releve policy lint)")
        }
        return bundle
    }
}

/// Where policies are looked for.
enum PolicyFolder {
    /// `Policies` in the working folder, else above the program's own folder.
    static func find() throws -> String {
        let manager = FileManager.default
        var isFolder: ObjCBool = false
        var candidates = [manager.currentDirectoryPath + "/Policies"]
        if let program = Bundle.main.executableURL?.resolvingSymlinksInPath() {
            var folder = program.deletingLastPathComponent()
            for _ in 0..<5 {
                candidates.append(folder.path + "/Policies")
                candidates.append(folder.path + "/share/releve/Policies")
                folder = folder.deletingLastPathComponent()
            }
        }
        for path in candidates where manager.fileExists(atPath: path, isDirectory: &isFolder) {
            if isFolder.boolValue { return path }
        }
        throw Complaint("no folder Policies here (name one with --policies DIR)")
    }
}

/// The file with the site's signing key, readable by its owner alone.
enum KeyFile {
    static func read(at path: String) throws -> SiteKey {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Complaint("can't read the key \(path) (only the site's owner can)")
        }
        guard let bytes = Hexadecimal.bytes(text.trimmingCharacters(in: .whitespacesAndNewlines)),
            let key = try? SiteKey(seed: bytes)
        else { throw Complaint("\(path) is not a site key (move it away and try again)") }
        return key
    }

    static func make(at path: String) throws -> SiteKey {
        if FileManager.default.fileExists(atPath: path) { return try read(at: path) }
        let key = SiteKey()
        try write(key, to: path)
        return key
    }

    /// Puts another key in the place of one; the old one stays beside it under another name.
    static func replace(at path: String, with key: SiteKey, keeping old: String) throws {
        // Under both names for a moment, so that there is a key at any time.
        if link(path, "\(path).\(old)") != 0, errno != EEXIST, errno != ENOENT {
            throw Complaint("can't set the old key \(path) aside (check permissions)")
        }
        try write(key, to: path)
    }

    /// Puts a key that was set aside back in its place.
    static func restore(at path: String, from old: String) throws {
        guard rename("\(path).\(old)", path) == 0 else {
            throw Complaint("the old key is in \(path).\(old): move it back by hand")
        }
    }

    /// Writes a key whole or not at all.
    static func write(_ key: SiteKey, to path: String) throws {
        let file = try ExportFile(path: path)
        try file.write(Hexadecimal.string(key.seed) + "\n")
        _ = try file.seal()
        try file.publish()
    }
}
