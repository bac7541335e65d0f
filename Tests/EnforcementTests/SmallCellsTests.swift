import Enforcement
import Moderation
import Testing

@Suite("No figure is about fewer than ten people, nor follows from two")
struct SmallCellsTests {
    @Test func everySumOfShownGroupsAndItsRestIsOfTenOrNobody() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let names = (0..<Int.random(in: 0...7, using: &generator)).map { "g\($0)" }
            let sizes = Dictionary(
                uniqueKeysWithValues: names.map { ($0, Int.random(in: 0...25, using: &generator)) })
            let total = sizes.values.reduce(0, +)
            guard let (shown, rest) = SmallCells.partition(sizes) else {
                #expect(total < 10)
                continue
            }
            let hidden = rest.reduce(0) { $0 + (sizes[$1] ?? 0) }
            #expect(shown.allSatisfy { (sizes[$0] ?? 0) >= 10 } && (hidden == 0 || hidden >= 10), "\(sizes)")
            #expect(Set(shown + rest) == Set(sizes.filter { $0.value > 0 }.keys))
        }
    }

    @Test func overlappingGroupsLeaveNoSmallRest() {
        for _ in 0..<2000 {
            let people = (0..<Int.random(in: 0...60)).map { _ in
                Set(
                    (0..<Int.random(in: 1...2)).map { _ in ["en", "fr", "de", "es"].randomElement() ?? "en" })
            }
            guard let sizes = SmallCells.sizes(people) else {
                #expect(people.count < 10)
                continue
            }
            for (group, size) in sizes {
                #expect(size == people.count { $0.contains(group) })
                #expect(size >= 10 && (people.count - size == 0 || people.count - size >= 10))
            }
            let none = people.count { $0.isDisjoint(with: sizes.keys) }
            #expect(none == 0 || none >= 10)
        }
    }

    @Test func exposureOfATeamOfNineIsNotShown() {
        func figures(_ count: Int) -> TeamFigures {
            let people = (0..<count).map {
                Person(
                    id: PersonID("p\($0)"), user: "u\($0)", name: "n", roles: [.moderator], languages: ["en"])
            }
            let days = people.map { ($0.id, [TeamFigures.Day(milliseconds: 3_600_000, dose: 500)]) }
            return TeamFigures(people: people, days: Dictionary(uniqueKeysWithValues: days))
        }
        #expect(figures(9).groups == nil && figures(9).all == nil && figures(9).headcount == nil)
        let ten = figures(10)
        #expect(ten.groups?.map(\.name) == ["en"] && ten.all?.hours == 10 && ten.all?.meanDose == 50)
        #expect(ten.headcount == ["en": 10])
    }
}
