/// What a piece of the screen means; a theme says how that looks.
public enum Role: String, Hashable, Sendable, CaseIterable {
    /// Ordinary text.
    case text
    /// Text of second rank: ages, ids, hints.
    case muted
    /// What the eye should find first: keys, the current place.
    case accent
    /// Headings.
    case title
    /// A quiet notice.
    case warning
    /// Something that can't be gone on with.
    case danger
    /// All is well.
    case good
    /// The selected line.
    case selection
    /// Visible stand-ins for what can't be painted.
    case mark
    /// The characters that a finding rests on.
    case evidence
    /// The filled part of a gauge within limits.
    case gauge
    /// The filled part of a gauge near or over its limit.
    case gaugeHigh
    /// The empty part of a gauge.
    case gaugeRest
    /// Boxes and rules.
    case border
    /// What is not allowed here and now.
    case disabled
}

/// Styles by meaning.
///
/// Every role differs from plain text by more than hue or stands beside a word that says it.
public struct Theme: Hashable, Sendable {
    /// The name by which it is chosen.
    public let name: String
    private let styles: [Role: Style]

    /// Makes a theme; roles not given look like text.
    public init(name: String, styles: [Role: Style]) {
        self.name = name
        self.styles = styles
    }

    /// How this role looks.
    public func style(_ role: Role) -> Style { styles[role] ?? styles[.text] ?? .plain }

    /// Shorthand for `style(_:)`.
    public subscript(role: Role) -> Style { style(role) }

    /// The theme with no hue, for `NO_COLOR`: bold, reverse and underline stay.
    public var withoutColor: Theme {
        Theme(name: name, styles: styles.mapValues(\.withoutColor))
    }

    /// The theme of that name, without hue when asked (when `NO_COLOR` is set and not empty).
    public static func named(_ name: String, noColor: Bool = false) -> Theme? {
        guard let theme = all.first(where: { $0.name == name }) else { return nil }
        return noColor ? theme.withoutColor : theme
    }

    /// All themes, the default first.
    public static let all: [Theme] = [.dark, .light, .monochrome, .safeHues]

    /// For a dark background; also the default.
    public static let dark = Theme(
        name: "dark",
        styles: shapes([
            .accent: .cyan, .title: .brightCyan, .warning: .yellow, .danger: .brightRed, .good: .green,
            .mark: .magenta, .evidence: .yellow, .gauge: .green, .gaugeHigh: .yellow,
        ]))

    /// For a light background.
    public static let light = Theme(
        name: "light",
        styles: shapes([
            .accent: .blue, .title: .blue, .warning: .magenta, .danger: .red, .good: .green,
            .mark: .magenta, .evidence: .red, .gauge: .green, .gaugeHigh: .magenta,
        ]))

    /// No hue at all.
    public static let monochrome = Theme(name: "monochrome", styles: shapes([:]))

    /// Blue against yellow-white by brightness: told apart with red-green and with blue-yellow blindness.
    public static let safeHues = Theme(
        name: "colour-blind-safe",
        styles: shapes([
            .accent: .brightBlue, .title: .brightBlue, .warning: .brightYellow, .danger: .brightWhite,
            .good: .brightBlue, .mark: .brightYellow, .evidence: .brightYellow, .gauge: .brightBlue,
            .gaugeHigh: .brightYellow,
        ]))

    /// The attributes are the same in all themes, so that taking hue away never takes meaning away.
    private static func shapes(_ hues: [Role: Color]) -> [Role: Style] {
        let attributes: [Role: Style.Attributes] = [
            .text: [], .muted: .dim, .accent: .bold, .title: .bold, .warning: .bold,
            .danger: [.bold, .reverse], .good: [], .selection: .reverse, .mark: .reverse,
            .evidence: [.underline, .bold], .gauge: [], .gaugeHigh: .bold, .gaugeRest: .dim, .border: .dim,
            .disabled: .dim,
        ]
        return attributes.reduce(into: [:]) { styles, shape in
            styles[shape.key] = Style(foreground: hues[shape.key], shape.value)
        }
    }
}
