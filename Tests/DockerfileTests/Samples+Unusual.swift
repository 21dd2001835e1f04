extension Sample {
    /// Other platforms, images that arguments choose, and ways of writing that are seldom seen.
    static let unusual = [
        Sample(
            "Windows",
            base: "mcr.microsoft.com/windows/nanoserver:ltsc2022",
            stages: ["installer", ""],
            """
            # escape=`
            FROM mcr.microsoft.com/windows/servercore:ltsc2022 AS installer
            SHELL ["powershell", "-Command", "$ErrorActionPreference = 'Stop';"]
            RUN Invoke-WebRequest -OutFile app.zip https://example.org/app.zip; `
                Expand-Archive app.zip -DestinationPath C:\\app\\; `
                # not needed any more
                Remove-Item app.zip
            WORKDIR C:\\app\\
            FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
            COPY --from=installer C:\\app\\ C:\\app\\
            """
        ),
        Sample(
            "Windows or Linux",
            base: "mcr.microsoft.com/windows/nanoserver:1809",
            platform: "windows/amd64",
            """
            #   Escape  =  `
            ARG OS_VERSION=1809
            FROM --platform=windows/amd64 `
              mcr.microsoft.com/windows/nanoserver:${OS_VERSION}
            USER ContainerAdministrator
            """
        ),
        Sample(
            "an image by argument",
            base: "registry.example.org:5000/base/alpine:3.22",
            """
            ARG REGISTRY=registry.example.org:5000
            ARG BASE=${REGISTRY}/base/alpine
            ARG TAG="3.22"
            FROM ${BASE}:${TAG}
            ARG TAG
            RUN echo $TAG
            """
        ),
        Sample(
            "an image and its digest by argument",
            base: "alpine:3.22@sha256:aa",
            """
            ARG BASEIMAGE='alpine:3.22@sha256:aa'
            FROM ${BASEIMAGE?expected}
            """
        ),
        Sample(
            "a variant by argument",
            base: "debian:12",
            stages: ["variant-slim", "variant-full", ""],
            """
            ARG VARIANT=full
            FROM alpine AS variant-slim
            FROM debian:12 AS variant-full
            FROM variant-${VARIANT}
            RUN true
            """
        ),
        Sample(
            "a version from a longer one",
            base: "postgres:17-alpine",
            """
            ARG PG_FULL=17.5
            FROM postgres:${PG_FULL%%.*}-alpine
            """
        ),
        Sample(
            "an optional registry",
            base: "busybox:1.37",
            """
            ARG PROXY=
            FROM ${PROXY:+$PROXY/}busybox:1.37
            """
        ),
        Sample(
            "a target platform in use",
            base: "ubuntu:24.04",
            platform: "$TARGETPLATFORM",
            """
            FROM --platform=$TARGETPLATFORM ubuntu:24.04
            ARG TARGETARCH
            RUN curl -LO https://example.org/app_${TARGETARCH}.deb
            """
        ),
        Sample(
            "all in small letters",
            base: "centos:7",
            """
            from centos:7
            maintainer Somebody <somebody@example.org>
            run yum -y update && \\
              yum clean all
            add . /app
            onbuild add . /app/src
            onbuild run make
            expose 80 443
            entrypoint exec /app/run
            """
        ),
        Sample(
            "no line end, stages without names",
            base: "busybox@sha256:bb",
            stages: ["", ""],
            """
            FROM golang:1
            RUN go build -o /a .
            FROM busybox@sha256:bb
            COPY --from=0 /a /a
            """
        ),
        Sample(
            "a bake file's stages",
            base: "golang:1.24-alpine",
            stages: ["base", "vendored", "lint", "build", "binaries"],
            buildBase: "golang:1.24-alpine",
            """
            # syntax=docker/dockerfile:1-labs
            ARG GO_VERSION="1.24" ALPINE_VERSION
            FROM golang:${GO_VERSION}-alpine${ALPINE_VERSION:-} AS base
            FROM base AS vendored
            RUN --mount=target=/context \\
                --mount=target=.,type=tmpfs  \\
                --mount=target=/go/pkg/mod,type=cache <<EOT
            set -e
            rsync -a /context/. .
            EOT
            FROM base AS lint
            RUN --mount=type=bind,target=. --mount=from=golangci/golangci-lint:v2,source=/usr/bin,target=/lint lint run
            FROM base AS build
            FROM build AS binaries
            """
        ),
    ]
}
