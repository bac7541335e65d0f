/// What is smallest comes first.
struct Heap<Element: Comparable> {
    private var items: [Element] = []

    var first: Element? { items.first }

    mutating func insert(_ item: Element) {
        items.append(item)
        var place = items.count - 1
        while place > 0 {
            let parent = (place - 1) / 2
            guard items[place] < items[parent] else { return }
            items.swapAt(place, parent)
            place = parent
        }
    }

    mutating func removeFirst() -> Element? {
        guard let first = items.first else { return nil }
        let last = items.removeLast()
        guard !items.isEmpty else { return first }
        items[0] = last
        var place = 0
        while true {
            var least = 2 * place + 1
            guard least < items.count else { return first }
            if least + 1 < items.count, items[least + 1] < items[least] { least += 1 }
            guard items[least] < items[place] else { return first }
            items.swapAt(place, least)
            place = least
        }
    }
}
