import Testing

@testable import Tagging

@Suite struct MomentTokenTests {
    @Test(arguments: [
        MomentExample("M", "7"),
        MomentExample("MM", "07"),
        MomentExample("Mo", "7th"),
        MomentExample("MMM", "Jul"),
        MomentExample("MMMM", "July"),
        MomentExample("Q", "3"),
        MomentExample("Qo", "3rd"),
        MomentExample("D", "10"),
        MomentExample("DD", "10"),
        MomentExample("Do", "10th"),
        MomentExample("DDD", "191"),
        MomentExample("DDDD", "191"),
        MomentExample("DDDo", "191st"),
        MomentExample("d", "5"),
        MomentExample("do", "5th"),
        MomentExample("dd", "Fr"),
        MomentExample("ddd", "Fri"),
        MomentExample("dddd", "Friday"),
        MomentExample("e", "5"),
        MomentExample("E", "5"),
    ])
    func day(example: MomentExample) throws {
        #expect(try example.formatted == example.text)
    }

    @Test(arguments: [
        MomentExample(at: "2026-03-01T09:05:07Z", "w", "10"),
        MomentExample(at: "2026-03-01T09:05:07Z", "ww", "10"),
        MomentExample(at: "2026-03-01T09:05:07Z", "wo", "10th"),
        MomentExample(at: "2026-03-01T09:05:07Z", "W", "9"),
        MomentExample(at: "2026-03-01T09:05:07Z", "WW", "09"),
        MomentExample(at: "2026-03-01T09:05:07Z", "Wo", "9th"),
        MomentExample(at: "2026-03-01T09:05:07Z", "gg", "26"),
        MomentExample(at: "2026-03-01T09:05:07Z", "gggg", "2026"),
        MomentExample(at: "2026-03-01T09:05:07Z", "ggggg", "02026"),
        MomentExample(at: "2026-03-01T09:05:07Z", "GG", "26"),
        MomentExample(at: "2026-03-01T09:05:07Z", "GGGG", "2026"),
        MomentExample(at: "2026-03-01T09:05:07Z", "GGGGG", "02026"),
        MomentExample(at: "2026-03-01T09:05:07Z", "e", "0"),
        MomentExample(at: "2026-03-01T09:05:07Z", "E", "7"),
    ])
    func week(example: MomentExample) throws {
        #expect(try example.formatted == example.text)
    }

    @Test(arguments: [
        MomentExample("Y", "2026"),
        MomentExample("YY", "26"),
        MomentExample("YYYY", "2026"),
        MomentExample("YYYYY", "02026"),
        MomentExample("YYYYYY", "+002026"),
        MomentExample("y", "2026"),
        MomentExample("yy", "2026"),
        MomentExample("yyy", "2026"),
        MomentExample("yyyy", "2026"),
        MomentExample("yo", "2026th"),
        MomentExample("N", "AD"),
        MomentExample("NN", "AD"),
        MomentExample("NNN", "AD"),
        MomentExample("NNNN", "Anno Domini"),
        MomentExample("NNNNN", "AD"),
    ])
    func year(example: MomentExample) throws {
        #expect(try example.formatted == example.text)
    }

    @Test(arguments: [
        MomentExample(at: "2026-07-10T21:05:07Z", "a", "pm"),
        MomentExample(at: "2026-07-10T21:05:07Z", "A", "PM"),
        MomentExample(at: "2026-07-10T21:05:07Z", "H", "21"),
        MomentExample(at: "2026-07-10T21:05:07Z", "HH", "21"),
        MomentExample(at: "2026-07-10T21:05:07Z", "h", "9"),
        MomentExample(at: "2026-07-10T21:05:07Z", "hh", "09"),
        MomentExample(at: "2026-07-10T21:05:07Z", "k", "21"),
        MomentExample(at: "2026-07-10T21:05:07Z", "kk", "21"),
        MomentExample(at: "2026-07-10T21:05:07Z", "hmm", "905"),
        MomentExample(at: "2026-07-10T21:05:07Z", "hmmss", "90507"),
        MomentExample(at: "2026-07-10T21:05:07Z", "Hmm", "2105"),
        MomentExample(at: "2026-07-10T21:05:07Z", "Hmmss", "210507"),
        MomentExample(at: "2026-07-10T21:05:07Z", "m", "5"),
        MomentExample(at: "2026-07-10T21:05:07Z", "mm", "05"),
        MomentExample(at: "2026-07-10T21:05:07Z", "s", "7"),
        MomentExample(at: "2026-07-10T21:05:07Z", "ss", "07"),
        MomentExample(at: "2026-07-10T21:05:07Z", "S", "0"),
        MomentExample(at: "2026-07-10T21:05:07Z", "SSS", "000"),
        MomentExample(at: "2026-07-10T21:05:07Z", "SSSSSSSSS", "000000000"),
        // Midnight is 12 of 12 hours and 24 of the hours from 1.
        MomentExample(at: "2026-07-10T00:00:00Z", "H", "0"),
        MomentExample(at: "2026-07-10T00:00:00Z", "h", "12"),
        MomentExample(at: "2026-07-10T00:00:00Z", "k", "24"),
        MomentExample(at: "2026-07-10T00:00:00Z", "kk", "24"),
        MomentExample(at: "2026-07-10T00:00:00Z", "hmm", "1200"),
        MomentExample(at: "2026-07-10T00:00:00Z", "A", "AM"),
        // So is noon.
        MomentExample(at: "2026-07-10T12:00:00Z", "h", "12"),
        MomentExample(at: "2026-07-10T12:00:00Z", "k", "12"),
        MomentExample(at: "2026-07-10T12:00:00Z", "a", "pm"),
    ])
    func clock(example: MomentExample) throws {
        #expect(try example.formatted == example.text)
    }

    @Test(arguments: [
        MomentExample("z", "UTC"),
        MomentExample("zz", "UTC"),
        MomentExample("Z", "+00:00"),
        MomentExample("ZZ", "+0000"),
        MomentExample("X", "1783674307"),
        MomentExample("x", "1783674307000"),
        MomentExample(in: "America/St_Johns", "z", "NDT"),
        MomentExample(in: "America/St_Johns", "Z", "-02:30"),
        MomentExample(in: "America/St_Johns", "ZZ", "-0230"),
        MomentExample(in: "America/St_Johns", "X", "1783674307"),
        MomentExample(at: "1970-01-01T00:00:00Z", "X", "0"),
        MomentExample(at: "1970-01-01T00:00:00Z", "x", "0"),
    ])
    func zone(example: MomentExample) throws {
        #expect(try example.formatted == example.text)
    }

    @Test(arguments: [
        MomentExample("LT", "9:05 AM"),
        MomentExample("LTS", "9:05:07 AM"),
        MomentExample("L", "07/10/2026"),
        MomentExample("LL", "July 10, 2026"),
        MomentExample("LLL", "July 10, 2026 9:05 AM"),
        MomentExample("LLLL", "Friday, July 10, 2026 9:05 AM"),
        MomentExample("l", "7/10/2026"),
        MomentExample("ll", "Jul 10, 2026"),
        MomentExample("lll", "Jul 10, 2026 9:05 AM"),
        MomentExample("llll", "Fri, Jul 10, 2026 9:05 AM"),
    ])
    func localized(example: MomentExample) throws {
        #expect(try example.formatted == example.text)
    }
}
