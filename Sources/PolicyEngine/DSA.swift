/// The names of the EU DSA transparency database.
public enum DSA {
    /// The categories a statement of reasons may have.
    public static let categories = [
        "ANIMAL_WELFARE", "CONSUMER_INFORMATION", "CYBER_VIOLENCE", "CYBER_VIOLENCE_AGAINST_WOMEN",
        "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS", "ILLEGAL_OR_HARMFUL_SPEECH",
        "INTELLECTUAL_PROPERTY_INFRINGEMENTS", "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
        "NOT_SPECIFIED_NOTICE", "OTHER_VIOLATION_TC", "PROTECTION_OF_MINORS", "RISK_FOR_PUBLIC_SECURITY",
        "SCAMS_AND_FRAUD", "SELF_HARM", "UNSAFE_AND_PROHIBITED_PRODUCTS", "VIOLENCE",
    ].map { "STATEMENT_CATEGORY_" + $0 }

    /// The keywords that say more than the category.
    public static let keywords = [
        "ANIMAL_HARM", "ADULT_SEXUAL_MATERIAL", "AGE_SPECIFIC_RESTRICTIONS_MINORS",
        "AGE_SPECIFIC_RESTRICTIONS", "BIOMETRIC_DATA_BREACH", "BULLYING_AGAINST_GIRLS",
        "CHILD_SEXUAL_ABUSE_MATERIAL", "CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE",
        "CONTENT_PROMOTING_EATING_DISORDERS", "COORDINATED_HARM", "COPYRIGHT_INFRINGEMENT",
        "CYBER_BULLYING_INTIMIDATION", "CYBER_HARASSMENT", "CYBER_HARASSMENT_AGAINST_WOMEN",
        "CYBER_INCITEMENT", "CYBER_STALKING", "CYBER_STALKING_AGAINST_WOMEN", "DANGEROUS_TOYS",
        "DATA_FALSIFICATION", "DEFAMATION", "DESIGN_INFRINGEMENT", "DISCRIMINATION",
        "FEMALE_GENDERED_DISINFORMATION", "GEOGRAPHIC_INDICATIONS_INFRINGEMENT",
        "GEOGRAPHICAL_REQUIREMENTS", "GOODS_SERVICES_NOT_PERMITTED", "GROOMING_SEXUAL_ENTICEMENT_MINORS",
        "HATE_SPEECH", "HIDDEN_ADVERTISEMENT", "HUMAN_EXPLOITATION", "HUMAN_TRAFFICKING",
        "ILLEGAL_ORGANIZATIONS", "IMPERSONATION_ACCOUNT_HIJACKING", "INAUTHENTIC_ACCOUNTS",
        "INAUTHENTIC_LISTINGS", "INAUTHENTIC_USER_REVIEWS", "INCITEMENT_AGAINST_WOMEN",
        "INCITEMENT_VIOLENCE_HATRED", "INSUFFICIENT_INFORMATION_ON_TRADERS", "LANGUAGE_REQUIREMENTS",
        "MISINFORMATION_DISINFORMATION", "MISLEADING_INFO_CONSUMER_RIGHTS",
        "MISLEADING_INFO_GOODS_SERVICES", "MISSING_PROCESSING_GROUND", "NON_CONSENSUAL_IMAGE_SHARING",
        "NON_CONSENSUAL_IMAGE_SHARING_AGAINST_WOMEN", "NON_CONSENSUAL_MATERIAL_DEEPFAKE",
        "NON_CONSENSUAL_MATERIAL_DEEPFAKE_AGAINST_WOMEN", "NONCOMPLIANCE_PRICING", "NUDITY",
        "PATENT_INFRINGEMENT", "PHISHING", "PROHIBITED_PRODUCTS", "PYRAMID_SCHEMES",
        "RIGHT_TO_BE_FORGOTTEN", "RISK_ENVIRONMENTAL_DAMAGE", "RISK_PUBLIC_HEALTH", "SELF_MUTILATION",
        "STALKING", "SUICIDE", "TRADE_SECRET_INFRINGEMENT", "TRADEMARK_INFRINGEMENT",
        "TRAFFICKING_WOMEN_GIRLS", "TERRORIST_CONTENT", "UNLAWFUL_SALE_ANIMALS", "UNSAFE_CHALLENGES",
        "UNSAFE_PRODUCTS", "VIOLATION_EU_LAW", "VIOLATION_NATIONAL_LAW", "OTHER",
    ].map { "KEYWORD_" + $0 }

    /// What `restrict` does to a post, as far as the database tells such measures apart.
    public enum Restriction: String, CaseIterable, Hashable, Sendable {
        /// Fewer people come across it.
        case demoted
        /// Only adults see it.
        case ageRestricted = "age_restricted"
        /// Nobody can answer it or pass it on.
        case interactionRestricted = "interaction_restricted"
        /// It can't be reached, but is still there.
        case disabled
    }
}

/// What a policy says for statements of reasons.
public struct StatementBasis: Hashable, Sendable {
    /// The category.
    public var category: String
    /// Further categories.
    public var also: [String] = []
    /// `terms` or `illegal`: what a decision rests on.
    public var ground = "terms"
    /// Which law, or which part of the terms.
    public var basis: LocalizedText?
    /// Why posts of this kind fall under it, for those who wrote one.
    public var explanation: LocalizedText?
    /// Where the law or the terms can be read.
    public var url: String?
    /// What says more than the category.
    public var keywords: [String] = []
    /// What `KEYWORD_OTHER` stands for.
    public var otherKeyword: LocalizedText?
    /// What `restrict` does to a post.
    public var restriction: DSA.Restriction = .demoted

    /// Makes a basis that rests on the terms.
    public init(category: String) { self.category = category }
}
