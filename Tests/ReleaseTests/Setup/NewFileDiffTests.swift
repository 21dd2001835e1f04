import Release
import Testing

/// The diff of new files; that git takes it is tried by the command's own tests.
@Suite struct NewFileDiffTests {
    @Test func oneLine() {
        #expect(
            NewFileDiff.text(path: "VERSION", "0.1.0\n")
                == "diff --git a/VERSION b/VERSION\nnew file mode 100644\n--- /dev/null\n+++ b/VERSION\n"
                + "@@ -0,0 +1 @@\n+0.1.0\n"
        )
    }

    @Test func linesOfWindowsAndNoEnd() {
        #expect(
            NewFileDiff.text(path: "a b", "1\r\n\n3").hasSuffix(
                "+++ b/a b\t\n@@ -0,0 +1,3 @@\n+1\r\n+\n+3\n\\ No newline at end of file\n"
            )
        )
    }

    @Test func namesAsGitWritesThem() {
        #expect(NewFileDiff.text(path: "ü\"\t", "x\n").contains("+++ \"b/\\303\\274\\\"\\011\"\n"))
    }
}
