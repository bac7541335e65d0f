import Desk
import Exposure
public import Moderation
import TerminalKit

/// What the Replay screen knows: shifts to watch, and what recomputing and asking what if gave.
struct ReplayView: Hashable, Sendable {
    /// The shifts, newest first; `nil` before they are read.
    var shifts: [RecordedShift]?
    var selected = 0
    /// How many entries are recomputed, of how many, while that lasts.
    var progress: (Int64, Int64)? { done.map { ($0, total) } }
    var done: Int64?
    var total: Int64 = 0
    var recomputed: Recomputation?
    /// Bundles that were in force, to ask what if.
    var bundles: [BundleDigest] = []
    var asked: WhatIfChoice?
    var answer: WhatIf?
}

/// What the console asks what if about.
enum WhatIfChoice: Hashable, Sendable {
    case trialsCount, hazardUp, anyFindingRemoves
    /// One limit at another figure.
    case limit(LimitField, Int64)
    case bundle(BundleDigest)
}

/// A shift that is watched.
struct WatchView: Hashable, Sendable {
    let timeline: Timeline
    var player: Player
    var search = ""
    /// The words of the post that the watcher has uncovered; `nil` while all is covered.
    var words: Words?
    /// Which post they are of.
    var looked: TimelinePost.Name?
    /// How many lines of a severe or extreme post are uncovered.
    var revealed = 0
    /// The first line shown of them.
    var line = 0

    init(_ timeline: Timeline, speed: Int = 1) {
        self.timeline = timeline
        player = Player(offsets: timeline.events.map(\.offset), speed: speed)
    }

    var event: TimelineEvent? {
        timeline.events.indices.contains(player.index) ? timeline.events[player.index] : nil
    }

    /// The post that the shown moment is about.
    var post: TimelinePost? { event.flatMap(timeline.post) }

    /// Whether its words come line by line.
    var isByLine: Bool { (post?.evaluation?.hazard ?? .extreme) >= .severe }

    /// How many lines can be seen.
    var shownLineCount: Int {
        guard let words else { return 0 }
        return isByLine ? min(revealed, words.lines.count) : words.lines.count
    }

    mutating func coverWords() {
        words = nil
        looked = nil
        revealed = 0
        line = 0
    }
}

/// Where a console begins, if not on the first screen of a role.
public enum ConsoleStart: Hashable, Sendable {
    /// The first screen of the role.
    case usual
    /// The Replay screen, or a shift that is watched from its beginning at so many times its speed.
    case replay(ShiftID?, speed: Int)
}
