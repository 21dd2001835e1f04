#!/usr/bin/env python3
"""Makes a git repository with a long history, the same one for the same options.

usage: Benchmarks/history.py [--commits 300000] [--tags 10000] [--files 300] [--since 20]
                             [--no-commit-graph] [--loose-refs] FOLDER

The history is what a product of many years has: a main line with merged feature branches, a maintenance branch for
each old major version whose fixes are released and merged back, Conventional Commit messages by a dozen people, and a
tag on every release, two in three annotated. Names and dates are made up by rule, and all dates are fixed.
"""

import argparse
import os
import random
import subprocess
import sys

START = 946_684_800  # 2000-01-01
STEP = 2_400  # seconds between commits: 300,000 of them take 23 years
PEOPLE = ["Ada", "Grace", "Edsger", "Barbara", "Donald", "Frances", "Niklaus", "Radia", "Tony", "Lynn", "Alan", "Joan"]
KINDS = ["feat"] * 4 + ["fix"] * 8 + ["chore"] * 3 + ["docs"] * 2 + ["refactor", "test", "perf", "ci"]
PARTS = ["api", "cli", "core", "docs", "http", "image", "login", "store", "tags", "ui"]
WORDS = "add keep drop check read write move name count close open sort the a every one old new fast empty long".split()


class History:
    """Writes a stream for `git fast-import`."""

    def __init__(self, options, stream):
        self.commits = options.commits
        self.tags = options.tags
        self.files = options.files
        self.random = random.Random(20_260_101)
        self.stream = stream
        self.mark = 0
        self.made_tags = 0

    def write(self, text):
        self.stream.write(text.encode())

    def data(self, text):
        self.write(f"data {len(text.encode())}\n{text}\n")

    def person(self, number):
        name = PEOPLE[number % len(PEOPLE)]
        return f"{name} <{name.lower()}@example.com>"

    def message(self):
        choose = self.random
        kind, part = choose.choice(KINDS), choose.choice(PARTS)
        mark = "!" if choose.random() < 0.002 else ""
        text = f"{kind}({part}){mark}: " + " ".join(choose.choices(WORDS, k=choose.randint(3, 7))) + "\n"
        if choose.random() < 0.3:
            lines = [" ".join(choose.choices(WORDS, k=12)) for _ in range(choose.randint(1, 4))]
            text += "\n" + "\n".join(lines) + f"\n\nRefs: #{self.mark}\n"
        return text

    def commit(self, branch, parents, message=None):
        """Writes a commit and gives its mark."""
        self.mark += 1
        author = self.person(self.random.randrange(len(PEOPLE)))
        date = f"{START + STEP * self.mark} +0{self.mark % 3}00"
        self.write(f"commit refs/heads/{branch}\nmark :{self.mark}\nauthor {author} {date}\n")
        self.write(f"committer {author} {date}\n")
        self.data(message or self.message())
        for index, parent in enumerate(parents):
            self.write(f"{'merge' if index else 'from'} :{parent}\n")
        file = self.random.randrange(self.files)
        self.write(f"M 100644 inline src/{file % 17}/file{file}.txt\n")
        self.data(f"{self.mark}")
        return self.mark

    def tag(self, name, mark):
        self.made_tags += 1
        if self.made_tags % 3 == 0:
            self.write(f"reset refs/tags/{name}\nfrom :{mark}\n\n")
        else:
            self.write(f"tag {name}\nfrom :{mark}\ntagger {self.person(0)} {START + STEP * mark} +0000\n")
            self.data(f"{name[1:]}\n")

    def run(self, since):
        choose = self.random
        self.write(f"commit refs/heads/main\nmark :1\ncommitter {self.person(0)} {START} +0000\n")
        self.data("feat: begin\n")
        for file in range(self.files):
            self.write(f"M 100644 inline src/{file % 17}/file{file}.txt\n")
            self.data("0")
        self.write("M 100644 inline VERSION\n")
        self.data(f"{self.last_version()}\n")
        self.mark = main = 1
        version = [0, 1, 0]
        spacing = (self.commits - since) / self.tags
        majors = 10
        old = None  # the maintained major version: its branch, tip, version, and where it ends
        while self.mark < self.commits - since:
            kind = choose.random()
            if kind < 0.06 and self.mark + 12 < self.commits - since:
                branch = main
                for _ in range(choose.randint(1, 8)):
                    branch = self.commit("feature", [branch])
                    if choose.random() < 0.5:
                        main = self.commit("main", [main])
                main = self.commit("main", [main, branch], "Merge branch 'feature'\n")
            elif old and kind < 0.10:
                old["tip"] = self.commit(old["branch"], [old["tip"]], "fix(core): backport a fix\n")
                if choose.random() < 0.3:
                    old["version"][2] += 1
                    self.tag("v{}.{}.{}".format(*old["version"]), old["tip"])
                if choose.random() < 0.1:
                    main = self.commit("main", [main, old["tip"]], f"Merge branch '{old['branch']}'\n")
                if self.mark > old["end"]:
                    old = None
            else:
                main = self.commit("main", [main])
            if self.made_tags < self.mark / spacing - 1 and self.made_tags < self.tags - 1:
                if version[0] < self.mark * majors // self.commits:
                    if old is None:
                        name = f"{version[0]}.x"
                        old = {"branch": name, "tip": main, "version": list(version), "end": self.mark + self.commits // 15}
                    version = [version[0] + 1, 0, 0]
                elif choose.random() < 0.3:
                    version = [version[0], version[1] + 1, 0]
                else:
                    version[2] += 1
                self.tag("v{}.{}.{}".format(*version), main)
        self.tag(f"v{self.last_version()}", main)
        while self.mark < self.commits:
            main = self.commit("main", [main])
        self.write("reset refs/heads/feature\nfrom 0000000000000000000000000000000000000000\n\n")
        self.write("done\n")

    @staticmethod
    def last_version():
        return "10.0.0"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder")
    parser.add_argument("--commits", type=int, default=300_000)
    parser.add_argument("--tags", type=int, default=10_000)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--since", type=int, default=20, help="commits after the last release")
    parser.add_argument("--no-commit-graph", action="store_true")
    parser.add_argument("--loose-refs", action="store_true", help="one file for each tag")
    options = parser.parse_args()
    if options.commits < options.tags + options.since + 100 or options.tags < 1:
        sys.exit("history.py: a history needs a commit for each tag, and a hundred more")

    def git(*arguments, **more):
        environment = dict(os.environ, GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_SYSTEM="/dev/null")
        return subprocess.run(["git", *arguments], check=True, env=environment, **more)

    git("init", "--quiet", "--initial-branch=main", options.folder)
    inside = ["-C", options.folder]
    importer = subprocess.Popen(
        ["git", *inside, "fast-import", "--quiet", "--force", "--done"], stdin=subprocess.PIPE)
    History(options, importer.stdin).run(options.since)
    importer.stdin.close()
    if importer.wait() != 0:
        sys.exit("history.py: git fast-import failed")
    git(*inside, "reset", "--quiet", "--hard", "main")
    if not options.loose_refs:
        git(*inside, "pack-refs", "--all")
    if not options.no_commit_graph:
        git(*inside, "commit-graph", "write", "--reachable", "--no-progress")


if __name__ == "__main__":
    main()
