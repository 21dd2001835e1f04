extension Sample {
    /// Programs that are compiled in one stage and copied to another.
    static let compiled = [
        Sample(
            "Go with scratch",
            base: nil,
            stages: ["build", ""],
            buildBase: "golang:1.24-alpine",
            """
            # syntax=docker/dockerfile:1
            FROM golang:1.24-alpine AS build
            WORKDIR /src
            COPY go.mod go.sum ./
            RUN go mod download
            COPY . .
            RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /out/server ./cmd/server

            FROM scratch
            COPY --from=build /out/server /server
            USER 65532:65532
            ENTRYPOINT ["/server"]
            """
        ),
        Sample(
            "Go with distroless by digest",
            base: "gcr.io/distroless/base:nonroot"
                + "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            stages: ["build", ""],
            buildBase: "golang:1.24@sha256:abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789",
            """
            FROM golang:1.24@sha256:abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789 AS build
            COPY . /src
            RUN make -C /src

            FROM gcr.io/distroless/base:nonroot@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
            COPY --from=build /src/bin/app /
            ENTRYPOINT ["/app"]
            """
        ),
        Sample(
            "Go cross-compiled",
            base: "alpine:3.22",
            stages: ["build", ""],
            buildBase: "golang:1.24",
            """
            # syntax=docker/dockerfile:1
            FROM --platform=$BUILDPLATFORM golang:1.24 AS build
            ARG TARGETOS TARGETARCH
            RUN --mount=type=cache,target=/root/.cache/go-build \\
                --mount=type=bind,target=. \\
                GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /out/app .

            FROM alpine:3.22
            COPY --link --from=build /out/app /usr/bin/
            """
        ),
        Sample(
            "cross-compiled with helpers from another image",
            base: "debian:bookworm-slim",
            stages: ["xx", "base", "build", "artifact", ""],
            buildBase: "rust:1.88-slim",
            """
            ARG RUST_VERSION=1.88
            ARG XX_VERSION=1.6.1
            FROM --platform=$BUILDPLATFORM tonistiigi/xx:${XX_VERSION} AS xx
            FROM --platform=${BUILDPLATFORM} rust:${RUST_VERSION}-slim AS base
            COPY --from=xx / /
            FROM base AS build
            ARG TARGETPLATFORM
            RUN xx-cargo build --release && xx-verify ./target/app
            FROM scratch AS artifact
            COPY --from=build /target/app /
            FROM debian:bookworm-slim
            COPY --from=artifact /app /usr/local/bin/app
            """
        ),
        Sample(
            "Rust with musl",
            base: nil,
            stages: ["chef", "planner", "build", ""],
            buildBase: "rust:1-alpine",
            """
            FROM rust:1-alpine AS chef
            RUN apk add --no-cache musl-dev && cargo install cargo-chef
            FROM chef AS planner
            COPY . .
            RUN cargo chef prepare
            FROM chef AS build
            COPY --from=planner /recipe.json recipe.json
            RUN cargo chef cook --release
            FROM scratch
            COPY --from=2 /target/release/app /app
            """
        ),
        Sample(
            "Java with layers",
            base: "eclipse-temurin:21-jre-jammy",
            stages: ["build", "layers", ""],
            buildBase: "maven:3.9-eclipse-temurin-21",
            """
            FROM maven:3.9-eclipse-temurin-21 AS build
            COPY pom.xml .
            RUN --mount=type=cache,target=/root/.m2 mvn -B dependency:go-offline
            FROM eclipse-temurin:21-jre-jammy as layers
            COPY --from=build target/*.jar app.jar
            RUN java -Djarmode=layertools -jar app.jar extract
            FROM eclipse-temurin:21-jre-jammy
            HEALTHCHECK --interval=30s --timeout=3s CMD curl -f http://localhost:8080/ || exit 1
            COPY --from=layers dependencies/ ./
            EXPOSE 8080/tcp
            STOPSIGNAL SIGTERM
            """
        ),
        Sample(
            ".NET",
            base: "mcr.microsoft.com/dotnet/aspnet:9.0",
            stages: ["base", "build", "publish", "final"],
            buildBase: "mcr.microsoft.com/dotnet/sdk:9.0",
            """
            FROM mcr.microsoft.com/dotnet/aspnet:9.0 AS base
            USER app
            FROM mcr.microsoft.com/dotnet/sdk:9.0 AS build
            ARG BUILD_CONFIGURATION=Release
            COPY ["App/App.csproj", "App/"]
            RUN dotnet restore "./App/App.csproj"
            FROM build AS publish
            RUN dotnet publish -c $BUILD_CONFIGURATION -o /app/publish
            FROM base AS final
            COPY --from=publish /app/publish .
            """
        ),
        Sample(
            "Swift",
            base: "ubuntu:noble",
            stages: ["build", ""],
            buildBase: "swift:6.1-noble",
            """
            # ================================
            # Build image
            # ================================
            FROM swift:6.1-noble AS build

            RUN export DEBIAN_FRONTEND=noninteractive DEBCONF_NONINTERACTIVE_SEEN=true \\
                && apt-get -q update \\
                # static linking needs these
                && apt-get install -y libjemalloc-dev \\

                && rm -rf /var/lib/apt/lists/*
            RUN [ -d /build/Public ] && { mv /build/Public ./Public && chmod -R a-w ./Public; } || true

            FROM ubuntu:noble
            COPY --from=build --chown=vapor:vapor /staging /app
            SHELL ["/bin/bash", "-c"]
            """
        ),
        Sample(
            "C with a mounted stage",
            base: "alpine",
            stages: ["src", "build", ""],
            buildBase: "alpine",
            """
            FROM alpine AS src
            ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://x.org/a.tgz /
            FROM src AS build
            RUN --mount=type=bind,from=tonistiigi/xx,source=/,target=/xx --mount=type=tmpfs,target=/t make
            FROM alpine
            RUN --mount=from=build,target=/b cp /b/app /app
            """
        ),
        Sample(
            "C# with arguments in the image",
            base: "mcr.microsoft.com/dotnet/runtime-deps:8.0-alpine",
            """
            ARG REPO=mcr.microsoft.com/dotnet/runtime-deps
            FROM $REPO:8.0-alpine
            ENV DOTNET_VERSION=8.0.1
            """
        ),
    ]
}
