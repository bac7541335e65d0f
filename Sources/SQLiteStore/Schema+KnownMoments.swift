extension Schema {
    /// What a machine's own clock read when it was so late for somebody: consoles that begin under a clock that was set
    /// back know by it how late it is.
    static let knownMoments = [
        """
        CREATE TABLE known_moments (
          person TEXT PRIMARY KEY, machine TEXT NOT NULL, uptime INTEGER NOT NULL, at INTEGER NOT NULL)
          WITHOUT ROWID
        """
    ]
}
