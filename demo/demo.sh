#!/bin/sh
# Plays a release story in a temporary folder: a real git repository, a real image for each release, and an OCI image
# layout as the registry. Nothing outside of the folder is touched, but for the picture that is asked for.
# usage: demo.sh TAGBOAT [PICTURE.svg]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tagboat=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")

picture=${2:-}
case $picture in "" | /*) ;; *) picture=$PWD/$picture ;; esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

strong="" plain=""
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then strong=$(printf '\033[1m') plain=$(printf '\033[0m'); fi

# The story must not depend on who plays it, or when.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=Demo GIT_AUTHOR_EMAIL=demo@example.com
export GIT_COMMITTER_NAME=Demo GIT_COMMITTER_EMAIL=demo@example.com
unset SOURCE_DATE_EPOCH
for variable in $(env | sed -n 's/^\(TAGBOAT_[A-Z_]*\)=.*/\1/p'); do unset "$variable"; done

git init --quiet --initial-branch=main app
cd app
git remote add origin https://github.com/acme/gallery-ui.git
printf 'images: [oci:../registry]\nfrom: oci:../build:app\n' > tagboat.yaml
git add tagboat.yaml
day=1

release() {
    export GIT_AUTHOR_DATE="2026-07-0${day}T09:30:00Z" GIT_COMMITTER_DATE="2026-07-0${day}T09:30:00Z"
    day=$((day + 1))
    echo "$1" > VERSION
    git add VERSION
    git commit --quiet --message "Release $1"
    rm -rf ../build
    "$here/image.sh" "$tagboat" ../build app
    printf '\n%s$ tagboat push%s   (VERSION says %s, on branch %s)\n' "$strong" "$plain" "$1" "$(git branch --show-current)"
    "$tagboat" push --quiet
    git tag --annotate "v$1" --message "$1"
}

release 2.1.106
release 2.1.114
release 2.2.11
release 3.0.42

git switch --quiet --create 2.1.x v2.1.114
release 2.1.115

# Each command is shown as it is run.
show() {
    printf '\n%s$ tagboat %s%s\n' "$strong" "$*" "$plain"
    "$tagboat" "$@"
}

show verify
show history
show history --at 2026-07-03 --line 2
[ -z "$picture" ] || show history --format svg --title gallery-ui --output "$picture"
