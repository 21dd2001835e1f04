"""Checks the pipelines that `tagboat init` writes, and those at the top of the repository.

Each is checked by the schema or the parser of its own system; all YAML by yamllint, the workflows by zizmor, and the
shell inside of them by shellcheck. Then each check is shown a pipeline that is broken, to see that it would tell.

usage: check-pipelines.py TAGBOAT
"""

import pathlib
import subprocess
import sys
import tempfile

import tree_sitter
import tree_sitter_groovy
import yaml

PROGRAMS = pathlib.Path(sys.executable).parent
SOURCE = pathlib.Path(__file__).resolve().parent.parent
SYSTEMS = {
    "github": ".github/workflows/tagboat.yml",
    "gitlab": ".gitlab-ci.yml",
    "jenkins": "Jenkinsfile",
    "circleci": ".circleci/config.yml",
    "azure": "azure-pipelines.yml",
    "bitbucket": "bitbucket-pipelines.yml",
    "woodpecker": ".woodpecker/tagboat.yaml",
    "tekton": ".tekton/tagboat.yaml",
    "buildkite": ".buildkite/pipeline.yml",
}
SCHEMAS = {
    "github": "vendor.github-workflows",
    "gitlab": "vendor.gitlab-ci",
    "circleci": "vendor.circle-ci",
    "azure": "vendor.azure-pipelines",
    "bitbucket": "vendor.bitbucket-pipelines",
    "woodpecker": "vendor.woodpecker-ci",
    "buildkite": "vendor.buildkite",
    "action": "vendor.github-actions",
}
# What a project may be: its folder in the repository, its remote, its image, its git tags, its branch.
PROJECTS = {
    "plain": ("", "https://ada@github.com/Acme/UI.git", None, ["v1.2.0"], "main"),
    "gitlab": ("", "https://ada@gitlab.com/acme/web/ui.git", None, [], "trunk"),
    "elsewhere": ("", "https://ada@github.com/acme/ui.git", "registry.example.com:5000/acme/ui", ["1.2.0"], "main"),
    "hostile": (
        "it's a \"näughty\" # folder: - *x & !y",
        "https://ada@github.com/acme/it's%20%22quoted%22.git",
        "docker.io/acme/ui",
        ["release-1.2.0"],
        "release/next",
    ),
    "unknown": ("", None, None, [], "main"),
}
YAMLLINT = """
extends: default
rules:
  document-start: disable
  line-length: disable
  truthy: {check-keys: false}
  comments: {min-spaces-from-content: 1}
  braces: {max-spaces-inside: 1}
  indentation: {indent-sequences: whatever}
"""


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, errors="replace", check=False, **options)


def write_projects(tagboat, folder):
    """Runs `tagboat init` for each project and gives the pipelines by system."""
    written = {system: [] for system in SYSTEMS}
    for name, (place, remote, image, tags, branch) in PROJECTS.items():
        top = folder / name
        project = top / place
        project.mkdir(parents=True)
        (project / "Dockerfile").write_text("FROM scratch\n")
        git = ["git", "-C", str(top), "-c", "user.name=Ada", "-c", "user.email=ada@example.com"]
        setup = [["init", "--quiet", "--initial-branch", branch], ["add", "."], ["commit", "--quiet", "-m", "first"]]
        setup += [["remote", "add", "origin", remote]] if remote else []
        for command in setup + [["tag", tag] for tag in tags]:
            subprocess.run(git + command, check=True)
        arguments = ["--yes", "--quiet", "--ci", ",".join(SYSTEMS)] + (["--image", image] if image else [])
        subprocess.run([tagboat, "init", *arguments], cwd=project, check=True, stdout=subprocess.DEVNULL)
        checked = run(tagboat, "config", "check", cwd=project)
        if checked.returncode != 0:
            raise SystemExit(f"{name}: tagboat.yaml: {checked.stderr}")
        for system, path in SYSTEMS.items():
            written[system].append(top / path)
    return written


# MARK: The shell in each


def scripts(system, path):
    """The shell scripts of a pipeline, as its runner would give them to a shell."""
    text = path.read_text()
    if system == "jenkins":
        return [part.split("'''")[0].replace("\\\\", "\\") for part in text.split("sh '''")[1:]]
    documents = list(yaml.safe_load_all(text))
    if system == "tekton":
        return [step["script"] for task in documents if task["kind"] == "Task" for step in task["spec"]["steps"]]
    if system == "component":
        documents = documents[1:]
    document = documents[0]
    if system == "github":
        return [step["run"] for job in document["jobs"].values() for step in job["steps"] if "run" in step]
    if system == "action":
        return [step["run"] for step in document["runs"]["steps"] if "run" in step]
    if system in ("gitlab", "component"):
        before = next((job.get("before_script", []) for job in document.values()), [])
        jobs = [job for name, job in document.items() if "script" in job]
        return ["\n".join(job.get("before_script", before) + job["script"]) for job in jobs]
    if system == "circleci":
        steps = [step for command in document["commands"].values() for step in command["steps"]]
        steps += [step for job in document["jobs"].values() for step in job["steps"]]
        return [step["run"]["command"] for step in steps if "run" in step]
    if system == "azure":
        return [step["bash"] for job in document["jobs"] for step in job["steps"] if "bash" in step]
    if system == "bitbucket":
        return ["\n".join(item["step"]["script"]) for item in document["definitions"]["steps"]]
    if system == "woodpecker":
        return ["\n".join(step["commands"]).replace("$${", "${") for step in document["steps"]]
    if system == "buildkite":
        return [step["command"].replace("$$", "$") for step in document["steps"]]
    raise ValueError(system)


def check_shell(system, paths, folder):
    """What shellcheck finds in the scripts of pipelines."""
    dialect = "bash" if system in ("github", "circleci", "azure", "buildkite", "action") else "sh"
    files = []
    for index, path in enumerate(paths):
        found = scripts(system, path)
        if not found or any("tagboat" not in script for script in found):
            return f"{path}: no script, or one that does not name tagboat"
        for number, script in enumerate(found):
            file = folder / f"{system}-{index}-{number}.sh"
            file.write_text(script)
            files.append(str(file))
    # The variables of the CI system are nobody's here, and an assignment in one step counts in the next.
    result = run("shellcheck", "--shell", dialect, "--exclude", "SC2034,SC2154,SC2096", *files)
    return result.stdout if result.returncode else ""


# MARK: The form of each


def check_schema(system, paths):
    program = str(PROGRAMS / "check-jsonschema")
    # Some schemas have patterns that only a lenient reader of regular expressions takes.
    result = run(program, "--regex-variant", "nonunicode", "--builtin-schema", SCHEMAS[system], *map(str, paths))
    return result.stdout + result.stderr if result.returncode else ""


def check_groovy(paths):
    """What a parser of Groovy finds, and whether the pipeline has the sections that Jenkins asks for."""
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_groovy.language()))
    for path in paths:
        text = path.read_bytes()
        nodes = [parser.parse(text).root_node]
        while nodes:
            node = nodes.pop()
            if node.type == "ERROR" or node.is_missing:
                return f"{path}:{node.start_point.row + 1}: not Groovy: {text[node.start_byte:node.end_byte][:60]!r}"
            nodes += node.children
        for section in ("pipeline {", "    agent any", "    options {", "    environment {", "    stages {"):
            if f"\n{section}\n" not in text.decode():
                return f"{path}: no section {section.strip()}"
        if text.count(b"{") != text.count(b"}"):
            return f"{path}: braces do not match"
    return ""


def check_tekton(paths):
    """What Tekton's API asks for: kinds, names, and that whatever is named exists."""
    for path in paths:
        documents = list(yaml.safe_load_all(path.read_text()))
        for document in documents:
            if document.get("apiVersion") != "tekton.dev/v1" or "name" not in document.get("metadata", {}):
                return f"{path}: a document without apiVersion and name"
            if extra := set(document) - {"apiVersion", "kind", "metadata", "spec"}:
                return f"{path}: unknown keys {extra}"
        tasks = {item["metadata"]["name"]: item["spec"] for item in documents if item["kind"] == "Task"}
        runs = [item for item in documents if item["kind"] == "PipelineRun"]
        if len(tasks) + len(runs) != len(documents) or not runs:
            return f"{path}: a kind that is neither Task nor PipelineRun"
        for task in tasks.values():
            if extra := set(task) - {"params", "workspaces", "steps", "description", "results", "volumes"}:
                return f"{path}: a task has no {extra}"
            known = {"name", "image", "script", "env", "workingDir", "securityContext", "computeResources"}
            for step in task["steps"]:
                if extra := set(step) - known:
                    return f"{path}: a step has no {extra}"
                for variable in step["env"]:
                    value = variable.get("value")
                    if not isinstance(value, str) and "valueFrom" not in variable:
                        return f"{path}: {variable['name']} is no text"
        for item in runs:
            spec = item["spec"]
            bound = {workspace["name"] for workspace in spec["workspaces"]}
            if bound != {workspace["name"] for workspace in spec["pipelineSpec"]["workspaces"]}:
                return f"{path}: workspaces differ"
            for task in spec["pipelineSpec"]["tasks"]:
                wanted = {parameter["name"]: parameter for parameter in tasks[task["taskRef"]["name"]]["params"]}
                given = {parameter["name"]: parameter["value"] for parameter in task["params"]}
                if set(wanted) != set(given):
                    return f"{path}: the parameters of {task['name']} differ"
                for name, parameter in wanted.items():
                    if "enum" in parameter and given[name] not in parameter["enum"]:
                        return f"{path}: {given[name]} is not allowed"
    return ""


def check_form(system, paths):
    if system == "jenkins":
        return check_groovy(paths)
    if system == "tekton":
        return check_tekton(paths)
    return check_schema(system, paths)


def check_yaml(paths):
    result = run(str(PROGRAMS / "yamllint"), "--strict", "--config-data", YAMLLINT, *map(str, paths))
    return result.stdout if result.returncode else ""


def check_workflows(paths):
    program = str(PROGRAMS / "zizmor")
    result = run(program, "--offline", "--no-progress", "--color=never", "--persona=pedantic", *map(str, paths))
    return result.stdout + result.stderr if result.returncode else ""


# MARK: All of it

# What each system must refuse: a text of its pipeline, and what takes its place.
BROKEN = {
    "github": ("runs-on:", "run-on:"),
    "gitlab": ("when: never", "when: nevermore"),
    "jenkins": ("checkout([", "checkout([["),
    "circleci": ("machine:", "machines:"),
    "azure": ("fetchDepth: '0'", "fetchDepth: [0]"),
    "bitbucket": ("services: [docker]", "services: docker"),
    "woodpecker": ("commands:", "commands: {}\n    cmd:"),
    "tekton": ("name: run\n", "name: walk\n"),
    "buildkite": ("concurrency: 1", "concurrency: one"),
    "action": ("using: composite", "using: composed"),
}


def main(tagboat):
    findings = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        pipelines = write_projects(str(pathlib.Path(tagboat).resolve()), folder)
        pipelines["action"] = [SOURCE / "action.yml"]
        for system, paths in pipelines.items():
            findings.append(check_form(system, paths))
            findings.append(check_shell(system, paths, folder))
        component = SOURCE / "templates" / "release.yml"
        findings.append(check_shell("component", [component], folder))
        documents = component.read_text().split("\n---\n")
        jobs = folder / "component.yml"
        jobs.write_text(documents[1].replace("$[[", "$(("))
        findings.append(check_schema("gitlab", [jobs]))
        configurations = [path for path in folder.glob("*/**/tagboat.yaml") if not path.parent.name.startswith(".")]
        texts = [path for system, paths in pipelines.items() if system != "jenkins" for path in paths]
        findings.append(check_yaml([*texts, *configurations, component]))
        findings.append(check_workflows([*pipelines["github"], *pipelines["action"]]))

        # Would the checks tell?
        for system, (right, wrong) in BROKEN.items():
            text = pipelines[system][0].read_text()
            file = folder / f"broken-{system}.yml"
            file.write_text(text.replace(right, wrong, 1))
            if right not in text or not check_form(system, [file]):
                findings.append(f"{system}: a broken pipeline passes")
        unsafe = folder / "unsafe" / ".github" / "workflows" / "unsafe.yml"
        unsafe.parent.mkdir(parents=True)
        unsafe.write_text(pipelines["github"][0].read_text().replace("persist-credentials: false", "clean: true"))
        if not check_workflows([unsafe]):
            findings.append("zizmor: an unsafe workflow passes")
        careless = folder / "careless.yml"
        careless.write_text(pipelines["azure"][0].read_text().replace('"$folder/wanted"', "$folder/wanted"))
        if not check_shell("azure", [careless], folder):
            findings.append("shellcheck: a careless script passes")

    findings = [finding for finding in findings if finding]
    for finding in findings:
        # Schemas quote the whole file once for each way in which it could have been right.
        print("\n".join(line[:300] for line in finding.splitlines()[:60]), file=sys.stderr)
    count = sum(len(paths) for paths in pipelines.values()) + 1
    if findings:
        raise SystemExit(f"error: {len(findings)} checks of pipelines failed")
    print(f"{count} pipelines of {len(pipelines)} kinds are right")


main(sys.argv[1])
