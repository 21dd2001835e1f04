#!/usr/bin/env python3
"""Writes an image of incompressible bytes into an OCI image layout.

usage: image.py LAYOUT NAME LAYERS BYTES LABELS

LABELS is a JSON object. Layers are valid gzip of a tar archive, stored rather than deflated, so that no client finds
them uncompressed and sets about compressing them.
"""

import hashlib
import io
import json
import os
import sys
import tarfile
import zlib

PART = 1 << 20


class Layer:
    """Takes a tar archive and writes it as gzip, hashing both on the way."""

    def __init__(self, path):
        self.file = open(path, "wb")
        self.deflate = zlib.compressobj(0, zlib.DEFLATED, 31)
        self.plain, self.packed, self.size = hashlib.sha256(), hashlib.sha256(), 0

    def write(self, part):
        self.plain.update(part)
        self._store(self.deflate.compress(part))
        return len(part)

    def close(self):
        self._store(self.deflate.flush())
        self.file.close()

    def _store(self, part):
        self.packed.update(part)
        self.size += len(part)
        self.file.write(part)


class RandomBytes(io.RawIOBase):
    """So many bytes that nothing can compress."""

    def __init__(self, size):
        self.left = size

    def read(self, size=-1):
        part = os.urandom(min(self.left, PART if size < 0 else size))
        self.left -= len(part)
        return part


def main():
    layout, name, layers, size, labels = sys.argv[1:]
    blobs = os.path.join(layout, "blobs", "sha256")
    os.makedirs(blobs, exist_ok=True)

    def keep(document, media_type):
        content = json.dumps(document).encode()
        digest = hashlib.sha256(content).hexdigest()
        with open(os.path.join(blobs, digest), "wb") as file:
            file.write(content)
        return {"mediaType": media_type, "digest": f"sha256:{digest}", "size": len(content)}

    descriptors, plain = [], []
    for number in range(int(layers)):
        path = os.path.join(blobs, "layer")
        layer = Layer(path)
        # w|: a stream; the archive is never looked back at.
        with tarfile.open(fileobj=layer, mode="w|", bufsize=PART) as archive:
            entry = tarfile.TarInfo(f"layer-{number}")
            entry.size = int(size)
            archive.addfile(entry, RandomBytes(entry.size))
        layer.close()
        digest = layer.packed.hexdigest()
        os.rename(path, os.path.join(blobs, digest))
        plain.append(f"sha256:{layer.plain.hexdigest()}")
        descriptors.append({
            "mediaType": "application/vnd.oci.image.layer.v1.tar+gzip",
            "digest": f"sha256:{digest}",
            "size": layer.size,
        })

    config = keep({
        "architecture": "amd64",
        "os": "linux",
        "config": {"Labels": json.loads(labels)},
        "rootfs": {"type": "layers", "diff_ids": plain},
    }, "application/vnd.oci.image.config.v1+json")
    manifest = keep({
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": config,
        "layers": descriptors,
    }, "application/vnd.oci.image.manifest.v1+json")
    manifest["annotations"] = {"org.opencontainers.image.ref.name": name}
    with open(os.path.join(layout, "oci-layout"), "w") as file:
        json.dump({"imageLayoutVersion": "1.0.0"}, file)
    with open(os.path.join(layout, "index.json"), "w") as file:
        json.dump({"schemaVersion": 2, "manifests": [manifest]}, file)
    print(manifest["digest"])


main()
