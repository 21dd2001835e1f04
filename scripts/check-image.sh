#!/bin/sh
# Releases the container image on a registry of its own, pulls it back with skopeo, and runs it.
# usage: check-image.sh TAGBOAT ARCHIVE VERSION
set -eu
tagboat=$(readlink -f "$1") archive=$(readlink -f "$2") version=$3
cd "$(dirname "$0")/.."
work=$(mktemp -d)
registry=""
trap '[ -z "$registry" ] || kill "$registry"; rm -rf "$work"' EXIT

# A port that is free now may be taken by the time the registry asks for it, so others are tried.
for port in $(shuf -i 20000-60000 -n 5); do
    cat > "$work/registry.yml" << END
version: 0.1
log: { level: error }
storage: { filesystem: { rootdirectory: $work/blobs } }
http: { addr: "127.0.0.1:$port" }
END
    docker-registry serve "$work/registry.yml" > "$work/registry.log" 2>&1 &
    registry=$!
    tries=0
    until curl --silent --fail --output /dev/null "http://127.0.0.1:$port/v2/"; do
        tries=$((tries + 1))
        if [ "$tries" -eq 300 ] || ! kill -0 "$registry" 2> /dev/null; then break; fi
        sleep 0.1
    done
    kill -0 "$registry" 2> /dev/null && break
    registry=""
done
if [ -z "$registry" ]; then
    echo "error: docker-registry does not start" >&2
    cat "$work/registry.log" >&2
    exit 1
fi

repository=127.0.0.1:$port/tagboat/tagboat
packaging/release-image.sh "$tagboat" "$archive" "$repository"

equal() {
    [ "$2" = "$3" ] || { echo "error: $1 is $3 and should be $2" >&2; exit 1; }
}
inspected() { skopeo inspect --tls-verify=false --format "$1" "docker://$repository:$version"; }
equal "the digest on the registry" "$(skopeo inspect --format '{{.Digest}}' "oci-archive:$archive")" "$(inspected '{{.Digest}}')"
equal "the version label" "$version" "$(inspected '{{index .Labels "org.opencontainers.image.version"}}')"
equal "the revision label" "$(git rev-parse HEAD)" "$(inspected '{{index .Labels "org.opencontainers.image.revision"}}')"

storage="--root $work/storage --runroot $work/run --storage-driver vfs"
skopeo copy --quiet --src-tls-verify=false "docker://$repository:$version" \
    "containers-storage:[vfs@$work/storage+$work/run]localhost/pulled:latest"
# shellcheck disable=SC2086
container=$(buildah $storage from --quiet --pull-never localhost/pulled:latest)
# A job: somebody else's checkout, mounted.
git -c advice.detachedHead=false clone --quiet --no-hardlinks . "$work/checkout"
chown -R 1000:1000 "$work/checkout"
within() {
    # shellcheck disable=SC2086
    buildah $storage run --isolation chroot --volume "$work/checkout:/work" "$container" -- "$@"
}
equal "what the image says of its version" "$version" "$(within tagboat --version)"
within tagboat version
equal "the commit in the image" "$(git rev-parse HEAD)" "$(within git rev-parse HEAD)"
equal "the way to certificates" yes "$(within sh -c 'test -s /etc/ssl/certs/ca-certificates.crt && echo yes')"
# shellcheck disable=SC2086
buildah $storage rm --all > /dev/null
