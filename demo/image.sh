#!/bin/sh
# Writes a real, tiny OCI image into an image layout: one file in one layer, and the labels of this checkout.
# usage: image.sh TAGBOAT LAYOUT NAME
set -eu
tagboat=$1 layout=$2 name=$3

mkdir -p "$layout/blobs/sha256"
printf '{"imageLayoutVersion":"1.0.0"}' > "$layout/oci-layout"

# Prints the digest of a file and moves it to its place among the blobs.
blob() {
    digest=$(sha256sum "$1" | cut -d' ' -f1)
    mv "$1" "$layout/blobs/sha256/$digest"
    echo "$digest"
}

root=$(mktemp -d)
printf 'gallery-ui %s\n' "$(cat VERSION)" > "$root/release.txt"
tar --create --file "$layout/layer" --directory "$root" --sort=name --mtime=@0 --owner=0 --group=0 \
    --numeric-owner --mode=0644 release.txt
rm -r "$root"
layer_size=$(stat -c %s "$layout/layer")
layer=$(blob "$layout/layer")

cat > "$layout/config" <<END
{"created":"1970-01-01T00:00:00Z","architecture":"amd64","os":"linux",
"config":{"Labels":$("$tagboat" labels --format json)},
"rootfs":{"type":"layers","diff_ids":["sha256:$layer"]}}
END
config_size=$(stat -c %s "$layout/config")
config=$(blob "$layout/config")

cat > "$layout/manifest" <<END
{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
"config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:$config","size":$config_size},
"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"sha256:$layer","size":$layer_size}]}
END
manifest_size=$(stat -c %s "$layout/manifest")
manifest=$(blob "$layout/manifest")

cat > "$layout/index.json" <<END
{"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",
"digest":"sha256:$manifest","size":$manifest_size,"annotations":{"org.opencontainers.image.ref.name":"$name"}}]}
END
