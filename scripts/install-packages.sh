#!/bin/sh
# Installs the Debian packages that a step needs, where they are missing.
# usage: install-packages.sh build|test|pipelines|sarif|release|dist|check-dist ...
set -eu

build="libgit2-dev zlib1g-dev pkg-config"
# The registries, clients and engines that the tests run against.
test="docker-registry skopeo podman buildah nginx apache2-utils openssl curl git gnupg openssh-client"
# What packages and the image are made with, and what judges them.
dist="binutils patchelf dpkg-dev python3 mmdebstrap debian-archive-keyring buildah"
check_dist="shellcheck lintian man-db mandoc zsh fish python3-venv docker-registry skopeo curl"

# What the checks of pipelines run; the rest comes from PyPI.
pipelines="python3 python3-venv shellcheck"
# What looks at the page and the picture of a history.
test="$test chromium fonts-dejavu-core tidy libxml2-utils"

missing=""
for group in "$@"; do
    case $group in
    build) packages=$build ;;
    test) packages=$test ;;
    pipelines) packages=$pipelines ;;
    sarif) packages="python3-venv" ;;
    release) packages="binutils" ;;
    dist) packages=$dist ;;
    check-dist) packages=$check_dist ;;
    *) echo "error: there is no group of packages \"$group\"" >&2; exit 2 ;;
    esac
    for package in $packages; do
        dpkg-query --show --showformat='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed ||
            missing="$missing $package"
    done
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "error: these packages are missing:$missing" >&2
    echo "hint: install what your system calls them, then run again" >&2
    exit 1
fi
sudo=""
[ "$(id -u)" = 0 ] || sudo="sudo"
echo "installing:$missing"
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -qq
# shellcheck disable=SC2086
$sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
