import Moderation

/// What kind of content a post is, in the database's words.
enum ContentKind {
    /// The kinds, in a fixed order, and what "other" stands for; the platform's own word for a kind is never passed on.
    static func types(of post: DecidedPost, in language: String) -> (types: [String], other: String?) {
        let isFrench = language == "fr"
        guard let content = post.content else {
            return (
                ["CONTENT_TYPE_OTHER"],
                isFrench ? "Inconnu : le contenu a été effacé" : "Not known any more: the content was erased"
            )
        }
        var names: Set<String> = []
        var other: String?
        let text = content.body + (content.title ?? "")
        if text.contains(where: { !$0.isWhitespace }) { names.insert("TEXT") }
        switch content.kind.lowercased() {
        case "product", "listing", "offer", "ad", "advert": names.insert("PRODUCT")
        case "app", "application": names.insert("APP")
        case "profile", "account", "user":
            names.insert("OTHER")
            other = isFrench ? "Profil d'un compte" : "Profile of an account"
        default: break
        }
        for media in content.media {
            if let name = name(ofMedia: media.kind) {
                names.insert(name)
            } else {
                names.insert("OTHER")
                other = other ?? (isFrench ? "Pièce jointe d'un autre genre" : "Attachment of another kind")
            }
        }
        if names.isEmpty {
            names.insert("OTHER")
            other = isFrench ? "Genre non indiqué" : "Kind not told"
        }
        let order = ["TEXT", "IMAGE", "VIDEO", "AUDIO", "SYNTHETIC_MEDIA", "PRODUCT", "APP", "OTHER"]
        return (order.filter(names.contains).map { "CONTENT_TYPE_" + $0 }, other)
    }

    private static func name(ofMedia kind: String) -> String? {
        let kind = kind.lowercased().prefix { $0 != "/" }
        return switch kind {
        case "image", "picture", "photo", "gif", "gifv": "IMAGE"
        case "video": "VIDEO"
        case "audio", "sound", "voice": "AUDIO"
        case "synthetic", "synthetic_media", "deepfake": "SYNTHETIC_MEDIA"
        default: nil
        }
    }
}
