import Ledger
public import Moderation
public import Store

extension Desk {
    /// How far auditors agree, over a sample or over everything that was marked.
    ///
    /// - Parameter seed: of the bootstrap; it is told with the figures.
    public func figures(of sample: SampleID? = nil, seed: UInt64 = 1, for auditor: Person) throws(DeskError)
        -> AuditFigures
    {
        try demand(.auditor, of: auditor)
        let now = clock.now().wall
        let ratings = try read { tx in
            if let sample { _ = try known(sample, in: tx) }
            return try tx.ratings(in: sample)
        }
        let figures = AuditFigures(ratings, bootstrap: Agreement.Bootstrap(seed: seed))
        try write { tx in
            var fields: [String: LedgerValue] = [
                "decisions": .integer(Int64(figures.all.decisions)), "seed": .string(String(seed)),
            ]
            if let sample { fields["sample"] = .string(sample.rawValue) }
            try tx.append(looked("figures", by: auditor, at: now, fields: fields))
        }
        return figures
    }
}
