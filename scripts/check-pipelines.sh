#!/bin/sh
# Has every pipeline that `tagboat init` writes checked by the schemas and linters of the CI systems.
# usage: check-pipelines.sh TAGBOAT
set -eu
tagboat=$1
source=$(cd "$(dirname "$0")" && pwd)

# One virtual environment for each list of linters.
linters=$source/pipeline-linters.txt
environment=$source/../.build/pipeline-linters-$(sha256sum "$linters" | cut -c1-12)
if [ ! -e "$environment/complete" ]; then
    rm -rf "$environment"
    python3 -m venv "$environment"
    "$environment/bin/pip" install --quiet --disable-pip-version-check --no-deps --requirement "$linters"
    touch "$environment/complete"
fi
exec "$environment/bin/python" "$source/check-pipelines.py" "$tagboat"
