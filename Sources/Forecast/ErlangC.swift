/// The queue M/M/c in equilibrium: arrivals at random, exponential handling times, c seats, one line, nobody leaves.
///
/// The formula is A. K. Erlang's of 1917 ("Solution of some problems in the theory of probabilities of significance
/// in automatic telephone exchanges"); the sum is taken by the recurrence of his loss formula, which neither overflows
/// nor cancels: B(0) = 1, B(k) = aB(k−1) / (k + aB(k−1)), C = B / (1 − ρ(1 − B)), with a = λ/μ and ρ = a/c.
public struct ErlangC: Hashable, Sendable {
    /// Arrivals in a unit of time.
    public let arrivals: Double
    /// The mean handling time, in the same unit.
    public let handling: Double
    /// Seats.
    public let seats: Int

    /// A queue; `nil` unless rates are above zero and the seats more than the work needs, for else it grows for ever.
    public init?(arrivals: Double, handling: Double, seats: Int) {
        guard arrivals > 0, handling > 0, seats > 0, arrivals * handling < Double(seats) else { return nil }
        self.arrivals = arrivals
        self.handling = handling
        self.seats = seats
    }

    /// Work that comes in, in seats.
    public var load: Double { arrivals * handling }

    /// The probability that a post has to wait at all.
    public var waits: Double {
        let blocked = (1...seats).reduce(1.0) { last, seat in load * last / (Double(seat) + load * last) }
        let use = load / Double(seats)
        return blocked / (1 - use * (1 - blocked))
    }

    /// The mean wait over all posts, those that don't wait included.
    public var meanWait: Double { waits * handling / (Double(seats) - load) }

    /// The probability to wait longer than that.
    public func waitsLonger(than time: Double) -> Double {
        waits * Double.exponential(-(Double(seats) - load) * max(0, time) / handling)
    }
}
