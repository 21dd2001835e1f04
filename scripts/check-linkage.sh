#!/bin/sh
# Checks what the release binary needs at run time, and its size.
# usage: check-linkage.sh TAGBOAT
set -eu
binary=$1
limit=${SIZE_LIMIT:-92000000}

# The Swift runtime and Foundation are inside; only libgit2, zlib and the C library come from the system.
allowed='^(linux-vdso|libgit2|libz|libc|libm|libstdc\+\+|libgcc_s|ld-linux-x86-64|ld-linux-aarch64)\.so'
unexpected=$(objdump -p "$binary" | awk '$1 == "NEEDED" { print $2 }' | grep -Ev "$allowed" || true)
if [ -n "$unexpected" ]; then
    echo "error: $binary needs shared libraries that it should not: $unexpected" >&2
    exit 1
fi
size=$(stat -c %s "$binary")
echo "$binary: $size bytes, needs $(objdump -p "$binary" | awk '$1 == "NEEDED" { print $2 }' | tr '\n' ' ')"
if [ "$size" -gt "$limit" ]; then
    echo "error: $binary is larger than $limit bytes" >&2
    exit 1
fi
"$binary" --version
