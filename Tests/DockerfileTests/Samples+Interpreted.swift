extension Sample {
    /// Programs that run in an interpreter, and static sites.
    static let interpreted = [
        Sample(
            "Node",
            base: "node:22-alpine",
            stages: ["deps", "build", "runner"],
            buildBase: "node:22-alpine",
            """
            FROM node:22-alpine AS deps
            RUN apk add --no-cache libc6-compat
            COPY package.json yarn.lock* package-lock.json* ./
            RUN \\
              if [ -f yarn.lock ]; then yarn --frozen-lockfile; \\
              elif [ -f package-lock.json ]; then npm ci; \\
              else echo "Lockfile not found." && exit 1; \\
              fi

            FROM node:22-alpine AS build
            COPY --from=deps /app/node_modules ./node_modules

            FROM node:22-alpine AS runner
            ENV NODE_ENV production
            # Uncomment the following line in case you want to disable telemetry.
            # ENV TELEMETRY_DISABLED 1
            COPY --from=build /app ./
            CMD ["node", "server.js"]
            """
        ),
        Sample(
            "Node to nginx",
            base: "nginx:1.27-alpine",
            stages: ["build", ""],
            buildBase: "node:22",
            """
            FROM node:22 as build
            WORKDIR /app
            COPY . .
            RUN npm ci && npm run build
            FROM nginx:1.27-alpine
            COPY --from=build /app/dist /usr/share/nginx/html
            COPY <<-conf /etc/nginx/conf.d/default.conf
            \tserver {
            \t\tlisten 80;
            \t}
            \tconf
            """
        ),
        Sample(
            "Python with a version",
            base: "python:3.13-slim",
            """
            ARG PYTHON_VERSION=3.13
            FROM python:${PYTHON_VERSION}-slim
            ENV PYTHONUNBUFFERED=1 \\
                PIP_NO_CACHE_DIR=1
            LABEL org.opencontainers.image.title="app" \\
                  org.opencontainers.image.vendor="Example"
            RUN pip install -r requirements.txt
            """
        ),
        Sample(
            "Python with uv from another image",
            base: "python:3.13-slim-bookworm",
            stages: ["build", ""],
            buildBase: "python:3.13-slim-bookworm",
            """
            FROM python:3.13-slim-bookworm AS build
            COPY --from=ghcr.io/astral-sh/uv:0.8.0 /uv /uvx /bin/
            RUN --mount=type=cache,target=/root/.cache/uv \\
                --mount=type=bind,source=uv.lock,target=uv.lock \\
                uv sync --locked --no-dev
            FROM python:3.13-slim-bookworm
            COPY --from=build --chown=app:app /app /app
            """
        ),
        Sample(
            "Python with a common base",
            base: "python:3.12-slim",
            stages: ["base", "builder", "development", "test", ""],
            """
            FROM python:3.12-slim AS base
            FROM base AS builder
            RUN pip install poetry
            FROM builder AS development
            FROM development AS test
            RUN pytest
            FROM base
            COPY --from=builder /venv /venv
            """
        ),
        Sample(
            "Ruby with fallbacks",
            base: "docker.io/library/ruby:3.4.1-slim",
            stages: ["base", "build", ""],
            buildBase: "docker.io/library/ruby:3.4.1-slim",
            """
            # syntax = docker/dockerfile:1
            # check=error=true

            ARG RUBY_VERSION=3.4.1
            FROM docker.io/library/ruby:${RUBY_VERSION:-3.4}-slim AS base
            FROM base AS build
            RUN bundle install && \\
                rm -rf ~/.bundle/ "${BUNDLE_PATH}"/ruby/*/cache
            FROM base
            COPY --from=build "${BUNDLE_PATH}" "${BUNDLE_PATH}"
            """
        ),
        Sample(
            "PHP",
            base: "php:8.4-fpm-alpine",
            stages: ["vendor", ""],
            """
            FROM composer:2 AS vendor
            RUN composer install --no-dev
            FROM php:8.4-fpm-alpine
            COPY --from=vendor /app/vendor /app/vendor
            COPY --from=mlocati/php-extension-installer:2 /usr/bin/install-php-extensions /usr/local/bin/
            VOLUME ["/data"]
            """
        ),
        Sample(
            "an official image",
            base: "debian:bookworm-slim",
            """
            #
            # NOTE: THIS DOCKERFILE IS GENERATED VIA "apply-templates.sh"
            #
            # PLEASE DO NOT EDIT IT DIRECTLY.
            #
            FROM debian:bookworm-slim

            RUN set -eux; \\
            \tgroupadd -r -g 999 app; \\
            # see https://example.org/ids
            \tuseradd -r -g app -u 999 app

            RUN set -eux; \\
            \tarch="$(dpkg --print-architecture)"; arch="${arch##*-}"; \\
            \tcase "$arch" in \\
            \t\t'amd64') url='https://example.org/a' ;; \\
            \tesac; \\
            \t\\
            # the trailing backslash above is on purpose
            \twget -O app.tgz "$url"
            """
        ),
        Sample(
            "scripts in heredocs",
            base: "alpine:3.22",
            stages: ["tools", ""],
            """
            # syntax=docker/dockerfile:1
            FROM bash:5 AS tools
            RUN <<EOF
            #!/usr/bin/env bash
            set -e
            FROM=not-an-instruction
            cat <<INNER
            FROM nothing
            INNER
            EOF
            FROM alpine:3.22
            COPY --chmod=755 <<'entry.sh' <<"health.sh" /bin/
            #!/bin/sh
            exec "$@"
            entry.sh
            FROM here
            health.sh
            RUN python3 <<-PY > /out && ls
            \tprint("FROM x")
            \tPY
            """
        ),
        Sample(
            "a site generator",
            base: "caddy:2",
            stages: ["hugo", "build", ""],
            buildBase: "floryn90/hugo:0.147-ext",
            """
            ARG HUGO=0.147 EDITION="-ext"
            FROM floryn90/hugo:${HUGO}${EDITION} AS hugo
            FROM hugo AS build
            ONBUILD COPY --from=hugo /x /y
            RUN hugo --minify
            FROM caddy:2
            COPY --from=build /site /srv
            """
        ),
    ]
}
