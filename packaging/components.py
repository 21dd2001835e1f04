#!/usr/bin/env python3
"""Writes what the release binary is made of: Swift packages, the code of others inside of them, Swift's runtime.

usage: components.py BUILD DEPENDENCIES BINARY > components.json

BUILD is the folder of the release build, DEPENDENCIES what `swift package show-dependencies --format json` says.

What is linked is read from the build, what licence it has from the checkouts; packaging/third-party.toml tells only
what neither says, and is held against both.
"""

import json
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
HOME = "https://github.com/tagboat/tagboat"
SOURCES = (".swift", ".c", ".cc", ".cpp", ".h", ".S", ".inc")

# A licence by what its text says; the first that fits, so the longer condition stands first.
LICENCES = [
    ("Apache-2.0 WITH Swift-exception", ["Apache License", "Version 2.0", "Runtime Library Exception"]),
    ("Apache-2.0", ["Apache License", "Version 2.0"]),
    ("MIT", ["Permission is hereby granted, free of charge", "THE SOFTWARE IS PROVIDED \"AS IS\""]),
]


@dataclass
class Component:
    """Something whole that others wrote and that is inside of the binary."""

    title: str
    licence: str
    home: str
    version: str | None = None
    revision: str | None = None
    copyright: list[str] = field(default_factory=list)
    # Where it comes from: a folder of the work tree, or a library of the toolchain.
    files: str = ""
    # What it is a part of, by title; nothing where the binary holds it as such.
    within: str | None = None
    depends: list[str] = field(default_factory=list)
    notice: str | None = None


def fail(message):
    sys.exit(f"error: {message}")


def licence_of(text, path):
    flat = " ".join(text.split())
    for name, phrases in LICENCES:
        if all(phrase in flat for phrase in phrases):
            return name
    fail(f"the licence in {path} is not known; see packaging/components.py")


def linked_modules(build):
    """The modules whose objects went into the binary, each with the folder of its sources."""
    objects = (build / "tagboat.product/Objects.LinkFileList").read_text().splitlines()
    names = {match[1] for entry in objects if (match := re.search(r"/([^/]+)\.build/", entry))}
    scans = json.loads((build / "description.json").read_text())["swiftTargetScanArgs"]
    modules = {}
    for name in sorted(names):
        if name in scans:
            source = Path(scans[name][scans[name].index("-c") + 1])
            relative = source.parts[source.parts.index("Sources"):][:2]
            modules[name] = Path(*source.parts[: source.parts.index("Sources")], *relative)
        else:
            found = [path for path in (build.parent.parent / "checkouts").glob(f"*/Sources/{name}")]
            found += [path for path in (build.parent / "checkouts").glob(f"*/Sources/{name}")]
            if len(found) != 1:
                fail(f"the sources of the linked module {name} are in {len(found)} checkouts")
            modules[name] = found[0]
    return modules


def copyrights(folders):
    """The copyright lines of all sources, a line for each holder with its years from the first to the last."""
    years = defaultdict(set)
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix not in SOURCES and path.name != "LICENSE":
                continue
            head = path.read_text(encoding="utf-8", errors="replace")[:6000]
            for found in re.finditer(r"Copyright(?: ©| \([cC]\))? ([^\n]*)", head):
                split = re.match(r"((?:\d{4}|YEARS|[-–, ])*)(.*)", found[1])
                holder = re.sub(r"[\s.,;*/\"\\]*(?:All [Rr]ights [Rr]eserved)?[\s.;*/\"\\]*$", "", split[2])
                written = re.findall(r"\d{4}", split[1])
                if trailing := re.match(r"(.*), (\d{4})$", holder):
                    holder, written = trailing[1], [trailing[2]]
                holder = holder.removeprefix("by ").strip(" ,")
                if holder and (written or holder.startswith("the ")):
                    years[holder].update(written)
    return [
        " ".join(filter(None, ["-".join(dict.fromkeys([min(when, default=""), max(when, default="")])), holder]))
        for holder, when in sorted(years.items(), key=lambda item: item[0].lower())
    ]


def packages_of(dependencies):
    """Every package that was resolved, by the name of its checkout."""
    packages = {}

    def walk(package):
        for dependency in package["dependencies"]:
            packages[Path(dependency["path"]).name] = dependency
            walk(dependency)

    walk(dependencies)
    return packages


def bundled(entry, module, folder, package):
    text = "".join(
        path.read_text(encoding="utf-8", errors="replace") for path in sorted(folder.rglob("*"))
        if path.suffix in SOURCES or path.name == "LICENSE"
    )
    if entry.get("mark", "") not in text:
        fail(f"the sources of {module} do not say \"{entry['mark']}\" any more; see packaging/third-party.toml")
    found = [line for line in copyrights([folder]) if "SwiftNIO" not in line and "SwiftCrypto" not in line]
    return Component(
        title=f"{entry['title']} in {package}", licence=entry["licence"], home=entry["home"],
        copyright=[*entry.get("copyright", []), *found], within=package,
        files=f".build/checkouts/{package}/Sources/{module}/*",
    )


def components(build, dependencies, binary, swift_version):
    """What is inside, packages first, each followed by what it holds of others; the runtime comes last."""
    table = tomllib.loads((TOP / "packaging/third-party.toml").read_text(encoding="utf-8"))
    told = {name: entry for entry in table["module"] for name in entry["names"]}
    packages = packages_of(dependencies)
    pins = {pin["identity"]: pin["state"] for pin in json.loads((TOP / "Package.resolved").read_text())["pins"]}

    linked = defaultdict(dict)
    for module, folder in linked_modules(build).items():
        package = folder.parent.parent
        if package.name in packages and "checkouts" in package.parts:
            linked[package.name][module] = folder

    result = []
    for name, modules in sorted(linked.items(), key=lambda item: item[0].lower()):
        facts = packages[name]
        checkout = Path(next(iter(modules.values()))).parent.parent
        licence = next(iter(sorted(checkout.glob("LICENSE*"))), None) or fail(f"{name} has no licence file")
        notice = checkout / "NOTICE.txt"
        text = licence.read_text(encoding="utf-8")
        foreign = {module for module in modules if not told.get(module, {"own": True}).get("own")}
        lines = copyrights([folder for module, folder in modules.items() if module not in foreign])
        lines += [line for line in re.findall(r"^Copyright \(c\) (\d{4} [^\n]*?)\.?$", text, re.MULTILINE)]
        result.append(Component(
            title=name, licence=licence_of(text, licence), home=facts["url"].removesuffix(".git"),
            version=facts["version"], revision=pins[facts["identity"]]["revision"], copyright=lines,
            files=f".build/checkouts/{name}/*",
            depends=sorted(Path(each["path"]).name for each in facts["dependencies"] if Path(each["path"]).name in linked),
            notice=notice.read_text(encoding="utf-8") if notice.exists() else None,
        ))
        for module, folder in sorted(modules.items()):
            if module not in told and any(path.suffix in (".c", ".cc", ".cpp", ".S") for path in folder.rglob("*")):
                fail(f"{module} of {name} is C and is not in packaging/third-party.toml")
            if module in foreign:
                result.append(bundled(told[module], module, folder, name))

    everything = {module for modules in linked.values() for module in modules}
    if stale := sorted(set(told) - everything):
        fail(f"packaging/third-party.toml tells of modules that are not linked: {', '.join(stale)}")

    contents = binary.read_bytes()
    for entry in table["runtime"]:
        if entry["mark"].encode() not in contents:
            fail(f"{entry['title']} is not in {binary}; see packaging/third-party.toml")
        result.append(Component(
            title=entry["title"], licence=entry["licence"], home=entry["home"], version=swift_version,
            copyright=entry["copyright"], files=f"swift_static/linux/{entry['library']}",
        ))
    return result




def read(path):
    """The components that this program wrote to a file."""
    return [Component(**facts) for facts in json.loads(Path(path).read_text(encoding="utf-8"))]


def main():
    build, dependencies, binary = map(Path, sys.argv[1:])
    swift = subprocess.run(["swift", "--version"], check=True, capture_output=True, encoding="utf-8").stdout
    version = re.search(r"Swift version (\S+)", swift)[1]
    found = components(build, json.loads(dependencies.read_text(encoding="utf-8")), binary, version)
    json.dump([asdict(component) for component in found], sys.stdout, indent=1)


if __name__ == "__main__":
    main()
