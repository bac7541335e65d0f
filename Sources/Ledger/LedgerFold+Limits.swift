import Moderation

extension LedgerFold {
    /// Takes what happens to limits before they are in force, and to leaves from them.
    mutating func takeLimits(_ entry: LedgerEntry, at index: Int64) {
        switch entry.kind {
        case .limitsProposed:
            guard let name = entry.text("proposal") else { return }
            proposalPlaces[name] = proposals.count
            proposals.append([index])
        case .limitsApproved, .limitsRefused, .limitsWithdrawn:
            guard let place = entry.text("proposal").flatMap({ proposalPlaces[$0] }) else { return }
            proposals[place].append(index)
        case .limitsAcknowledged: acknowledgements.append(index)
        case .overrideRequested:
            guard let name = entry.text("override") else { return }
            overridePlaces[name] = overrides.count
            overrides.append([index])
        default:
            guard let place = entry.text("override").flatMap({ overridePlaces[$0] }) else { return }
            overrides[place].append(index)
        }
    }
}
