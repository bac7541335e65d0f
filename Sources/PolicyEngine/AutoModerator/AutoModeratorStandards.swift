/// Checks that AutoModerator knows by a name.
///
/// The platform keeps its own lists and changes them; these are short ones of well-known sites.
enum AutoModeratorStandards {
    static let all: [String: String] = [
        "image hosting sites":
            "domain: [imgur.com, flickr.com, gyazo.com, giphy.com, gfycat.com, imageshack.us, instagram.com, "
            + "photobucket.com, postimg.org, puu.sh, tinypic.com, deviantart.com, i.redd.it]",
        "direct image links": #"url (regex): '\.(?:png|jpe?g|gifv?)(?:\?\S*)?$'"#,
        "video hosting sites":
            "domain: [youtube.com, youtu.be, vimeo.com, dailymotion.com, streamable.com, vid.me, liveleak.com]",
        "streaming sites": "domain: [twitch.tv, mixer.com, livestream.com, ustream.tv]",
        "crowdfunding sites":
            "domain: [kickstarter.com, indiegogo.com, gofundme.com, patreon.com, rockethub.com]",
        "meme generator sites":
            "domain: [memegenerator.net, quickmeme.com, imgflip.com, memecrunch.com, makeameme.org, livememe.com]",
        "facebook links": "url+body: [facebook.com, fb.me, fb.com]",
        "amazon affiliate links":
            #"url+body (regex, includes): '(?:amazon\.(?:com|ca|de|fr|es|it|in|co\.uk|co\.jp)|amzn\.com|amzn\.to)/\S*[?&]tag=[\w-]+'"#,
    ]

    /// The standard conditions of a file, by name in small letters: documents with a `standard` and checks.
    static func read(_ text: String, file: String) -> (standards: [String: String], problems: [Diagnostic]) {
        var standards: [String: String] = [:]
        let whole = AutoModeratorFile(text, file: file)
        for slice in whole.problems.isEmpty ? AutoModeratorFile.slices(of: text) : [] {
            guard let root = (try? YAMLTree.root(of: slice.text, file: file)).flatMap({ $0 }),
                let entries = AutoModeratorEntry.entries(of: root),
                let name = entries.first(where: { $0.name == "standard" })?.text
            else { continue }
            standards[name.lowercased()] = slice.text
        }
        return (standards, whole.problems)
    }
}
