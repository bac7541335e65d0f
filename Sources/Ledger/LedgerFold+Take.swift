import Moderation

extension LedgerFold {
    /// Takes the next entry's bytes, which were found canonical before.
    public mutating func take(_ bytes: [UInt8]) {
        defer { size += 1 }
        if let post = Self.takenIn(bytes) { return take(in: post, at: size) }
        guard let entry = LedgerEntry(verifiedBytes: bytes) else { return }
        take(entry, at: size)
    }

    private static let takenInStart = Array(#","kind":"taken_in","post":""#.utf8)
    private static let takenInEnd = Array(#"","v":1}"#.utf8)

    /// The post of an entry that takes one in, of which nothing else has to be read; most entries are such.
    ///
    /// Members stand in the order of their names, and an unescaped quotation mark after a comma begins a name: so what
    /// ends like this is the end of the entry itself and not words in it.
    private static func takenIn(_ bytes: [UInt8]) -> Name? {
        guard let end = bytes.ending(takenInEnd, before: bytes.count) else { return nil }
        var start = end
        while start > 0, isOfID(bytes[start - 1]) { start -= 1 }
        guard start < end, bytes.ending(takenInStart, before: start) != nil else { return nil }
        return bytes[start..<end].withUnsafeBufferPointer { Name(utf8: $0) }
    }

    private static func isOfID(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }

    private mutating func take(in post: Name, at index: Int64) {
        postCount += 1
        guard share.holds(post), posts[post] == nil else { return }
        posts[post] = Post(ordinal: postCount, takenIn: index)
    }

    private mutating func take(_ entry: LedgerEntry, at index: Int64) {
        switch entry.kind {
        case .takenIn, .flagged, .evaluated, .erased: takeContent(entry, at: index)
        case .claimed, .claimExpired, .released, .skipped, .escalated: takeWork(entry, at: index)
        case .decided, .undone, .delivered: takeDecision(entry, at: index)
        case .uncovered, .covered, .recharged: takeSpan(entry, at: index)
        case .shiftStarted, .shiftEnded, .breakStarted, .breakEnded:
            if let shift = entry.text("shift") { shifts[shift, default: []].append(index) }
        case .personAdded, .personChanged: if let who = entry.text("who") { people[who] = index }
        case .limitsInForce: limits.append(index)
        case .bundleInForce:
            bundles.append(index)
            if let bundle = entry.text("bundle") { bundleNames.insert(bundle) }
        case .automationApproved, .automationEnded: takeAutomation(entry, at: index)
        case .ruleDisputed: objections.append(index)
        case .siteMade, .formChanged, .keyChanged: takeSite(entry, at: index)
        case .auditJudged, .auditMarked: marks.append(index)
        case .sampleAnnounced, .sampleDrawn: takeSample(entry, at: index)
        case .openingRequested, .openingApproved, .openingRefused, .pseudonymOpened:
            takeOpening(entry, at: index)
        case .stated: statements.append(index)
        case .exposureSettled: settlements.append(index)
        case .doseTaken: takings.append(index)
        case .conditionsSet: conditions.append(index)
        case .handedOver, .handoverOpened, .handoverRevoked: takeHandover(entry, at: index)
        case .limitsProposed, .limitsApproved, .limitsRefused, .limitsWithdrawn, .limitsAcknowledged,
            .overrideRequested, .overrideCountersigned, .overrideRefused, .override, .overrideDeclined:
            takeLimits(entry, at: index)
        case .supportChanged: support.append(index)
        case .replayed: if entry.text("replay") == "watch" { watchings.append(index) }
        // Of these no table tells anything.
        case .urgentUnserved, .limitReached, .deliveryFailed, .auditLooked, .exported, .recordExported:
            break
        }
    }

    // MARK: What auditors do

    private mutating func takeSample(_ entry: LedgerEntry, at index: Int64) {
        guard let name = entry.text("sample") else { return }
        if entry.kind == .sampleAnnounced {
            samplePlaces[name] = samples.count
            samples.append(Course(began: index))
        } else if let place = samplePlaces[name], samples[place].last == nil {
            samples[place].last = index
        }
    }

    private mutating func takeOpening(_ entry: LedgerEntry, at index: Int64) {
        guard let name = entry.text("request") else { return }
        if entry.kind == .openingRequested {
            openingPlaces[name] = openings.count
            openings.append([index])
        } else if let place = openingPlaces[name] {
            openings[place].append(index)
        }
    }

    private mutating func takeHandover(_ entry: LedgerEntry, at index: Int64) {
        guard let name = entry.text("handover") else { return }
        switch entry.kind {
        case .handedOver:
            handoverPlaces[name] = handovers.count
            handovers.append(Course(began: index))
        case .handoverOpened: handoverLooks.append(index)
        default: if let place = handoverPlaces[name] { handovers[place].last = index }
        }
    }

    private mutating func takeSite(_ entry: LedgerEntry, at index: Int64) {
        switch entry.kind {
        case .keyChanged: key = index
        case .siteMade where index == 0: site = index
        default: break
        }
        if fullFrom == nil, entry.number("form") ?? 1 >= 2 { fullFrom = index }
    }

    // MARK: Posts

    private mutating func takeContent(_ entry: LedgerEntry, at index: Int64) {
        guard let id = entry.post else { return }
        if entry.kind == .erased { erasures.append(index) }
        if entry.kind == .takenIn { return take(in: Name(id.rawValue), at: index) }
        let isReplacing = fullFrom != nil && (entry.kind == .flagged || entry.kind == .evaluated)
        let name = Name(id.rawValue)
        guard share.holds(name) else {
            if isReplacing { replaced.append(NarrowIfAny(wrappedValue: nil)) }
            return
        }
        guard var post = posts[name] else {
            if isReplacing { replaced.append(NarrowIfAny(wrappedValue: nil)) }
            return
        }
        if isReplacing { replaced.append(NarrowIfAny(wrappedValue: post.evaluated)) }
        switch entry.kind {
        case .flagged:
            let version = entry.number("version") ?? 1
            formerVersions[Pair(post: name, version: version - 1)] = post.evaluated
            post.evaluated = index
            if post.state == .decided {
                post.state = .waiting
                post.moved = index
            }
        case .evaluated: post.evaluated = index
        case .erased:
            post.erased = index
            if post.state != .decided {
                post.state = .erased
                post.moved = index
            }
        default: break
        }
        posts[name] = post
    }

    private mutating func move(_ id: PostID?, to state: PostState, at index: Int64) {
        guard let id else { return }
        let name = Name(id.rawValue)
        guard share.holds(name) else { return }
        posts[name]?.state = state
        posts[name]?.moved = index
    }

    private mutating func takeWork(_ entry: LedgerEntry, at index: Int64) {
        switch entry.kind {
        case .claimed:
            lastFence = max(lastFence, entry.number("fence") ?? 0)
            move(entry.post, to: .claimed, at: index)
        case .escalated:
            move(entry.post, to: .escalated, at: index)
            takeEscalation(entry, at: index)
        case .skipped:
            move(entry.post, to: .waiting, at: index)
            guard let post = entry.post.map({ Name($0.rawValue) }), share.holds(post) else { return }
            skips[Pair(post: post, person: entry.person?.rawValue ?? "")] = index
        default: move(entry.post, to: .waiting, at: index)
        }
    }

    private mutating func takeEscalation(_ entry: LedgerEntry, at index: Int64) {
        guard let post = entry.post.map({ Name($0.rawValue) }), share.holds(post) else { return }
        var course = escalations[post] ?? Course(began: index)
        if course.last == nil, fullFrom != nil { course.last = index }
        escalations[post] = course
    }

    // MARK: Decisions, spans, leaves

    private mutating func takeDecision(_ entry: LedgerEntry, at index: Int64) {
        if entry.kind == .decided {
            decisionCount += 1
            move(entry.post, to: .decided, at: index)
        }
        if entry.kind == .undone { move(entry.post, to: .waiting, at: index) }
        guard let text = entry.text("decision") else { return }
        // By its post, so that a share knows whether that was erased.
        guard share.holds(Name(entry.post?.rawValue ?? "")) else { return }
        let name = Name(text)
        switch entry.kind {
        case .decided: decisions[name] = Decision(ordinal: decisionCount, decided: index)
        case .undone: decisions[name]?.undone = index
        default: decisions[name]?.delivered = index
        }
    }

    private mutating func takeSpan(_ entry: LedgerEntry, at index: Int64) {
        // By the person, so that a settled day finds all of its spans.
        guard let name = entry.text("span").map({ Name($0) }),
            share.holds(Name(entry.person?.rawValue ?? ""))
        else { return }
        if entry.kind == .uncovered { spans[name] = Course(began: index) } else { spans[name]?.last = index }
    }

    private mutating func takeAutomation(_ entry: LedgerEntry, at index: Int64) {
        if entry.kind == .automationApproved {
            standingAutomations[entry.text("rule") ?? "", default: []].append(automations.count)
            return automations.append(Course(began: index))
        }
        guard case .array(let rules)? = entry.fields["rules"] else { return }
        for case .string(let rule) in rules {
            for place in standingAutomations.removeValue(forKey: rule) ?? [] {
                automations[place].last = index
            }
        }
    }
}

extension [UInt8] {
    /// Where a part begins that ends at a place; `nil` when something else stands there.
    fileprivate func ending(_ part: [UInt8], before place: Int) -> Int? {
        let start = place - part.count
        guard start >= 0, self[start..<place].elementsEqual(part) else { return nil }
        return start
    }
}
