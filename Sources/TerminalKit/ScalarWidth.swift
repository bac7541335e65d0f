/// What a scalar does to the cells of a terminal.
enum ScalarWidth: UInt32 {
    /// Must never be painted: it is shown as a visible mark.
    case mark = 0
    /// Joins the cell before it.
    case zero = 1
    /// Takes one cell.
    case narrow = 2
    /// Takes two cells.
    case wide = 3

    /// Looks a scalar up; binary search, with a short way for printable ASCII.
    static func of(_ scalar: Unicode.Scalar) -> ScalarWidth {
        let value = scalar.value
        if value < 0x7F { return value < 0x20 ? .mark : .narrow }
        return runs.withUnsafeBufferPointer { table in
            var low = 0
            var high = table.count
            while high - low > 1 {
                let middle = (low + high) / 2
                if table[middle] >> 2 <= value { low = middle } else { high = middle }
            }
            return ScalarWidth(rawValue: table[low] & 3) ?? .mark
        }
    }
}
