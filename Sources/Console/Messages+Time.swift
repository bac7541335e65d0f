import Exposure
import Moderation

extension Messages {
    /// A span of time in its largest whole unit, such as `3 h`.
    func span(_ time: Duration) -> String {
        let seconds = max(0, time.components.seconds)
        switch seconds {
        case ..<60: return "\(seconds) s"
        case ..<3600: return "\(seconds / 60) min"
        case ..<172_800: return "\(seconds / 3600) h"
        default: return "\(seconds / 86_400) " + say("d", "j")
        }
    }

    /// Hours and minutes, such as `7 h 30`.
    func hours(_ time: Duration) -> String {
        let minutes = max(0, time.components.seconds) / 60
        guard minutes >= 60 else { return "\(minutes) min" }
        return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(two(minutes % 60))"
    }

    /// Minutes and seconds, such as `1:43`.
    func clock(_ time: Duration) -> String {
        let seconds = Int64((Double(max(0, time.wholeMilliseconds)) / 1000).rounded(.up))
        return "\(seconds / 60):\(two(seconds % 60))"
    }

    /// How long a break still lasts: whole minutes, seconds only in the last one.
    func calmCountdown(_ time: Duration) -> String {
        let seconds = (max(0, time.wholeMilliseconds) + 999) / 1000
        return seconds > 60 ? "\((seconds + 59) / 60) min" : "\(seconds) s"
    }

    /// The time of day, with the date when it is another day.
    func moment(_ moment: Timestamp, now: Timestamp, offset: Int) -> String {
        let civil = moment.civil(offset: offset)
        let today = now.civil(offset: offset)
        let time = "\(two(Int64(civil.hour))):\(two(Int64(civil.minute)))"
        if civil.day == today.day, civil.month == today.month, civil.year == today.year { return time }
        return "\(civil.year)-\(two(Int64(civil.month)))-\(two(Int64(civil.day))) \(time)"
    }

    /// A date such as `2026-03-01`.
    func day(_ moment: Timestamp, offset: Int) -> String {
        let civil = moment.civil(offset: offset)
        return "\(civil.year)-\(two(Int64(civil.month)))-\(two(Int64(civil.day)))"
    }

    private func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// What a limit says when it says no: calm, with what remains and when to come back.
    func refusal(_ refusal: Refusal, offset: Int) -> String {
        func at(_ moment: Timestamp) -> String { self.moment(moment, now: moment, offset: offset) }
        switch refusal {
        case .notOnShift(let start):
            return say(
                "No shift is open; one may begin at \(at(start)).",
                "Aucun service ; il peut commencer à \(at(start)).")
        case .resting(let until):
            return say(
                "The rest between shifts lasts until \(at(until)).", "Le repos dure jusqu'à \(at(until)).")
        case .onBreak(let until):
            return say(
                "This is a break, until \(at(until)) at least.",
                "C'est la pause, au moins jusqu'à \(at(until)).")
        case .breakDue(_, let until):
            return say("A break is due, until \(at(until)).", "Une pause est due, jusqu'à \(at(until)).")
        case .capped(let reason, let resume):
            return say(
                "\(limit(reason)): nothing more is uncovered before \(at(resume)).",
                "\(limit(reason)) : plus rien n'est découvert avant \(at(resume)).")
        case .lastHour:
            return say(
                "Nothing severe is shown near the end of a shift; the post went back.",
                "Rien de grave n'est montré en fin de service ; le message est rendu.")
        case .runOfSevere(let owed):
            return say(
                "After several severe posts, \(owed) lighter ones come first; the post went back.",
                "Après plusieurs messages graves, d'abord \(owed) plus légers ; celui-ci est rendu.")
        case .shiftOver(_, let resume):
            return say(
                "The shift is over; the next may begin at \(at(resume)).",
                "Le service est fini ; le suivant dès \(at(resume)).")
        }
    }

    /// The name of a limit that was reached.
    func limit(_ reason: LimitReason) -> String {
        switch reason {
        case .daily: say("The limit of 24 hours is reached", "La limite des 24 heures est atteinte")
        case .personal: say("Your own limit is reached", "Votre propre limite est atteinte")
        case .weekly: say("The limit of 7 days is reached", "La limite des 7 jours est atteinte")
        case .ceiling: say("The site's ceiling is reached", "Le plafond du site est atteint")
        case .continuous: say("Time for a break", "C'est l'heure d'une pause")
        case .longBreak: say("Time for the long break", "C'est l'heure de la longue pause")
        case .lastHour: say("The last hour of the shift", "La dernière heure du service")
        case .runOfSevere: say("Several severe posts in a row", "Plusieurs messages graves de suite")
        case .shiftLength, .shiftHard: say("The shift has its length", "Le service a sa durée")
        case .idle: say("No key for a while", "Aucune touche depuis un moment")
        }
    }

    /// The name of a figure that a lead lowers, with its unit.
    func field(_ field: LimitField) -> String {
        switch field {
        case .daily: say("dose in 24 hours, %", "dose en 24 heures, %")
        case .weekly: say("dose in 7 days, %", "dose en 7 jours, %")
        case .continuous: say("exposure before a break, min", "exposition avant la pause, min")
        case .breakLength: say("length of a break, min", "durée de la pause, min")
        case .shiftLength: say("length of a shift, min", "durée du service, min")
        case .runOfSevere: say("severe posts in a row", "messages graves de suite")
        case .autoCover: say("covering without a key, s", "recouvrement sans touche, s")
        default: limitNameWithUnit(field)
        }
    }
}
