/// A colour of the terminal's own palette; what it looks like is the user's choice, not ours.
public enum Color: UInt8, Hashable, Sendable, CaseIterable {
    case black, red, green, yellow, blue, magenta, cyan, white
    case brightBlack, brightRed, brightGreen, brightYellow, brightBlue, brightMagenta, brightCyan, brightWhite
}

/// How a cell is painted.
///
/// `nil` colours are the terminal's default ones.
public struct Style: Hashable, Sendable {
    /// Ways of writing, freely combined.
    public struct Attributes: OptionSet, Hashable, Sendable {
        /// The bits.
        public let rawValue: UInt8

        /// Makes a set from its bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Heavier or brighter letters.
        public static let bold = Attributes(rawValue: 1)
        /// Fainter letters.
        public static let dim = Attributes(rawValue: 2)
        /// A line under the letters.
        public static let underline = Attributes(rawValue: 4)
        /// Foreground and background exchanged.
        public static let reverse = Attributes(rawValue: 8)
        /// Slanted letters, where the terminal has them.
        public static let italic = Attributes(rawValue: 16)
    }

    /// Colour of the letters.
    public var foreground: Color?
    /// Colour behind the letters.
    public var background: Color?
    /// Bold, underline and the like.
    public var attributes: Attributes

    /// Makes a style; all defaults is the terminal's ordinary writing.
    public init(foreground: Color? = nil, background: Color? = nil, _ attributes: Attributes = []) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    /// The terminal's ordinary writing.
    public static let plain = Style()

    /// This style with further attributes.
    public func with(_ more: Attributes) -> Style {
        Style(foreground: foreground, background: background, attributes.union(more))
    }

    /// This style without hue: attributes stay.
    public var withoutColor: Style { Style(attributes) }
}
