#!/bin/sh
# Checks what `make dist` made: sizes and checksums, that it can be made again with the same bytes, man pages and
# completions, the bill of materials, the package and the tarball in a clean Debian, the image on a registry.
# usage: check-dist.sh BUILD FOLDER
set -eu
build=$1
cd "$(dirname "$0")/.."
dist=$(cd "$2" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

version=$("$build/tagboat" --version)
architecture=$(dpkg --print-architecture)
name=tagboat-$version-linux-$architecture
package=tagboat_${version}_$architecture.deb

begun=$(date +%s)
step() { echo "== dist: $1 (after $(($(date +%s) - begun)) s)"; }

step "scripts, checksums and sizes"
shellcheck packaging/*.sh scripts/*.sh
(cd "$dist" && sha256sum --check --quiet SHA256SUMS)
# Nothing is there that was not made now, and nothing is missing.
find "$dist" -mindepth 1 -printf '%f\n' | LC_ALL=C sort > "$work/found"
printf '%s\n' SHA256SUMS tagboat "$name.oci.tar" "$name.spdx.json" "$name.tar.gz" "$package" | LC_ALL=C sort > "$work/expected"
diff "$work/expected" "$work/found"
while read -r file limit; do
    size=$(stat -c %s "$dist/$file")
    echo "$file: $size bytes, at most $limit"
    [ "$size" -le "$limit" ] || { echo "error: $file is larger than $limit bytes" >&2; exit 1; }
done << END
tagboat ${SIZE_LIMIT:-92000000}
$name.tar.gz 40000000
$package 29000000
$name.oci.tar 130000000
$name.spdx.json 200000
END

step "made again"
# Another time, another time zone, another language, other permissions: the same bytes.
(umask 077 && TZ=Pacific/Kiritimati LC_ALL=C.UTF-8 PARTS="tarball package" packaging/make-dist.sh "$build" "$work/again")
for file in "$name.tar.gz" "$package" "$name.spdx.json"; do cmp "$dist/$file" "$work/again/$file"; done
echo "tarball, package and bill of materials have the same bytes"

step "man pages and completions"
mkdir "$work/tarball"
tar -xzf "$dist/$name.tar.gz" -C "$work/tarball" --strip-components=1
share=$work/tarball/share
mandoc -T lint -W warning "$share"/man/man*/*
for page in "$share"/man/man*/*; do
    man --warnings --encoding=UTF-8 --local-file --troff-device=utf8 "$page" 2>> "$work/warnings" > /dev/null
done
[ ! -s "$work/warnings" ] || { cat "$work/warnings" >&2; exit 1; }
sed -n 's/^## \(tagboat.*\)/\1/p' docs/commands.md | tr ' ' '-' | LC_ALL=C sort > "$work/commands"
find "$share/man/man1" -name '*.1' -printf '%f\n' | sed 's/\.1$//' | LC_ALL=C sort | diff "$work/commands" -
bash -n "$share/bash-completion/completions/tagboat"
zsh -n "$share/zsh/site-functions/_tagboat"
fish --no-execute "$share/fish/vendor_completions.d/tagboat.fish"
echo "$(wc -l < "$work/commands") commands have a page"

step "bill of materials"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check spdx-tools==0.8.5
"$work/venv/bin/pyspdxtools" --infile "$dist/$name.spdx.json"
echo "SPDX 2.3: $(grep -c '"STATIC_LINK"' "$dist/$name.spdx.json") parts inside, $(grep -c '"DYNAMIC_LINK"' "$dist/$name.spdx.json") libraries of the system,\
 $(grep -c '"In lib/tagboat' "$dist/$name.spdx.json") packages in the tarball"

step "what the tarball needs of a system"
# docs/installing.md tells which systems have these.
objdump -T "$work/tarball/bin/tagboat" "$work/tarball"/lib/tagboat/* |
    grep -oE '\(?(GLIBC|GLIBCXX|CXXABI|GCC)_[0-9.]+' | tr -d '(' | sort -u > "$work/versions"
while IFS=_ read -r interface latest; do
    needed=$(sed -n "s/^${interface}_//p" "$work/versions" | sort -V | tail -n 1)
    echo "$interface ${needed:?}, at most $latest"
    printf '%s\n' "$needed" "$latest" | sort -C -V || { echo "error: the tarball needs $interface $needed" >&2; exit 1; }
done << END
GLIBC_2.35
GLIBCXX_3.4.30
CXXABI_1.3.13
GCC_12.0.0
END

step "package and tarball in a clean root"
scripts/check-package.sh "$dist/$package" "$dist/$name.tar.gz" "$version"

step "image, released by tagboat"
scripts/check-image.sh "$dist/tagboat" "$dist/$name.oci.tar" "$version"

step "done"
