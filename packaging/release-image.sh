#!/bin/sh
# Releases tagboat's container image, with tagboat: the image of the archive under its tags, on a repository.
# usage: release-image.sh TAGBOAT ARCHIVE REPOSITORY
set -eu
"$1" push --from "oci-archive:$2" --image "$3"
"$1" verify --image "$3"
