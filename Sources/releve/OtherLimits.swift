import ArgumentParser
import Exposure
import Foundation

/// Limits to ask about, instead of those in force: the same for every command that asks.
struct OtherLimits: ParsableArguments {
    @Option(help: "Other limits, from a file of JSON.") var limits: String?
    @Option(name: .customLong("set"), help: "Another limit, NAME=FIGURE, such as daily=80; repeat it.")
    var changes: [String] = []

    var areGiven: Bool { limits != nil || !changes.isEmpty }

    /// The limits asked about, over those in force.
    func read(over inForce: Limits) throws -> Limits {
        var other = inForce
        if let limits {
            guard let data = FileManager.default.contents(atPath: limits) else {
                throw Complaint("\(limits): there is no such file (make one: releve limits show --json)")
            }
            do { other = try JSONDecoder().decode(Limits.self, from: data) } catch let error as LimitsError {
                throw Complaint("\(limits): \(error.description)")
            } catch {
                throw Complaint(
                    "\(limits): not an object of limits, name by name (see: releve limits show --json)")
            }
        }
        for change in changes { try Figure.apply(change, to: &other) }
        do throws(LimitsError) { return try other.validated() } catch {
            throw Complaint("these limits can't be: \(error.description)")
        }
    }
}
