/// Takes out of lists what another entry of the same list finds already, which changes nothing about what is found.
enum ListThinning {
    /// Longer lists are only rid of entries that are there twice: comparing each with each takes too long.
    private static let longest = 1000

    /// The entries of a text operator, in their order.
    static func thinned(_ texts: [String], operation: String, ignoresCase: Bool) -> [String] {
        let isLiteral = operation != "regex"
        func reading(_ text: String) -> String { ignoresCase && isLiteral ? text.lowercased() : text }
        var seen: Set<String> = []
        let kept = texts.filter { seen.insert(reading($0)).inserted }
        let isWord = operation == "any_word" || operation == "phrase"
        guard isWord || operation == "contains", kept.count <= longest else { return kept }
        let readings = kept.map { Array(reading($0).utf8) }
        return kept.indices.filter { index in
            !kept.indices.contains { other in
                other != index && holds(readings[index], readings[other], asWord: isWord)
            }
        }.map { kept[$0] }
    }

    /// Domains without those below another one.
    static func thinned(domains: [String]) -> [String] {
        var seen: Set<String> = []
        let kept = domains.filter { seen.insert($0).inserted }
        return kept.filter { domain in
            var rest = domain[...]
            while let dot = rest.firstIndex(of: ".") {
                rest = rest[rest.index(after: dot)...]
                if seen.contains(String(rest)) { return false }
            }
            return true
        }
    }

    /// Whether the longer text holds the shorter one, as a word of its own if that is asked.
    private static func holds(_ longer: [UInt8], _ shorter: [UInt8], asWord: Bool) -> Bool {
        guard shorter.count < longer.count, let first = shorter.first else { return false }
        for start in 0...longer.count - shorter.count where longer[start] == first {
            let end = start + shorter.count
            guard longer[start..<end].elementsEqual(shorter) else { continue }
            guard asWord else { return true }
            if WordBoundary.isBoundary(start, in: longer, joinedBy: 0x5F),
                WordBoundary.isBoundary(end, in: longer, joinedBy: 0x5F)
            {
                return true
            }
        }
        return false
    }
}
