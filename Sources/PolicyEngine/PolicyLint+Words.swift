import Synchronization
extension PolicyLint.Findings {
    /// Entries of a list that are the same after folding, or are found by another one already.
    mutating func checkWords(of rule: Rule, in policy: Policy) {
        for test in rule.selections.values.flatMap(\.alternatives).joined() {
            switch test.test {
            case .patterns(let texts, let anchor, let isRegex):
                let readings = isRegex || test.fold != .full ? texts : texts.map(Self.undisguised)
                let rest = checkTwins(test.entries, readings, in: policy)
                if !isRegex, test.least == 1, anchor == .anywhere || anchor == .word {
                    checkHeld(test.entries, texts, rest, anchor, in: policy)
                }
            case .near(let groups, _):
                var start = 0
                for group in groups {
                    let entries = Array(test.entries[start..<start + group.count])
                    _ = checkTwins(
                        entries, test.fold == .full ? group.map(Self.undisguised) : group, in: policy)
                    start += group.count
                }
            case .values, .domains:
                _ = checkTwins(test.entries, test.entries.map { $0.text.lowercased() }, in: policy)
                if case .domains(let domains) = test.test { checkDomains(test.entries, domains, in: policy) }
            default: break
            }
        }
    }

    /// The literal as it is read once disguises are seen through: `k1ll` is found by `kill`.
    private static func undisguised(_ literal: String) -> String {
        var view = FoldedView()
        Folding.table.withLock { view.append(literal, .body, element: 0, table: $0) }
        guard let segment = view.segments.first, segment.signs.contains(.disguise) else { return literal }
        var plain = FoldedView()
        plain.appendUndisguised(segment, of: view, margin: nil)
        return String(decoding: plain.bytes.dropLast(), as: UTF8.self)
    }

    /// Reports entries that are read as an earlier one is; the places of the others.
    private mutating func checkTwins(
        _ entries: [FieldTest.Entry], _ readings: [String], in policy: Policy
    ) -> [Int] {
        var first: [String: FieldTest.Entry] = [:]
        var rest: [Int] = []
        for (index, (entry, reading)) in zip(entries, readings).enumerated() {
            guard let twin = first[reading] else {
                first[reading] = entry
                rest.append(index)
                continue
            }
            let isSame = twin.text == entry.text
            warn(
                .foldsTogether, entry.file ?? policy.file, entry.position,
                isSame
                    ? "\"\(entry.text)\" is in the list already, in line \(twin.position.line) (take one out)"
                    : "\"\(entry.text)\" is read as \"\(twin.text)\" in line \(twin.position.line) is (take one out)"
            )
        }
        return rest
    }

    /// Reports entries that hold a shorter one of the same list, which finds all that they find.
    private mutating func checkHeld(
        _ entries: [FieldTest.Entry], _ texts: [String], _ rest: [Int], _ anchor: FieldTest.Anchor,
        in policy: Policy
    ) {
        var tree = WordTree()
        for index in rest { tree.add(texts[index], number: index) }
        for index in rest {
            let shorter = tree.words(in: texts[index]).first { number in
                number != index && Literal.holds(texts[index], texts[number], as: anchor, within: anchor)
            }
            guard let shorter else { continue }
            warn(
                .redundantEntry, entries[index].file ?? policy.file, entries[index].position,
                "\"\(entries[index].text)\" is found by \"\(entries[shorter].text)\" in line "
                    + "\(entries[shorter].position.line) already (take it out)")
        }
    }

    private mutating func checkDomains(
        _ entries: [FieldTest.Entry], _ domains: Set<String>, in policy: Policy
    ) {
        for entry in entries {
            var rest = Substring(entry.text.lowercased())
            while let dot = rest.firstIndex(of: ".") {
                rest = rest[rest.index(after: dot)...]
                guard domains.contains(String(rest)) else { continue }
                warn(
                    .redundantEntry, entry.file ?? policy.file, entry.position,
                    "\"\(entry.text)\" is found by \"\(rest)\" already (take it out)")
                break
            }
        }
    }
}

/// Words by their bytes, to find those that a text holds.
private struct WordTree {
    /// The next node by node and byte.
    private var next: [UInt64: Int] = [:]
    /// The words that end in a node.
    private var ends: [Int: Int] = [:]
    private var count = 1

    mutating func add(_ word: String, number: Int) {
        var node = 0
        for byte in word.utf8 {
            let key = UInt64(node) << 8 | UInt64(byte)
            if let known = next[key] {
                node = known
            } else {
                next[key] = count
                node = count
                count += 1
            }
        }
        ends[node] = number
    }

    func words(in text: String) -> [Int] {
        let bytes = Array(text.utf8)
        var result: [Int] = []
        for start in bytes.indices {
            var node = 0
            for byte in bytes[start...] {
                guard let following = next[UInt64(node) << 8 | UInt64(byte)] else { break }
                node = following
                if let number = ends[node] { result.append(number) }
            }
        }
        return result
    }
}
