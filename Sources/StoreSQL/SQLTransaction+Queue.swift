import Moderation
import Store

extension SQLTransaction {
    /// A page of the queue: the shelves that fit, merged.
    ///
    /// Costs as much as shelves fit and places up to the end of the page, however many posts there are.
    func queue(_ filter: QueueFilter, offset: Int, limit: Int) throws -> [QueueItem] {
        let states = filter.states.isEmpty ? Set(PostState.allCases) : filter.states
        var readers = try stockedShelves(in: states).compactMap { state, number, shelf in
            shelf.fits(filter) ? ShelfReader(state: state.code, shelf: number) : nil
        }
        for index in readers.indices { try readers[index].fill(from: self) }
        readers.removeAll { $0.next == nil }
        var result: [QueueItem] = []
        var passed = 0
        while result.count < limit {
            var first: (index: Int, place: QueuePlace)?
            for (index, reader) in readers.enumerated() {
                guard let place = reader.next else { continue }
                if let known = first, known.place < place { continue }
                first = (index, place)
            }
            guard let first else { break }
            if passed >= offset { result.append(try item(first.place.number)) }
            passed += 1
            try readers[first.index].advance(in: self)
            if readers[first.index].next == nil { readers.remove(at: first.index) }
        }
        return result
    }

    private func item(_ number: Int64) throws -> QueueItem {
        let row = try prepare(
            """
            SELECT id, name, state, hazard, language, -rank, flags, deadline, taken_in_at, action, policy, rule
              FROM posts JOIN sources ON sources.number = source JOIN shelves ON shelves.number = shelf
              WHERE posts.number = ?
            """)
        defer { row.reset() }
        row.bind(1, number)
        guard try row.step() else { throw StoreError.damaged("the order of the queue") }
        let language = row.text(4)
        return QueueItem(
            id: PostID(row.text(0)), source: row.text(1), state: try PostState(code: row.integer(2)),
            hazard: try hazard(row.integer(3)), language: language.isEmpty ? nil : language,
            priority: row.int(5), flagCount: row.int(6),
            deadline: row.optionalInteger(7).map { Timestamp(milliseconds: $0) },
            takenInAt: Timestamp(milliseconds: row.integer(8)), recommendation: recommendation(row, from: 9))
    }
}

/// Reads along one shelf, a growing handful of places at a time.
private struct ShelfReader {
    let state: Int64
    let shelf: Int64
    private var places: ArraySlice<QueuePlace> = []
    private var last = QueuePlace(rank: .min, number: .min)
    private var handful = 4

    init(state: Int64, shelf: Int64) {
        self.state = state
        self.shelf = shelf
    }

    var next: QueuePlace? { places.first }

    /// In two parts, because a comparison of pairs would walk along all posts of the same rank.
    private static let onShelf = """
        SELECT rank, number FROM posts INDEXED BY posts_place
          WHERE state = ?1 AND state <> 1 AND shelf = ?2 AND rank = ?3 AND number > ?4
        UNION ALL
        SELECT rank, number FROM posts INDEXED BY posts_place
          WHERE state = ?1 AND state <> 1 AND shelf = ?2 AND rank > ?3
        ORDER BY 1, 2 LIMIT ?5
        """

    /// The index of places leaves out what is in somebody's hands; there is only as much as there are consoles.
    private static let inHand = """
        SELECT rank, number FROM claims CROSS JOIN posts ON number = claims.post
          WHERE state = ?1 AND shelf = ?2 AND (rank, number) > (?3, ?4) ORDER BY 1, 2 LIMIT ?5
        """

    mutating func advance(in transaction: SQLTransaction) throws {
        places = places.dropFirst()
        if places.isEmpty { try fill(from: transaction) }
    }

    mutating func fill(from transaction: SQLTransaction) throws {
        let row = try transaction.prepare(state == PostState.claimed.code ? Self.inHand : Self.onShelf)
        defer { row.reset() }
        row.bind(1, state)
        row.bind(2, shelf)
        row.bind(3, last.rank)
        row.bind(4, last.number)
        row.bind(5, handful)
        var found: [QueuePlace] = []
        found.reserveCapacity(handful)
        while try row.step() { found.append(QueuePlace(rank: row.integer(0), number: row.integer(1))) }
        if let end = found.last { last = end }
        places = found[...]
        handful = min(handful * 4, 1024)
    }
}
