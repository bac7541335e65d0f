import ArgumentParser
import Desk
import Foundation
import Moderation

/// `releve replay`: recorded work, gone through again.
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Go through recorded work again: watch a shift, recompute findings, ask what if.",
        subcommands: [Watch.self, Recompute.self, WhatIf.self])
}

/// Which recorded work a replay is about.
struct ReplayOptions: ParsableArguments {
    @Option(help: "From this time on: 2026-03-02, 2026-03-02T09:00:00Z, or 7d (days), 12h before now.")
    var from: String?
    @Option(help: "Before this time, in the same forms.") var to: String?

    func moments(now: Timestamp) throws -> (from: Timestamp?, to: Timestamp?) {
        let from = try self.from.map { try Moments.read($0, option: "--from", now: now) }
        let to = try self.to.map { try Moments.read($0, option: "--to", now: now) }
        if let from, let to, from >= to {
            throw Complaint("--from \(from) is not before --to \(to) (exchange them)")
        }
        return (from, to)
    }
}

/// Moments as people type them.
enum Moments {
    /// A date, which begins at midnight UTC, a moment of RFC 3339, or a time before now such as `7d`.
    static func read(_ text: String, option: String, now: Timestamp) throws -> Timestamp {
        if let moment = Timestamp(rfc3339: text) ?? Timestamp(rfc3339: text + "T00:00:00Z") { return moment }
        let seconds: [Character: Int64] = ["d": 86_400, "h": 3600, "m": 60]
        if let unit = text.last.flatMap({ seconds[$0] }), let number = Int64(text.dropLast()),
            (0...1_000_000).contains(number)
        {
            return now - .seconds(number * unit)
        }
        throw Complaint(
            "\(option): \(text.debugDescription) is no time (such as 2026-03-02, 2026-03-02T09:00:00Z or 7d)")
    }
}
