extension StaffPlan {
    /// Of each of so many people with which others they begin, and when, over so many days.
    ///
    /// People are shared out over the starts by their shares; the days off of those who begin at the same hour are
    /// staggered, so that as many as can be are there each day.
    func shifts(of staff: Int, days: Int) -> [(start: Start, times: [Int64])] {
        let total = starts.reduce(0) { $0 + $1.share }
        guard total > 0, staff > 0 else { return [] }
        var given = [Int](repeating: 0, count: starts.count)
        var atHour: [Int: Int] = [:]
        return (0..<staff).compactMap { person in
            // Whichever start is furthest behind its share gets the next person.
            let start = starts.indices.max { left, right in
                let wantedLeft = starts[left].share / total * Double(person + 1) - Double(given[left])
                let wantedRight = starts[right].share / total * Double(person + 1) - Double(given[right])
                return wantedLeft < wantedRight
            }
            guard let start else { return nil }
            given[start] += 1
            let place = atHour[starts[start].minute, default: 0]
            atHour[starts[start].minute] = place + 1
            let off = 7 - min(7, max(0, starts[start].daysPerWeek ?? daysPerWeek))
            let times = (0..<days).compactMap { day -> Int64? in
                // Days off move on by as many for the next person.
                let weekday = (day + 7 * 7 - place * max(1, off) % 7) % 7
                guard weekday >= off else { return nil }
                return Int64(day) * Simulation.dayLength + Int64(starts[start].minute) * 60_000
            }
            return (starts[start], times)
        }
    }
}
