import ArgumentParser
import Desk
import Exposure
import Foundation
import Ledger
import Moderation
import Store

extension ExposureCommand {
    /// `releve exposure hand-over`: to one physician.
    struct HandOver: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "hand-over",
            abstract: "Hand your record, as it is now, to one physician; you can take it back.")
        @OptionGroup var site: SiteOptions
        @Option(name: .customLong("to"), help: "The physician's OS user.") var user: String
        @OptionGroup var since: SinceDayOptions

        func run() throws {
            let day = try since.day()
            let (desk, person) = try site.signIn()
            let handover = try desk.handOver(to: user, by: person, since: day)
            Output.line(HandoverWords.current.handed(handover.id.rawValue, to: user))
        }
    }

    /// `releve exposure handovers`: who holds what.
    struct Handovers: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "List the records you handed over and when they were opened; for a physician, those they hold."
        )
        @OptionGroup var site: SiteOptions
        @Flag(help: "A JSON list.") var json = false

        func run() throws {
            let (desk, person) = try site.signIn()
            var rows = try desk.handovers(by: person)
            if person.roles.contains(.physician) { rows += try desk.handovers(to: person) }
            if json { return try Output.json(rows.map(Row.init)) }
            let words = HandoverWords.current
            if rows.isEmpty { return Output.line(words.none) }
            for row in rows { Output.line(words.line(row)) }
        }

        private struct Row: Encodable {
            let id, person, physician, at: String
            // swift-format-ignore: AlwaysUseLowerCamelCase
            let revoked_at: String?
            let opened: [String]

            init(_ row: NamedHandover) {
                id = row.handover.id.rawValue
                person = row.person
                physician = row.physician
                at = row.handover.at.rfc3339
                revoked_at = row.handover.revokedAt?.rfc3339
                opened = row.openedAt.map(\.rfc3339)
            }
        }
    }

    /// `releve exposure take-back ID`.
    struct TakeBack: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "take-back", abstract: "Take a record back that you handed over.")
        @OptionGroup var site: SiteOptions
        @Argument(help: "Which (see: releve exposure handovers).") var id: String

        func run() throws {
            let (desk, person) = try site.signIn()
            try desk.takeBack(HandoverID(id), by: person)
            Output.line(HandoverWords.current.takenBack(id))
        }
    }

    /// `releve exposure open ID`: for the physician.
    struct Open: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Open a record that was handed over to you; its owner is told.")
        @OptionGroup var site: SiteOptions
        @Argument(help: "Which (see: releve exposure handovers).") var id: String
        @Option(name: .customLong("out"), help: "Write the file instead of printing it for reading.")
        var file: String?

        func run() throws {
            let (desk, physician) = try site.signIn()
            let record = try desk.open(HandoverID(id), for: physician)
            guard let file else {
                let words = RecordWords(isFrench: Settings.language == "fr")
                for line in words.lines(record.record) { Output.line(line) }
                return
            }
            try ExportFile.write(String(decoding: record.bytes, as: UTF8.self), to: file)
        }
    }

    /// `releve exposure team`: for the workers' representative.
    struct Team: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the whole team's exposure in a month that is over; for workers' representatives.",
            discussion: """
                Sums over at least ten people, of everybody together and of whole months: a hazard at which fewer \
                worked is left out, and so is every sum that would lead to it.
                """)
        @OptionGroup var site: SiteOptions
        @Option(help: "The month, such as 2026-03; the latest that is told when left out.") var month: String?
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            let (desk, person) = try site.signIn()
            let wanted = try month.map { text in
                guard let month = TeamMonth(text) else {
                    throw Complaint("--month: no month \(text.debugDescription) (2026-03)")
                }
                return month
            }
            let told = try desk.collectiveMonth(wanted ?? desk.latestTeamMonth(), for: person)
            if json { return try Output.json(Card(told)) }
            for line in HandoverWords.current.lines(told.team) + HandoverWords.current.acts(told) {
                Output.line(line)
            }
        }

        private struct Card: Encodable {
            let month: String
            let hazards: [String: Cell]
            let percent: Int64?
            let decisions: Int?
            // swift-format-ignore: AlwaysUseLowerCamelCase
            let percent_per_thousand: Int64?
            let objections: [String: Int]
            // swift-format-ignore: AlwaysUseLowerCamelCase
            let limits_raised, limits_lowered, overrides_asked, overrides_agreed: Int

            struct Cell: Encodable {
                let minutes, percent: Int64
            }

            init(_ told: CollectiveMonth) {
                let view = told.team
                objections = Dictionary(
                    uniqueKeysWithValues: told.objections.map { ($0.key.rawValue, $0.value) })
                (limits_raised, limits_lowered) = (told.raised, told.lowered)
                (overrides_asked, overrides_agreed) = (told.overrides.asked, told.overrides.agreed)
                month = view.month.description
                hazards = Dictionary(
                    uniqueKeysWithValues: view.exposure.cells.map {
                        ($0.hazard.rawValue, Cell(minutes: $0.minutes, percent: $0.percent))
                    })
                percent = view.exposure.cells.isEmpty ? nil : view.percent
                decisions = view.exposure.decisions
                percent_per_thousand = view.percentPerThousand
            }
        }
    }
}

/// What commands say of handovers and of the whole team, in English and French.
struct HandoverWords {
    let isFrench: Bool

    static var current: HandoverWords { HandoverWords(isFrench: Settings.language == "fr") }

    private func say(_ english: String, _ french: String) -> String { isFrench ? french : english }

    /// What was held against rules, and what became of limits: acts, which are told as they are.
    func acts(_ told: CollectiveMonth) -> [String] {
        let objections = told.objections.mostFirst.map { rule, count in
            say("  held to be wrong \(count) times: \(rule)", "  dite fausse \(count) fois : \(rule)")
        }
        return objections + [
            say(
                "limits: \(told.raised) versions loosened, \(told.lowered) tightened only; overrides: \(told.overrides.asked) asked, \(told.overrides.agreed) agreed to",
                "limites : \(told.raised) versions assouplies, \(told.lowered) seulement resserrées ; dérogations : \(told.overrides.asked) demandées, \(told.overrides.agreed) acceptées"
            )
        ]
    }

    func handed(_ id: String, to user: String) -> String {
        say(
            "\(id): \(user) can open your record now (take it back: releve exposure take-back \(id))",
            "\(id) : \(user) peut ouvrir votre relevé (le reprendre : releve exposure take-back \(id))")
    }

    func takenBack(_ id: String) -> String {
        say(
            "\(id): taken back; it can't be opened any more",
            "\(id) : repris ; personne ne peut plus l'ouvrir")
    }

    var none: String { say("no record was handed over", "aucun relevé n'a été remis") }

    func line(_ row: NamedHandover) -> String {
        let state =
            row.handover.revokedAt.map { say("taken back \($0)", "repris le \($0)") }
            ?? (row.openedAt.first.map {
                say(
                    "opened \(row.openedAt.count == 1 ? "once" : "\(row.openedAt.count) times"), last \($0)",
                    "ouvert \(row.openedAt.count) fois, le \($0)")
            } ?? "")
        return "\(row.handover.id)  \(row.handover.at)  \(row.person) → \(row.physician)  \(state)"
    }

    func lines(_ view: TeamView) -> [String] {
        let names = RecordWords(isFrench: isFrench)
        guard !view.exposure.cells.isEmpty else {
            return [
                say(
                    "\(view.month): nothing is told; fewer than \(SmallGroup.least) people were exposed at any hazard",
                    "\(view.month) : rien n'est dit ; moins de \(SmallGroup.least) personnes exposées à chaque niveau"
                )
            ]
        }
        var lines = [
            say(
                "\(view.month), everybody together; hazards with fewer than \(SmallGroup.least) people are left out",
                "\(view.month), tout le monde ensemble ; sans les niveaux de moins de \(SmallGroup.least) personnes"
            )
        ]
        for cell in view.exposure.cells {
            lines.append(
                "  \(names.name(cell.hazard).padded(10)) \(RecordWords.time(cell.minutes * 60_000))  \(cell.percent) %"
            )
        }
        if let figure = view.percentPerThousand {
            lines.append(
                say(
                    "  \(figure) % of a day's limit for a thousand decisions: the figure to lower",
                    "  \(figure) % de la limite d'un jour pour mille décisions : le chiffre à baisser"))
        }
        return lines
    }
}
