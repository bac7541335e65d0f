import ArgumentParser
import Desk
import Exposure
import Foundation
import Moderation

/// `releve conditions`: pay, and for how long exposure may be disputed.
struct ConditionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conditions",
        abstract: "See and set working conditions: pay, its floor, and how long single spans are kept.",
        subcommands: [Show.self, Set.self], defaultSubcommand: Show.self)

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the conditions in force, and what your own work of the last 24 hours came to.")
        @OptionGroup var site: SiteOptions
        @Flag(help: "One JSON object.") var json = false

        func run() throws {
            let (desk, person) = try site.signIn()
            let conditions = try desk.conditions()
            let own = try desk.ownPay(of: person)
            if json { return try Output.json(Card(conditions, own)) }
            let words = PayWords(language: Settings.language)
            for line in words.lines(conditions) { Output.line(line) }
            if let own { for line in words.lines(own) { Output.line(line) } }
        }
    }

    struct Set: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set conditions; for leads. What is not named stays as it is.")
        @OptionGroup var site: SiteOptions
        @Option(help: "What an hour worked is paid, such as 15.50.") var perHour: String?
        @Option(help: "What a decision is paid, such as 0.12.") var perItem: String?
        @Option(help: "The currency, such as EUR.") var currency: String?
        @Option(help: "The least that an hour must come to, such as 12.02.") var floor: String?
        @Option(help: "Who names that floor: law or site.") var floorBy: String?
        @Flag(help: "Say nothing of pay any more.") var noPay = false
        @Option(help: "For how many days single spans are kept.") var disputeDays: Int?

        func run() throws {
            let (desk, lead) = try site.signIn()
            var conditions = try desk.conditions()
            if let disputeDays { conditions.disputeDays = disputeDays }
            if noPay {
                guard perHour == nil, perItem == nil, floor == nil else {
                    throw Complaint("--no-pay goes with no other word about pay")
                }
                conditions.pay = nil
            } else {
                conditions.pay = try pay(over: conditions.pay)
            }
            conditions = try desk.set(conditions, by: lead)
            for line in PayWords(language: Settings.language).lines(conditions) { Output.line(line) }
        }

        private func pay(over before: Pay?) throws -> Pay? {
            guard perHour == nil || perItem == nil else {
                throw Complaint("--per-hour or --per-item, not both")
            }
            guard perHour != nil || perItem != nil || currency != nil || floor != nil || floorBy != nil else {
                return before
            }
            let code = currency ?? before?.currency.code
            guard let code else { throw Complaint("--currency is needed, such as EUR") }
            guard let currency = Currency(code: code) else {
                throw Complaint(
                    "--currency: \(code.debugDescription) is not three capital letters, such as EUR")
            }
            if before?.currency != nil, before?.currency != currency, perHour == nil, perItem == nil {
                throw Complaint("another currency needs a new rate (--per-hour or --per-item)")
            }
            func money(_ text: String, _ option: String) throws -> Money {
                guard let money = currency.money(text) else {
                    throw Complaint(
                        "\(option): \(text.debugDescription) is no amount with at most \(currency.digits) decimal digits"
                    )
                }
                return money
            }
            var pay: Pay
            if let perHour {
                pay = Pay(basis: .hour, rate: try money(perHour, "--per-hour"), currency: currency)
            } else if let perItem {
                pay = Pay(basis: .item, rate: try money(perItem, "--per-item"), currency: currency)
            } else if let before {
                pay = before
            } else {
                throw Complaint("a rate is needed (--per-hour or --per-item)")
            }
            if before?.currency == currency { pay.floor = before?.floor }
            if let floor {
                pay.floor = Pay.Floor(
                    hourly: try money(floor, "--floor"), namedBy: pay.floor?.namedBy ?? .law)
            }
            if let floorBy {
                guard let namer = Pay.Namer(rawValue: floorBy), pay.floor != nil else {
                    throw Complaint("--floor-by: law or site, beside a --floor")
                }
                pay.floor?.namedBy = namer
            }
            return pay
        }
    }

    private struct Card: Encodable {
        // swift-format-ignore: AlwaysUseLowerCamelCase
        let dispute_days: Int
        let pay: PayCard?
        let own: OwnCard?

        init(_ conditions: Conditions, _ own: OwnPay?) {
            dispute_days = conditions.disputeDays
            pay = conditions.pay.map { PayCard($0) }
            self.own = own.map { OwnCard($0) }
        }
    }

    private struct PayCard: Encodable {
        let basis, currency: String
        let digits: Int
        let rate: Int64
        let floor: Int64?
        // swift-format-ignore: AlwaysUseLowerCamelCase
        let floor_by: String?

        init(_ pay: Pay) {
            basis = pay.basis.rawValue
            currency = pay.currency.code
            digits = pay.currency.digits
            rate = pay.rate.minor
            floor = pay.floor?.hourly.minor
            floor_by = pay.floor?.namedBy.rawValue
        }
    }

    private struct OwnCard: Encodable {
        let total: Int64
        let hourly: Int64?
        // swift-format-ignore: AlwaysUseLowerCamelCase
        let worked_ms, breaks_ms, lost_to_cap_ms: Int64
        let items: Int
        // swift-format-ignore: AlwaysUseLowerCamelCase
        let below_floor: Bool?

        init(_ own: OwnPay) {
            total = own.figure.total.minor
            hourly = own.figure.hourly?.minor
            worked_ms = own.figure.worked.wholeMilliseconds
            breaks_ms = own.breaks.wholeMilliseconds
            lost_to_cap_ms = own.lostToCap.wholeMilliseconds
            items = own.figure.items
            below_floor = own.figure.isBelowFloor
        }
    }
}
