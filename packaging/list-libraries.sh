#!/bin/sh
# Lists the Debian packages that a binary needs at run time, by what it is linked with: a line for each with its name,
# version, architecture, source, and the dependency that dpkg-shlibdeps makes of it, behind a tab.
# usage: list-libraries.sh BINARY FOLDER      FOLDER is one to work in
set -eu
binary=$1
work=$(mktemp -d "$2/libraries.XXXXXX")

# dpkg-shlibdeps works in the source tree of a package only.
mkdir -p "$work/debian" "$work/root/DEBIAN" "$work/root/usr/bin"
cp "$binary" "$work/root/usr/bin/tagboat"
printf 'Source: tagboat\n\nPackage: tagboat\nArchitecture: any\n' > "$work/debian/control"
depends=$(cd "$work" && dpkg-shlibdeps -O root/usr/bin/tagboat | sed -n 's/^shlibs:Depends=//p')
rm -rf "$work"

echo "$depends" | tr ',' '\n' | sed 's/^ *//' | while read -r package range; do
    # shellcheck disable=SC2016
    dpkg-query --show --showformat='${Package} ${Version} ${Architecture} ${source:Package}' "$package"
    printf '\t%s\n' "$package${range:+ $range}"
done
