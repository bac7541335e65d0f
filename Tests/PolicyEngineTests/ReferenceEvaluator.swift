import Foundation
import Moderation

@testable import PolicyEngine

/// Where the reference finds something, in scalars of the original.
struct ReferencePlace: Hashable {
    var field: String
    var element: Int
    var range: Range<Int>
}

/// Evaluates rules by looking for everything everywhere: slow and obvious.
struct ReferenceEvaluator {
    let table = FoldingTable()

    /// The texts of a post by field, read.
    struct Texts {
        struct One {
            var field: String
            var element: Int
            var text: ReferenceText
        }
        var all: [One] = []
    }

    func texts(of post: FlaggedPost) -> Texts {
        var result = Texts()
        func add(_ field: String, _ element: Int, _ text: String?) {
            guard let text, !text.isEmpty else { return }
            result.all.append(
                Texts.One(field: field, element: element, text: ReferenceText(text, table: table)))
        }
        add("title", 0, post.title)
        add("body", 0, post.body)
        add("author.handle", 0, post.author.handle)
        add("author.display_name", 0, post.author.displayName)
        for (index, link) in post.links.enumerated() { add("links", index, link.url) }
        for (index, media) in post.media.enumerated() { add("media.alt_text", index, media.altText) }
        for (index, flag) in post.flags.enumerated() { add("flags.reasons", index, flag.reason) }
        return result
    }

    func fires(_ rule: ReferenceRule, on subject: ReferenceSubject) -> Bool {
        if let language = subject.post.language, !rule.languages.isEmpty, !rule.languages.contains(language) {
            return false
        }
        return rule.when.holds { holds(rule.selections[$0], subject) }
    }

    func holds(_ alternatives: [[ReferenceRule.Test]], _ subject: ReferenceSubject) -> Bool {
        alternatives.contains { tests in tests.allSatisfy { holds($0, subject) } }
    }

    func holds(_ test: ReferenceRule.Test, _ subject: ReferenceSubject) -> Bool {
        switch test.kind {
        case .words(let words, _, let least):
            let patterns = Set(words.map { pattern($0, test) })
            let found = patterns.count { !places(of: $0, test, subject).isEmpty }
            return found >= least
        case .regex(let regex): return !places(of: regex, test, subject).isEmpty
        case .near(let groups, let distance): return isNear(groups, distance, test, subject)
        case .values(let wanted, let anchor):
            return subject.values(test.field).contains { value in
                wanted.contains { fits(value.lowercased(), $0.lowercased(), anchor) }
            }
        case .domains(let domains):
            return subject.post.links.contains { link in
                domains.contains {
                    link.host == $0.lowercased() || link.host.hasSuffix("." + $0.lowercased())
                }
            }
        case .exists(let wanted): return subject.exists(test.field) == wanted
        case .trusted(let wanted): return subject.post.flags.contains { $0.isTrusted } == wanted
        case .number(let comparison, let limit, _, let window):
            guard let number = subject.number(test.field, window: window) else { return false }
            switch comparison {
            case "gt": return number > limit
            case "ge": return number >= limit
            case "lt": return number < limit
            case "le": return number <= limit
            default: return number == limit
            }
        }
    }

    private func fits(_ value: String, _ wanted: String, _ anchor: ReferenceRule.Test.Anchor) -> Bool {
        switch anchor {
        case .start: value.hasPrefix(wanted)
        case .end: value.hasSuffix(wanted)
        case .anywhere: value.contains(wanted)
        default: value == wanted
        }
    }

    // MARK: Words

    func pattern(_ word: String, _ test: ReferenceRule.Test) -> [Unicode.Scalar] {
        test.fold == "none"
            ? Array(word.unicodeScalars)
            : ReferenceText(word, table: table).folded.map(\.scalar)
    }

    private func wanted(_ test: ReferenceRule.Test, _ subject: ReferenceSubject) -> [Texts.One] {
        subject.texts.all.filter {
            $0.field == test.field || (test.field == "text" && ($0.field == "title" || $0.field == "body"))
        }
    }

    /// Everywhere a test finds a word, over all readings that it looks at.
    func places(
        of word: [Unicode.Scalar], _ test: ReferenceRule.Test, _ subject: ReferenceSubject
    ) -> Set<ReferencePlace> {
        guard case .words(_, let anchor, _) = test.kind else { return [] }
        var result: Set<ReferencePlace> = []
        for one in wanted(test, subject) {
            for (reading, isStretched) in readings(one.text, test) {
                for range in ranges(of: word, in: reading, anchor, isStretched: isStretched) {
                    result.insert(place(range, reading, one))
                }
            }
        }
        return result
    }

    private func place(_ range: Range<Int>, _ reading: [ReferenceScalar], _ one: Texts.One) -> ReferencePlace
    {
        ReferencePlace(
            field: one.field, element: one.element,
            range: reading[range.lowerBound].origins
                .lowerBound..<reading[range.upperBound - 1].origins.upperBound)
    }

    private func readings(
        _ text: ReferenceText, _ test: ReferenceRule.Test
    ) -> [([ReferenceScalar], isStretched: Bool)] {
        switch test.fold {
        case "none": [(text.exact, false)]
        case "plain": [(text.folded, false)]
        default:
            [(text.folded, false), (text.undisguised, false), (text.folded, true), (text.undisguised, true)]
        }
    }

    private func ranges(
        of word: [Unicode.Scalar], in reading: [ReferenceScalar], _ anchor: ReferenceRule.Test.Anchor,
        isStretched: Bool
    ) -> [Range<Int>] {
        reading.indices.compactMap { start in
            let end = isStretched ? stretchedEnd(word, reading, start) : plainEnd(word, reading, start)
            guard let end else { return nil }
            switch anchor {
            case .anywhere: break
            case .start: guard start == 0 else { return nil }
            case .end: guard end == reading.count else { return nil }
            case .whole: guard start == 0, end == reading.count else { return nil }
            case .word:
                guard isBoundary(start, reading), isBoundary(end, reading) else { return nil }
            }
            return start..<end
        }
    }

    private func isBoundary(_ index: Int, _ reading: [ReferenceScalar]) -> Bool {
        index == 0 || index == reading.count
            || !(ReferenceText.isWord(reading[index - 1].scalar)
                && ReferenceText.isWord(reading[index].scalar))
    }

    private func plainEnd(_ word: [Unicode.Scalar], _ reading: [ReferenceScalar], _ start: Int) -> Int? {
        let end = start + word.count
        guard end <= reading.count, reading[start..<end].map(\.scalar) == word else { return nil }
        return end
    }

    /// The end of the word with letters held down: each run of a letter is as the word has it, or three or more and
    /// longer, and one is longer.
    private func stretchedEnd(_ word: [Unicode.Scalar], _ reading: [ReferenceScalar], _ start: Int) -> Int? {
        var place = start
        var index = 0
        var isLonger = false
        if start > 0, ReferenceText.isLatin(reading[start].scalar),
            reading[start - 1].scalar == reading[start].scalar
        {
            return nil
        }
        while index < word.count {
            let letter = word[index]
            var wanted = 1
            while index + wanted < word.count, word[index + wanted] == letter { wanted += 1 }
            var seen = 0
            while place + seen < reading.count, reading[place + seen].scalar == letter { seen += 1 }
            if !ReferenceText.isLatin(letter) {
                // Only letters are held down.
                if index + wanted == word.count { seen = min(seen, wanted) }
                guard seen == wanted else { return nil }
            }
            guard seen == wanted || (seen >= 3 && seen > wanted) else { return nil }
            isLonger = isLonger || seen > wanted
            place += seen
            index += wanted
        }
        return isLonger ? place : nil
    }

    // MARK: Expressions

    /// Every match: for each end the first place where one begins.
    func places(
        of regex: ReferenceRegex, _ test: ReferenceRule.Test, _ subject: ReferenceSubject
    ) -> Set<ReferencePlace> {
        var result: Set<ReferencePlace> = []
        for one in wanted(test, subject) {
            let reading = test.fold == "none" ? one.text.exact : one.text.folded
            var bytes: [UInt8] = []
            var scalars: [Int] = []
            for (index, part) in reading.enumerated() {
                for byte in String(part.scalar).utf8 {
                    bytes.append(byte)
                    scalars.append(index)
                }
            }
            var firsts: [Int: Int] = [:]
            for start in bytes.indices {
                for end in regex.ends(from: start, in: bytes) where end > start && firsts[end] == nil {
                    firsts[end] = start
                }
            }
            for (end, start) in firsts {
                result.insert(place(scalars[start]..<scalars[end - 1] + 1, reading, one))
            }
        }
        return result
    }

    // MARK: Nearness

    private func isNear(
        _ groups: [[String]], _ distance: Int, _ test: ReferenceRule.Test, _ subject: ReferenceSubject
    ) -> Bool {
        for one in wanted(test, subject) {
            let readings =
                switch test.fold {
                case "none": [(one.text.exact, [false])]
                case "plain": [(one.text.folded, [false])]
                default: [(one.text.folded, [false, true]), (one.text.undisguised, [false, true])]
                }
            for (reading, ways) in readings {
                let numbers = groups.map { words in
                    Set(
                        words.flatMap { word in
                            ways.flatMap { isStretched in
                                ranges(of: pattern(word, test), in: reading, .word, isStretched: isStretched)
                                    .map {
                                        ReferenceText.word(at: $0.lowerBound, in: reading)
                                    }
                            }
                        })
                }
                if Self.canChoose(numbers[...], low: .max, high: .min, distance) { return true }
            }
        }
        return false
    }

    private static func canChoose(_ groups: ArraySlice<Set<Int>>, low: Int, high: Int, _ distance: Int)
        -> Bool
    {
        guard let first = groups.first else { return high - low <= distance }
        return first.contains {
            canChoose(groups.dropFirst(), low: min(low, $0), high: max(high, $0), distance)
        }
    }
}

/// A post and what is known beside it.
struct ReferenceSubject {
    let post: FlaggedPost
    let texts: ReferenceEvaluator.Texts
    let now: Timestamp
    let state: StateSnapshot

    func values(_ field: String) -> [String] {
        switch field {
        case "language": post.language.map { [$0] } ?? []
        case "community": post.community.map { [$0] } ?? []
        case "source": [post.source]
        case "kind": [post.kind]
        case "media.kind": post.media.map(\.kind)
        case "media.hash": post.media.compactMap(\.hash)
        case "links.host": post.links.map(\.host).filter { $0 != "" }
        case "links.domain": post.links.compactMap { state.domains[$0.host] }
        case "links.path": post.links.map(\.path).filter { $0 != "" }
        case "thread.parent_author": (post.thread.last?.author).map { [$0] } ?? []
        default: []
        }
    }

    func number(_ field: String, window: String?) -> Int64? {
        switch field {
        case "age": post.createdAt.map { now.milliseconds - $0.milliseconds }
        case "author.account_age": post.author.accountCreatedAt.map { now.milliseconds - $0.milliseconds }
        case "author.earlier_removals": post.author.earlierRemovals.map { Int64($0) * 1000 }
        case "author.earlier_flags": post.author.earlierFlags.map { Int64($0) * 1000 }
        case "links.count": Int64(post.links.count) * 1000
        case "media.count": Int64(post.media.count) * 1000
        case "flags.count": Int64(post.flags.count) * 1000
        case "flags.reporters": Int64(Set(post.flags.compactMap(\.reporter)).count) * 1000
        case "thread.depth": Int64(post.thread.count) * 1000
        case "history.posts", "history.flags", "history.removals":
            Int64(
                state.counts[String(field.dropFirst(8)) + (window == "7 days" ? "/604800000" : "/86400000")]
                    ?? 0) * 1000
        default: post.scores[String(field.dropFirst(7))].map { Int64($0) }
        }
    }

    func exists(_ field: String) -> Bool {
        switch field {
        case "title": post.title.map { $0 != "" } ?? false
        case "body": post.body != ""
        case "text": post.body != "" || post.title.map { $0 != "" } ?? false
        case "links", "links.count": !post.links.isEmpty
        case "media.count": !post.media.isEmpty
        case "media.alt_text": post.media.contains { $0.altText.map { $0 != "" } ?? false }
        case "author.handle": post.author.handle != nil
        case "author.display_name": post.author.displayName != nil
        case "flags.reasons", "flags.count", "flags.reporters": !post.flags.isEmpty
        case "thread.depth": !post.thread.isEmpty
        case "age": post.createdAt != nil
        case "author.account_age": post.author.accountCreatedAt != nil
        case "author.earlier_removals": post.author.earlierRemovals != nil
        case "author.earlier_flags": post.author.earlierFlags != nil
        case "language", "community", "source", "kind", "media.kind", "media.hash", "links.host",
            "links.domain",
            "links.path", "thread.parent_author":
            !values(field).isEmpty
        default: number(field, window: nil) != nil
        }
    }
}
