import Enforcement
import Moderation
import Testing

@Suite("No figure is about fewer than ten people, nor follows from two")
struct SmallCellsTests {
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

    @Test func peopleAreCountedInTensAndNotAtAllBelow() {
        func figures(_ count: Int) -> TeamFigures {
            TeamFigures(
                people: (0..<count).map {
                    Person(
                        id: PersonID("p\($0)"), user: "u\($0)", name: "n", roles: [.moderator],
                        languages: ["en"]
                    )
                })
        }
        #expect(figures(9).headcount == nil && figures(9).reviewers == nil)
        for (count, told) in [(10, 10), (19, 10), (20, 20)] {
            #expect(figures(count).headcount == ["en": told] && figures(count).reviewers == told)
            #expect(figures(count).cells == nil)
        }
    }
}
