import Testing

@testable import Tagging

@Suite struct MomentZoneTests {
    @Test(arguments: [
        // The last second before the clocks change and the next one.
        MomentExample(at: "2026-03-29T00:59:59Z", in: "Europe/Berlin", "HH:mm:ss z Z", "01:59:59 CET +01:00"),
        MomentExample(at: "2026-03-29T01:00:00Z", in: "Europe/Berlin", "HH:mm:ss z Z", "03:00:00 CEST +02:00"),
        MomentExample(at: "2026-10-25T00:59:59Z", in: "Europe/London", "HH:mm:ss z Z", "01:59:59 BST +01:00"),
        MomentExample(at: "2026-10-25T01:00:00Z", in: "Europe/London", "HH:mm:ss z Z", "01:00:00 GMT +00:00"),
        MomentExample(at: "2026-03-08T06:59:59Z", in: "America/New_York", "HH:mm:ss z Z", "01:59:59 EST -05:00"),
        MomentExample(at: "2026-03-08T07:00:00Z", in: "America/New_York", "HH:mm:ss z Z", "03:00:00 EDT -04:00"),
        MomentExample(at: "2026-11-01T04:29:59Z", in: "America/St_Johns", "HH:mm:ss z Z", "01:59:59 NDT -02:30"),
        MomentExample(at: "2026-11-01T04:30:00Z", in: "America/St_Johns", "HH:mm:ss z Z", "01:00:00 NST -03:30"),
        MomentExample(at: "2026-04-04T14:59:59Z", in: "Australia/Lord_Howe", "HH:mm:ss z Z", "01:59:59 +11 +11:00"),
        MomentExample(at: "2026-04-04T15:00:00Z", in: "Australia/Lord_Howe", "HH:mm:ss z Z", "01:30:00 +1030 +10:30"),
        MomentExample(at: "2026-09-26T13:59:59Z", in: "Pacific/Auckland", "HH:mm:ss z Z", "01:59:59 NZST +12:00"),
        MomentExample(at: "2026-09-26T14:00:00Z", in: "Pacific/Auckland", "HH:mm:ss z Z", "03:00:00 NZDT +13:00"),
    ])
    func daylightSaving(example: MomentExample) throws {
        #expect(try example.formatted == example.text)
    }

    @Test(arguments: [
        MomentExample(in: "Asia/Tokyo", "z zz ZZ", "JST JST +0900"),
        MomentExample(in: "Asia/Kolkata", "z zz ZZ", "IST IST +0530"),
        MomentExample(in: "Asia/Jerusalem", "z zz ZZ", "IDT IDT +0300"),
        MomentExample(in: "Asia/Shanghai", "z zz ZZ", "CST CST +0800"),
        MomentExample(in: "Asia/Manila", "z zz ZZ", "PST PST +0800"),
        MomentExample(in: "Africa/Lagos", "z zz ZZ", "WAT WAT +0100"),
        MomentExample(in: "Africa/Johannesburg", "z zz ZZ", "SAST SAST +0200"),
        MomentExample(in: "America/Havana", "z zz ZZ", "CDT CDT -0400"),
        MomentExample(in: "America/Phoenix", "z zz ZZ", "MST MST -0700"),
        MomentExample(in: "Europe/Dublin", "z zz ZZ", "IST IST +0100"),
        MomentExample(in: "Europe/Lisbon", "z zz ZZ", "WEST WEST +0100"),
        MomentExample(in: "Europe/Moscow", "z zz ZZ", "MSK MSK +0300"),
        MomentExample(in: "Europe/Kyiv", "z zz ZZ", "EEST EEST +0300"),
        MomentExample(in: "Etc/UTC", "z zz ZZ", "UTC UTC +0000"),
        MomentExample(in: "GMT", "z zz ZZ", "GMT GMT +0000"),
        MomentExample(in: "Pacific/Guam", "z zz ZZ", "ChST ChST +1000"),
    ])
    func abbreviations(example: MomentExample) throws {
        #expect(try example.formatted == example.text)
    }

    @Test(arguments: [
        MomentExample(in: "Europe/Istanbul", "z", "+03"),
        MomentExample(in: "America/Sao_Paulo", "z", "-03"),
        MomentExample(in: "Asia/Kathmandu", "z", "+0545"),
        MomentExample(in: "Antarctica/Troll", "z", "+02"),
        MomentExample(in: "Etc/GMT+12", "z", "-12"),
        MomentExample(in: "Pacific/Marquesas", "z", "-0930"),
        // Istanbul had a name for its time until 2016.
        MomentExample(at: "2015-07-10T09:05:07Z", in: "Europe/Istanbul", "z ZZ", "EEST +0300"),
    ])
    func abbreviationsByOffset(example: MomentExample) throws {
        #expect(try example.formatted == example.text)
    }

    @Test(arguments: [
        MomentExample(at: "2026-12-31T20:00:00Z", in: "Asia/Tokyo", "YYYY-MM-DD", "2027-01-01"),
        MomentExample(at: "2026-01-01T04:00:00Z", in: "America/Los_Angeles", "YYYY-MM-DD DDDD", "2025-12-31 365"),
        MomentExample(at: "2024-02-29T23:00:00Z", in: "Pacific/Kiritimati", "MMM Do", "Mar 1st"),
        MomentExample(at: "1969-12-31T23:59:59Z", in: "Europe/Paris", "YYYY HH:mm:ss X", "1970 00:59:59 -1"),
        MomentExample(in: "asia_tokyo", "HH", "18"),
        MomentExample(in: "EUROPE/berlin", "HH", "11"),
    ])
    func otherSideOfMidnight(example: MomentExample) throws {
        #expect(try example.formatted == example.text)
    }
}
