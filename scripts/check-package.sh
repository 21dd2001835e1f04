#!/bin/sh
# Checks the Debian package and the tarball: by lintian, and by using both in a clean Debian, from installing to purging;
# the tarball comes first, where there is no libgit2.
# usage: check-package.sh PACKAGE TARBALL VERSION
set -eu
package=$1 tarball=$2 version=$3
top=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

lintian --allow-root --fail-on error --tag-display-limit 0 "$package"
echo "lintian: no errors"

cat > "$work/use.sh" << 'END'
#!/bin/sh
# Runs in the root, which is the current folder's.
set -eu
version=$1 prefix=$2
[ "$(tagboat --version)" = "$version" ]
for page in tagboat tagboat-push tagboat-config-check tagboat.yaml; do
    case $(man -w "$page") in
    # Debian has a link from man to share/man in /usr/local.
    "$prefix"/share/man/* | "$prefix"/man/*) ;;
    *) echo "error: man finds no page of $page below $prefix" >&2; exit 1 ;;
    esac
done
man tagboat | grep -q 'EXIT STATUS'

# What a shell does for "tagboat pu" and for "tagboat push --fo", with the Tab key.
bash -euc '
    . /usr/share/bash-completion/bash_completion
    . "$1/share/bash-completion/completions/tagboat"
    complete -p tagboat > /dev/null
    completed() {
        COMP_WORDS=(tagboat "$@") COMP_CWORD=$# COMP_LINE="tagboat $*" COMPREPLY=()
        COMP_POINT=${#COMP_LINE}
        _tagboat tagboat "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf "%s\n" "${COMPREPLY[@]}" | sed "s/ *\$//"
    }
    set +eu
    completed pu | grep -qx push && completed push --fo | grep -qx -- --format
' bash "$prefix"

checkout=$(mktemp -d)
cd "$checkout"
git init --quiet --initial-branch=main
echo 2.1.106 > VERSION
git add VERSION
git -c user.name=Ada -c user.email=ada@example.com commit --quiet --message "feat: begin"
tagboat version
tagboat version | grep -q 2.1.106
cd /
rm -rf "$checkout"
END

cat > "$work/linked.sh" << 'END'
#!/bin/sh
# Runs in the root: what not every system has comes from the tarball's own folder.
set -eu
folder=$1
ldd "$folder/bin/tagboat" | sed "s|$folder/bin/\.\./|$folder/|" > /tmp/linked
system='^[[:space:]]*(linux-vdso|lib(c|m|resolv|gcc_s|stdc\+\+|z)\.so|/lib[0-9]*/ld-linux)'
if grep -vE "$system|=> $folder/lib/tagboat/" /tmp/linked >&2; then
    echo "error: these are not from $folder/lib/tagboat" >&2
    exit 1
fi
for file in "$folder"/lib/tagboat/*; do
    grep -q "=> $file " /tmp/linked || { echo "error: $file is not used" >&2; exit 1; }
done
echo "$(grep -c "=> $folder/lib/tagboat/" /tmp/linked) libraries from $folder/lib/tagboat"
rm /tmp/linked
END

# mmdebstrap runs this with the root; whatever changes something is run inside of it by chroot.
cat > "$work/check.sh" << 'END'
#!/bin/sh
set -eu
root=${1:?}
within() { chroot "$root" "$@" > "$CHECK/log" 2>&1 || { cat "$CHECK/log" >&2; exit 1; }; }
# What dpkg, apt and caches note of what they did does not count.
files() {
    find "$root" -xdev \( -path "$root/proc" -o -path "$root/sys" -o -path "$root/dev" -o -path "$root/tmp" \
        -o -path "$root/var/log" -o -path "$root/var/cache" -o -path "$root/var/lib/apt" -o -path "$root/var/lib/dpkg" \) -prune \
        -o -printf '%P\n' | sort
}
files > "$CHECK/before"
cp "$CHECK/use.sh" "$CHECK/linked.sh" "$root/tmp"

if find "$root" -xdev -name 'libgit2.so*' | grep .; then
    echo "error: the root has a libgit2 already" >&2
    exit 1
fi
tar -xzf "$TARBALL" -C "$root/usr/local" --strip-components=1
echo "tarball, in /usr/local of a system without libgit2:"
chroot "$root" sh /tmp/linked.sh /usr/local
chroot "$root" sh /tmp/use.sh "$VERSION" /usr/local
tar -tzf "$TARBALL" | sed -n 's|^[^/]*/\(.*[^/]\)$|\1|p' | while read -r file; do rm "$root/usr/local/$file"; done
find "$root/usr/local" -mindepth 1 -type d -empty -delete

# In any other folder, and started by a link.
mkdir "$root/tmp/elsewhere"
tar -xzf "$TARBALL" -C "$root/tmp/elsewhere" --strip-components=1
ln -s elsewhere/bin/tagboat "$root/tmp/tagboat"
chroot "$root" sh /tmp/linked.sh /tmp/elsewhere
[ "$(chroot "$root" /tmp/tagboat --version)" = "$VERSION" ]
rm -r "$root/tmp/elsewhere" "$root/tmp/tagboat"

cp "$PACKAGE" "$root/tmp/tagboat.deb"
within apt-get install --yes --no-install-recommends /tmp/tagboat.deb
echo "package, installed by apt:"
chroot "$root" sh /tmp/use.sh "$VERSION" /usr
within dpkg --verify tagboat
within dpkg --purge tagboat

within apt-get autoremove --yes --purge
files > "$CHECK/after"
# The folders that Debian keeps in /usr/local were empty before, too.
left=$(comm -13 "$CHECK/before" "$CHECK/after")
if [ -n "$left" ]; then
    echo "error: these are left when the package is purged:" >&2
    echo "$left" >&2
    exit 1
fi
echo "purged: nothing is left"
END
chmod +x "$work/check.sh"
CHECK=$work VERSION=$version PACKAGE=$(readlink -f "$package") TARBALL=$(readlink -f "$tarball") \
    "$top/packaging/make-debian-root.sh" - --format=null --variant=minbase --include=git,man-db,bash-completion \
    --customize-hook="$work/check.sh"
