import Moderation

/// What a report says, in English or French.
struct ReportWords {
    let language: String
    private var isFrench: Bool { language == "fr" }

    /// One of two.
    func say(_ english: String, _ french: String) -> String { isFrench ? french : english }

    /// A whole number with its thousands set apart.
    func number(_ number: Int) -> String {
        let digits = Array(String(abs(number)))
        var result = number < 0 ? "−" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { result += isFrench ? "\u{202F}" : "," }
            result.append(digit)
        }
        return result
    }

    /// A share of a whole in percent with one decimal; "–" of nothing.
    func share(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return "–" }
        return percent(Double(part) / Double(whole))
    }

    func percent(_ share: Double) -> String {
        let tenths = Int((share * 1000).rounded())
        return "\(tenths / 10)\(isFrench ? "," : ".")\(tenths % 10)\u{00A0}%"
    }

    /// A day in words.
    func day(_ moment: Timestamp) -> String {
        let civil = moment.civil()
        let english = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        let french = [
            "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
            "novembre", "décembre",
        ]
        let first = isFrench && civil.day == 1 ? "1er" : String(civil.day)
        return "\(first) \((isFrench ? french : english)[civil.month - 1]) \(civil.year)"
    }

    func category(_ name: String?) -> String {
        guard let name else { return say("No breach found", "Aucun manquement constaté") }
        let short = name.hasPrefix("STATEMENT_CATEGORY_") ? String(name.dropFirst(19)) : name
        let known = Self.categories[short]
        return known.map { say($0.0, $0.1) } ?? short
    }

    private static let categories = [
        "ANIMAL_WELFARE": ("Animal welfare", "Bien-être animal"),
        "CONSUMER_INFORMATION": ("Consumer information", "Information des consommateurs"),
        "CYBER_VIOLENCE": ("Cyber violence", "Cyberviolence"),
        "CYBER_VIOLENCE_AGAINST_WOMEN": ("Cyber violence against women", "Cyberviolence contre les femmes"),
        "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS": ("Data protection and privacy", "Données et vie privée"),
        "ILLEGAL_OR_HARMFUL_SPEECH": ("Illegal or harmful speech", "Propos illicites ou préjudiciables"),
        "INTELLECTUAL_PROPERTY_INFRINGEMENTS": ("Intellectual property", "Propriété intellectuelle"),
        "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS":
            ("Civic discourse and elections", "Débat public et élections"),
        "NOT_SPECIFIED_NOTICE": ("Not specified", "Non précisé"),
        "OTHER_VIOLATION_TC": ("Other breach of the terms", "Autre manquement aux conditions"),
        "PROTECTION_OF_MINORS": ("Protection of minors", "Protection des mineurs"),
        "RISK_FOR_PUBLIC_SECURITY": ("Risk for public security", "Risque pour la sécurité publique"),
        "SCAMS_AND_FRAUD": ("Scams and fraud", "Arnaques et fraudes"),
        "SELF_HARM": ("Self-harm", "Automutilation et suicide"),
        "UNSAFE_AND_PROHIBITED_PRODUCTS": (
            "Unsafe and prohibited products", "Produits dangereux ou interdits"
        ),
        "VIOLENCE": ("Violence", "Violence"),
    ]

    func action(_ action: Action) -> String {
        switch action {
        case .keep: say("Kept as it is", "Maintien")
        case .label: say("Labelled", "Étiquetage")
        case .restrict: say("Visibility restricted", "Visibilité réduite")
        case .remove: say("Removed", "Retrait")
        case .suspend: say("Removed, account suspended", "Retrait et suspension du compte")
        }
    }

    func notice(_ notice: ReportFigures.Notice) -> String {
        switch notice {
        case .trusted: say("Reported by a trusted flagger", "Signalé par un signaleur de confiance")
        case .flagged: say("Reported by others", "Signalé par d'autres")
        case .unflagged: say("Reported by nobody", "Signalé par personne")
        case .unknown: say("Reported; content erased since", "Signalé ; contenu effacé depuis")
        }
    }

    /// A span of time by its number among ``ReportFigures/hours``.
    func time(_ place: Int) -> String {
        func span(_ hours: Int) -> String {
            hours < 24
                ? say("\(hours) h", "\(hours) h")
                : say(
                    hours == 24 ? "1 day" : "\(hours / 24) days",
                    hours == 24 ? "1 jour" : "\(hours / 24) jours")
        }
        let hours = ReportFigures.hours
        if place == 0 { return say("Up to \(span(hours[0]))", "Jusqu'à \(span(hours[0]))") }
        if place == hours.count {
            return say("More than \(span(hours[place - 1]))", "Plus de \(span(hours[place - 1]))")
        }
        return say(
            "\(span(hours[place - 1])) to \(span(hours[place]))",
            "\(span(hours[place - 1])) à \(span(hours[place]))")
    }

    func language(_ code: String) -> String {
        Self.languages[code].map { say($0.0, $0.1) } ?? code
    }

    private static let languages = [
        "ar": ("Arabic", "Arabe"), "bg": ("Bulgarian", "Bulgare"), "cs": ("Czech", "Tchèque"),
        "da": ("Danish", "Danois"), "de": ("German", "Allemand"), "el": ("Greek", "Grec"),
        "en": ("English", "Anglais"), "es": ("Spanish", "Espagnol"), "et": ("Estonian", "Estonien"),
        "fi": ("Finnish", "Finnois"), "fr": ("French", "Français"), "ga": ("Irish", "Irlandais"),
        "hr": ("Croatian", "Croate"), "hu": ("Hungarian", "Hongrois"), "it": ("Italian", "Italien"),
        "lt": ("Lithuanian", "Lituanien"), "lv": ("Latvian", "Letton"), "mt": ("Maltese", "Maltais"),
        "nl": ("Dutch", "Néerlandais"), "pl": ("Polish", "Polonais"), "pt": ("Portuguese", "Portugais"),
        "ro": ("Romanian", "Roumain"), "sk": ("Slovak", "Slovaque"), "sl": ("Slovene", "Slovène"),
        "sv": ("Swedish", "Suédois"), "tr": ("Turkish", "Turc"), "uk": ("Ukrainian", "Ukrainien"),
    ]

    func hazard(_ hazard: Hazard) -> String {
        switch hazard {
        case .none: say("None", "Aucun")
        case .mild: say("Mild", "Léger")
        case .moderate: say("Moderate", "Modéré")
        case .severe: say("Severe", "Grave")
        case .extreme: say("Extreme", "Extrême")
        }
    }
}
