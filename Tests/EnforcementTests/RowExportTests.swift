import Desk
import Enforcement
import Foundation
import Ledger
import Moderation
import Testing

@Suite("Decisions and labels leave the site with where they come from, and the ledger tells so")
struct RowExportTests {
    private func entries(_ site: ExportSite) throws -> [LedgerEntry] {
        try site.desk.ledgerLog(from: 0, limit: 1000).map(\.entry).filter { $0.kind == .exported }
    }

    @Test func rowsSayWhoAndWhetherTheyAgreed() throws {
        let site = try ExportSite()
        _ = try site.desk.takeIn([
            FlaggedPost(source: "s", externalID: "1", body: "floodword \u{1B}[31m"),
            FlaggedPost(source: "s", externalID: "2", body: "=1+1, \"quoted\""),
        ])
        try site.decide(.remove, "machine")
        let second = try site.decide(.keep, nil)
        _ = try site.desk.undo(second.id, by: site.ada)
        let outlet = MemoryOutlet()
        _ = try site.desk.export(ExportOrder(.decisions, format: "jsonl"), by: site.ada, to: outlet)
        #expect(outlet.rows.count == 2)
        let advised = try #require(outlet.rows.first { $0["recommended_rule"] == .text("machine/flood") })
        #expect(advised["person"] == .text(site.ada.id.rawValue))
        #expect(outlet.rows.contains { $0["undone_at"] != .nothing })
        #expect(!outlet.rows.contains { $0.json().contains("Ada") || $0.json().contains("floodword") })
        let labels = MemoryOutlet()
        _ = try site.desk.export(
            ExportOrder(.labels(withText: true, withUndone: true), format: "csv"), by: site.ada, to: labels)
        #expect(labels.rows.count == 2)
        let guarded = labels.rows.map(\.csv)
        #expect(guarded.contains { $0.hasSuffix(",\"'=1+1, \"\"quoted\"\"\"") })
        #expect(!labels.rows.contains { $0.json().unicodeScalars.contains("\u{1B}") })
        let told = try entries(site)
        #expect(told.map { $0.fields["count"] } == [.integer(2), .integer(2)])
        #expect(
            told.last?.fields["with_text"] == .bool(true) && told.last?.fields["digests"] == .array(["ab"]))
    }

    @Test func anExportThatBreaksOffIsToldAsIncomplete() throws {
        let site = try ExportSite()
        _ = try site.desk.takeIn((0..<3).map { FlaggedPost(source: "s", externalID: "\($0)", body: "x") })
        for _ in 0..<3 { try site.decide(.keep, nil) }
        let outlet = MemoryOutlet()
        outlet.breaksAt = 2
        #expect(throws: MemoryOutlet.Broken.self) {
            try site.desk.export(ExportOrder(.decisions, format: "csv"), by: site.ada, to: outlet)
        }
        let entry = try #require(try entries(site).first)
        #expect(entry.fields["complete"] == .bool(false) && entry.fields["count"] == .integer(2))
    }

    @Test func textIsForLeadsAndNothingIsForModerators() throws {
        let site = try ExportSite()
        let auditor = try site.desk.addPerson(user: "a", name: "A", roles: [.auditor], by: site.ada)
        let moderator = try site.desk.addPerson(user: "m", name: "M", roles: [.moderator], by: site.ada)
        let plain = ExportOrder(.labels(withText: false, withUndone: false), format: "csv")
        let full = ExportOrder(.labels(withText: true, withUndone: false), format: "csv")
        _ = try site.desk.export(plain, by: auditor, to: MemoryOutlet())
        #expect(throws: DeskError.needsRole(.lead)) {
            try site.desk.export(full, by: auditor, to: MemoryOutlet())
        }
        #expect(throws: DeskError.needsRole(.lead)) {
            try site.desk.export(plain, by: moderator, to: MemoryOutlet())
        }
        #expect(try entries(site).count == 1)
    }

    @Test func aCellThatASpreadsheetWouldRunIsGuarded() {
        for text in ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "|x", "%x", "'x", "＝1"] {
            var row = ExportRow()
            row.add("a", text)
            #expect(row.csv.drop { $0 == "\"" }.first == "'", "\(text.debugDescription)")
        }
        var row = ExportRow()
        row.add("a", "plain, with \"quotes\"\nand lines")
        #expect(row.csv == "\"plain, with \"\"quotes\"\"\nand lines\"")
    }
}
