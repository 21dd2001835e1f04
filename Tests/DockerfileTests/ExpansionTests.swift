import Dockerfile
import Testing

@Suite struct ExpansionTests {
    struct Expanded: Sendable {
        let text: String
        let result: String

        init(_ text: String, _ result: String) {
            self.text = text
            self.result = result
        }
    }

    /// `A` is set, `E` is empty, `U` is not set.
    private static let arguments = [
        "A": "x", "E": "", "P": "a/b/c.tar.gz", "STAR": "**y", "F": "xxyy", "W": "/foo*/*/*.txt", "N": "\\*/",
        "S": "()[]{}^$.*?|\\x",
    ]

    @Test(arguments: [
        Expanded("i:$A", "i:x"), Expanded("i:${A}y", "i:xy"), Expanded("i:$A.y", "i:x.y"), Expanded("i$E", "i"),
        Expanded("${E}i", "i"), Expanded("i$", "i$"), Expanded("i$.", "i$."), Expanded("i<y", "i<y"),
        // Quotes and escapes.
        Expanded("\"i:$A\"", "i:x"), Expanded("'i:$A'", "i:$A"), Expanded("i:\\$A", "i:$A"), Expanded("i\\\\", "i\\"),
        Expanded("\"i\\$A\\y\"", "i$A\\y"), Expanded("\"i'$A'\"", "i'x'"), Expanded("i'\"'", "i\""),
        // A fallback: with : an empty value counts as none.
        Expanded("i${A:-y}", "ix"), Expanded("i${E:-y}", "iy"), Expanded("i${U:-y}", "iy"),
        Expanded("i${A-y}", "ix"), Expanded("i${E-y}", "i"), Expanded("i${U-y}", "iy"), Expanded("i${U:-}", "i"),
        Expanded("i${U:-${A}}", "ix"), Expanded("i${U:-${U:-\"z\"}}", "iz"), Expanded("i${U:-\\}}", "i}"),
        Expanded("i${A:-$U}", "ix"),
        // An alternative.
        Expanded("i${A:+y}", "iy"), Expanded("i${E:+y}", "i"), Expanded("i${U:+y}", "i"),
        Expanded("i${A+y}", "iy"), Expanded("i${E+y}", "iy"), Expanded("i${U+y}", "i"), Expanded("i${A:+$A-}", "ix-"),
        // A requirement.
        Expanded("i${A?no}", "ix"), Expanded("i${A:?no}", "ix"), Expanded("i${E?no}", "i"),
        // Removal at the start and the end, of the shortest and the longest match.
        Expanded("${P#*/}", "b/c.tar.gz"), Expanded("${P##*/}", "c.tar.gz"), Expanded("${P%.*}", "a/b/c.tar"),
        Expanded("${P%%.*}", "a/b/c"), Expanded("${P#?}", "/b/c.tar.gz"), Expanded("${P#z}", "a/b/c.tar.gz"),
        Expanded("${P#}", "a/b/c.tar.gz"), Expanded("${P%%${A}}", "a/b/c.tar.gz"), Expanded("${STAR#\\*}", "*y"),
        Expanded("i${STAR##\\**}", "i"), Expanded("${STAR%y}", "**"),
        // Replacement of the first match and of all.
        Expanded("${P/\\//-}", "a-b/c.tar.gz"), Expanded("${P//\\//-}", "a-b-c.tar.gz"),
        Expanded("${P/.*/}", "a/b/c"), Expanded("${P//?/y}", "yyyyyyyyyyyy"), Expanded("${P/z/y}", "a/b/c.tar.gy"),
        Expanded("${P/q/y}", "a/b/c.tar.gz"),
        Expanded("${W/$N/.}", "/foo.*/*.txt"), Expanded("${W//$N/.}", "/foo..*.txt"), Expanded("${F///}", "xxyy"),
        Expanded("${F/$E/w}", "wxxyy"), Expanded("${P//\\//\\/}", "a\\/b\\/c.tar.gz"),
        // Patterns with more than one star, and every character that means something elsewhere.
        Expanded("${F#*x*y}", "y"), Expanded("${F##*x*y}.", "."), Expanded("${F#*}", "xxyy"),
        Expanded("${F##*x}", "yy"),
        Expanded("${F%y*}", "xxy"), Expanded("${F%%y*}", "xx"), Expanded("${F##}", "xxyy"),
        Expanded("${F%%$E}", "xxyy"),
        Expanded("${S#()[]{\\}^$.\\*\\?|\\\\}", "x"),
    ])
    func givesTheTextWithValues(word: Expanded) throws {
        let arguments = Self.arguments.keys.sorted().joined(separator: " ")
        let dockerfile = try Dockerfile("ARG \(arguments) U\nFROM \(word.text)\n")
        let stage = try #require(dockerfile.finalStage)
        #expect(try dockerfile.baseImage(of: stage, arguments: Self.arguments)?.reference == word.result)
        #expect(stage.base.text == word.text)
    }

    @Test(arguments: [
        ("i:$U", "the variable U has no value here"),
        ("i:${U}", "the variable U has no value here"),
        ("i:${U#a}", "the variable U has no value here"),
        ("i:${U/a/b}", "the variable U has no value here"),
        ("i:${U:-$V}", "the variable V has no value here"),
        ("i:${U?}", "U: is not allowed to be unset"),
        ("i:${U?give-one}", "U: give-one"),
        ("i:${E:?}", "E: is not allowed to be empty"),
        ("$E", "the image $E has no text; expected an image or a stage name"),
        ("i:$TARGETARCH", "the value of TARGETARCH is known to the builder only"),
        ("i:${TARGETVARIANT:-v8}", "the value of TARGETVARIANT is known to the builder only"),
        ("i:${A", "the } of a ${…} is missing"),
        ("i:${A:-b", "the } of a ${…} is missing"),
        ("i:${A/b}", "the / of a ${…} is missing"),
        ("i:${A//b}", "the / of a ${…} is missing"),
        ("i:${A//b/c", "the } of a ${…} is missing"),
        ("i:${}", "${ without the name of a variable"),
        ("i:${:-a}", "${ without the name of a variable"),
        ("i:${A=b}", "${…} with the modifier =, which Dockerfiles do not have"),
        ("i:${A:#b}", "${…} with the modifier :#, which Dockerfiles do not have"),
        ("i:${A:=b}", "${A:=…} has a modifier that Dockerfiles do not have"),
        ("i:${A#\\x}", "the pattern \"\\x\" has a \\ before something else than * ? \\ } /"),
        ("'i", "the closing single quote is missing"),
        ("\"i", "the closing double quote is missing"),
    ])
    func namesVariableAndLine(text: String, problem: String) throws {
        let dockerfile = try Dockerfile("ARG A=x E=\nFROM \\\n  \(text)\n")
        let stage = try #require(dockerfile.finalStage)
        let error = #expect(throws: DockerfileError.self) { try dockerfile.baseImage(of: stage) }
        #expect(error?.line == 3)
        #expect(error?.problem.hasPrefix(problem) == true, "\(error?.problem ?? "")")
    }
}
