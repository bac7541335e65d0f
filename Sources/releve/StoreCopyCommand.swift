import ArgumentParser
import Desk
import Foundation
import Ledger
import Store

/// `releve store copy`: a whole site, from one store to another.
struct StoreCopyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy", abstract: "Copy a whole site into an empty store, and go on there.",
        discussion: """
            Close all consoles first: it is refused while somebody works. FROM is checked, then closed to everybody, and \
            stays as it was; TO opens when every row was read again on both sides and found equal, its ledger verifies and \
            has the same root. Broken off, the same command goes on where it stopped. A site that goes on in two places would \
            have two records, so FROM stays closed afterwards (releve store reopen gives the copy up).
            """)

    @Argument(help: ArgumentHelp("sqlite:PATH or postgres://…", valueName: "from")) var source: String
    @Argument(help: ArgumentHelp("sqlite:PATH or postgres://…, empty", valueName: "to")) var target: String
    @Option(
        name: .customLong("key-file"),
        help: ArgumentHelp(
            "The site's signing key, which then stays where it is (default: $RELEVE_KEY, else where FROM has it, from where it is copied to where TO looks for it).",
            valueName: "file"))
    var keyFile: String?
    @Flag(help: "One JSON object.") var json = false

    func run() throws {
        let (from, to) = (try SitePlace(source), try SitePlace(target))
        guard try from.name() != to.name() else {
            throw Complaint("\(try to.name()) can't be copied to itself")
        }
        let key = try SiteKeyMove(
            from: from, to: to, named: keyFile ?? Settings.variable("RELEVE_KEY"))
        let marks = try close(from, before: to, key)
        let (source, target) = (
            try from.openToCopy(creating: false, marked: marks.source),
            try to.openToCopy(creating: false, marked: marks.target)
        )
        let copy = try SiteCopy(from: source, to: target)
        let progress = Progress(what: "rows")
        try copy.copy { progress.report(done: $0, of: copy.rows) }
        progress.finish()
        let comparison = Progress(what: "rows compared")
        try copy.compare { comparison.report(done: $0, of: copy.rows) }
        comparison.finish()
        try copy.settle()
        let (here, there) = (try check(target, in: to), try Desk(store: source).ledgerTree())
        guard here.size == there.size, here.root == there.root else {
            throw Complaint(
                "the ledgers differ: root \(Hexadecimal.string(there.root)) in \(try from.name()), "
                    + "\(Hexadecimal.string(here.root)) in \(try to.name()); the copy stays closed", code: 1)
        }
        let moved = try key.move()
        try copy.end()
        try report(copy, here, from, to, key: moved)
    }

    // MARK: Before the first row

    /// Makes sure of both sides, and closes them to everybody else.
    private func close(_ from: SitePlace, before to: SitePlace, _ key: SiteKeyMove) throws -> (
        source: CopyMark, target: CopyMark
    ) {
        let (source, target) = (try from.mark(), try to.mark())
        if let source, let target, source.copy == target.copy, source.part == .source, target.part == .target
        {
            note("going on with the copy into \(try to.name())")
            return (source, target)
        }
        if let source { throw DeskError(StoreError.closed(try from.name(), source)) }
        let site = try checkSource(from)
        let begun = try target ?? begin(to)
        guard begun.part == .target else { throw DeskError(StoreError.closed(try to.name(), begun)) }
        if target != nil { try refuseRowsOfBefore(from, to, begun) }
        try key.refuseOther()
        note("closing \(try from.name()), the site \(site)")
        return (try from.close(for: begun.copy), begun)
    }

    /// Checks the whole source, which nobody has touched yet.
    private func checkSource(_ from: SitePlace) throws -> String {
        let store = try from.open(creating: false)
        let site = try Desk(store: store).site().name
        _ = try check(store, in: from)
        return site
    }

    private func begin(_ to: SitePlace) throws -> CopyMark {
        if case .sqlite(let path) = to { try InitCommand.makeFolder(of: path) }
        let copy = CopyMark.newCopy()
        let store = try to.openToCopy(creating: true, marked: nil)
        do { try store.write { try $0.beginCopy(copy) } } catch StoreError.inUse(_, let reason) {
            throw Complaint("can't copy into \(try to.name()): \(reason)")
        } catch { throw DeskError(error) }
        guard let mark = try to.mark() else { throw DeskError.damaged(try to.name()) }
        return mark
    }

    /// A copy that was begun before its source was opened again would mix two states.
    private func refuseRowsOfBefore(_ from: SitePlace, _ to: SitePlace, _ mark: CopyMark) throws {
        let copy = try SiteCopy(
            from: from.open(creating: false), to: to.openToCopy(creating: false, marked: mark))
        guard try copy.isBeforeFirstRow() else {
            throw Complaint(
                "\(try to.name()) holds a copy that was begun before \(try from.name()) was opened again (copy into an "
                    + "empty store)")
        }
    }

    // MARK: Checking

    /// Verifies a store's ledger and tables, and gives what the ledger comes to.
    private func check(_ store: any Store, in place: SitePlace) throws -> LedgerVerification {
        note("checking \(try place.name())")
        let (ledger, problem) = try Desk(store: store).verifyWhole()
        guard let problem else { return ledger }
        throw Complaint(
            "\(try place.name()) does NOT verify: \(problem) (nothing works in a copy of it: releve ledger verify tells more)",
            code: 1)
    }

    // MARK: Saying so

    private func note(_ text: String) { if !json { Output.note(text) } }

    private func report(
        _ copy: SiteCopy, _ ledger: LedgerVerification, _ from: SitePlace, _ to: SitePlace,
        key: SiteKeyMove.Outcome
    ) throws {
        let root = Hexadecimal.string(ledger.root)
        guard !json else {
            return try Output.json(
                Report(
                    ok: true, from: try from.name(), to: try to.name(), rows: copy.rows, size: ledger.size,
                    root: root, key: key.sentence))
        }
        Output.line(
            "copied \(copy.rows) rows from \(try from.name()) to \(try to.name()); read again, all are equal")
        Output.line("the ledger verifies on both sides: \(ledger.size) entries, root \(root)")
        Output.line(key.sentence)
        Output.line("work in \(try to.name()) now; \(try from.name()) is as it was and stays closed")
        guard !to.isFile else { return }
        Output.line(
            "there people log in as themselves: releve roster logins --create gives them their logins")
    }

    private struct Report: Encodable {
        let ok: Bool
        let from, to: String
        let rows, size: Int64
        let root, key: String
    }
}

/// Where the site's signing key is before and after a copy.
struct SiteKeyMove {
    private let from, to: String

    /// What was done with the key.
    enum Outcome {
        case stays(String)
        case copied(from: String, to: String)
        case byHand(from: String, to: String)

        var sentence: String {
            switch self {
            case .stays(let path): "key: \(path), as before"
            case .copied(let from, let to): "key: \(to), copied from \(from), which you may remove"
            case .byHand(let from, let to):
                "key: \(from) can't be read here; whoever has it puts it into \(to), or the ledger is signed no more"
            }
        }
    }

    init(from: SitePlace, to: SitePlace, named: String?) throws {
        self.from = try named ?? from.keyPath()
        self.to = try named ?? to.keyPath()
    }

    /// Makes sure that no other key stands where this one is to be.
    func refuseOther() throws {
        guard from != to, FileManager.default.fileExists(atPath: to) else { return }
        let key = try? KeyFile.read(at: from)
        guard let key, try KeyFile.read(at: to).seed == key.seed else {
            throw Complaint("\(to) holds another key (move it away, or name the site's with --key-file)")
        }
    }

    /// Copies the key to where the new store looks for it.
    func move() throws -> Outcome {
        guard let key = try? KeyFile.read(at: from) else { return .byHand(from: from, to: to) }
        guard from != to else { return .stays(from) }
        try InitCommand.makeFolder(of: to)
        try KeyFile.write(key, to: to)
        return .copied(from: from, to: to)
    }
}
