import Exposure
import Moderation
import Store

extension SQLTransaction {
    func heads(_ request: ClaimRequest) throws -> [QueueHead] {
        let shelves = try stockedShelves(in: [.waiting]).filter { $0.2.fits(request) }
        guard !shelves.isEmpty else { return [] }
        let numbers = shelves.map { $0.1 }
        let found =
            try engine.heads(on: numbers, for: request.person) ?? heads(on: numbers, for: request.person)
        let byShelf = Dictionary(shelves.map { ($0.1, $0.2) }) { first, _ in first }
        var known: Set<Int64> = []
        for head in found {
            note(head.number, of: head.id)
            guard head.isHeld else { continue }
            heldPlaces[head.id] = Place(number: head.number, state: .waiting, shelf: head.shelf)
        }
        return found.compactMap { head in
            // What stands first may be due first as well.
            guard let shelf = byShelf[head.shelf], known.insert(head.number).inserted else { return nil }
            return QueueHead(
                post: head.id, place: head.number, hazard: shelf.hazard, language: shelf.language,
                policies: Set(shelf.policies.split(separator: "\n").map { PolicyID(String($0)) }),
                priority: Int(-head.rank), takenInAt: Timestamp(milliseconds: head.takenInAt),
                deadline: head.deadline.map { Timestamp(milliseconds: $0) })
        }
    }

    private func heads(on shelves: [Int64], for person: PersonID) throws -> [ShelfHead] {
        let columns = "SELECT shelf, id, rank, taken_in_at, deadline, number FROM posts"
        let isOffered = "NOT EXISTS (SELECT 1 FROM skips WHERE person = ?2 AND post = number)"
        let first = try prepare(
            """
            \(columns) INDEXED BY posts_place WHERE state = 0 AND state <> 1 AND shelf = ?1 AND \(isOffered)
              ORDER BY rank, number LIMIT 1
            """)
        let due = try prepare(
            """
            \(columns) INDEXED BY posts_deadline WHERE state = 0 AND deadline IS NOT NULL AND shelf = ?1
              AND \(isOffered) ORDER BY deadline, number LIMIT 1
            """)
        defer { for row in [first, due] { row.reset() } }
        var heads: [ShelfHead] = []
        for shelf in shelves {
            for row in [first, due] {
                row.reset()
                row.bind(1, shelf)
                row.bind(2, person.rawValue)
                if try row.step() { heads.append(ShelfHead(row)) }
            }
        }
        return heads
    }

    // MARK: What is learned

    func dispatchFigures() throws -> DispatchFigures {
        let row = try prepare("SELECT card FROM dispatch")
        defer { row.reset() }
        guard try row.step() else { return DispatchFigures() }
        return try Card.known(DispatchFigures.self, row.text(0), of: "what dispatch has learned")
    }

    func save(_ figures: DispatchFigures) throws {
        let row = try prepare(
            "INSERT INTO dispatch VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET card = excluded.card")
        row.bind(1, try Card.text(figures))
        try row.run()
    }

    func visibleTimes(
        of people: [PersonID], latest: Int, since: Timestamp, smallestGroup: Int
    ) throws -> [Hazard: [Int]] {
        let row = try prepare(
            """
            SELECT max(hazard), sum(visible) FROM (
                SELECT post, hazard, visible FROM spans WHERE person = ? AND ends_at > ?
                  AND closed_at IS NOT NULL AND post IS NOT NULL ORDER BY ends_at DESC LIMIT ?) AS latest
              GROUP BY post
            """)
        defer { row.reset() }
        var counts: [Hazard: HandlingCounts] = [:]
        var contributors: [Hazard: Int] = [:]
        for person in people {
            row.reset()
            row.bind(1, person.rawValue)
            row.bind(2, since.milliseconds)
            row.bind(3, latest)
            var own: Set<Hazard> = []
            while try row.step() {
                let hazard = try hazard(row.integer(0))
                let visible: Duration = .milliseconds(row.integer(1))
                counts[hazard, default: HandlingCounts()].add(handled: visible, visible: visible)
                own.insert(hazard)
            }
            for hazard in own { contributors[hazard, default: 0] += 1 }
        }
        return counts.filter { contributors[$0.key, default: 0] >= max(1, smallestGroup) }
            .mapValues(\.visible)
    }

    func doses(of people: [PersonID], since: Timestamp) throws -> [Dose] {
        let row = try prepare("SELECT coalesce(sum(dose), 0) FROM spans WHERE person = ? AND ends_at > ?")
        defer { row.reset() }
        return try people.map { person in
            row.reset()
            row.bind(1, person.rawValue)
            row.bind(2, since.milliseconds)
            return Dose(units: try row.step() ? row.integer(0) : 0)
        }
    }

    // MARK: Urgent posts

    func unserved() throws -> [UnservedPost] {
        let row = try prepare("SELECT post, since FROM unserved ORDER BY since, post")
        defer { row.reset() }
        var result: [UnservedPost] = []
        while try row.step() {
            result.append(
                UnservedPost(post: PostID(row.text(0)), since: Timestamp(milliseconds: row.integer(1))))
        }
        return result
    }

    func save(unserved posts: [UnservedPost]) throws {
        try prepare("DELETE FROM unserved").run()
        let row = try prepare("INSERT INTO unserved VALUES (?, ?)")
        for post in posts {
            row.clear()
            row.bind(1, post.post.rawValue)
            row.bind(2, post.since.milliseconds)
            try row.run()
        }
    }
}
