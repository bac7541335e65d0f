import ArgumentParser
import Desk
import Exposure
import Foundation
import Moderation
import Store

/// `releve queue`: what waits.
struct QueueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue", abstract: "See what waits; content stays covered unless asked for.",
        subcommands: [List.self, Show.self, Stats.self, Rejected.self, Reopen.self, Alike.self],
        defaultSubcommand: Stats.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List posts, with nothing of their words.")
        @OptionGroup var site: SiteOptions
        @Flag(help: "One JSON object.") var json = false
        @Option(help: "At most so many posts.") var limit = 50
        @Option(help: "Leave out the first so many.") var offset = 0
        @Option(help: "waiting, claimed, decided or escalated; several by commas.") var state: String?
        @Option(help: "none, mild, moderate, severe or extreme; several by commas.") var hazard: String?
        @Option(help: "Languages, such as en,fr.") var language: String?

        func validate() throws {
            guard limit >= 0, offset >= 0 else {
                throw ValidationError("--limit and --offset can't be negative")
            }
        }

        func run() throws {
            let (desk, _) = try site.signIn()
            let filter = QueueFilter(
                states: try Choices.set(state, PostState.self, option: "--state"),
                hazards: try Choices.set(hazard, Hazard.self, option: "--hazard"),
                languages: Set(Choices.words(language)))
            let posts = try desk.queue(filter, offset: offset, limit: limit)
            if json { return try Output.json(Posts(posts: posts.map(Row.init))) }
            for post in posts {
                let suggested = post.recommendation.map { "\($0.action.rawValue) (\($0.policy))" } ?? "-"
                Output.line(
                    [
                        post.id.rawValue, post.state.rawValue.padded(9), post.hazard.rawValue.padded(8),
                        (post.language ?? "-").padded(3), "\(post.flagCount) flags".padded(9),
                        post.source.padded(20), suggested,
                    ].joined(separator: "  "))
            }
        }

        private struct Posts: Encodable { let posts: [Row] }

        private struct Row: Encodable {
            let id, hazard, state, source: String
            let language, recommended, policy, deadline: String?
            let flags, priority: Int
            let takenIn: String

            init(_ item: QueueItem) {
                id = item.id.rawValue
                hazard = item.hazard.rawValue
                state = item.state.rawValue
                source = item.source
                language = item.language
                recommended = item.recommendation?.action.rawValue
                policy = item.recommendation?.policy.rawValue
                deadline = item.deadline?.rfc3339
                flags = item.flagCount
                priority = item.priority
                takenIn = item.takenInAt.rfc3339
            }

            enum CodingKeys: String, CodingKey {
                case id, hazard, state, source, language, recommended, policy, deadline, flags, priority
                case takenIn = "taken_in"
            }
        }
    }

    struct Stats: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Count posts by state, hazard and language.")
        @OptionGroup var site: SiteOptions
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            let (desk, person) = try site.signIn()
            let statistics = try desk.statistics()
            let unserved = person.roles.contains(.lead) ? try desk.unserved(for: person) : nil
            if json { return try Output.json(Summary(statistics, unserved: unserved)) }
            for post in unserved ?? [] { Output.line(Unserved(post).line) }
            for state in PostState.allCases {
                Output.line("\(state.rawValue.padded(10)) \(statistics.total(state))")
            }
            for hazard in Hazard.allCases {
                let languages = statistics.counts.filter { $0.state == .waiting && $0.hazard == hazard }
                    .sorted { $0.posts > $1.posts }.map { "\($0.language ?? "-") \($0.posts)" }
                guard !languages.isEmpty else { continue }
                Output.line("  waiting \(hazard.rawValue.padded(9)) \(languages.joined(separator: ", "))")
            }
        }

        private struct Summary: Encodable {
            let waiting, claimed, decided, escalated: Int
            let hazards, languages: [String: Int]
            /// Urgent posts that nobody present can take, one of each kind; for leads.
            let unserved: [Unserved]?

            init(_ statistics: QueueStatistics, unserved: [UnservedUrgent]?) {
                self.unserved = unserved?.map(Unserved.init)
                waiting = statistics.total(.waiting)
                claimed = statistics.total(.claimed)
                decided = statistics.total(.decided)
                escalated = statistics.total(.escalated)
                let open = statistics.counts.filter { $0.state == .waiting }
                hazards = Dictionary(open.map { ($0.hazard.rawValue, $0.posts) }, uniquingKeysWith: +)
                languages = Dictionary(open.map { ($0.language ?? "", $0.posts) }, uniquingKeysWith: +)
            }
        }
    }

    /// An urgent post that nobody present can take.
    private struct Unserved: Encodable {
        let post, hazard, since: String
        let language, deadline: String?

        init(_ urgent: UnservedUrgent) {
            post = urgent.post.rawValue
            hazard = urgent.hazard.rawValue
            since = urgent.since.rfc3339
            language = urgent.language
            deadline = urgent.deadline?.rfc3339
        }

        var line: String {
            "urgent: nobody present can take \(post) (\(hazard), \(language ?? "-")"
                + (deadline.map { ", due \($0)" } ?? "") + ") since \(since)"
        }
    }

    struct Reopen: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take back what a rule decided by itself; the post waits for a person again. For leads."
        )
        @OptionGroup var site: SiteOptions
        @Argument(help: "The post's id, or its beginning.") var id: String

        func run() throws {
            let (desk, person) = try site.signIn()
            let post = try desk.resolve(prefix: id)
            try desk.reopen(post, by: person)
            Output.line("\(post) waits for a person")
        }
    }

    struct Rejected: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List records that could not be taken in.")
        @OptionGroup var site: SiteOptions
        @Option(help: "At most so many.") var limit = 50

        func run() throws {
            let (desk, _) = try site.signIn()
            for record in try desk.rejected(limit: limit) {
                Output.line("\(record.file):\(record.line): \(record.reason)")
            }
        }
    }
}

/// Reads lists of choices.
enum Choices {
    static func words(_ text: String?) -> [String] {
        (text ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    static func set<Value>(_ text: String?, _: Value.Type, option: String) throws -> Set<Value>
    where Value: RawRepresentable<String> & CaseIterable & Hashable {
        Set(
            try words(text).map { word in
                guard let value = Value(rawValue: word) else {
                    let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
                    throw Complaint("\(option): unknown \(word.debugDescription) (one of \(known))")
                }
                return value
            })
    }
}

extension String {
    /// With spaces up to a width; for words of our own only.
    func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
