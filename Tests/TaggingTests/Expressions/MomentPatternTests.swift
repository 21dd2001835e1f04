import Testing

@testable import Tagging

@Suite struct MomentPatternTests {
    @Test(arguments: [
        MomentExample("YYYYMMDD", "20260710"),
        MomentExample("YYYYMMDD-HHmmss", "20260710-090507"),
        MomentExample("YY.M.D", "26.7.10"),
        MomentExample("YYYY.MM.DD[T]HH", "2026.07.10T09"),
        MomentExample("[nightly-]YYYYMMDD", "nightly-20260710"),
        MomentExample("GGGG-[w]WW", "2026-w28"),
        MomentExample("X", "1783674307"),
        MomentExample("YYYYMMDD-HHmmss-SSS", "20260710-090507-000"),
        MomentExample("", "2026-07-10T09:05:07Z"),
        // Without a pattern, every zone without an offset prints a Z.
        MomentExample(at: "2026-01-10T09:05:07Z", in: "Europe/London", "", "2026-01-10T09:05:07Z"),
        MomentExample(in: "Europe/London", "", "2026-07-10T10:05:07+01:00"),
        MomentExample(in: "Asia/Tokyo", "", "2026-07-10T18:05:07+09:00"),
    ])
    func tags(example: MomentExample) throws {
        #expect(try example.formatted == example.text)
    }

    @Test(arguments: [
        MomentExample("[at] HH", "at 09"),
        MomentExample("[YYYY]YYYY", "YYYY2026"),
        MomentExample("[]D", "10"),
        MomentExample("[a]b]D", "a]b10"),
        MomentExample("[[D]]", "[D]"),
        MomentExample("[D", "[10"),
        MomentExample("D]", "10]"),
        MomentExample("[LT] LT", "LT 9:05 AM"),
        MomentExample(#"[a\b]"#, #"a\b"#),
        MomentExample("[a\nb]D", "a\nb10"),
    ])
    func quotedText(example: MomentExample) throws {
        #expect(try example.formatted == example.text)
    }

    @Test(arguments: [
        MomentExample(#"\D"#, "D"),
        MomentExample(#"\DD"#, "DD"),
        MomentExample(#"\DDDo"#, "DDDo"),
        MomentExample(#"\LT"#, "LT"),
        MomentExample(#"\LTSD"#, "LT010"),
        MomentExample(#"\[D]"#, "[10]"),
        MomentExample(#"\[LT]"#, "[LT]"),
        MomentExample(#"\\D"#, "10"),
        MomentExample(#"D\"#, "10"),
        MomentExample(#"\at"#, "at"),
    ])
    func backslashes(example: MomentExample) throws {
        #expect(try example.formatted == example.text)
    }

    @Test(arguments: [
        // The longest token wins.
        MomentExample("DDDDDo", "19110th"),
        MomentExample("MMMMM", "July7"),
        MomentExample("YYYYYYYYYY", "+0020262026"),
        MomentExample("YYY", "262026"),
        MomentExample("ddo", "Fro"),
        MomentExample("dddddo", "Friday5th"),
        MomentExample("hhmm", "0905"),
        MomentExample("Hmmm", "9055"),
        MomentExample("hmms", "9057"),
        MomentExample("yyyyy", "20262026"),
        MomentExample("ggg", "26g"),
        MomentExample("SSSSSSSSSSSS", "000000000000"),
        MomentExample("zzz", "UTCUTC"),
        MomentExample("NNNNNN", "ADAD"),
        MomentExample("LLLLLL", "Friday, July 10, 2026 9:05 AMJuly 10, 2026"),
        MomentExample("lllll", "Fri, Jul 10, 2026 9:05 AM7/10/2026"),
        MomentExample("w|ww", "w|28"),
        // A localized format may grow together with what is next to it.
        MomentExample("ML", "Jul/10/2026"),
        MomentExample("hLT", "09:05 AM"),
    ])
    func runsOfLetters(example: MomentExample) throws {
        #expect(try example.formatted == example.text)
    }

    @Test(arguments: [
        MomentExample("T - / : _ . +", "T - / : _ . +"),
        MomentExample("g G o i j K v", "g G o i j K v"),
        MomentExample("é💥", "é💥"),
        MomentExample("M\u{301}", "7\u{301}"),
        MomentExample("D\r\nD\nD", "101010"),
    ])
    func otherText(example: MomentExample) throws {
        #expect(try example.formatted == example.text)
    }
}
