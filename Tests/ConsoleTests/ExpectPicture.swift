import Foundation
import Testing

/// Holds a picture of a screen against the one that is wanted.
///
/// With `RELEVE_PICTURES` it writes the picture down instead, to be looked at and put into the test.
func expectPicture(
    _ picture: String, _ wanted: String, _ name: String = #function,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    if let folder = ProcessInfo.processInfo.environment["RELEVE_PICTURES"] {
        try picture.write(toFile: "\(folder)/\(name).txt", atomically: true, encoding: .utf8)
    } else {
        #expect(picture == wanted, sourceLocation: sourceLocation)
    }
}
