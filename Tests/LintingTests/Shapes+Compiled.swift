extension Shape {
    /// Programs that a first stage compiles.
    static let compiled = [
        Shape(
            "Go on distroless, cross-compiled",
            stages: ["builder", ""],
            images: ["2 docker.io/golang:1.25", "14 gcr.io/distroless/static-debian12:nonroot"],
            findings: ["2 unpinned-stage", "14 tag-without-digest"],
            """
            # Build the manager binary
            FROM --platform=${BUILDPLATFORM} golang:1.25 AS builder
            ARG TARGETOS
            ARG TARGETARCH

            WORKDIR /workspace
            COPY go.mod go.sum ./
            # cache the modules before the source changes
            RUN go mod download
            COPY cmd/ cmd/
            COPY internal/ internal/
            RUN CGO_ENABLED=0 GOOS=${TARGETOS:-linux} GOARCH=${TARGETARCH} go build -a -o manager ./cmd

            FROM gcr.io/distroless/static-debian12:nonroot
            WORKDIR /
            COPY --from=builder /workspace/manager .
            USER 65532:65532
            ENTRYPOINT ["/manager"]
            """
        ),
        Shape(
            "Go on scratch, with certificates of another image",
            stages: ["build", "certs", ""],
            images: ["1 docker.io/golang:1.25-alpine3.22@\(digest)", "6 docker.io/alpine"],
            findings: ["6 no-tag"],
            """
            FROM golang:1.25-alpine3.22@\(digest) AS build
            WORKDIR /src
            COPY . .
            RUN --mount=type=cache,target=/root/.cache/go-build go build -o /out/app .

            FROM alpine AS certs
            RUN apk add --no-cache ca-certificates

            FROM scratch
            COPY --from=certs /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
            COPY --from=build /out/app /app
            ENTRYPOINT ["/app"]
            """
        ),
        Shape(
            "Rust with a cook of dependencies",
            stages: ["chef", "planner", "builder", "runtime"],
            images: ["1 docker.io/lukemathwalker/cargo-chef:latest-rust-1", "14 docker.io/debian:bookworm-slim"],
            findings: ["1 unpinned-stage", "14 tag-without-digest"],
            """
            FROM lukemathwalker/cargo-chef:latest-rust-1 AS chef
            WORKDIR /app

            FROM chef AS planner
            COPY . .
            RUN cargo chef prepare --recipe-path recipe.json

            FROM chef AS builder
            COPY --from=planner /app/recipe.json recipe.json
            RUN cargo chef cook --release --recipe-path recipe.json
            COPY . .
            RUN cargo build --release --bin app

            FROM debian:bookworm-slim AS runtime
            COPY --from=builder /app/target/release/app /usr/local/bin
            ENTRYPOINT ["/usr/local/bin/app"]
            """
        ),
        Shape(
            "Rust for other platforms by a helper image",
            stages: ["xx", "build", ""],
            images: [
                "1 docker.io/docker/dockerfile:1", "5 docker.io/tonistiigi/xx:1.6.1",
                "7 docker.io/rust:1.90-alpine",
            ],
            findings: ["1 unpinned-frontend", "5 unpinned-stage", "7 unpinned-stage"],
            """
            # syntax=docker/dockerfile:1

            ARG RUST_VERSION=1.90
            ARG XX_VERSION=1.6.1
            FROM --platform=$BUILDPLATFORM tonistiigi/xx:${XX_VERSION} AS xx

            FROM --platform=$BUILDPLATFORM rust:${RUST_VERSION}-alpine AS build
            COPY --from=xx / /
            ARG TARGETPLATFORM
            RUN --mount=type=bind,source=src,target=src \\
                --mount=type=cache,id=cargo-$TARGETPLATFORM,target=/app/target/ <<EOF
            set -e
            xx-cargo build --release
            cp target/$(xx-cargo --print-target-triple)/release/app /bin/app
            EOF

            FROM scratch
            COPY --from=build /bin/app /
            """
        ),
        Shape(
            "Java by Maven, in layers",
            stages: ["build", "layers", ""],
            images: [
                "1 docker.io/maven:3.9-eclipse-temurin-21", "7 docker.io/eclipse-temurin:21-jre",
                "11 docker.io/eclipse-temurin:21-jre",
            ],
            findings: ["1 unpinned-stage", "7 unpinned-stage", "11 tag-without-digest"],
            """
            FROM maven:3.9-eclipse-temurin-21 AS build
            WORKDIR /build
            COPY pom.xml .
            RUN mvn -B dependency:go-offline
            COPY src src
            RUN mvn -B package -DskipTests
            FROM eclipse-temurin:21-jre AS layers
            COPY --from=build /build/target/*.jar app.jar
            RUN java -Djarmode=tools -jar app.jar extract --layers --launcher

            FROM eclipse-temurin:21-jre
            COPY --from=layers app/dependencies/ ./
            COPY --from=1 app/application/ ./
            ENTRYPOINT ["java", "org.springframework.boot.loader.launch.JarLauncher"]
            """
        ),
        Shape(
            ".NET, one tag for all",
            stages: ["base", "build", "publish", "final"],
            images: [
                "2 mcr.microsoft.com/dotnet/aspnet:9.0", "6 mcr.microsoft.com/dotnet/sdk:9.0",
            ],
            findings: ["2 tag-without-digest", "6 unpinned-stage"],
            """
            ARG DOTNET=9.0
            FROM mcr.microsoft.com/dotnet/aspnet:${DOTNET} AS base
            WORKDIR /app
            EXPOSE 8080

            FROM mcr.microsoft.com/dotnet/sdk:$DOTNET AS build
            ARG BUILD_CONFIGURATION=Release
            COPY ["Web/Web.csproj", "Web/"]
            RUN dotnet restore "./Web/Web.csproj"

            FROM build AS publish
            RUN dotnet publish "./Web.csproj" -c $BUILD_CONFIGURATION -o /app/publish /p:UseAppHost=false

            FROM base AS final
            COPY --from=publish /app/publish .
            ENTRYPOINT ["dotnet", "Web.dll"]
            """
        ),
        Shape(
            "C++ by CMake, several platforms named",
            stages: ["cross-arm64", "cross-amd64", "out"],
            images: ["1 docker.io/debian:13", "3 docker.io/debian:13"],
            findings: ["1 tag-without-digest", "3 unpinned-stage"],
            """
            FROM --platform=linux/arm64 debian:13 AS cross-arm64
            RUN apt-get update && apt-get install -y cmake g++
            FROM --platform=linux/amd64 "debian:13" AS cross-amd64
            COPY --from=cross-arm64 /lib /lib-arm64
            FROM cross-arm64 AS out
            """
        ),
        Shape(
            "Swift, static",
            stages: ["build", ""],
            images: ["1 docker.io/swift:6.2-noble", "11 docker.io/ubuntu:noble"],
            findings: ["1 unpinned-stage", "11 tag-without-digest"],
            """
            FROM swift:6.2-noble AS build
            RUN export DEBIAN_FRONTEND=noninteractive DEBCONF_NONINTERACTIVE_SEEN=true \\
                && apt-get -q update \\
                # the allocator
                && apt-get install -y libjemalloc-dev
            WORKDIR /build
            COPY ./Package.* ./
            RUN swift package resolve \\
                    $([ -f ./Package.resolved ] && echo "--force-resolved-versions" || true)

            FROM ubuntu:noble
            COPY --from=build --chown=vapor:vapor /staging /app
            CMD ["serve", "--env", "production", "--hostname", "0.0.0.0", "--port", "8080"]
            """
        ),
        Shape(
            "Nix, only the closure",
            stages: ["builder", ""],
            images: ["1 docker.io/nixos/nix:latest"],
            findings: ["1 latest-tag", "1 unpinned-stage"],
            """
            FROM nixos/nix:latest AS builder
            COPY . /tmp/build
            WORKDIR /tmp/build
            RUN nix --extra-experimental-features "nix-command flakes" build
            FROM scratch
            COPY --from=builder /tmp/nix-store-closure /nix/store
            CMD ["/app/bin/app"]
            """
        ),
    ]
}
