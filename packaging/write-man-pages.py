#!/usr/bin/env python3
"""Writes the man pages: one for each command, from its flag definitions, and tagboat.yaml(5), from the schema.

usage: write-man-pages.py TAGBOAT FOLDER

TAGBOAT is the program; what it says of itself is all that the pages hold, besides the table of docs/exit-codes.md.
SOURCE_DATE_EPOCH is their date. Nothing else of the machine goes into them.
"""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
HOME = "https://github.com/tagboat/tagboat"


def escaped(text):
    """Text as roff takes it: no character is a request, and hyphens of code stay what is typed."""
    text = text.replace("\\", "\\e")
    for character, name in (("`", "ga"), ("^", "ha"), ("~", "ti"), ('"', "dq")):
        text = text.replace(character, f"\\({name}")
    # The words that are typed, such as --format, need a real minus.
    text = re.sub(r"(?<![\w-])-+(?=\w)", lambda run: run[0].replace("-", "\\-"), text)
    return re.sub(r"[^\x00-\x7f]", lambda found: f"\\[u{ord(found[0]):04X}]", text)


def code(text):
    return escaped(text).replace("'", "\\(aq").replace("-", "\\-").replace("\\\\-", "\\-")


def line(text):
    """A line of text, with a leading control character made harmless."""
    return "\\&" + text if text[:1] in (".", "'") else text


def prose(text):
    """Sentences, a line each, with `code` in bold; an empty line starts a new paragraph."""
    lines = []
    for number, paragraph in enumerate(re.split(r"\n\s*\n", text.strip())):
        if number:
            lines.append(".Pp")
        pieces = re.split(r"`([^`]+)`", re.sub(r"\s+", " ", paragraph))
        flat = "".join(f"\\fB{code(piece)}\\fR" if odd % 2 else escaped(piece) for odd, piece in enumerate(pieces))
        lines += [line(sentence) for sentence in re.split(r"(?<=[.!?:]) (?=[A-Z\\])", flat) if sentence]
    return lines


def word(text):
    """One argument of a macro."""
    quoted = code(text)
    if quoted[:1] in (".", "'") or len(quoted) <= 2:
        quoted = "\\&" + quoted
    return f'"{quoted}"' if " " in quoted else quoted


class Argument:
    """One flag, option or positional argument of a command."""

    def __init__(self, facts):
        self.kind = facts["kind"]
        self.value = facts.get("valueName", "")
        self.optional = facts["isOptional"]
        self.repeats = facts["isRepeating"]
        self.choices = facts.get("allValues", [])
        self.default = facts.get("defaultValue")
        self.abstract = facts.get("abstract", "")
        self.shown = facts.get("shouldDisplay", True)
        self.names = facts.get("names", [])

    def spelled(self, name):
        dashes = "-" if name["kind"] == "long" else ""
        flag = f"Fl {word(dashes + name['name'])}"
        return f"{flag} Ar {word(self.value)}" if self.kind == "option" else flag

    def synopsis(self):
        if self.kind == "positional":
            usage = f"Ar {word(self.value)}"
        else:
            # The long name says more, and it is what help shows.
            name = next((name for name in self.names if name["kind"] == "long"), self.names[0])
            usage = self.spelled(name)
        if self.repeats:
            usage += " ..."
        return f".Op {usage}" if self.optional else f".{usage}"

    def explained(self):
        tag = f"Ar {word(self.value)}" if self.kind == "positional" else " , ".join(map(self.spelled, self.names))
        text = self.abstract
        listed = all(re.search(rf"\b{re.escape(choice)}\b", text) for choice in self.choices)
        if self.choices and not listed:
            text += f" One of {', '.join(self.choices)}."
        if self.default is not None and "default" not in text:
            text += f" The default is {self.default}."
        return [f".It {tag}", *prose(text or "This help.")]


class Page:
    """One man page in mdoc(7)."""

    def __init__(self, name, section, date, version):
        self.name, self.section = name, section
        self.lines = [f".Dd {date}", f".Dt {name.upper()} {section}", f".Os tagboat {version}"]

    def part(self, title, lines):
        if lines:
            self.lines += [f".Sh {title}", *lines]

    def tagged(self, title, items, introduction=()):
        if items:
            entries = [entry for item in items for entry in item]
            self.part(title, [*introduction, ".Bl -tag -width Ds", *entries, ".El"])

    def see_also(self, pages):
        ordered = sorted(set(pages) - {(self.section, self.name)})
        separated = [f".Xr {name} {section} ," for section, name in ordered[:-1]]
        self.part("SEE ALSO", separated + [f".Xr {name} {section}" for section, name in ordered[-1:]])

    def write(self, folder):
        path = folder / f"man{self.section}" / f"{self.name}.{self.section}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(self.lines) + "\n", encoding="ascii")


def exit_codes():
    """The rows of docs/exit-codes.md: code and meaning."""
    rows = re.findall(r"^\| (\d) \| ([^|]+) \|", (TOP / "docs/exit-codes.md").read_text(encoding="utf-8"), re.MULTILINE)
    if len(rows) != 7:
        sys.exit(f"error: docs/exit-codes.md has {len(rows)} exit codes in its table, and 7 are known")
    return [[f".It {code}", *prose(meaning[0].upper() + meaning[1:] + ".")] for code, meaning in rows]


def shown_commands(command):
    # `help` is ArgumentParser's own and says what --help says.
    return [each for each in command.get("subcommands", []) if each.get("shouldDisplay", True) and each["commandName"] != "help"]


def command_page(command, above, date, version):
    words = [*above, command["commandName"]]
    name = "-".join(words)
    page = Page(name, 1, date, version)
    arguments = [argument for argument in map(Argument, command.get("arguments", [])) if argument.shown]
    options = [argument for argument in arguments if argument.kind != "positional"]
    positional = [argument for argument in arguments if argument.kind == "positional"]
    commands = shown_commands(command)

    page.part("NAME", [f".Nm {name}", f".Nd {code(command['abstract'].rstrip('.'))}"])
    synopsis = [f'.Nm "{" ".join(words)}"', *[argument.synopsis() for argument in [*options, *positional]]]
    page.part("SYNOPSIS", synopsis + ([".Ar command", ".Op Ar arguments"] if commands else []))
    description = f"{command['abstract']} {command.get('discussion', '')}"
    # The codes have a section of their own here.
    page.part("DESCRIPTION", prose(re.sub(r"Exit codes: [^\n]*\n\n", "", description)))
    page.tagged("COMMANDS", [
        [f".It Xr {'-'.join([*words, each['commandName']])} 1", *prose(each["abstract"])] for each in commands
    ])
    page.tagged("ARGUMENTS", [argument.explained() for argument in positional])
    page.tagged("OPTIONS", [argument.explained() for argument in options])
    if not above:
        page.tagged("ENVIRONMENT", [
            [".It Ev TAGBOAT_CONFIG", "The configuration file."],
            [".It Ev TAGBOAT_*", "A configuration key, such as", ".Ev TAGBOAT_POLICY_EVIDENCE", "for policy.evidence:", ".Xr tagboat.yaml 5 ."],
            [".It Ev SOURCE_DATE_EPOCH", "The time, in seconds since 1970, in place of the clock."],
            [".It Ev NO_COLOR", "No colour, if it is set."],
        ])
        page.tagged("FILES", [
            [".It Pa tagboat.yaml", "The configuration, in the current folder or in one above it:", ".Xr tagboat.yaml 5 ."],
            [".It Pa VERSION", "The version that is released."],
        ])
        page.tagged("EXIT STATUS", exit_codes())
    parents = [(1, "-".join(words[:length])) for length in range(1, len(words))]
    children = [(1, "-".join([*words, each["commandName"]])) for each in commands]
    page.see_also([*parents, *children, (5, "tagboat.yaml")])
    if not above:
        page.lines += [".Pp", f".Lk {HOME}"]
    return [page] + [each for child in commands for each in command_page(child, words, date, version)]


def kind_of(schema):
    """What a key takes, in words."""
    if "enum" in schema:
        return "one of " + ", ".join(f"`{json.dumps(value) if not isinstance(value, str) else value}`" for value in schema["enum"])
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices:
        kinds = list(dict.fromkeys(kind_of(choice) for choice in choices))
        # A list may most often be written as its one item.
        items = next((kind_of(choice["items"]) for choice in choices if "items" in choice), None)
        alone = [kind for kind in kinds if not kind.startswith("a list,")]
        if items and items == " or ".join(alone):
            return f"{items}, or a list of such"
        return " or ".join(kinds)
    kind = schema.get("type", "any")
    if isinstance(kind, list):
        kind = kind[0] if "string" not in kind else "string"
    if kind == "array":
        return f"a list, each item {kind_of(schema.get('items', {}))}"
    if kind == "integer" and "minimum" in schema and "maximum" in schema:
        return f"a number from {schema['minimum']} to {schema['maximum']}"
    return {"string": "text", "integer": "a number", "boolean": "true or false", "object": "a mapping", "number": "a number"}.get(kind, "a value")


def example_of(schema):
    if "examples" in schema:
        value = schema["examples"][0]
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    for choice in [*schema.get("anyOf", []), *schema.get("oneOf", []), *([schema["items"]] if "items" in schema else [])]:
        if found := example_of(choice):
            return found
    return None


def keys_of(schema, path=()):
    """Every key with what it takes, in the schema's order; NAME stands for a name of one's own."""
    for key, inner in schema.get("properties", {}).items():
        yield from key_of(inner, (*path, key))
    extra = schema.get("additionalProperties")
    if isinstance(extra, dict) and path and "properties" in extra:
        yield from keys_of(extra, (*path, "NAME"))


def key_of(schema, path):
    nested = [schema, *schema.get("anyOf", []), *schema.get("oneOf", [])]
    if "description" in schema or not any("properties" in each for each in nested):
        yield path, schema
    for each in nested:
        yield from keys_of(each, path)


def configuration_page(schema, date, version):
    page = Page("tagboat.yaml", 5, date, version)
    page.part("NAME", [".Nm tagboat.yaml", ".Nd configuration of tagboat"])
    page.part("DESCRIPTION", prose(
        "The file is YAML. It is looked for in the current folder and in those above it, up to the top of the work tree; "
        "`--config` or `TAGBOAT_CONFIG` names another. A flag wins over the environment, the environment over the file, the "
        "file over the default. Relative paths in the file start at the file's folder.\n\n"
        "`tagboat config check` checks the file, `tagboat config show` prints every value with its origin, and `tagboat "
        "config schema` prints the JSON Schema that this page is made from."
    ))
    items = {}
    for path, facts in keys_of(schema):
        text = [facts.get("description", "")]
        text.append(f"It takes {kind_of(facts)}.")
        if example := example_of(facts):
            text.append(f"Example: `{example}`")
        items.setdefault(".".join(path), [f".It Ic {word('.'.join(path))}", *prose(" ".join(filter(None, text)))])
    if len(items) < 20:
        sys.exit(f"error: the schema of tagboat.yaml shows {len(items)} keys only")
    page.tagged("KEYS", list(items.values()), prose(
        "A dot stands for a level of indentation, NAME for a name of your own."
    ))
    page.part("ENVIRONMENT", prose(
        "The variable of a key is its name in capitals, with `_` for each dot and hyphen, behind `TAGBOAT_`; "
        "it holds what the file would have behind the key."
    ))
    page.part("EXAMPLES", [
        ".Bd -literal", *map(line, map(code, (
            "images: [registry.example.com/acme/ui]",
            "tags: [version, minor, major, latest, sha]",
            "policy:",
            "  yank: [2.1.107]",
        ))), ".Ed",
    ])
    page.see_also([(1, "tagboat"), (1, "tagboat-config")])
    return page


def main():
    program, folder = sys.argv[1], Path(sys.argv[2])

    def said(*arguments):
        return subprocess.run([program, *arguments], check=True, capture_output=True, encoding="utf-8").stdout

    version = said("--version").strip()
    now = time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"]))
    months = "January February March April May June July August September October November December".split()
    date = f"{months[now.tm_mon - 1]} {now.tm_mday}, {now.tm_year}"
    command = json.loads(said("--experimental-dump-help"))["command"]
    for page in [*command_page(command, [], date, version), configuration_page(json.loads(said("config", "schema")), date, version)]:
        page.write(folder)


main()
