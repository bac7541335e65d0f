import Ledger
public import Moderation
public import Store

/// What sample somebody wants.
public struct SampleRequest: Hashable, Sendable {
    /// What to draw from; decisions that were undone are left out unless the filter asks for them.
    public var filter = DecisionFilter()
    /// By what it is stratified.
    public var strata: Set<StratumFacet> = []
    /// How many decisions.
    public var size: Int
    /// How many of each stratum at least.
    public var minimum = 1
    /// A seed agreed on before; one is drawn when `nil`.
    public var seed: String?
    /// Whether decisions are hidden until the auditor's own judgement is given.
    public var isBlind = true
    /// Who is to judge it beside the one who draws: their decisions are left out.
    public var auditors: Set<PersonID> = []

    /// Asks for a sample of all decisions that stand.
    public init(size: Int) { self.size = size }
}

/// What came of drawing a sample again.
public struct Redraw: Hashable, Sendable {
    /// The sample, as it is kept.
    public var sample: Sample
    /// The digest of what was drawn now.
    public var digest: String
    /// The digest that the ledger told when it was drawn first.
    public var recorded: String
    /// Whether it was drawn for the first time now.
    public var isFirst: Bool

    /// Whether the same decisions came out.
    public var isSame: Bool { recorded == digest }
}

/// Stratified random samples: announced with their seed first, then drawn, so that each try is seen.
extension Desk {
    /// No sample is larger.
    public static let largestSample = 100_000

    /// Announces a sample with its seed, and then draws it.
    public func drawSample(_ request: SampleRequest, by auditor: Person) throws(DeskError) -> Sample {
        try redraw(announceSample(request, by: auditor).id, by: auditor).sample
    }

    /// Says in the ledger what sample will be drawn and with which seed; nothing is drawn yet.
    public func announceSample(_ request: SampleRequest, by auditor: Person) throws(DeskError) -> Sample {
        try demand(.auditor, of: auditor)
        guard (1...Self.largestSample).contains(request.size), request.minimum >= 0 else {
            throw .invalid(
                .other("a sample has 1 to \(Self.largestSample) decisions, and no negative minimum"))
        }
        if let seed = request.seed, !Self.isSeed(seed) { throw .invalid(.audit(.badSeed)) }
        let now = clock.now().wall
        return try write { tx in
            let sample = try sample(for: request, by: auditor, at: now, in: tx)
            let populations = try tx.strata(of: sample.scope, by: sample.strata)
            guard !populations.isEmpty else { throw DeskError.invalid(.audit(.nothingToDraw)) }
            _ = try draw(sample, from: populations)
            try tx.save(sample)
            try tx.append(
                LedgerEntry(
                    kind: .sampleAnnounced, at: now, person: auditor.id, post: nil, fields: sample.terms))
            return sample
        }
    }

    private func sample(
        for request: SampleRequest, by auditor: Person, at now: Timestamp, in tx: any StoreReading
    ) throws -> Sample {
        var filter = request.filter
        filter.undone = filter.undone ?? false
        try validate(filter, in: tx)
        for person in request.auditors.sorted() {
            guard let known = try tx.person(person) else {
                throw DeskError.invalid(.audit(.noPseudonym(person.rawValue)))
            }
            try demand(.auditor, of: known)
        }
        return Sample(
            id: newID(), filter: filter, without: request.auditors.union([auditor.id]),
            strata: StratumFacet.allCases.filter(request.strata.contains), size: request.size,
            minimum: request.minimum, seed: request.seed ?? Hexadecimal.string(entropy.bytes(16)),
            isSeedGiven: request.seed != nil, isBlind: request.isBlind, ledgerSize: try tx.ledgerTree().size,
            by: auditor.id, at: now)
    }

    /// Draws a sample, or draws it again from what is recorded and compares with what the ledger told of the first draw.
    ///
    /// Reading a million decisions takes a while, so nobody is kept from writing meanwhile: what the sample is drawn
    /// from was fixed by the size of the ledger when it was announced.
    public func redraw(_ id: SampleID, by auditor: Person) throws(DeskError) -> Redraw {
        try demand(.auditor, of: auditor)
        let now = clock.now().wall
        let (sample, drawn, outcome) = try read { tx in
            let sample = try known(id, in: tx)
            try demandAnnounced(sample, in: tx)
            try demandDrawn(sample, in: tx)
            let populations = try tx.strata(of: sample.scope, by: sample.strata)
            var draw = try draw(sample, from: populations)
            try tx.forEachDecision(sample.scope, by: sample.strata) { draw.offer($0, in: $1) }
            let drawn = draw.drawn
            let strata = populations.map { key, count in
                Sample.Stratum(key: key, population: count, drawn: draw.drawn(of: key))
            }.sorted { $0.key.lexicographicallyPrecedes($1.key, by: SampleDraw.precedes) }
            return (
                sample, drawn,
                Sample.Draw(
                    population: populations.values.reduce(0, +), count: drawn.count,
                    digest: SampleDraw.digest(of: drawn), strata: strata, entry: 0)
            )
        }
        return try write { tx in
            // Asked again: somebody else may have drawn it meanwhile.
            var current = try known(id, in: tx)
            let isFirst = current.draw == nil
            if isFirst {
                current.draw = outcome
                current.draw?.entry = try tx.ledgerTree().size
                try tx.save(current)
                try tx.keep(drawn, of: id)
                try tx.append(
                    LedgerEntry(
                        kind: .sampleDrawn, at: now, person: auditor.id, post: nil, fields: outcome.fields(id)
                    ))
            } else {
                try demandDrawn(current, in: tx)
                try tx.append(
                    looked(
                        "redraw", by: auditor, at: now,
                        fields: [
                            "sample": .string(id.rawValue), "digest": .string(outcome.digest),
                            "same": .bool(
                                current.draw?.digest == outcome.digest && current.scope == sample.scope),
                        ]))
            }
            // As the ledger says it, which was just demanded.
            let recorded = current.draw?.digest ?? ""
            return Redraw(sample: current, digest: outcome.digest, recorded: recorded, isFirst: isFirst)
        }
    }

    /// All samples, newest first; for auditors.
    public func samples(for auditor: Person) throws(DeskError) -> [Sample] {
        try demand(.auditor, of: auditor)
        return try read { try $0.samples() }
    }

    /// The sample whose id begins so, if there is just one.
    public func resolveSample(prefix: String, for auditor: Person) throws(DeskError) -> SampleID {
        let found = try samples(for: auditor).map(\.id).filter { $0.rawValue.hasPrefix(prefix) }
        guard let first = found.first, found.count == 1 || found.contains(where: { $0.rawValue == prefix })
        else { throw .invalid(.audit(.noSample(prefix))) }
        return found.first { $0.rawValue == prefix } ?? first
    }

    /// A sample as it is served to this auditor after a position, at most `limit`; their own decisions are withheld.
    public func serve(_ id: SampleID, after position: Int = 0, limit: Int, to auditor: Person)
        throws(DeskError)
        -> ServedSample
    {
        try demand(.auditor, of: auditor)
        let now = clock.now().wall
        return try write { tx in
            let sample = try known(id, in: tx)
            guard sample.draw != nil else { throw DeskError.invalid(.audit(.notDrawn(id))) }
            var served = ServedSample(sample: sample, items: [], withheld: 0)
            let ids = try tx.sampleItems(of: id, after: position, limit: limit)
            for (offset, decision) in ids.enumerated() {
                guard let audited = try tx.auditedDecision(decision) else {
                    throw StoreError.damaged("decision \(decision), which is missing")
                }
                guard !audited.isAct(of: auditor.id) else {
                    served.withheld += 1
                    continue
                }
                let own = try tx.marks(on: decision).filter { $0.rater == auditor.id }
                served.items.append(
                    SampleItem(
                        position: position + offset + 1,
                        line: AuditLine(audited, isHidden: sample.isBlind && own.isEmpty),
                        isJudged: own.contains { $0.judgement != nil },
                        verdict: own.last { $0.verdict != nil }?.verdict))
            }
            try tx.append(
                looked(
                    "sample", by: auditor, at: now,
                    fields: [
                        "sample": .string(id.rawValue), "count": .integer(Int64(served.items.count)),
                        "withheld": .integer(Int64(served.withheld)),
                    ]))
            return served
        }
    }

    // MARK: Inside a transaction

    func known(_ id: SampleID, in tx: any StoreReading) throws -> Sample {
        guard let sample = try tx.sample(id) else {
            throw DeskError.invalid(.audit(.noSample(id.rawValue)))
        }
        return sample
    }

    /// What is drawn is what the ledger announced: the entry's number is the size that it tells.
    private func demandAnnounced(_ sample: Sample, in tx: any StoreReading) throws {
        let bytes = try tx.ledgerEntries(from: sample.ledgerSize, limit: 1).first
        let told = try bytes.map { try LedgerEntry(canonicalBytes: $0) }
        guard let told, told.kind == .sampleAnnounced, told.fields == sample.terms, told.person == sample.by
        else { throw StoreError.damaged("sample \(sample.id), which is not as the ledger announced it,") }
    }

    /// What is kept of the first draw is what the ledger told of it, down to the decisions; and a sample of which the
    /// ledger tells a draw has one.
    private func demandDrawn(_ sample: Sample, in tx: any StoreReading) throws {
        let isRight =
            if let draw = sample.draw {
                try isTold(draw, of: sample.id, in: tx) && itemsDigest(of: sample.id, in: tx) == draw.digest
            } else {
                try !isDrawTold(of: sample, in: tx)
            }
        guard isRight else {
            throw StoreError.damaged("sample \(sample.id), which is not as the ledger tells it was drawn,")
        }
    }

    private func isTold(_ draw: Sample.Draw, of sample: SampleID, in tx: any StoreReading) throws -> Bool {
        guard let bytes = try tx.ledgerEntries(at: [draw.entry]).first,
            let told = try? LedgerEntry(canonicalBytes: bytes)
        else { return false }
        return told.kind == .sampleDrawn && told.fields == draw.fields(sample)
    }

    /// Of a sample that was just announced few entries have to be read.
    private func isDrawTold(of sample: Sample, in tx: any StoreReading) throws -> Bool {
        var index = sample.ledgerSize + 1
        while true {
            let page = try tx.ledgerEntries(from: index, limit: 1000)
            guard !page.isEmpty else { return false }
            for entry in page.lazy.compactMap({ LedgerEntry(verifiedBytes: $0) })
            where entry.kind == .sampleDrawn && entry.text("sample") == sample.id.rawValue { return true }
            index += Int64(page.count)
        }
    }

    private func itemsDigest(of sample: SampleID, in tx: any StoreReading) throws -> String {
        var ids: [DecisionID] = []
        while true {
            let page = try tx.sampleItems(of: sample, after: ids.count, limit: 1000)
            guard !page.isEmpty else { return SampleDraw.digest(of: ids) }
            ids += page
        }
    }

    private func draw(_ sample: Sample, from populations: [[String]: Int]) throws -> SampleDraw {
        let draw = SampleDraw(
            seed: sample.seed, size: sample.size, minimum: sample.minimum, populations: populations)
        guard let draw else {
            let needed = populations.values.reduce(0) { $0 + min(sample.minimum, $1) }
            throw DeskError.invalid(.audit(.sampleTooSmall(needed: needed, strata: populations.count)))
        }
        return draw
    }

    private static func isSeed(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            }
    }
}

extension Sample {
    /// What the ledger says before it is drawn: all that a stranger needs to draw it.
    var terms: [String: LedgerValue] {
        [
            "sample": .string(id.rawValue), "filter": AuditQuery.value(filter),
            "without": .array(without.sorted().map { .string($0.rawValue) }),
            "strata": .array(strata.map { .string($0.rawValue) }), "size": .integer(Int64(size)),
            "minimum": .integer(Int64(minimum)), "seed": .string(seed), "seed_given": .bool(isSeedGiven),
            "blind": .bool(isBlind), "ledger_size": .integer(ledgerSize),
        ]
    }
}

extension Sample.Draw {
    /// What the ledger says when it is drawn.
    func fields(_ id: SampleID) -> [String: LedgerValue] {
        let told = strata.map { stratum in
            LedgerValue.object([
                "key": .array(stratum.key.map { .string($0) }),
                "population": .integer(Int64(stratum.population)), "drawn": .integer(Int64(stratum.drawn)),
            ])
        }
        var fields: [String: LedgerValue] = [
            "sample": .string(id.rawValue), "population": .integer(Int64(population)),
            "count": .integer(Int64(count)), "digest": .string(digest),
            "strata": .array(Array(told.prefix(Self.strataInEntry))),
        ]
        if told.count > Self.strataInEntry {
            let all = CanonicalJSON.bytes(of: .array(told))
            fields["strata_digest"] = .string(ContentCommitment.sha256(all))
        }
        return fields
    }

    /// An entry names no more strata than this; a digest tells the rest.
    private static let strataInEntry = 200
}
