import ArgumentParser

/// In this module a flag is one of the command line; a report on a post is `Moderation.Flag`.
typealias Flag = ArgumentParser.Flag
