extension Shape {
    /// Files that drive builds: tests, tools, archives.
    static let builders = [
        Shape(
            "a builder that builds itself",
            stages: [
                "xx", "golatest", "gobuild-base", "binaries-linux", "binaries-darwin", "binaries", "base-full",
                "release",
            ],
            images: [
                "1 docker.io/docker/dockerfile-upstream:master", "5 docker.io/tonistiigi/xx:1.6.1@\(digest)",
                "6 docker.io/golang:1.25-alpine3.22",
            ],
            findings: ["1 unpinned-frontend", "6 tag-without-digest"],
            """
            # syntax=docker/dockerfile-upstream:master
            ARG GO_VERSION=1.25
            ARG ALPINE_VERSION=3.22
            ARG FLAVOUR=full
            FROM --platform=$BUILDPLATFORM tonistiigi/xx:1.6.1@\(digest) AS xx
            FROM --platform=$BUILDPLATFORM golang:${GO_VERSION}-alpine${ALPINE_VERSION} AS golatest
            FROM golatest AS gobuild-base
            COPY --link --from=xx / /
            FROM scratch AS binaries-linux
            COPY --link --from=gobuild-base /usr/bin/app /
            FROM scratch AS binaries-darwin
            FROM binaries-linux AS binaries
            FROM gobuild-base AS base-full
            COPY --from=binaries / /usr/bin/
            FROM base-${FLAVOUR} AS release
            """
        ),
        Shape(
            "a command by variant",
            stages: ["build-alpine", "build-debian", "build", "test", "binary"],
            images: ["3 docker.io/golang:1.25-alpine", "5 docker.io/golang:1.25-bookworm"],
            findings: ["3 unpinned-stage", "5 unpinned-stage"],
            """
            ARG BASE_VARIANT=alpine
            ARG GO_VERSION=1.25
            FROM golang:${GO_VERSION}-alpine AS build-alpine
            RUN apk add --no-cache bash clang lld
            FROM golang:${GO_VERSION}-bookworm AS build-debian
            RUN apt-get update && apt-get install -y clang lld
            FROM build-${BASE_VARIANT} AS build
            ENV CGO_ENABLED=0
            FROM build AS test
            FROM scratch AS binary
            COPY --from=build /out .
            """
        ),
        Shape(
            "small tools from their images",
            stages: [""],
            images: [
                "1 docker.io/debian:trixie-slim", "2 docker.io/tianon/gosu:1.17",
                "3 docker.io/hairyhenderson/gomplate:v4-slim",
                "4 docker.io/krallin/ubuntu-tini:latest",
            ],
            findings: [
                "1 tag-without-digest", "2 unpinned-source", "3 unpinned-source", "4 latest-tag", "4 unpinned-source",
            ],
            """
            FROM debian:trixie-slim
            COPY --from=tianon/gosu:1.17 /gosu /usr/local/bin/
            COPY --chmod=755 --from=hairyhenderson/gomplate:v4-slim /gomplate /bin/gomplate
            COPY --from=krallin/ubuntu-tini:latest /usr/bin/tini /tini
            ENTRYPOINT ["/tini", "--", "gosu"]
            """
        ),
        Shape(
            "scripts within the file",
            stages: ["scripts", "main"],
            images: ["3 docker.io/docker/dockerfile:1.4", "5 docker.io/python:3.12-slim-bookworm"],
            findings: ["3 unpinned-frontend", "5 tag-without-digest"],
            """
            # check=skip=all
            # escape=\\
            # syntax=docker/dockerfile:1.4 # the first with heredocs
            ARG PYTHON_BASE_IMAGE="python:3.12-slim-bookworm"
            FROM ${PYTHON_BASE_IMAGE} as scripts
            COPY <<"EOF" /install_os_dependencies.sh
            #!/usr/bin/env bash
            set -euo pipefail
            FROM="nothing"
            EOF
            COPY <<-'a' <<-b /both/
            \tFROM x
            \ta
            \tb
            FROM scripts as main
            COPY --from=scripts install_os_dependencies.sh /scripts/docker/
            """
        ),
        Shape(
            "a base image and its archive",
            stages: ["rootfs-stage", ""],
            images: [
                "2 docker.io/docker/dockerfile:1", "4 docker.io/alpine:3.22",
                "9 ghcr.io/linuxserver/baseimage-alpine:3.22",
            ],
            findings: ["2 unpinned-frontend", "4 unpinned-stage", "9 tag-without-digest"],
            """
            #!/usr/bin/env -S docker build -f
            # syntax=docker/dockerfile:1

            FROM alpine:3.22 AS rootfs-stage
            ADD https://github.com/just-containers/s6-overlay/releases/download/v3/s6-overlay-noarch.tar.xz /tmp
            RUN mkdir /root-out \\

              && tar -C /root-out -Jxpf /tmp/s6-overlay-noarch.tar.xz
            FROM ghcr.io/linuxserver/baseimage-alpine:3.22
            COPY --from=rootfs-stage /root-out/ /
            """
        ),
        Shape(
            "films by static programs",
            stages: ["ffmpeg", ""],
            images: ["1 docker.io/mwader/static-ffmpeg:7.1.1", "2 docker.io/lsiobase/ubuntu:jammy"],
            findings: ["1 unpinned-stage", "2 tag-without-digest"],
            """
            from mwader/static-ffmpeg:7.1.1 as ffmpeg
            From lsiobase/ubuntu:jammy
            copy --from=FFMPEG /ffmpeg /ffprobe /usr/local/bin/
            cmd ["ffmpeg"]
            """
        ),
        Shape(
            "a context that the command line names",
            stages: ["app"],
            images: ["1 docker.io/base", "2 docker.io/src"],
            findings: ["1 no-tag", "2 no-tag"],
            "FROM base AS app\nCOPY --from=src . .\n"
        ),
        Shape(
            "a registry with a port",
            stages: ["", ""],
            images: ["1 registry.example.com:5000/team/base", "3 localhost/team/run:1"],
            findings: ["1 no-tag", "3 tag-without-digest"],
            """
            FROM registry.example.com:5000/team/base
            RUN make
            FROM localhost/team/run:1
            COPY --from=0 /out /
            """
        ),
        Shape(
            "a stage that does not exist any more",
            stages: ["build", ""],
            images: ["1 docker.io/alpine:3.22", "2 docker.io/alpine:3.22", "3 ?", "4 ?"],
            findings: ["1 unpinned-stage", "2 tag-without-digest", "3 invalid-reference", "4 invalid-reference"],
            """
            FROM alpine:3.22 AS build
            FROM alpine:3.22
            COPY --from=7 /a /a
            COPY --from=$STAGE /b /b
            """
        ),
    ]
}
