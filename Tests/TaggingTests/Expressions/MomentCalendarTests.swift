import Testing

@testable import Tagging

@Suite struct MomentCalendarTests {
    @Test(arguments: [
        MomentExample(at: "2026-07-01T00:00:00Z", "Do", "1st"),
        MomentExample(at: "2026-07-02T00:00:00Z", "Do", "2nd"),
        MomentExample(at: "2026-07-03T00:00:00Z", "Do", "3rd"),
        MomentExample(at: "2026-07-04T00:00:00Z", "Do", "4th"),
        MomentExample(at: "2026-07-11T00:00:00Z", "Do", "11th"),
        MomentExample(at: "2026-07-12T00:00:00Z", "Do", "12th"),
        MomentExample(at: "2026-07-13T00:00:00Z", "Do", "13th"),
        MomentExample(at: "2026-07-21T00:00:00Z", "Do", "21st"),
        MomentExample(at: "2026-07-22T00:00:00Z", "Do", "22nd"),
        MomentExample(at: "2026-07-23T00:00:00Z", "Do", "23rd"),
        MomentExample(at: "2026-07-31T00:00:00Z", "Do", "31st"),
        // Only the last two digits matter.
        MomentExample(at: "2026-04-21T00:00:00Z", "DDDo", "111th"),
        MomentExample(at: "2026-04-11T00:00:00Z", "DDDo", "101st"),
        MomentExample(at: "2026-07-30T00:00:00Z", "DDDo", "211th"),
    ])
    func ordinals(example: MomentExample) throws {
        #expect(try example.formatted == example.text)
    }

    @Test(arguments: [
        MomentExample(at: "2024-02-29T00:00:00Z", "YYYY-MM-DD DDD", "2024-02-29 60"),
        MomentExample(at: "2024-03-01T00:00:00Z", "DDD", "61"),
        MomentExample(at: "2024-12-31T00:00:00Z", "DDD", "366"),
        MomentExample(at: "2025-03-01T00:00:00Z", "DDD", "60"),
        MomentExample(at: "2000-02-29T00:00:00Z", "DDDD", "060"),
        MomentExample(at: "2100-03-01T00:00:00Z", "MM-DD DDD", "03-01 60"),
        MomentExample(at: "1900-12-31T00:00:00Z", "DDD", "365"),
        MomentExample(at: "2000-12-31T00:00:00Z", "DDD", "366"),
    ])
    func leapYears(example: MomentExample) throws {
        #expect(try example.formatted == example.text)
    }

    @Test(arguments: [
        // ISO weeks begin on Monday and belong to the year of their Thursday; the others, Sunday and Saturday.
        MomentExample(at: "2020-12-31T12:00:00Z", "GGGG-[W]WW-E gggg-ww-e", "2020-W53-4 2021-01-4"),
        MomentExample(at: "2021-01-01T12:00:00Z", "GGGG-[W]WW-E gggg-ww-e", "2020-W53-5 2021-01-5"),
        MomentExample(at: "2021-01-03T12:00:00Z", "GGGG-[W]WW-E gggg-ww-e", "2020-W53-7 2021-02-0"),
        MomentExample(at: "2021-01-04T12:00:00Z", "GGGG-[W]WW-E gggg-ww-e", "2021-W01-1 2021-02-1"),
        MomentExample(at: "2022-01-01T12:00:00Z", "GGGG-[W]WW-E gggg-ww-e", "2021-W52-6 2022-01-6"),
        MomentExample(at: "2023-01-01T12:00:00Z", "GGGG-[W]WW-E gggg-ww-e", "2022-W52-7 2023-01-0"),
        MomentExample(at: "2024-12-29T12:00:00Z", "GGGG-[W]WW-E gggg-ww-e", "2024-W52-7 2025-01-0"),
        MomentExample(at: "2024-12-30T12:00:00Z", "GGGG-[W]WW-E gggg-ww-e", "2025-W01-1 2025-01-1"),
        MomentExample(at: "2025-12-28T12:00:00Z", "GGGG-[W]WW-E gggg-ww-e", "2025-W52-7 2026-01-0"),
        MomentExample(at: "2026-12-31T12:00:00Z", "GGGG-[W]WW-E gggg-ww-e", "2026-W53-4 2027-01-4"),
        MomentExample(at: "2027-01-01T12:00:00Z", "GGGG-[W]WW-E gggg-ww-e", "2026-W53-5 2027-01-5"),
        MomentExample(at: "2027-01-04T12:00:00Z", "GGGG-[W]WW-E gggg-ww-e", "2027-W01-1 2027-02-1"),
    ])
    func weekYears(example: MomentExample) throws {
        #expect(try example.formatted == example.text)
    }

    @Test(arguments: [
        // The year 999, and 9999 to 10000.
        MomentExample(seconds: -30_641_760_000, "Y YYYY YYYYYY YY y", "0999 0999 +000999 99 999"),
        MomentExample(seconds: 253_402_300_799, "Y YYYY YYYYY YYYYYY", "9999 9999 09999 +009999"),
        MomentExample(seconds: 253_402_300_800, "Y YY YYYY YYYYYY gggg GG", "+10000 00 10000 +010000 10000 99"),
        // The years 1, 0 and -1, which are AD 1, 1 BC and 2 BC.
        MomentExample(seconds: -62_135_510_400, "Y YYYYYY y yo N NNNN", "0001 +000001 1 1st AD Anno Domini"),
        MomentExample(seconds: -62_150_000_000, "Y YY YYYYYY yyyy N NNNN", "0000 00 +000000 0001 BC Before Christ"),
        MomentExample(seconds: -62_190_000_000, "Y YY YYYY YYYYYY y NNNNN", "-0001 -01 -0001 -000001 2 BC"),
        MomentExample(seconds: -80_000_000_000, "Y YY gg GGGGG dddd w W", "-0566 -66 -66 -00566 Wednesday 48 48"),
        // The ends of the dates of JavaScript.
        MomentExample(seconds: 8_640_000_000_000, "YYYYYY-MM-DD X", "+275760-09-13 8640000000000"),
        MomentExample(seconds: 8_640_000_000_001, "YYYY", "Invalid date"),
    ])
    func distantYears(example: MomentExample) throws {
        #expect(try example.formatted == example.text)
    }
}
