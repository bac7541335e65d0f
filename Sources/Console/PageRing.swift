extension CaseIterable where Self: Equatable, AllCases == [Self] {
    /// The page so many further on; behind the last comes the first.
    func turned(by step: Int) -> Self {
        let pages = Self.allCases
        let place = (pages.firstIndex(of: self) ?? 0) + step + pages.count
        return pages[place % pages.count]
    }
}
