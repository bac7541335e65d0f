import Moderation
import Store

extension SQLTransaction {
    func claim(on post: PostID) throws -> Claim? {
        guard let number = try number(of: post) else { return nil }
        // Where others write too, the post is held with its claim: whoever demands one is about to move the other.
        let row = try prepare(
            """
            SELECT claims.id, person, fence, claimed_at, expires_at, state, shelf FROM claims
              CROSS JOIN posts ON posts.number = claims.post WHERE claims.post = ?\(engine.holding)
            """)
        row.bind(1, number)
        defer { row.reset() }
        guard try row.step() else { return nil }
        if engine.isShared {
            heldPlaces[post] = Place(
                number: number, state: try PostState(code: row.integer(5)), shelf: row.integer(6))
        }
        return claim(row)
    }

    func claims(of person: PersonID) throws -> [Claim] {
        let row = try prepare(
            "SELECT id, person, fence, claimed_at, expires_at FROM claims WHERE person = ? ORDER BY fence")
        row.bind(1, person.rawValue)
        return try claims(row)
    }

    func claims(of person: PersonID, lastingAt now: Timestamp) throws -> [Claim] {
        let row = try prepare(
            """
            SELECT id, person, fence, claimed_at, expires_at FROM claims
              WHERE person = ?1 AND expires_at > \(engine.leaseTime("?2")) ORDER BY fence
            """)
        row.bind(1, person.rawValue)
        row.bind(2, now.milliseconds)
        return try claims(row)
    }

    private func claims(_ row: any SQLStatement) throws -> [Claim] {
        defer { row.reset() }
        var result: [Claim] = []
        while try row.step() { result.append(claim(row)) }
        return result
    }

    private func claim(_ row: any SQLStatement) -> Claim {
        Claim(
            post: PostID(row.text(0)), person: PersonID(row.text(1)), fence: row.integer(2),
            claimedAt: Timestamp(milliseconds: row.integer(3)),
            expiresAt: Timestamp(milliseconds: row.integer(4)))
    }

    // MARK: Taking

    func claimNext(_ request: ClaimRequest) throws -> Claim? {
        let row = try prepare(
            """
            SELECT rank, number FROM posts INDEXED BY posts_place
              WHERE state = 0 AND state <> 1 AND shelf = ?
              AND NOT EXISTS (SELECT 1 FROM skips WHERE person = ? AND post = number)
              ORDER BY rank, number LIMIT 1\(engine.holdingFree)
            """)
        defer { row.reset() }
        var best: QueuePlace?
        row.bind(2, request.person.rawValue)
        for (_, number, shelf) in try stockedShelves(in: [.waiting]) where shelf.fits(request) {
            row.reset()
            row.bind(1, number)
            guard try row.step() else { continue }
            let first = QueuePlace(rank: row.integer(0), number: row.integer(1))
            best = best.map { min($0, first) } ?? first
        }
        row.reset()
        guard let best else { return nil }
        let named = try prepare("SELECT id FROM posts WHERE number = ?")
        defer { named.reset() }
        named.bind(1, best.number)
        guard try named.step() else { throw StoreError.damaged("the order of the queue") }
        let id = PostID(named.text(0))
        note(best.number, of: id)
        return try take(best.number, id: id, for: request)
    }

    func claim(_ post: PostID, for request: ClaimRequest) throws -> Claim? {
        guard let place = try place(of: post), place.state == .waiting else { return nil }
        return try take(place.number, id: post, for: request)
    }

    private func take(_ number: Int64, id: PostID, for request: ClaimRequest) throws -> Claim {
        let fence = try nextFence()
        try setState(.claimed, of: id)
        let row = try prepare(
            "INSERT INTO claims VALUES (?1, ?2, ?3, ?4, ?5, \(engine.leaseTime("?5")) + ?6)")
        row.bind(1, number)
        row.bind(2, id.rawValue)
        row.bind(3, request.person.rawValue)
        row.bind(4, fence)
        row.bind(5, request.now.milliseconds)
        row.bind(6, request.expiresAt.milliseconds - request.now.milliseconds)
        try row.send()
        return Claim(
            post: id, person: request.person, fence: fence, claimedAt: request.now,
            expiresAt: request.expiresAt)
    }

    private func nextFence() throws -> Int64 {
        if let fence = try engine.nextFence() { return fence }
        let fence = try lastFence() + 1
        newFence = fence
        return fence
    }

    // MARK: Keeping and giving back

    func renew(_ claim: Claim, until: Timestamp, at now: Timestamp) throws -> Bool {
        guard let number = try number(of: claim.post) else { return false }
        let row = try prepare(
            """
            UPDATE claims SET expires_at = max(expires_at, \(engine.leaseTime("?1")) + ?2)
              WHERE post = ?3 AND fence = ?4 AND person = ?5
            """)
        row.bind(1, now.milliseconds)
        row.bind(2, until.milliseconds - now.milliseconds)
        row.bind(3, number)
        row.bind(4, claim.fence)
        row.bind(5, claim.person.rawValue)
        return try row.run() == 1
    }

    func releaseExpiredClaims(at now: Timestamp, limit: Int) throws -> [Claim] {
        let row = try prepare(
            """
            SELECT id, person, fence, claimed_at, expires_at FROM claims
              WHERE expires_at <= \(engine.leaseTime("?1"))\(engine.holdingFree)
            """)
        row.bind(1, now.milliseconds)
        // Sorted here: a sorter of SQLite's costs more than all the rest, and hardly ever has anything to do.
        let expired = try claims(row).sorted { $0.expiresAt < $1.expiresAt }.prefix(limit)
        for claim in expired {
            let kept = try draft(on: claim.post, by: claim.person)
            try setState(.waiting, of: claim.post)
            if let kept { try save(kept, on: claim.post, by: claim.person) }
        }
        return Array(expired)
    }

    func setState(_ state: PostState, of post: PostID) throws {
        guard let place = try place(of: post) else {
            throw StoreError.damaged("post \(post), which is missing")
        }
        if place.state != state {
            heldPlaces[post] = nil
            let row = try prepare("UPDATE posts SET state = ? WHERE number = ?")
            row.bind(1, state.code)
            row.bind(2, place.number)
            try row.send()
            count(-1, state: place.state, shelf: place.shelf)
            count(1, state: state, shelf: place.shelf)
        }
        if state == .escalated { try noteEscalation(of: post) }
        guard state != .claimed, place.state == .claimed else { return }
        let draft = try prepare(
            """
            DELETE FROM drafts WHERE post = ?1
              AND person = (SELECT person FROM claims WHERE claims.post = ?2)
            """)
        draft.bind(1, post.rawValue)
        draft.bind(2, place.number)
        try draft.send()
        let claim = try prepare("DELETE FROM claims WHERE post = ?")
        claim.bind(1, place.number)
        try claim.send()
    }

    func recordSkip(of post: PostID, by person: PersonID, at now: Timestamp) throws {
        let row = try prepare(
            """
            INSERT INTO skips SELECT ?, number, ? FROM post_ids WHERE id = ?
              ON CONFLICT (person, post) DO UPDATE SET at = excluded.at
            """)
        row.bind(1, person.rawValue)
        row.bind(2, now.milliseconds)
        row.bind(3, post.rawValue)
        try row.run()
    }

    // MARK: Drafts

    func draft(on post: PostID, by person: PersonID) throws -> Draft? {
        let row = try prepare("SELECT card FROM drafts WHERE post = ? AND person = ?")
        defer { row.reset() }
        row.bind(1, post.rawValue)
        row.bind(2, person.rawValue)
        guard try row.step() else { return nil }
        return try Card.value(Draft.self, row.text(0), of: "a draft")
    }

    func save(_ draft: Draft?, on post: PostID, by person: PersonID) throws {
        guard let draft else {
            let row = try prepare("DELETE FROM drafts WHERE post = ? AND person = ?")
            row.bind(1, post.rawValue)
            row.bind(2, person.rawValue)
            try row.send()
            return
        }
        let row = try prepare(
            """
            INSERT INTO drafts VALUES (?, ?, ?) ON CONFLICT (post, person) DO UPDATE SET card = excluded.card
            """)
        row.bind(1, post.rawValue)
        row.bind(2, person.rawValue)
        row.bind(3, try Card.text(draft))
        try row.send()
    }
}
