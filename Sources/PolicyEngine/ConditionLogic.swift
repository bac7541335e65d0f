import Moderation

/// What can be said of a rule without a post, by going through every way in which its selections can hold or not.
///
/// Ways that can't be, because tests exclude each other or follow from each other, are left out.
struct ConditionLogic {
    /// With more selections in `when` than these, only what follows step by step is known.
    static let mostSelections = 16

    let rule: Rule
    /// The selections that `when` mentions, in the order of their names.
    let names: [String]
    let facts: [SelectionFacts]
    private let when: IndexedCondition
    /// For every way, as bits by selection: whether the condition holds and whether it can be.
    private var holds: [Bool] = []
    private var canBe: [Bool] = []

    init(_ rule: Rule) {
        self.rule = rule
        let names = rule.when.mentioned.sorted()
        self.names = names
        facts = names.map { SelectionFacts(rule.selections[$0], languages: rule.languages) }
        when = rule.when.indexed { names.firstIndex(of: $0) ?? 0 }
        guard isSmall else { return }
        let condition = when
        holds = (0..<1 << names.count).map { way in condition.holds { way >> $0 & 1 == 1 } }
        let impossible = ImpossibleWays(facts)
        canBe = (0..<1 << names.count).map { !impossible.contains($0) }
    }

    var isSmall: Bool { names.count <= Self.mostSelections }

    /// Whether the condition contradicts itself, whatever its selections say.
    var contradictsItself: Bool { isSmall && !holds.contains(true) }

    var canFire: Bool {
        guard isSmall else { return possible.canHold }
        return zip(holds, canBe).contains { $0 && $1 }
    }

    var canFail: Bool {
        guard isSmall else { return possible.canFail }
        return zip(holds, canBe).contains { !$0 && $1 }
    }

    private var possible: Condition.Possibility {
        rule.when.possible { name in
            guard let index = names.firstIndex(of: name) else {
                return Condition.Possibility(canHold: true, canFail: true)
            }
            return Condition.Possibility(canHold: facts[index].canHold, canFail: facts[index].canFail)
        }
    }

    /// The selections without which the rule would fire for the same posts; of two that say the same, one.
    var idle: [String] {
        guard isSmall, canFire, canFail else { return [] }
        var holds = holds
        var result: [String] = []
        for index in names.indices.reversed() where facts[index].canHold && facts[index].canFail {
            let bit = 1 << index
            for constant in [bit, 0] {
                let changes = holds.indices.contains { way in
                    canBe[way] && holds[way] != holds[way & ~bit | constant]
                }
                if !changes {
                    holds = holds.indices.map { holds[$0 & ~bit | constant] }
                    result.append(names[index])
                    break
                }
            }
        }
        return result.reversed()
    }

    /// Whether the other rule fires wherever this one does, as far as its tests tell; `nil` when nothing relates them.
    func implies(_ other: ConditionLogic) -> Bool {
        let count = names.count + other.names.count
        guard isSmall, other.isSmall, count <= 14 else { return false }
        let ways = ImpossibleWays(facts, other.facts)
        guard ways.relatesBoth else { return false }
        for way in 0..<1 << count {
            let own = way & ((1 << names.count) - 1)
            let theirs = way >> names.count
            guard holds[own], canBe[own], other.canBe[theirs], !other.holds[theirs] else { continue }
            if !ways.contains(way) { return false }
        }
        return true
    }
}

/// What can be said of one selection.
struct SelectionFacts {
    let alternatives: [[FieldTest]]
    /// Of each alternative why it can't hold.
    let impossibilities: [String?]
    let canHold: Bool
    let canFail: Bool

    init(_ selection: Selection?, languages: Set<String>) {
        alternatives = selection?.alternatives ?? []
        impossibilities = alternatives.map { Self.impossibility(of: $0, languages: languages) }
        canHold = impossibilities.contains(nil)
        let alternatives = alternatives
        let single = alternatives.filter { $0.count == 1 }.map { $0[0] }
        let isComplete = single.contains { one in
            single.contains { other in
                guard one.subject == other.subject else { return false }
                switch (one.test, other.test) {
                case (.exists(true), .exists(false)), (.flag(true), .flag(false)): return true
                default: return false
                }
            }
        }
        canFail =
            !isComplete && !alternatives.contains { !$0.isEmpty && $0.allSatisfy(TestLogic.alwaysHolds) }
    }

    private static func impossibility(of tests: [FieldTest], languages: Set<String>) -> String? {
        for (index, test) in tests.enumerated() {
            if let reason = TestLogic.impossibility(of: test, languages: languages) { return reason }
            for other in tests[..<index] where TestLogic.exclude(other, test) {
                return "\"\(other.words)\" and \"\(test.words)\" exclude each other"
            }
        }
        return nil
    }

    private var live: [[FieldTest]] {
        zip(alternatives, impossibilities).compactMap { $1 == nil ? $0 : nil }
    }

    /// Whether the two hold together for no post.
    func excludes(_ other: SelectionFacts) -> Bool {
        live.allSatisfy { left in
            other.live.allSatisfy { right in
                left.contains { one in right.contains { TestLogic.exclude(one, $0) } }
            }
        }
    }

    /// Whether the other holds wherever this one does.
    func implies(_ other: SelectionFacts) -> Bool {
        live.allSatisfy { left in
            other.live.contains { right in
                right.allSatisfy { wanted in left.contains { TestLogic.implies($0, wanted) } }
            }
        }
    }
}

/// The ways of selections to hold or not that no post can bring about.
struct ImpossibleWays {
    /// Bits to look at, and what they must not be.
    private var forbidden: [(mask: Int, bits: Int)] = []
    /// Whether anything of the one side follows from or excludes anything of the other.
    private(set) var relatesBoth = false

    init(_ left: [SelectionFacts], _ right: [SelectionFacts] = []) {
        let all = left + right
        for (index, fact) in all.enumerated() {
            if !fact.canHold { forbidden.append((1 << index, 1 << index)) }
            if !fact.canFail { forbidden.append((1 << index, 0)) }
            for (number, other) in all.enumerated() where number != index {
                let mask = 1 << index | 1 << number
                let isAcross = (index < left.count) != (number < left.count)
                var isRelated = false
                if number > index, fact.excludes(other) {
                    forbidden.append((mask, mask))
                    isRelated = true
                }
                if fact.implies(other) {
                    forbidden.append((mask, 1 << index))
                    isRelated = true
                }
                relatesBoth = relatesBoth || (isRelated && isAcross)
            }
        }
    }

    func contains(_ way: Int) -> Bool { forbidden.contains { way & $0.mask == $0.bits } }
}
