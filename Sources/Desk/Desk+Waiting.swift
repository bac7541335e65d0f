import Store

extension Desk {
    /// Waits until posts may have come to wait, or the time is over; whoever returns from it asks for one again.
    ///
    /// On a thread that nobody waits for.
    public func waitForWork(upTo time: Duration) { store.waitForWork(upTo: time) }
}
