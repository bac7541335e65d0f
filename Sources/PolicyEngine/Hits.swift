/// Where in one post each test found its patterns.
struct Hits {
    /// By test; kept from post to post, so that most posts need no memory.
    private var places: [[Hit]]
    /// The tests that found something, in the order in which they first did.
    private(set) var tests: [Int] = []

    init(tests count: Int) { places = Array(repeating: [], count: count) }

    subscript(_ test: Int) -> [Hit] { places[test] }

    func contains(_ test: Int) -> Bool { !places[test].isEmpty }

    mutating func add(_ hit: Hit, to test: Int) {
        if places[test].isEmpty { tests.append(test) }
        places[test].append(hit)
    }

    mutating func removeAll() {
        // What one flooded post needed is not kept for all the others.
        for test in tests { places[test].removeAll(keepingCapacity: places[test].count <= Hit.most) }
        tests.removeAll(keepingCapacity: true)
    }
}
