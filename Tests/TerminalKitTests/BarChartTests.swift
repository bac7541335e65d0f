import Testing

@testable import TerminalKit

@Suite struct BarChartTests {
    private let chart = BarChart(
        series: ["was", "would be"], unit: "%",
        rows: [
            .init("Monday", [40, 55], notes: ["", "ended: daily"]), .init("Tuesday", [0, 3]),
            .init("日本", [100, 80]),
        ], mark: 80)

    private func picture(_ rows: Int, _ columns: Int, lines: LineDrawing = .unicode) -> String {
        var frame = Frame(Size(rows: rows, columns: columns))
        chart.draw(on: &frame, in: frame.bounds, theme: .monochrome, lines: lines)
        return frame.pictured
    }

    @Test func barsAreReadWithoutColour() {
        #expect(
            picture(chart.height, 60)
                == """
                        was ░   would be █
                Monday  ░░░░░░░░░░░░░░ 40           ┊
                        ███████████████████▊        ┊ 55 ended: daily
                Tuesday  0                          ┊
                        █ 3                         ┊
                日本    ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 100
                        ████████████████████████████▊ 80
                        └─────────────────┴────────────────┴
                        0                 50               100 %
                """)
    }

    @Test func barsAreReadInPlainCharacters() {
        #expect(
            picture(chart.height, 60, lines: .ascii)
                == """
                        was .   would be #
                Monday  .............. 40           :
                        ###################         : 55 ended: daily
                Tuesday  0                          :
                        # 3                         :
                日本    .................................... 100
                        ############################: 80
                        +-----------------+----------------+
                        0                 50               100 %
                """)
    }

    @Test func whatDoesNotFitIsLeftOutAndTheAxisStays() {
        #expect(
            picture(5, 30)
                == """
                        was ░   would be █
                Monday  ░░░░ 40  ┊
                        ██████▌  ┊ 55 ended: d
                        └──────────┴
                        0          100 %
                """)
        #expect(picture(3, 60).allSatisfy { $0 == "\n" })
        #expect(picture(9, 5).allSatisfy { $0 == "\n" })
    }

    @Test func ticksAreRoundFigures() {
        #expect(BarChart.step(for: 1, ticks: 5) == 1)
        #expect(BarChart.step(for: 100, ticks: 4) == 50)
        #expect(BarChart.step(for: 520, ticks: 10) == 100)
        #expect(BarChart.step(for: 19, ticks: 10) == 2)
    }

    @Test func anyFiguresAreDrawnInAnyPlace() {
        let values: [Int64] = [0, 1, -5, 7, 1 << 40, .max / 16]
        for value in values {
            for columns in [12, 13, 40, 200] {
                let chart = BarChart(series: ["a"], rows: [.init("x", [value])], mark: value / 2)
                var frame = Frame(Size(rows: 4, columns: columns))
                chart.draw(on: &frame, in: frame.bounds, theme: .dark)
                #expect(frame.pictured.contains("└"))
            }
        }
    }
}
