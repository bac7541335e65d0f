import ArgumentParser
import Desk
import Moderation

extension QueueCommand {
    /// `releve queue alike`: who else says the same.
    struct Alike: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Count the waiting posts that say the same as one; nothing of any is shown.",
            discussion: """
                Posts are compared once their likeness is made, in small pieces while consoles are open. --sign makes
                all that are missing first. A decision is applied to the group with: releve decide ID --alike N
                """)
        @OptionGroup var site: SiteOptions
        @Argument(help: "The post's id, or its beginning.") var id: String?
        @Flag(help: "Makes the likeness of all waiting posts first.") var sign = false
        @Flag(help: "One JSON object.") var json = false

        func validate() throws {
            guard id != nil || sign else { throw ValidationError("give a post's id, or --sign") }
        }

        func run() throws {
            let (desk, person) = try site.signIn()
            let made = sign ? try makeAll(at: desk) : nil
            guard let id else {
                if json { return try Output.json(["signed": made ?? 0]) }
                return Output.line("\(made ?? 0) likenesses made")
            }
            let post = try desk.resolve(prefix: id)
            let group = try desk.alike(post, by: person)
            if json { return try Output.json(Card(post, group)) }
            Output.line(
                "\(group.count) waiting posts say the same as \(post): \(group.identical.count) identical, "
                    + "\(group.count - group.identical.count) near-identical")
            guard group.count > 0 else { return }
            Output.line(
                "languages \(group.languages.joined(separator: ", ")); communities \(group.communities); "
                    + "authors \(group.authors)")
            if group.leftOut > 0 { Output.line("\(group.leftOut) more can't be included") }
        }

        private func makeAll(at desk: Desk) throws -> Int {
            var made = 0
            while let count = try desk.signNext(looking: 2000) { made += count }
            return made
        }

        private struct Card: Encodable {
            let post: String
            let count, identical, near, communities, authors: Int
            let languages, posts: [String]
            // swift-format-ignore: AlwaysUseLowerCamelCase
            let left_out: Int

            init(_ post: PostID, _ group: AlikeGroup) {
                self.post = post.rawValue
                count = group.count
                identical = group.identical.count
                near = group.count - group.identical.count
                communities = group.communities
                authors = group.authors
                languages = group.languages
                posts = group.posts.map(\.post.rawValue)
                left_out = group.leftOut
            }
        }
    }
}
