#!/usr/bin/env python3
"""Writes what the licences of the parts ask for: the Debian copyright file (DEP-5), and the parts' own notices.

usage: write-copyright.py COMPONENTS COPYRIGHT NOTICE      COMPONENTS is what components.py writes
"""

import sys
from pathlib import Path

from components import HOME, TOP, read

EXCEPTION = "packaging/licences/Swift-exception.txt"
# What stands in a file of its own here; all else is in Debian's common licences or below.
TEXTS = {
    "Apache-2.0 WITH Swift-exception": EXCEPTION,
    **{name: f"packaging/licences/{name}.txt" for name in ("MIT", "Zlib", "Unicode-3.0", "Brian-Gladman-3-Clause")},
}
COMMON = {"Apache-2.0": "Apache License, Version 2.0", "CC0-1.0": "Creative Commons CC0 1.0 dedication to the public domain"}


def folded(text):
    """Lines of a field's continuation."""
    return "\n".join(f" {line}".rstrip() if line.strip() else " ." for line in text.strip().splitlines())


def stanza(part):
    version = f" {part.version}" if part.version else ""
    holders = "\n".join(f" {line}" for line in part.copyright)
    return (f"Files: {part.files}\nCopyright:\n{holders}\nLicense: {short_name(part.licence)}\n"
            f"Comment:\n {part.title}{version}, {part.home}")


def short_name(licence):
    """The licence in the words of DEP-5."""
    return licence.replace(" AND ", " and ").replace(" WITH Swift-exception", " with Swift exception")


def licence_stanza(name):
    if name in COMMON:
        text = (f"This is under the {COMMON[name]}.\nOn Debian systems its text is in\n"
                f"/usr/share/common-licenses/{name}; elsewhere it is at\nhttps://spdx.org/licenses/{name}.html")
    else:
        text = (TOP / TEXTS[name]).read_text(encoding="utf-8")
    return f"License: {short_name(name)}\n{folded(text)}"


def main():
    parts = read(sys.argv[1])
    copyright_file, notice_file = map(Path, sys.argv[2:])

    head = (f"Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
            f"Upstream-Name: tagboat\nSource: {HOME}\n"
            f"Comment:\n The program holds Swift packages and Swift's runtime, which are linked into it;\n"
            f" each of them has a paragraph here.")
    own = "Files: *\nCopyright:\n 2026 the tagboat authors\nLicense: Apache-2.0"
    stanzas = [head, own]
    used = {"Apache-2.0"}
    for part in parts:
        stanzas.append(stanza(part))
        used.update(part.licence.split(" AND "))
    stanzas += [licence_stanza(name) for name in sorted(used)]
    copyright_file.write_text("\n\n".join(stanzas) + "\n", encoding="utf-8")

    notices = ["Notices of the Swift packages that are linked into tagboat, in their own words."]
    for part in parts:
        if part.notice:
            lines = "\n".join(line.rstrip() for line in part.notice.strip("\n").splitlines())
            notices.append(f"{'=' * 78}\n{part.title} {part.version}\n{'=' * 78}\n\n{lines}")
    notice_file.write_text("\n\n".join(notices) + "\n", encoding="utf-8")


main()
