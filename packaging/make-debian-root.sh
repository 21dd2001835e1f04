#!/bin/sh
# Makes the root of a Debian system by mmdebstrap, from the sources that this machine's own apt has, of the same release.
# usage: make-debian-root.sh TARGET [MMDEBSTRAP-OPTION...]      TARGET is a tar file, or a folder that is not there yet
#        PACKAGES=FOLDER      has the packages of that folder beside those of Debian
set -eu
target=$1
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# shellcheck source=/dev/null
codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
# shellcheck disable=SC2016
apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' |
    grep -E "^[^ ]+ $codename(-security|-updates)? main\$" | sort -u | sed "s|^|deb [signed-by=$keyring] |" > "$work/sources"
if ! [ -s "$work/sources" ]; then
    echo "error: apt has no lists of Debian ${codename:-packages} on this machine" >&2
    echo "hint: run apt-get update on Debian, then run again" >&2
    exit 1
fi
if [ -n "${PACKAGES:-}" ]; then
    (cd "$PACKAGES" && dpkg-scanpackages . 2>/dev/null > "$work/Packages")
    find "$PACKAGES" -maxdepth 1 -name '*.deb' -exec cp {} "$work" \;
    echo "deb [trusted=yes] copy:$work ./" >> "$work/sources"
fi
# The way to the mirror is as the machine's own: proxies, and what is asked of dates.
apt-config dump | grep -E '^Acquire::(https?|Check-[A-Za-z-]+|Retries|Languages)\b' > "$work/options" || true

# apt downloads as a user of its own. Nobody needs each file on the disk before the next one is unpacked.
chmod -R a+rX "$work"
mmdebstrap --quiet --mode=root --aptopt="$work/options" --dpkgopt=force-unsafe-io "$@" "$codename" "$target" - < "$work/sources"
