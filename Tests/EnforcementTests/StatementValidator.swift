import Foundation

/// Judges statements by the reference of the DSA Transparency Database alone: it knows nothing of how they are made.
struct StatementValidator {
    private static let enumerations: [String: Set<String>] = [
        "decision_visibility": [
            "DECISION_VISIBILITY_CONTENT_REMOVED",
            "DECISION_VISIBILITY_CONTENT_DISABLED",
            "DECISION_VISIBILITY_CONTENT_DEMOTED",
            "DECISION_VISIBILITY_CONTENT_AGE_RESTRICTED",
            "DECISION_VISIBILITY_CONTENT_INTERACTION_RESTRICTED",
            "DECISION_VISIBILITY_CONTENT_LABELLED",
            "DECISION_VISIBILITY_OTHER",
        ],
        "decision_monetary": [
            "DECISION_MONETARY_SUSPENSION",
            "DECISION_MONETARY_TERMINATION",
            "DECISION_MONETARY_OTHER",
        ],
        "decision_provision": [
            "DECISION_PROVISION_PARTIAL_SUSPENSION",
            "DECISION_PROVISION_TOTAL_SUSPENSION",
            "DECISION_PROVISION_PARTIAL_TERMINATION",
            "DECISION_PROVISION_TOTAL_TERMINATION",
        ],
        "decision_account": [
            "DECISION_ACCOUNT_SUSPENDED",
            "DECISION_ACCOUNT_TERMINATED",
        ],
        "account_type": [
            "ACCOUNT_TYPE_BUSINESS",
            "ACCOUNT_TYPE_PRIVATE",
        ],
        "decision_ground": [
            "DECISION_GROUND_ILLEGAL_CONTENT",
            "DECISION_GROUND_INCOMPATIBLE_CONTENT",
        ],
        "content_type": [
            "CONTENT_TYPE_APP",
            "CONTENT_TYPE_AUDIO",
            "CONTENT_TYPE_PRODUCT",
            "CONTENT_TYPE_SYNTHETIC_MEDIA",
            "CONTENT_TYPE_TEXT",
            "CONTENT_TYPE_VIDEO",
            "CONTENT_TYPE_IMAGE",
            "CONTENT_TYPE_OTHER",
        ],
        "source_type": [
            "SOURCE_ARTICLE_16",
            "SOURCE_TRUSTED_FLAGGER",
            "SOURCE_VOLUNTARY",
            "SOURCE_TYPE_OTHER_NOTIFICATION",
        ],
        "automated_decision": [
            "AUTOMATED_DECISION_FULLY",
            "AUTOMATED_DECISION_PARTIALLY",
            "AUTOMATED_DECISION_NOT_AUTOMATED",
        ],
        "category": [
            "STATEMENT_CATEGORY_ANIMAL_WELFARE",
            "STATEMENT_CATEGORY_CONSUMER_INFORMATION",
            "STATEMENT_CATEGORY_CYBER_VIOLENCE",
            "STATEMENT_CATEGORY_CYBER_VIOLENCE_AGAINST_WOMEN",
            "STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
            "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH",
            "STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS",
            "STATEMENT_CATEGORY_NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
            "STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE",
            "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
            "STATEMENT_CATEGORY_PROTECTION_OF_MINORS",
            "STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY",
            "STATEMENT_CATEGORY_SCAMS_AND_FRAUD",
            "STATEMENT_CATEGORY_SELF_HARM",
            "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS",
            "STATEMENT_CATEGORY_VIOLENCE",
        ],
        "category_specification": [
            "KEYWORD_ANIMAL_HARM",
            "KEYWORD_ADULT_SEXUAL_MATERIAL",
            "KEYWORD_AGE_SPECIFIC_RESTRICTIONS_MINORS",
            "KEYWORD_AGE_SPECIFIC_RESTRICTIONS",
            "KEYWORD_BIOMETRIC_DATA_BREACH",
            "KEYWORD_BULLYING_AGAINST_GIRLS",
            "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL",
            "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE",
            "KEYWORD_CONTENT_PROMOTING_EATING_DISORDERS",
            "KEYWORD_COORDINATED_HARM",
            "KEYWORD_COPYRIGHT_INFRINGEMENT",
            "KEYWORD_CYBER_BULLYING_INTIMIDATION",
            "KEYWORD_CYBER_HARASSMENT",
            "KEYWORD_CYBER_HARASSMENT_AGAINST_WOMEN",
            "KEYWORD_CYBER_INCITEMENT",
            "KEYWORD_CYBER_STALKING",
            "KEYWORD_CYBER_STALKING_AGAINST_WOMEN",
            "KEYWORD_DANGEROUS_TOYS",
            "KEYWORD_DATA_FALSIFICATION",
            "KEYWORD_DEFAMATION",
            "KEYWORD_DESIGN_INFRINGEMENT",
            "KEYWORD_DISCRIMINATION",
            "KEYWORD_FEMALE_GENDERED_DISINFORMATION",
            "KEYWORD_GEOGRAPHIC_INDICATIONS_INFRINGEMENT",
            "KEYWORD_GEOGRAPHICAL_REQUIREMENTS",
            "KEYWORD_GOODS_SERVICES_NOT_PERMITTED",
            "KEYWORD_GROOMING_SEXUAL_ENTICEMENT_MINORS",
            "KEYWORD_HATE_SPEECH",
            "KEYWORD_HIDDEN_ADVERTISEMENT",
            "KEYWORD_HUMAN_EXPLOITATION",
            "KEYWORD_HUMAN_TRAFFICKING",
            "KEYWORD_ILLEGAL_ORGANIZATIONS",
            "KEYWORD_IMPERSONATION_ACCOUNT_HIJACKING",
            "KEYWORD_INAUTHENTIC_ACCOUNTS",
            "KEYWORD_INAUTHENTIC_LISTINGS",
            "KEYWORD_INAUTHENTIC_USER_REVIEWS",
            "KEYWORD_INCITEMENT_AGAINST_WOMEN",
            "KEYWORD_INCITEMENT_VIOLENCE_HATRED",
            "KEYWORD_INSUFFICIENT_INFORMATION_ON_TRADERS",
            "KEYWORD_LANGUAGE_REQUIREMENTS",
            "KEYWORD_MISINFORMATION_DISINFORMATION",
            "KEYWORD_MISLEADING_INFO_CONSUMER_RIGHTS",
            "KEYWORD_MISLEADING_INFO_GOODS_SERVICES",
            "KEYWORD_MISSING_PROCESSING_GROUND",
            "KEYWORD_NON_CONSENSUAL_IMAGE_SHARING",
            "KEYWORD_NON_CONSENSUAL_IMAGE_SHARING_AGAINST_WOMEN",
            "KEYWORD_NON_CONSENSUAL_MATERIAL_DEEPFAKE",
            "KEYWORD_NON_CONSENSUAL_MATERIAL_DEEPFAKE_AGAINST_WOMEN",
            "KEYWORD_NONCOMPLIANCE_PRICING",
            "KEYWORD_NUDITY",
            "KEYWORD_PATENT_INFRINGEMENT",
            "KEYWORD_PHISHING",
            "KEYWORD_PROHIBITED_PRODUCTS",
            "KEYWORD_PYRAMID_SCHEMES",
            "KEYWORD_RIGHT_TO_BE_FORGOTTEN",
            "KEYWORD_RISK_ENVIRONMENTAL_DAMAGE",
            "KEYWORD_RISK_PUBLIC_HEALTH",
            "KEYWORD_SELF_MUTILATION",
            "KEYWORD_STALKING",
            "KEYWORD_SUICIDE",
            "KEYWORD_TRADE_SECRET_INFRINGEMENT",
            "KEYWORD_TRADEMARK_INFRINGEMENT",
            "KEYWORD_TRAFFICKING_WOMEN_GIRLS",
            "KEYWORD_TERRORIST_CONTENT",
            "KEYWORD_UNLAWFUL_SALE_ANIMALS",
            "KEYWORD_UNSAFE_CHALLENGES",
            "KEYWORD_UNSAFE_PRODUCTS",
            "KEYWORD_VIOLATION_EU_LAW",
            "KEYWORD_VIOLATION_NATIONAL_LAW",
            "KEYWORD_OTHER",
        ],
    ]

    private static let states: Set<String> = Set(
        "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK IS LI NO"
            .split(separator: " ").map(String.init))

    private static let fields: Set<String> = [
        "decision_visibility", "decision_visibility_other", "decision_monetary", "decision_monetary_other",
        "decision_provision", "decision_account", "account_type", "decision_ground",
        "decision_ground_reference_url", "illegal_content_legal_ground", "illegal_content_explanation",
        "incompatible_content_ground", "incompatible_content_explanation", "incompatible_content_illegal",
        "content_type", "content_type_other", "category", "category_addition", "category_specification",
        "category_specification_other", "territorial_scope", "content_language", "content_date",
        "application_date", "end_date_account_restriction", "end_date_monetary_restriction",
        "end_date_service_restriction", "end_date_visibility_restriction", "decision_facts", "source_type",
        "source_identity", "automated_detection", "automated_decision", "puid",
    ]

    private var seen: Set<String> = []
    /// Every enumeration's values that were met.
    private(set) var met: [String: Set<String>] = [:]

    /// What is wrong with one object of a submission.
    mutating func problems(with object: [String: Any]) -> [String] {
        var check = Check(object: object)
        check.problems += object.keys.filter { !Self.fields.contains($0) }.map { "unknown field \($0)" }
        for field in ["decision_visibility", "content_type", "category_addition", "category_specification"] {
            guard object[field] != nil else { continue }
            let name = field == "category_addition" ? "category" : field
            guard let list = object[field] as? [String], !list.isEmpty else {
                check.problems.append("\(field) is no list")
                continue
            }
            for value in list {
                check.require(Self.enumerations[name]?.contains(value) == true, "\(field) \(value)")
            }
            met[field, default: []].formUnion(list)
        }
        for field in [
            "decision_monetary", "decision_provision", "decision_account", "account_type", "decision_ground",
            "category", "source_type", "automated_decision",
        ] where object[field] != nil {
            let value = object[field] as? String ?? "?"
            check.require(Self.enumerations[field]?.contains(value) == true, "\(field) \(value)")
            met[field, default: []].insert(value)
        }
        check.decisions()
        check.ground()
        check.content()
        check.dates()
        check.rest()
        if let puid = object["puid"] as? String { check.require(seen.insert(puid).inserted, "puid twice") }
        for code in object["territorial_scope"] as? [String] ?? [] {
            check.require(Self.states.contains(code), "territory \(code)")
        }
        return check.problems
    }

    private struct Check {
        let object: [String: Any]
        var problems: [String] = []

        func text(_ field: String) -> String? { object[field] as? String }
        func has(_ field: String) -> Bool { object[field] != nil }

        mutating func require(_ isTrue: Bool, _ problem: String) { if !isTrue { problems.append(problem) } }

        mutating func text(_ field: String, upTo most: Int, needed: Bool) {
            guard let text = text(field) else {
                require(!needed && !has(field), "\(field) is missing or no text")
                return
            }
            require(!text.isEmpty && text.unicodeScalars.count <= most, "\(field) is empty or too long")
        }

        func list(_ field: String, holds value: String) -> Bool {
            (object[field] as? [String])?.contains(value) ?? false
        }

        mutating func decisions() {
            let all = ["decision_visibility", "decision_monetary", "decision_provision", "decision_account"]
            require(all.contains(where: has), "no decision")
            text(
                "decision_visibility_other", upTo: 500,
                needed: list("decision_visibility", holds: "DECISION_VISIBILITY_OTHER"))
            text(
                "decision_monetary_other", upTo: 500,
                needed: text("decision_monetary") == "DECISION_MONETARY_OTHER")
        }

        mutating func ground() {
            let isIllegal = text("decision_ground") == "DECISION_GROUND_ILLEGAL_CONTENT"
            require(has("decision_ground"), "no ground")
            for (name, isMine) in [
                ("illegal_content_legal_ground", isIllegal), ("incompatible_content_ground", !isIllegal),
            ] {
                isMine ? text(name, upTo: 500, needed: true) : require(!has(name), "\(name) doesn't belong")
            }
            for (name, isMine) in [
                ("illegal_content_explanation", isIllegal), ("incompatible_content_explanation", !isIllegal),
            ] {
                isMine ? text(name, upTo: 2000, needed: true) : require(!has(name), "\(name) doesn't belong")
            }
            if let url = text("decision_ground_reference_url") {
                require(url.count <= 500 && URL(string: url)?.host != nil, "url \(url)")
            }
        }

        mutating func content() {
            require(has("content_type"), "no content type")
            text("content_type_other", upTo: 500, needed: list("content_type", holds: "CONTENT_TYPE_OTHER"))
            require(has("category"), "no category")
            text("category_specification_other", upTo: 500, needed: false)
            if let language = text("content_language") {
                require(language.wholeMatch(of: /[A-Z]{2}/) != nil, "language \(language)")
            }
        }

        mutating func day(_ field: String, _ first: String, needed: Bool) {
            guard let day = text(field) else { return require(!needed, "no \(field)") }
            let parser = DateFormatter()
            parser.dateFormat = "yyyy-MM-dd"
            parser.timeZone = TimeZone(identifier: "UTC")
            parser.isLenient = false
            let isDay =
                day.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}/) != nil && parser.date(from: day) != nil
            require(isDay && day >= first && day <= "2038-01-01", "\(field) \(day)")
        }

        mutating func dates() {
            day("content_date", "2000-01-01", needed: true)
            day("application_date", "2020-01-01", needed: true)
            for what in ["account", "monetary", "service", "visibility"] {
                day("end_date_\(what)_restriction", "2000-01-01", needed: false)
            }
        }

        mutating func rest() {
            text("decision_facts", upTo: 5000, needed: true)
            require(has("source_type"), "no source")
            text("source_identity", upTo: 500, needed: false)
            if text("source_type") == "SOURCE_VOLUNTARY" {
                require(!has("source_identity"), "identity of nobody")
            }
            require(["Yes", "No"].contains(text("automated_detection") ?? ""), "automated_detection")
            require(has("automated_decision"), "no automated_decision")
            text("puid", upTo: 500, needed: true)
            require(text("puid")?.wholeMatch(of: /[A-Za-z0-9_-]+/) != nil, "puid")
        }
    }
}
