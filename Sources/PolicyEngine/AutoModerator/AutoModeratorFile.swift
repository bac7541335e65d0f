import Yams

/// An AutoModerator configuration taken apart into its documents.
///
/// Every document is parsed by itself, so that one that is broken leaves the others whole.
struct AutoModeratorFile {
    /// Nobody reads more rules than this, and every one that removes names those that hold before it.
    static let mostDocuments = 1000

    /// A document, and where in the file it stands.
    struct Document {
        let root: Node
        /// How many lines of the file stand before it.
        let lines: Int
        /// What its author wrote above or into it as a comment: most give their rules names that way.
        let title: String?
    }

    private(set) var documents: [Document] = []
    private(set) var problems: [Diagnostic] = []

    init(_ text: String, file: String) {
        guard text.utf8.count <= YAMLTree.largestFile else {
            problems = [Diagnostic(file: file, line: 0, message: "it is larger than 4 MiB (split it)")]
            return
        }
        let slices = Self.slices(of: text)
        guard slices.count <= Self.mostDocuments else {
            problems = [
                Diagnostic(
                    file: file, line: slices[Self.mostDocuments].lines + 1,
                    message: "it holds more than \(Self.mostDocuments) rules (split it)")
            ]
            return
        }
        for slice in slices {
            do throws(Diagnostic) {
                guard let root = try YAMLTree.root(of: slice.text, file: file, after: slice.lines) else {
                    continue
                }
                documents.append(Document(root: root, lines: slice.lines, title: slice.title))
            } catch {
                problems.append(error)
            }
        }
    }

    // MARK: Slices

    struct Slice {
        var text: String
        var lines: Int
        var title: String?
    }

    /// The parts between lines of three hyphens; those of comments alone are left out.
    static func slices(of text: String) -> [Slice] {
        let text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        var slices: [Slice] = []
        var lines: [Substring] = []
        var first = 0
        func close(before next: Int) {
            defer {
                lines.removeAll(keepingCapacity: true)
                first = next
            }
            guard lines.contains(where: { isContent($0) }) else { return }
            slices.append(
                Slice(text: lines.joined(separator: "\n") + "\n", lines: first, title: title(in: lines)))
        }
        var number = 0
        for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
            var line = Substring(line)
            if line.utf8.last == 0x0D { line = Substring(line.utf8.dropLast()) }
            if isMarker(line, "---") {
                close(before: number)
                lines.append(line)
            } else if isMarker(line, "...") {
                close(before: number + 1)
            } else {
                lines.append(line)
            }
            number += 1
        }
        close(before: number)
        return slices
    }

    private static func isMarker(_ line: Substring, _ marker: String) -> Bool {
        guard line.hasPrefix(marker) else { return false }
        let rest = line.utf8.dropFirst(3).first
        return rest == nil || rest == 0x20 || rest == 0x09
    }

    private static func isContent(_ line: Substring) -> Bool {
        let line = isMarker(line, "---") ? line.dropFirst(3).trimmingSpaces[...] : line.trimmingSpaces[...]
        return !line.isEmpty && !line.hasPrefix("#")
    }

    /// The first comment with words in it, without the signs that people frame them with.
    private static func title(in lines: [Substring]) -> String? {
        for line in lines.prefix(40) {
            var words = line.trimmingSpaces[...]
            guard words.hasPrefix("#") else {
                if isContent(line) { return nil }
                continue
            }
            func isFrame(_ character: Character) -> Bool { "#=-*_~ \t".contains(character) }
            words = words.drop(while: isFrame)
            while let last = words.last, isFrame(last) { words.removeLast() }
            if words.contains(where: { $0.isLetter || $0.isNumber }) { return String(words.prefix(80)) }
        }
        return nil
    }
}

/// One name in a rule, and what stands behind it.
struct AutoModeratorEntry {
    /// In small letters: AutoModerator makes no difference.
    let name: String
    let key: Node
    let value: Node

    /// The members of a mapping in their order; `nil` when it is none.
    static func entries(of node: Node) -> [AutoModeratorEntry]? {
        guard case .mapping(let mapping) = node else { return nil }
        return mapping.map { key, value in
            AutoModeratorEntry(name: (key.scalar?.string ?? "").lowercased(), key: key, value: value)
        }
    }

    /// The texts of one value or of a list of them; `nil` for anything else.
    var texts: [Node.Scalar]? {
        switch value {
        case .scalar(let scalar): return [scalar]
        case .sequence(let items):
            let texts = items.compactMap(\.scalar)
            return texts.count == items.count ? texts : nil
        default: return nil
        }
    }

    var text: String? { value.scalar?.string }
    var flag: Bool? { value.scalar.flatMap { $0.style == .plain ? Node.scalar($0).bool : nil } }
    var number: Int? { value.scalar.flatMap { $0.style == .plain ? Node.scalar($0).int : nil } }
}
