import Moderation

/// A post in the making: what the tests of a rule ask of it, one after the other.
struct PostSketch {
    /// A text, and what must stand where in it.
    struct Text {
        var whole: String?
        var starts: [String] = []
        var middles: [String] = []
        var ends: [String] = []
        /// How many characters it must have at least.
        var least = 0

        var isEmpty: Bool { whole == nil && starts.isEmpty && middles.isEmpty && ends.isEmpty && least == 0 }

        /// The text; `calm` when nothing is asked.
        func written(else calm: String) -> String {
            if let whole { return whole }
            if isEmpty { return calm }
            var words = starts + middles
            let length = (words + ends).joined(separator: " ").unicodeScalars.count
            if length < least { words.append(Self.filler(to: least - length)) }
            return (words + ends).joined(separator: " ")
        }

        /// Everyday words, so many characters of them or a few more.
        private static func filler(to length: Int) -> String {
            let words = ["and", "then", "we", "went", "along", "the", "river", "until", "noon"]
            var text = ""
            var index = 0
            while text.utf8.count < length {
                text += (text.isEmpty ? "" : " ") + words[index % words.count]
                index += 1
            }
            return text
        }
    }

    /// Beyond this an example is no help to anybody.
    static let longest = 20_000

    var title = Text()
    var body = Text()
    var handle = Text()
    var links: [String] = []
    var kind: String?
    var community: String?
    var language: String?
    var flags = 0
    var depth = 0
    var accountAge: Int64?
    var age: Int64?
    var mayHaveBody = true
    private var deniedKinds: Set<String> = []

    /// The post, with `calm` for a text that nothing is asked of; `nil` when it would be too long to be read.
    func post(calm: String) -> FlaggedPost? {
        var post = FlaggedPost(
            source: "example", externalID: "1", body: mayHaveBody ? body.written(else: calm) : "")
        if !title.isEmpty { post.title = title.written(else: "") }
        if !handle.isEmpty { post.author.handle = handle.written(else: "") }
        post.links = links.map { Link(url: $0) }
        post.kind = kind ?? post.kind
        post.community = community
        post.language = language
        post.flags = (0..<flags).map { _ in Flag(reason: "reported") }
        post.thread = (0..<depth).map { _ in ThreadPost(body: "A post above it.") }
        func moment(_ age: Int64) -> Timestamp {
            Timestamp(milliseconds: Rule.Example.usualNow.milliseconds - age)
        }
        post.author.accountCreatedAt = accountAge.map(moment)
        post.createdAt = age.map(moment)
        let size = post.body.utf8.count + (post.title?.utf8.count ?? 0)
        return size <= Self.longest && flags <= 1000 && depth <= 100 ? post : nil
    }
}

// MARK: Asking

extension PostSketch {
    /// Which of several ways to satisfy a test is taken.
    struct Way {
        /// Which entry of a list.
        var entry = 0
        /// Whether a word is written a letter short, so that it is nearly found.
        var isShort = false
    }

    /// Does what a test asks, as far as it is known how.
    mutating func satisfy(_ test: FieldTest, _ way: Way) {
        switch test.test {
        case .patterns(let texts, let anchor, let isRegex):
            guard !texts.isEmpty else { return }
            let pattern = texts[way.entry % texts.count]
            guard var text = isRegex ? RegexSampler.sample(of: pattern) : pattern else { return }
            if way.isShort, text.unicodeScalars.count > 3 { text.unicodeScalars.removeLast() }
            write(text, isRegex ? Self.anchor(of: pattern) : anchor, test.subject.field)
        case .values(let values, _):
            let listed = test.entries.map(\.text).filter { values.contains($0.lowercased()) }
            set(test.subject.field, listed.isEmpty ? values.min() : listed[way.entry % listed.count])
        case .domains(let domains):
            let sorted = domains.sorted()
            if !sorted.isEmpty { links.append("https://\(sorted[way.entry % sorted.count])/page") }
        case .exists(let flag): setPresence(of: test.subject.field, flag)
        case .number(let comparison, let limit):
            let step: Int64 = [.age, .accountAge].contains(unit(of: test)) ? Self.step(limit) : 1000
            let value: Int64 =
                switch comparison {
                case .equals, .ge, .le: limit
                case .gt: limit &+ step
                case .lt: max(0, limit &- step)
                }
            set(unit(of: test), value)
        case .near, .flag: break
        }
    }

    /// Sees to it that a test does not hold, where leaving it alone is not enough.
    mutating func deny(_ test: FieldTest) {
        switch test.test {
        case .values(let values, _) where test.subject.field == .kind:
            deniedKinds.formUnion(values)
            kind = ["post", "comment", "text", "profile"].first { !deniedKinds.contains($0) }
        case .exists(let flag): setPresence(of: test.subject.field, !flag)
        case .number(let comparison, let limit):
            let step: Int64 = [.age, .accountAge].contains(unit(of: test)) ? Self.step(limit) : 1000
            let value: Int64 =
                switch comparison {
                case .equals, .le: limit &+ step
                case .ge: max(0, limit &- step)
                case .gt, .lt: limit
                }
            set(unit(of: test), value)
        default: break
        }
    }

    private mutating func write(_ text: String, _ anchor: FieldTest.Anchor, _ field: Field?) {
        func add(to place: inout Text) {
            switch anchor {
            case .whole: place.whole = text
            case .start: place.starts.append(text)
            case .end: place.ends.append(text)
            case .word, .anywhere: place.middles.append(text)
            }
        }
        switch field {
        case .title: add(to: &title)
        case .body, .text: add(to: &body)
        case .authorHandle: add(to: &handle)
        case .links:
            let isAddress = text.contains("://")
            switch anchor {
            case .whole, .start: links.append(isAddress ? text : "https://" + text + "/")
            case .word where !isAddress && text.contains("."),
                .anywhere where !isAddress && text.contains("."):
                links.append("https://www.example.org/?" + text)
            default: links.append(isAddress ? text : "https://www.example.org/" + text)
            }
        default: break
        }
    }

    private mutating func set(_ field: Field?, _ value: String?) {
        switch field {
        case .kind: kind = value
        case .community: community = value
        case .language: language = value
        default: break
        }
    }

    private mutating func setPresence(of field: Field?, _ isThere: Bool) {
        switch field {
        case .links where isThere: if links.isEmpty { links = ["https://www.example.org/page"] }
        case .links: links = []
        case .body: mayHaveBody = isThere
        case .title where isThere: if title.isEmpty { title.middles = ["A title"] }
        default: break
        }
    }

    private enum Unit { case flags, depth, bodyLength, accountAge, age, other }

    private func unit(of test: FieldTest) -> Unit {
        switch test.subject.field {
        case .flagsCount: .flags
        case .threadDepth: .depth
        case .bodyLength: .bodyLength
        case .authorAccountAge: .accountAge
        case .age: .age
        default: .other
        }
    }

    private mutating func set(_ unit: Unit, _ value: Int64) {
        let count = Int(clamping: value / 1000)
        switch unit {
        case .flags: flags = count
        case .depth: depth = count
        case .bodyLength: if count <= Self.longest { setLength(count) }
        case .accountAge: accountAge = value
        case .age: age = value
        case .other: break
        }
    }

    /// A short text must be exactly as long; a long one has at least so many characters.
    private mutating func setLength(_ count: Int) {
        if count < 40, body.isEmpty {
            body.whole = String(repeating: "a", count: count)
        } else {
            body.least = count
        }
    }

    /// What makes a time a little longer.
    private static func step(_ limit: Int64) -> Int64 { limit > 86_400_000 ? 86_400_000 : 60_000 }

    private static func anchor(of expression: String) -> FieldTest.Anchor {
        switch (expression.hasPrefix("^"), expression.hasSuffix("$") && !expression.hasSuffix("\\$")) {
        case (true, true): .whole
        case (true, false): .start
        case (false, true): .end
        case (false, false): .anywhere
        }
    }
}
