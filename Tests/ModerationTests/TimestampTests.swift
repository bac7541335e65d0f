import Moderation
import Testing

@Suite("Times are read and written in one form")
struct TimestampTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-03-01T09:30:00.25+01:00", 1_772_353_800_250),
        ("2026-03-01 08:30:00", 1_772_353_800_000), ("2000-02-29", 951_782_400_000),
        ("1969-12-31T23:59:59.999Z", -1), ("2026-03-01t08:30:60z", 1_772_353_859_000),
    ])
    func aTimeIsRead(_ text: String, _ milliseconds: Int64) {
        #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "2026", "2026-13-01", "2026-02-29", "2026-03-01T24:00:00Z", "2026-03-01T09:30:00Zx", "0000-01-01",
        "2026-03-01T09:30:00+1", "２026-03-01", "2026-03-01T09:30:00.Z",
    ])
    func whatIsNoTimeIsRefused(_ text: String) { #expect(Timestamp(rfc3339: text) == nil) }

    @Test func everyDayComesBack() {
        for day in stride(from: Int64(-700_000), to: 2_900_000, by: 13) {
            let time = Timestamp(milliseconds: day * 86_400_000 + 45_296_789)
            guard (1...9999).contains(time.civil().year) else { continue }
            #expect(Timestamp(rfc3339: time.rfc3339) == time)
        }
    }
}

@Suite("A link's host is what a browser would visit")
struct LinkTests {
    @Test(arguments: [
        ("https://Example.COM/path", "example.com"), ("http://good.example@evil.example/x", "evil.example"),
        ("//host.example:8080?q", "host.example"), ("host.example.", "host.example"),
        ("https://[2001:db8::1]:443/", "2001:db8::1"), ("", ""), ("mailto", "mailto"),
        ("https://a.example\\@b.example/", "a.example"),
    ])
    func theHostIsFound(_ url: String, _ host: String) { #expect(Link(url: url).host == host) }
}
