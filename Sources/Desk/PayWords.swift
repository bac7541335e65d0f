public import Exposure
import Moderation

/// What console and command line say of pay, in English and French.
///
/// Plain text; whoever prints it makes it safe.
public struct PayWords: Sendable {
    private let isFrench: Bool

    /// Words in `en` or `fr`.
    public init(language: String) { isFrench = language == "fr" }

    private func say(_ english: String, _ french: String) -> String { isFrench ? french : english }

    private func amount(_ money: Money, _ pay: Pay) -> String {
        "\(pay.currency.text(money)) \(pay.currency.code)"
    }

    /// The conditions in force.
    public func lines(_ conditions: Conditions) -> [String] {
        var lines: [String] = []
        if let pay = conditions.pay {
            let rate = amount(pay.rate, pay)
            lines.append(
                pay.basis == .hour
                    ? say("pay: \(rate) an hour worked", "paie : \(rate) l'heure travaillée")
                    : say("pay: \(rate) a decision", "paie : \(rate) la décision"))
            if let floor = pay.floor { lines.append(self.floor(floor, pay)) }
        } else {
            lines.append(say("pay: the site says nothing of it", "paie : le site n'en dit rien"))
        }
        lines.append(
            say(
                "single looks are kept for \(conditions.disputeDays) days, then daily totals stand in their place",
                "le détail est gardé \(conditions.disputeDays) jours, puis des totaux par jour le remplacent")
        )
        return lines
    }

    private func floor(_ floor: Pay.Floor, _ pay: Pay) -> String {
        let amount = amount(floor.hourly, pay)
        return floor.namedBy == .law
            ? say("floor by law: \(amount) an hour", "plancher légal : \(amount) l'heure")
            : say("floor of the site: \(amount) an hour", "plancher du site : \(amount) l'heure")
    }

    /// What the person's own work came to, next to the floor.
    public func lines(_ own: OwnPay) -> [String] {
        let figure = own.figure
        let pay = figure.pay
        let worked = Self.time(figure.worked)
        guard let hourly = figure.hourly else {
            return [say("Today: nothing worked yet", "Aujourd'hui : rien de travaillé encore")]
        }
        var lines = [
            say(
                "Today: \(amount(figure.total, pay)) for \(worked) worked, \(amount(hourly, pay)) an hour",
                "Aujourd'hui : \(amount(figure.total, pay)) pour \(worked), soit \(amount(hourly, pay)) l'heure"
            )
        ]
        if let floor = pay.floor {
            let below = say(" (you are BELOW it)", " (vous êtes EN DESSOUS)")
            lines.append(self.floor(floor, pay) + (figure.isBelowFloor == true ? below : ""))
        }
        var counted = say("breaks count", "pauses comprises")
        if own.lostToCap > .zero {
            counted = say(
                "breaks count, and so do \(Self.time(own.lostToCap)) that a dose limit took",
                "pauses comprises, et \(Self.time(own.lostToCap)) qu'une limite de dose a prises")
        }
        return lines + [say("Only you see this; \(counted).", "Vous seul·e le voyez ; \(counted).")]
    }

    /// Hours and minutes, such as `3 h 05`.
    private static func time(_ time: Duration) -> String {
        let minutes = max(0, time.wholeMilliseconds) / 60_000
        guard minutes >= 60 else { return "\(minutes) min" }
        return "\(minutes / 60) h \(minutes % 60 < 10 ? "0" : "")\(minutes % 60)"
    }
}
