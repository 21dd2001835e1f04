extension Shape {
    /// Images that others build on, and those of distributions.
    static let runtimes = [
        Shape(
            "a database, official style",
            stages: [""],
            images: ["7 docker.io/alpine:3.22"],
            findings: ["7 tag-without-digest"],
            """
            #
            # NOTE: THIS DOCKERFILE IS GENERATED VIA "apply-templates.sh"
            #
            # PLEASE DO NOT EDIT IT DIRECTLY.
            #

            FROM alpine:3.22

            # 70 is the standard uid/gid in Alpine
            RUN set -eux; \\
            \taddgroup -g 70 -S db; \\
            \tadduser -u 70 -S -D -G db -H -h /var/lib/db db; \\
            # the data folder
            \tinstall --verbose --directory --owner db --group db --mode 3777 /var/lib/db

            ENV DB_SHA256 52f2d1f4
            VOLUME /var/lib/db
            STOPSIGNAL SIGINT
            EXPOSE 5432
            CMD ["db"]
            """
        ),
        Shape(
            "Windows with backticks",
            stages: ["installer", ""],
            images: [
                "2 mcr.microsoft.com/windows/servercore:ltsc2022", "8 mcr.microsoft.com/windows/nanoserver:ltsc2022",
            ],
            findings: ["2 unpinned-stage", "8 tag-without-digest"],
            """
            # escape=`
            FROM mcr.microsoft.com/windows/servercore:ltsc2022 AS installer
            SHELL ["powershell", "-Command", "$ErrorActionPreference = 'Stop';"]
            RUN Invoke-WebRequest -OutFile node.zip https://nodejs.org/node.zip; `
                # unpack
                Expand-Archive node.zip -DestinationPath C:\\ ; `
                Rename-Item C:\\node C:\\nodejs
            FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
            COPY --from=installer C:\\nodejs\\ C:\\nodejs\\
            CMD [ "node.exe" ]
            """
        ),
        Shape(
            "a file of Windows, line ends and mark included",
            stages: ["", "b"],
            images: ["1 docker.io/docker/dockerfile:1.7", "2 docker.io/alpine:3.20", "6 docker.io/busybox:1.37"],
            findings: ["1 unpinned-frontend", "2 unpinned-stage", "6 tag-without-digest"],
            "\u{FEFF}# syntax=docker/dockerfile:1.7\r\nFROM alpine:3.20\r\nRUN a \\ \r\n\r\n  b\r\nFROM busybox:1.37 AS b\r\n"
        ),
        Shape(
            "an unprivileged server, digest and tag",
            stages: [""],
            images: ["3 docker.io/nginx:1.29.0@\(digest)"],
            findings: [],
            """
            ARG IMAGE=nginx:1.29.0@\(digest)
            # that is all
            FROM $IMAGE
            ARG UID=101
            ARG GID=101
            USER root
            RUN sed -i 's,listen       80;,listen       8080;,' /etc/nginx/conf.d/default.conf
            USER $UID
            """
        ),
        Shape(
            "a hardened base by its digest",
            stages: [""],
            images: ["1 cgr.dev/chainguard/static:latest@\(digest)"],
            findings: [],
            """
            FROM cgr.dev/chainguard/static:latest@\(digest)
            COPY app /app
            """
        ),
        Shape(
            "a digest alone",
            stages: [""],
            images: ["1 gcr.io/distroless/base@\(digest)"],
            findings: ["1 digest-without-tag"],
            "FROM gcr.io/distroless/base@\(digest)\nCOPY app /\n"
        ),
        Shape(
            "an enterprise base with many labels",
            stages: [""],
            images: ["1 registry.access.redhat.com/ubi9/ubi-minimal:9.6-1752587672"],
            findings: ["1 tag-without-digest"],
            """
            FROM registry.access.redhat.com/ubi9/ubi-minimal:9.6-1752587672
            LABEL io.k8s.display-name="Operator" \\
                  io.k8s.description="An operator" \\
                  summary="An operator" \\
                  name="acme/operator"
            LABEL vendor 'Acme, Inc.'
            RUN microdnf install -y tar gzip && microdnf clean all
            USER 1001
            """
        ),
        Shape(
            "CUDA in several flavours",
            stages: ["base-cuda", "base-cpu", "final"],
            images: ["4 docker.io/nvidia/cuda:12.9.1-cudnn-devel-ubuntu22.04", "5 docker.io/ubuntu:22.04"],
            findings: ["4 tag-without-digest", "5 unpinned-stage"],
            """
            ARG CUDA_VERSION=12.9.1
            ARG UBUNTU=22.04
            ARG FLAVOUR=cuda
            FROM nvidia/cuda:${CUDA_VERSION}-cudnn-devel-ubuntu${UBUNTU} AS base-cuda
            FROM ubuntu:${UBUNTU} AS base-cpu
            FROM base-${FLAVOUR} AS final
            RUN nvidia-smi || true
            """
        ),
        Shape(
            "a base that the platform builder gives",
            stages: [""],
            images: ["3 ?"],
            findings: ["3 unresolved-reference"],
            """
            ARG BUILD_FROM
            # hadolint ignore=DL3006
            FROM $BUILD_FROM
            SHELL ["/bin/ash", "-o", "pipefail", "-c"]
            RUN apk add --no-cache nginx=1.28.0-r3
            """
        ),
        Shape(
            "for each architecture its base",
            stages: ["base-amd64", "base-arm64", "base-riscv64", ""],
            images: [
                "1 docker.io/debian:12", "2 docker.io/debian:12", "3 docker.io/riscv64/debian:sid", "4 ?",
            ],
            findings: ["1 unpinned-stage", "2 unpinned-stage", "3 unpinned-stage", "4 unresolved-reference"],
            """
            FROM debian:12 AS base-amd64
            FROM debian:12 AS base-arm64
            FROM riscv64/debian:sid AS base-riscv64
            FROM base-${TARGETARCH}
            """
        ),
        Shape(
            "a base for others to build on",
            stages: [""],
            images: ["1 docker.io/node:22", "5 docker.io/busybox:1.37"],
            findings: ["1 tag-without-digest", "5 unpinned-source"],
            """
            FROM node:22
            ONBUILD ARG NODE_ENV
            ONBUILD COPY package.json /usr/src/app/
            ONBUILD COPY --from=assets /dist /usr/src/app/public
            ONBUILD COPY --from=busybox:1.37 /bin/busybox /bin/
            ONBUILD RUN <<EOF
            npm install
            FROM ignored:1
            EOF
            """
        ),
    ]
}
