#!/bin/sh
# Makes what the tarball has beside the package: a program that finds its libraries in lib/tagboat, these libraries as
# Debian built them, their licences, and a list of the packages that they are from.
# usage: bundle-libraries.sh BINARY FOLDER      FOLDER is made: bin, lib/tagboat and share/doc/tagboat/libraries
set -eu
binary=$1 folder=$2
libraries=$folder/lib/tagboat
doc=$folder/share/doc/tagboat/libraries
mkdir -p "$folder/bin" "$libraries" "$doc"

# What every system with glibc has: the C library's parts, and the compiler's and zlib, which dpkg, rpm, apt and dnf need.
system='^(linux-vdso|ld-linux-[a-z0-9-]+|libc|libm|libresolv|libdl|librt|libpthread|libgcc_s|libstdc\+\+|libz)\.so\.'

# The loader takes the program's RPATH for the libraries of its libraries, too; a RUNPATH would be for its own alone, and
# each library had to be changed.
# shellcheck disable=SC2016
patchelf --force-rpath --set-rpath '$ORIGIN/../lib/tagboat' --output "$folder/bin/tagboat" "$binary"
chmod 755 "$folder/bin/tagboat"

ldd "$binary" > "$folder/needed"
if grep 'not found' "$folder/needed" >&2; then
    echo "error: this machine does not have what $binary needs" >&2
    exit 1
fi
sed -n 's/^[[:space:]]*\([^ ]*\) => \(\/[^ ]*\) (.*/\1 \2/p' "$folder/needed" | grep -Ev "$system" | LC_ALL=C sort |
while read -r name path; do
    file=$(readlink -f "$path")
    # A RUNPATH in a library would keep the loader from looking at the program's RPATH.
    if objdump -p "$file" | grep -E '^ *(RPATH|RUNPATH) '; then
        echo "error: $file looks for its libraries elsewhere" >&2
        exit 1
    fi
    # dpkg knows a file in /usr/lib by the path that its package has for it, with /usr or without.
    package=$(dpkg-query --search "$file" 2>/dev/null || dpkg-query --search "${file#/usr}" 2>/dev/null ||
        dpkg-query --search "/usr$file")
    package=${package%%: *}
    install -m 644 "$file" "$libraries/$name"
    mkdir -p "$doc/${package%%:*}"
    cp -L "/usr/share/doc/${package%%:*}/copyright" "$doc/${package%%:*}/copyright"
    # shellcheck disable=SC2016
    dpkg-query --show --showformat='${Package} ${Version} ${Architecture} ${source:Package} ${source:Version}' "$package"
    printf '\t%s\n' "$name"
done > "$folder/list"
rm "$folder/needed"

# A package with several libraries has one line.
{
    echo "# Package, version, architecture, source package and its version in Debian; the libraries in lib/tagboat"
    awk -F '\t' '{ files[$1] = files[$1] (files[$1] == "" ? "" : " ") $2 } END { for (key in files) print key "\t" files[key] }' \
        "$folder/list" | LC_ALL=C sort
} > "$doc/packages"
rm "$folder/list"

# Debian's copyright files name these texts by their place.
mkdir "$doc/common-licenses"
grep -rhoE '/usr/share/common-licenses/[A-Za-z0-9.-]*[A-Za-z0-9]' "$doc" | LC_ALL=C sort -u | while read -r text; do
    cp -L "$text" "$doc/common-licenses/"
done
