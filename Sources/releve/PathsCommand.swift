import ArgumentParser

/// `releve paths`: where things are kept.
struct PathsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "paths", abstract: "Say where the store, key and caches are.")
    @OptionGroup var site: SiteOptions

    func run() throws {
        Output.line("store   \(try site.place().name())")
        Output.line("key     \(try site.keyPath())")
        Output.line("data    \(Settings.dataFolder)")
        Output.line("cache   \(Settings.cacheFolder)")
        Output.line("config  \(Settings.configFolder)")
    }
}
