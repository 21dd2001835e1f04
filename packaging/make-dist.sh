#!/bin/sh
# Makes what is shipped from a release build: the binary, a tarball, a Debian package, a container image, a bill of
# materials and checksums. The same commit and the same binary give the same bytes, whenever it is run on a machine with
# the same libraries; the image has besides what Debian has at the time.
# usage: make-dist.sh BUILD FOLDER      such as: make-dist.sh .build/release dist
#        PARTS="tarball package"        makes these parts alone; by default all
set -eu
export LC_ALL=C TZ=UTC PYTHONDONTWRITEBYTECODE=1
umask 022
build=$1
mkdir -p "$2"
dist=$(cd "$2" && pwd)
cd "$(dirname "$0")/.."
parts=${PARTS:-tarball package image}

export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}"
version=$("$build/tagboat" --version)
architecture=$(dpkg --print-architecture)
name=tagboat-$version-linux-$architecture

work=$(mktemp -d .build/dist.XXXXXX)
trap 'rm -rf "$work"' EXIT
rm -f "$dist"/tagboat* "$dist/SHA256SUMS"

# What the tarball and the package have in common, below /usr or /usr/local.
stage=$work/$name
share=$stage/share
mkdir -p "$stage/bin" "$share/bash-completion/completions" "$share/zsh/site-functions" "$share/fish/vendor_completions.d"
cp "$build/tagboat" "$stage/bin/tagboat"
packaging/write-man-pages.py "$stage/bin/tagboat" "$share/man"
# bash reads the file, it is not run by itself.
"$stage/bin/tagboat" --generate-completion-script bash | sed '1{/^#!/d}' > "$share/bash-completion/completions/tagboat"
"$stage/bin/tagboat" --generate-completion-script zsh > "$share/zsh/site-functions/_tagboat"
"$stage/bin/tagboat" --generate-completion-script fish > "$share/fish/vendor_completions.d/tagboat.fish"

doc=$share/doc/tagboat
mkdir -p "$doc"
cp -R README.md CHANGELOG.md docs "$doc"
swift package show-dependencies --format json > "$work/dependencies.json"
packaging/components.py "$build" "$work/dependencies.json" "$stage/bin/tagboat" > "$work/components.json"
packaging/write-copyright.py "$work/components.json" "$doc/copyright" "$doc/NOTICE"
packaging/list-libraries.sh "$stage/bin/tagboat" "$work" > "$work/libraries"
# The tarball is for systems that have other libraries than Debian has.
bundle=$work/bundle
packaging/bundle-libraries.sh "$stage/bin/tagboat" "$bundle"
packaging/write-sbom.py "$work/components.json" "$stage/bin/tagboat" "$name" "$work/libraries" "$bundle" \
    "$dist/$name.spdx.json"

for part in $parts; do
    case $part in
    tarball)
        mkdir "$work/tarball"
        cp -R "$stage" "$work/tarball"
        cp -R "$bundle/." "$work/tarball/$name"
        cp LICENSE "$work/tarball/$name/share/doc/tagboat/LICENSE"
        chmod -R u=rwX,go=rX "$work/tarball"
        tar --create --directory "$work/tarball" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner \
            --format=gnu "$name" | gzip --no-name -6 > "$dist/$name.tar.gz"
        rm -rf "$work/tarball"
        ;;
    package)
        packaging/build-deb.sh "$stage" "$version" "$work/libraries" "$dist/tagboat_${version}_$architecture.deb"
        ;;
    image)
        packaging/build-image.sh "$stage/bin/tagboat" "$dist/tagboat_${version}_$architecture.deb" "$dist/$name.oci.tar"
        ;;
    *)
        echo "error: there is no part \"$part\"" >&2
        exit 2
        ;;
    esac
done
cp "$build/tagboat" "$dist/tagboat"
(cd "$dist" && sha256sum tagboat* > SHA256SUMS)
