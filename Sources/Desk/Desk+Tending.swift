import Exposure
import Moderation
import PolicyEngine
import Store

/// What a desk does beside the work of people, in small pieces, so that nobody waits for it.
extension Desk {
    /// At how many posts one piece of signing looks.
    public static let postsAtOnce = 400
    /// How long the team's mean, the check for urgent posts and learned times are left as they are.
    private static let meanEvery: Duration = .seconds(300)
    static let lookEvery: Duration = .seconds(60)
    private static let learnEvery: Duration = .seconds(86_400)
    /// So many of each person's latest spans, of the last 28 days, are learned from.
    private static let spansEach = 200
    private static let daysLearned: Duration = .seconds(28 * 86_400)

    /// Makes the likeness of a few more waiting posts, and looks after what dispatch knows; costs some milliseconds.
    ///
    /// Consoles call it after each claim and while nobody presses a key. It does what is due and nothing else, and says
    /// whether waiting posts are left without a likeness.
    @discardableResult
    public func tend() throws(DeskError) -> Bool {
        // What is learned of everybody is learned by those whom the store shows everybody.
        let caller = try caller()
        guard caller?.seesPosts ?? true else { return false }
        let isMore = try signNext() != nil
        guard caller?.seesEverybody ?? true else { return isMore }
        try learn()
        try lookForUnserved()
        return isMore
    }

    /// Makes the likeness of the next waiting posts that have none; says how many, `nil` when all have one.
    @discardableResult
    public func signNext(looking limit: Int = postsAtOnce) throws(DeskError) -> Int? {
        let (secret, batch) = try read { (try $0.likenessSecret(), try $0.unsignedPosts(looking: limit)) }
        guard let batch else { return nil }
        guard let secret else {
            let fresh = entropy.bytes(32)
            try write { try $0.keepLikenessSecret(fresh) }
            return 0
        }
        // Folding takes its time; nobody's transaction waits for it.
        let keys = batch.posts.compactMap { id, content in
            PostLikeness(content).map { (id: id, keys: $0.keys(secret: secret)) }
        }
        let isKept = try write { try $0.keep(keys, of: batch) }
        return isKept ? keys.count : 0
    }

    /// Learns how long posts stay uncovered, and how much the team has had on the mean, when that is due.
    private func learn() throws(DeskError) {
        let now = clock.now().wall
        var figures = try read { try $0.dispatchFigures() }
        func isDue(_ last: Timestamp?, _ every: Duration) -> Bool {
            last.map { now >= $0 + every || now < $0 } ?? true
        }
        let (mean, medians) = (
            isDue(figures.meanAt, Self.meanEvery), isDue(figures.mediansAt, Self.learnEvery)
        )
        guard mean || medians else { return }
        try read { tx in
            let moderators = try tx.people().filter { $0.works(as: .moderator) }
            let people = moderators.map(\.id)
            if mean {
                figures.teamMean = Self.mean(try tx.doses(of: people, since: now - Dosimeter.week))
                figures.flooded = try flooded(figures, people, at: now, in: tx)
                figures.forMany = Self.forMany(moderators, at: now)
                figures.meanAt = now
            }
            if medians {
                let counts = try tx.visibleTimes(
                    of: people, latest: Self.spansEach, since: now - Self.daysLearned,
                    smallestGroup: try limits(in: tx).smallestGroup)
                figures.medians = counts.compactMapValues(Self.median)
                figures.mediansAt = now
            }
        }
        let learned = figures
        try write { tx in
            // Another console may have looked for urgent posts meanwhile.
            var figures = learned
            figures.lookedAt = try tx.dispatchFigures().lookedAt
            try tx.save(figures)
        }
    }

    /// Hazards of which so much waits that nobody who is on shift is spared.
    private func flooded(
        _ figures: DispatchFigures, _ people: [PersonID], at now: Timestamp, in tx: any StoreReading
    ) throws -> Set<Hazard> {
        let counts = try tx.statistics().counts.filter { $0.state == .waiting }
        let present = try people.count { person in
            try tx.shifts(of: person, since: now - Dosimeter.week).contains(where: \.isOpen)
        }
        return dispatcher(try limits(in: tx), figures)
            .flooded(
                waiting: Dictionary(counts.map { ($0.hazard, $0.posts) }, uniquingKeysWith: +),
                present: present)
    }

    /// Of each hazard the languages of posts that at least half of these people could take.
    private static func forMany(_ people: [Person], at now: Timestamp) -> [Hazard: LanguagesOfMany] {
        func isForMany(_ takers: [Person]) -> Bool {
            !Dispatcher.isForFew(takers: takers.count, of: people.count)
        }
        let known = people.reduce(into: Set<String>()) { $0.formUnion($1.languages) }
        return Dictionary(
            uniqueKeysWithValues: Hazard.allCases.map { hazard in
                let takers = people.filter { !$0.optOuts.inForce(at: now).hazards.contains(hazard) }
                let named = known.filter { language in
                    isForMany(takers.filter { $0.languages.isEmpty || $0.languages.contains(language) })
                }
                return (
                    hazard,
                    LanguagesOfMany(
                        named: named, others: isForMany(takers.filter(\.languages.isEmpty)),
                        unsaid: isForMany(takers))
                )
            })
    }

    /// The mean; `nil` for fewer than two people, whom it would tell of each other.
    private static func mean(_ doses: [Dose]) -> Dose? {
        guard doses.count > 1 else { return nil }
        return Dose(units: doses.reduce(Dose.zero, +).units / Int64(doses.count))
    }

    /// The median in milliseconds: the upper bound of the bin that holds it.
    private static func median(_ counts: [Int]) -> Int64? {
        let total = counts.reduce(0, +)
        guard total > 0 else { return nil }
        var seen = 0
        for (bound, count) in zip(HandlingCounts.bounds, counts) {
            seen += count
            if seen * 2 >= total { return bound * 1000 }
        }
        return nil
    }
}
