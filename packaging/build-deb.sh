#!/bin/sh
# Makes the Debian package of what is staged, the same bytes each time.
# usage: build-deb.sh STAGE VERSION LIBRARIES FILE      LIBRARIES is what list-libraries.sh says
set -eu
stage=$1 version=$2 libraries=$3 file=$4
: "${SOURCE_DATE_EPOCH:?}"
maintainer="tagboat <tagboat@users.noreply.github.com>"
# In Debian's order a tilde stands before the release, as a hyphen does in semantic versions.
debian_version=$(echo "$version" | tr - '~')

root=$(mktemp -d "$(dirname "$stage")/deb.XXXXXX")
mkdir "$root/DEBIAN"
cp -R "$stage" "$root/usr"
doc=$root/usr/share/doc/tagboat
mkdir "$root/usr/share/zsh/vendor-completions"
mv "$root/usr/share/zsh/site-functions/_tagboat" "$root/usr/share/zsh/vendor-completions/_tagboat"
rmdir "$root/usr/share/zsh/site-functions"

# A package without a Debian revision has one changelog, under this name (Debian Policy, section 12.7).
gzip --no-name -9 > "$doc/changelog.gz" << END
tagboat ($debian_version) stable; urgency=medium

  * Version $version; CHANGELOG.md in this folder tells what is new.

 -- $maintainer  $(date --date="@$SOURCE_DATE_EPOCH" '+%a, %d %b %Y %H:%M:%S %z')
END
find "$root/usr/share/man" -name '*.[15]' -exec gzip --no-name -9 {} +
mkdir -p "$root/usr/share/lintian/overrides"
cp packaging/lintian-overrides "$root/usr/share/lintian/overrides/tagboat"

# Kibibytes, each file and folder rounded up, as deb-substvars(5) counts.
size=$(find "$root/usr" -printf '%y %s\n' | awk '{ total += $1 == "f" ? int(($2 + 1023) / 1024) : 1 } END { print total }')
cat > "$root/DEBIAN/control" << END
Package: tagboat
Version: $debian_version
Architecture: $(dpkg --print-architecture)
Maintainer: $maintainer
Installed-Size: $size
Depends: $(cut -f 2 "$libraries" | paste -s -d ';' | sed 's/;/, /g')
Recommends: ca-certificates, git
Suggests: buildah | podman | docker.io
Section: devel
Priority: optional
Homepage: https://github.com/tagboat/tagboat
Description: release automation for container images
 tagboat reads the VERSION file and the git commit, works out every tag that
 the image should carry, compares that with what is released, and moves the
 tags to their digests on any registry.
 .
 A moving tag, such as 2.1, 2 or latest, always goes to the highest release of
 its line and never backwards. A run that was interrupted, repeated or raced
 ends in the same place.
END
(cd "$root" && find usr -type f | sort | xargs -d '\n' md5sum > DEBIAN/md5sums)

chmod -R u=rwX,go=rX "$root"
find "$root" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
# Threads do not change what xz writes; a higher level saves 3 MB and takes three times as long.
dpkg-deb --root-owner-group -Zxz -z2 --build "$root" "$file" > /dev/null
rm -rf "$root"
