import ArgumentParser
import Foundation
import Glibc

/// What the environment says.
enum Settings {
    private static let environment = ProcessInfo.processInfo.environment

    /// `fr` or `en`, from the usual variables.
    static var language: String {
        let chosen = ["RELEVE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"].lazy
            .compactMap { environment[$0] }.first { !$0.isEmpty }
        return chosen?.hasPrefix("fr") == true ? "fr" : "en"
    }

    static func variable(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The OS user who runs this, by user id and not by what the environment claims.
    static func user() throws -> String {
        guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else {
            throw Complaint("no OS user has the id \(getuid()); releve knows people by their OS user")
        }
        return String(cString: name)
    }

    /// A folder by the XDG rules, with `releve` in it.
    static func folder(_ variable: String, fallback: String) -> String {
        let base = self.variable(variable).flatMap { $0.hasPrefix("/") ? $0 : nil }
        let home = self.variable("HOME") ?? "/"
        return (base ?? "\(home)/\(fallback)") + "/releve"
    }

    static var dataFolder: String { folder("XDG_DATA_HOME", fallback: ".local/share") }
    static var cacheFolder: String { folder("XDG_CACHE_HOME", fallback: ".cache") }
    static var configFolder: String { folder("XDG_CONFIG_HOME", fallback: ".config") }
}
