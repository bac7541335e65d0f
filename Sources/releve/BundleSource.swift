import Desk
import Foundation
import PolicyEngine

/// Which policies a command is about: a folder, `in-force`, or the beginning of a recorded bundle's name.
enum BundleSource {
    static let help = "a folder, in-force, or the first digits of a bundle that was in force"

    /// - Parameter isWhole: whether a file that is wrong spoils the rest: it would look as if it were not there.
    static func bundle(_ name: String, site: SiteOptions, isWhole: Bool) throws -> (
        bundle: PolicyBundle, isComplete: Bool
    ) {
        if name == "in-force" { return (try site.signIn().0.bundleInForce(), true) }
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: name, isDirectory: &isFolder), isFolder.boolValue {
            let load = try PolicyFolder.read(name)
            for diagnostic in load.diagnostics { Output.complain(diagnostic.description) }
            guard let bundle = load.bundle, load.diagnostics.isEmpty || !isWhole else {
                throw Complaint("\(name) can't be used; mend the lines above first")
            }
            return (bundle, load.diagnostics.isEmpty)
        }
        guard (4...64).contains(name.utf8.count), name.utf8.allSatisfy({ Self.isHexadecimal($0) }) else {
            throw Complaint("\(name.debugDescription) is no policies (give \(help))")
        }
        return (try site.signIn().0.bundle(withPrefix: name), true)
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) || (0x41...0x46).contains(byte)
    }
}
