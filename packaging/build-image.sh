#!/bin/sh
# Makes tagboat's container image, as an OCI archive, from its Debian package. Asks no registry.
# usage: build-image.sh TAGBOAT PACKAGE FILE
set -eu
tagboat=$1 package=$2 file=$3
: "${SOURCE_DATE_EPOCH:?}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/packages" "$work/context"
cp "$package" "$work/packages"

# Jobs check out as one user and run as another, so git is told to trust what is mounted. Nothing of this machine's apt
# stays, as no package is installed later; mmdebstrap looks for one file of its own at the end.
# shellcheck disable=SC2016 # the hooks' $1 is the root
PACKAGES=$work/packages packaging/make-debian-root.sh "$work/context/root.tar" \
    --variant=essential --include=tagboat,ca-certificates,git \
    --aptopt='Apt::Install-Recommends "false"' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --dpkgopt='path-exclude=/usr/share/info/*' --dpkgopt='path-exclude=/usr/share/lintian/*' \
    --skip=cleanup/apt,output/dev \
    --customize-hook='find "$1/etc/apt" -type f ! -name 00mmdebstrap -delete' \
    --customize-hook='rm -rf "$1/var/lib/apt" "$1/var/cache/apt" "$1/etc/resolv.conf" "$1/etc/hostname"' \
    --customize-hook='rm "$1/etc/dpkg/dpkg.cfg.d/99mmdebstrap"' \
    --customize-hook='printf "[safe]\n\tdirectory = *\n" > "$1/etc/gitconfig"'

# A label a line, quoted for the shell.
labels=$("$tagboat" labels --quiet --format docker | tr '\n' ' ')
storage="--root $work/storage --runroot $work/run --storage-driver vfs"
# All times in it are the commit's.
# shellcheck disable=SC2086
eval "set -- $labels"
# shellcheck disable=SC2086
buildah $storage build --quiet --isolation chroot --timestamp "$SOURCE_DATE_EPOCH" "$@" \
    --file packaging/Dockerfile --tag tagboat "$work/context" > /dev/null
# shellcheck disable=SC2086
buildah $storage push --quiet tagboat "oci-archive:$file:tagboat"
