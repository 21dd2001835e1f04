import Testing

@testable import Versioning

@Suite struct FilePatternTests {
    struct Example: Sendable {
        let pattern: String
        /// The text, with ⟦…⟧ around what the group finds.
        let marked: String

        init(_ pattern: String, _ marked: String) {
            self.pattern = pattern
            self.marked = marked
        }
    }

    @Test(arguments: [
        Example("a(b)c", "ab a⟦b⟧c a⟦b⟧c"),
        Example("(a|ab)c", "⟦a⟧c ⟦ab⟧c"),
        // The first alternative that leads to a match is preferred, not the longest one.
        Example("(a|ab)", "⟦a⟧b"),
        Example("(a+)", "⟦aaa⟧b⟦a⟧"),
        Example("(a+?)", "⟦a⟧⟦a⟧⟦a⟧b"),
        Example("x(a{2,3})", "xa x⟦aa⟧ x⟦aaa⟧ x⟦aaa⟧a"),
        Example("x(a{2,3}?)", "x⟦aa⟧a"),
        Example("x(a{2,})b", "xab x⟦aaaa⟧b"),
        Example("x(a{0})b", "x⟦⟧b"),
        Example("^(\\d+)$", "⟦12⟧\r\n 3\r\n⟦4⟧\n5 \n⟦6⟧"),
        Example("(.+)", "⟦ab⟧\r\n⟦ü€🚢⟧\n⟦c⟧"),
        Example("(?s)(.+)", "⟦a\nb⟧"),
        Example("(?i)V(é|[x-z])=", "v⟦Y⟧= V⟦é⟧= vÉ="),
        Example("[^\"]*\"([^\"]*)\"", "a \"⟦b\nc⟧\" \"d"),
        Example("([]a^-]+)", "⟦a]-^⟧b"),
        Example("([\\w.-]+)@", "⟦a_b.c-d⟧@ü@"),
        Example("\\b(\\d)\\b", "⟦1⟧ a2 ⟦3⟧.⟦4⟧ 55"),
        Example("\\B(\\d)", "1⟦2⟧⟦3⟧ a⟦4⟧"),
        Example("\\A(a)", "⟦a⟧a"),
        Example("(a)\\z", "aa⟦a⟧"),
        Example("(?:a|b)+(?<version>c)(d)?", "ab⟦c⟧d c"),
        Example("(?P<version>[0-9]+)(x)", "⟦1⟧x 2"),
        Example("\\x41\\t(\\S)\\D", "A\t⟦1⟧a A\t22"),
        Example("(?:a*)*(b)", "aa⟦b⟧⟦b⟧a"),
        Example("(€+)", "a⟦€€⟧ü"),
        Example("\\{(\\.)\\}", "{⟦.⟧}{a}"),
    ])
    func findsTheGroup(_ example: Example) throws {
        let text = example.marked.filter { $0 != "⟦" && $0 != "⟧" }
        let places = try FilePattern(example.pattern).places(in: Array(text.utf8))
        var marked = Array(text.utf8)
        for place in places.reversed() {
            marked.insert(contentsOf: Array("⟧".utf8), at: place.upperBound)
            marked.insert(contentsOf: Array("⟦".utf8), at: place.lowerBound)
        }
        #expect(String(decoding: marked, as: UTF8.self) == example.marked)
    }

    @Test(arguments: [
        ("a", "no group in it"), ("(a)(b)", "it has 2 groups and none is named version"),
        ("(a", "expected ), at character 3"),
        ("(a))", "a ) without its (, at character 4"), ("(*)", "nothing to repeat, at character 2"),
        ("(a**)", "a second repetition"), ("(^*)", "nothing to repeat"), ("(?=a)(b)", "looking around"),
        ("(?<!a)(b)", "looking around"), ("(a)\\1", "the escape \\1 is not known"), ("([a)", "expected ]"),
        ("([z-a])", "a range goes"), ("([a-ü])", "a range goes"), ("([^ü])", "only ASCII"),
        ("(a{5,2})", "expected a count"),
        ("(a{1,9999})", "expected a count"), ("(a{", "expected a count"), ("(((a{1000}){1000}))", "it has 3 groups"),
        ("((?:a{1000}){1000})", "too large"), ("(?<version>a)(?<version>b)", "a second group version"),
        ("(?x)(a)", "the flag x"), ("([[:alpha:]])", "in place of a class"), ("(a)\\", "with nothing behind it"),
        ("(\\p{L})", "the escape \\p"), ("", "no group"),
    ])
    func refuses(_ pattern: String, _ problem: String) {
        let error = #expect(throws: PatternError.self) { try FilePattern(pattern) }
        #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
    }

    @Test func refusesDeepGroups() {
        #expect(throws: PatternError.self) { try FilePattern(String(repeating: ".", count: 3000) + "(a)") }
        let depth = 300
        let pattern = String(repeating: "(?:", count: depth) + "(a)" + String(repeating: ")", count: depth)
        #expect(throws: PatternError.self) { try FilePattern(pattern) }
    }

    /// Patterns on which backtracking would take for ever end at once; the limit is for a machine that is busy.
    @Test(arguments: ["(?:a*)*(c)", "(a|aa)+$x", "((?:a?){30}a{30})c", "(x+x+)+y|(?<version>a+)b"])
    func isLinear(_ text: String) throws {
        let pattern = try FilePattern(text)
        let clock = ContinuousClock()
        let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 2_000)
        var places: [Range<Int>] = []
        let time = try clock.measure { places = try pattern.places(in: bytes) }
        #expect(places.isEmpty)
        #expect(time < .seconds(60))
    }

    /// Our matcher finds what the standard library's backtracking one finds.
    @Test func agreesWithAnotherEngine() throws {
        var state: UInt64 = 42
        func below(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        // What can be empty is not repeated: engines go different ways there.
        func node(_ level: Int) -> (text: String, canBeEmpty: Bool) {
            switch below(level > 2 ? 3 : 8) {
            case 0: return ("a", false)
            case 1: return ("b", false)
            case 2: return (["[ab]", "[^a]", ".", "c"][below(4)], false)
            case 3, 4:
                let (first, second) = (node(level + 1), node(level + 1))
                return (first.text + second.text, first.canBeEmpty && second.canBeEmpty)
            case 5:
                let (first, second) = (node(level + 1), node(level + 1))
                return ("(?:\(first.text)|\(second.text))", first.canBeEmpty || second.canBeEmpty)
            default:
                let inner = node(level + 1)
                let sign = ["*", "+", "?", "*?", "+?", "{1,2}"][below(6)]
                return inner.canBeEmpty
                    ? inner : ("(?:\(inner.text))\(sign)", !sign.hasPrefix("+") && !sign.hasPrefix("{"))
            }
        }
        var compared = 0
        for _ in 0..<1500 {
            let text = node(0).text + "(" + node(0).text + ")" + node(0).text
            let sample = String((0..<below(12)).map { _ in ["a", "b", "c"][below(3)] }.joined())
            let regex = try Regex(text)
            let expected = sample.matches(of: regex).map { match in
                match.output[1].substring.map(String.init) ?? "none"
            }
            let bytes = Array(sample.utf8)
            let found = try FilePattern(text).places(in: bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
            compared += found.count
            #expect(found == expected, "\(text) in \(sample)")
        }
        #expect(compared > 500)
    }
}
