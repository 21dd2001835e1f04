import Git
import Release
import SystemPackage
import TestSupport
import Testing

@Suite struct HookTests {
    private let variables = HookVariables(version: "2.2.0", previousVersion: "2.1.0", tag: "v2.2.0", level: "minor")

    private func hooks(_ commands: [String], in folder: FilePath, _ environment: [String: String] = [:]) -> Hooks {
        Hooks([.beforeBump: commands], in: folder.string, environment: environment)
    }

    @Test func commandsRunInOrderWithPlanAndVariables() async throws {
        try await withTemporaryDirectory { folder in
            let commands = [
                "cat > plan; pwd > log",
                #"echo "$TAGBOAT_HOOK $TAGBOAT_HOOK_VERSION $TAGBOAT_HOOK_PREVIOUS_VERSION $TAGBOAT_HOOK_TAG" >> log"#,
                #"echo "$TAGBOAT_HOOK_LEVEL ${TAGBOAT_HOOK_COMMIT-none} ${TAGBOAT_VERSION-none} $TAGBOAT_HOOK_DRY_RUN" >> log"#,
                "cat | wc -c >> log",
            ]
            let plan = Array("{\"version\":\"2.2.0\"}\n".utf8)
            try await hooks(commands, in: folder).run(.beforeBump, plan: plan, variables: variables)
            try await hooks(["touch other"], in: folder).run(.afterBump, plan: plan, variables: variables)
            #expect(try folder.appending("plan").readBytes() == plan)
            let log = try folder.appending("log").readText()
            #expect(log == "\(folder)\nbefore-bump 2.2.0 2.1.0 v2.2.0\nminor none none false\n20\n")
            #expect(!folder.appending("other").exists)
        }
    }

    @Test func theFirstFailureStops() async throws {
        try await withTemporaryDirectory { folder in
            let commands = ["touch one", "exit 7", "touch two"]
            let problem = await #expect(throws: HookError.self) {
                try await hooks(commands, in: folder).run(.beforeBump, plan: [], variables: variables)
            }
            #expect(problem?.kind == .failed(.exited(7)))
            #expect(problem?.description == "the hook before-bump, `exit 7`, failed with exit code 7")
            #expect(folder.appending("one").exists && !folder.appending("two").exists)
        }
    }

    @Test func aDryRunRunsNothing() async throws {
        try await withTemporaryDirectory { folder in
            var hooks = hooks(["touch one"], in: folder)
            hooks.isDryRun = true
            try await hooks.run(.beforeBump, plan: [], variables: variables)
            #expect(!folder.appending("one").exists)
        }
    }

    @Test func theDeadlineEndsAHook() async throws {
        try await withTemporaryDirectory { folder in
            var hooks = hooks(["sleep 20; touch one"], in: folder)
            hooks.deadline = .now + .milliseconds(200)
            let problem = await #expect(throws: ProgramError.self) {
                try await hooks.run(.beforeBump, plan: [], variables: variables)
            }
            #expect(problem?.kind == .timedOut)
        }
    }

    @Test func aHookDoesNotRunHooks() async throws {
        try await withTemporaryDirectory { folder in
            let inner = hooks(["touch one"], in: folder, ["TAGBOAT_HOOK": "after-commit"])
            let problem = await #expect(throws: HookError.self) {
                try await inner.run(.beforeBump, plan: [], variables: variables)
            }
            #expect(problem?.kind == .nested)
            // Without commands of its own it may do what it likes.
            try await inner.run(.afterPush, plan: [], variables: variables)
            #expect(!folder.appending("one").exists)
        }
    }

    @Test func commitMsgCorrectsAndRefuses() async throws {
        try await Workshop.with { workshop in
            let top = workshop.folder.appending("app")
            let git = try GitRepository(discoveringFrom: top.string)
            let environment = ["HOME": workshop.folder.string, "GIT_CONFIG_GLOBAL": "/dev/null"]
            let hook = CommitMessageHook(environment: environment) { _ in }
            #expect(try await hook.apply(to: "release\n", in: git) == "release\n")
            _ = try top.write(
                ".githooks/commit-msg",
                "#!/bin/sh\ngrep -q '^release' \"$1\" && printf '\\nChange-Id: I1\\n' >> \"$1\"\n",
                permissions: [.ownerReadWriteExecute]
            )
            #expect(try await hook.apply(to: "release\n", in: git) == "release\n")
            try await workshop.git("config", "core.hooksPath", ".githooks")
            #expect(try await hook.apply(to: "release\n", in: git) == "release\n\nChange-Id: I1\n")
            let problem = await #expect(throws: HookError.self) { try await hook.apply(to: "other\n", in: git) }
            #expect(problem?.description.contains("commit-msg") == true)
            #expect(try top.appending(".git/COMMIT_EDITMSG").readText() == "other\n")
        }
    }
}
