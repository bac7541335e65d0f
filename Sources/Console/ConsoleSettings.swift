public import TerminalKit

/// The language of the screens.
public enum Language: String, CaseIterable, Hashable, Sendable {
    /// English.
    case english = "en"
    /// French.
    case french = "fr"

    /// The language that a locale such as `fr_FR.UTF-8` asks for; English for all we have no words in.
    public init(locale: String) { self = locale.lowercased().hasPrefix("fr") ? .french : .english }
}

/// What a person may choose about the console; a good default stands for each.
public struct ConsoleSettings: Hashable, Sendable {
    /// Language of the screens.
    public var language: Language
    /// Name of the theme; an unknown one is the default.
    public var themeName: String
    /// Whether hue is left out, as `NO_COLOR` asks.
    public var noColor: Bool
    /// How boxes and rules are drawn.
    public var lines: LineDrawing
    /// Whether the mouse is taken (copying by dragging then needs Shift).
    public var mouse: Bool
    /// Keys by action name, each replacing that action's keys, such as `["uncover": ["space", "o"]]`.
    public var keys: [String: [String]]
    /// Local time minus UTC in seconds, for the times shown.
    public var utcOffset: Int
    /// A held-down key decides nothing more often than this.
    public var repeatGuard: Duration

    /// Makes settings.
    public init(
        language: Language = .english, themeName: String = "dark", noColor: Bool = false,
        lines: LineDrawing = .unicode, mouse: Bool = false, keys: [String: [String]] = [:],
        utcOffset: Int = 0, repeatGuard: Duration = .milliseconds(120)
    ) {
        self.language = language
        self.themeName = themeName
        self.noColor = noColor
        self.lines = lines
        self.mouse = mouse
        self.keys = keys
        self.utcOffset = utcOffset
        self.repeatGuard = repeatGuard
    }
}

/// How a console came to its end.
public enum ExitReason: Hashable, Sendable {
    /// The person left.
    case left
    /// It was asked to end; posts in hand wait for the next start.
    case terminated
    /// The terminal went away; posts in hand wait for the next start.
    case hungUp
}
