public import Moderation

/// What an engine says of itself and of how it keeps a store.
public struct StoreFacts: Hashable, Sendable {
    /// A setting on which it depends whether what was confirmed outlives a power cut.
    public struct Setting: Hashable, Sendable {
        /// The engine's name for it.
        public var name: String
        /// What it is set to.
        public var value: String
        /// Whether that is enough.
        public var isSafe: Bool

        /// Makes a setting.
        public init(_ name: String, _ value: String, isSafe: Bool) {
            self.name = name
            self.value = value
            self.isSafe = isSafe
        }
    }

    /// The engine's name and version.
    public var engine: String
    /// How many steps of the schema were taken.
    public var schema: Int
    /// How it keeps what is written.
    public var settings: [Setting]
    /// The file; `nil` where a server has it.
    public var file: String?
    /// What a server knows of itself; `nil` for a file.
    public var server: Server?

    /// A server that others use too.
    public struct Server: Hashable, Sendable {
        /// What its clock says.
        public var now: Timestamp
        /// How many connections it has now, of everybody.
        public var connections: Int
        /// How many it takes at most.
        public var mostConnections: Int
        /// Whether the line to it leaves the machine or may do so.
        public var isRemote: Bool
        /// Whether what goes over the line is encrypted.
        public var isEncrypted: Bool

        /// Makes a server.
        public init(now: Timestamp, connections: Int, mostConnections: Int, isRemote: Bool, isEncrypted: Bool)
        {
            self.now = now
            self.connections = connections
            self.mostConnections = mostConnections
            self.isRemote = isRemote
            self.isEncrypted = isEncrypted
        }
    }

    /// Makes facts.
    public init(engine: String, schema: Int, settings: [Setting], file: String?, server: Server?) {
        self.engine = engine
        self.schema = schema
        self.settings = settings
        self.file = file
        self.server = server
    }
}

/// A store that can be asked how it is.
public protocol Examinable {
    /// What its engine says of itself.
    func facts() throws -> StoreFacts
}
