extension Condition: CustomStringConvertible {
    /// In the words of `when`, with the names of groups written out.
    public var description: String { text(inside: 0) }

    /// - Parameter binding: how tightly what stands around it binds: 0 nothing, 1 or, 2 and, 3 not.
    private func text(inside binding: Int) -> String {
        func bracketed(_ text: String, _ own: Int) -> String { own < binding ? "(\(text))" : text }
        switch self {
        case .selection(let name): return name
        case .not(let inner): return "not " + inner.text(inside: 3)
        case .and(let left, let right):
            return bracketed("\(left.text(inside: 2)) and \(right.text(inside: 2))", 2)
        case .or(let left, let right):
            return bracketed("\(left.text(inside: 1)) or \(right.text(inside: 1))", 1)
        case .atLeast(let count, let names):
            let count = count == names.count ? "all" : count == 1 ? "any" : "\(count)"
            return names.count == 1 ? names[0] : "\(count) of (\(names.joined(separator: ", ")))"
        }
    }
}
