import Testing

@testable import TerminalKit

@Suite struct LineChartTests {
    private let chart = LineChart(
        values: [0, 10, 20, 40, 80, 160, 80, 40, 20, 10, 0, 0, 0, 0, 0, 0, 30, 60, 90, 120], unit: "posts",
        ticks: [.init(at: 0, "0"), .init(at: 10, "day 1"), .init(at: 20, "day 2")])

    private func picture(_ rows: Int, _ columns: Int, lines: LineDrawing = .unicode) -> String {
        var frame = Frame(Size(rows: rows, columns: columns))
        chart.draw(on: &frame, in: frame.bounds, theme: .monochrome, lines: lines)
        return frame.pictured
    }

    @Test func aLineIsReadWithoutColour() { #expect(picture(8, 45) == Self.braille) }

    @Test func aLineIsReadInPlainCharacters() {
        let plain = picture(8, 45, lines: .ascii)
        #expect(plain == Self.plain)
        #expect(plain.unicodeScalars.allSatisfy { $0.isASCII })
    }

    @Test func thePeakIsDrawnHoweverManyValuesThereAre() {
        var values = [Int64](repeating: 0, count: 10_000)
        values[7321] = 100
        var frame = Frame(Size(rows: 6, columns: 30))
        LineChart(values: values, unit: "x").draw(
            on: &frame, in: frame.bounds, theme: .monochrome, lines: .ascii)
        #expect(frame.pictured.split(separator: "\n").first?.contains("*") == true)
    }

    @Test func hostileValuesAndSizesDoNotTrap() {
        for values in [[], [Int64.max], [.min, .max, 0], [0]] {
            for size in [Size(rows: 0, columns: 0), Size(rows: 4, columns: 20), Size(rows: 9, columns: 200)] {
                for lines in LineDrawing.allCases {
                    var frame = Frame(size)
                    LineChart(values: values, unit: "x", ticks: [.init(at: -3, "a"), .init(at: 99, "b")])
                        .draw(on: &frame, in: frame.bounds, theme: .monochrome, lines: lines)
                }
            }
        }
    }

    static let braille = """
        200 ┤
            │          ⡖⠒⡄
            │          ⡇ ⡇                         ⡤⠤
        100 ┤        ⡤⠤⠃ ⠧⠤⡀                     ⡖⠒⠁
            │      ⣀⣀⠇     ⣇⣀                  ⡖⠒⠁
          0 ┤⣀⣀⠤⠤⠒⠒⠁         ⠓⠒⠤⠤⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⠏⠉
            └┴───────────────────┴──────────────────┴
             0                   day 1          day 2
        """
    static let plain = """
        200 +
            |          **
            |                                      **
        100 +        **  **                      **
            |      **      **                  **
          0 +******          ******************
            ++-------------------+------------------+
             0                   day 1          day 2
        """
}
